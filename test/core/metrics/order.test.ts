import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sightings } from '../../../src/core/metrics/order.ts';

test('nobody has seen anything: a total order, without a first of anything', () => {
  expect(new Sightings(3, 2).found()).toEqual({
    verdict: 'total',
    disputed: 0,
    violations: 0,
    firstDispute: undefined,
    firstViolation: undefined,
  });
});

test('two concurrent messages in two orders are disputed, and the first pair who disagree is named with the moment', () => {
  const s = new Sightings(4, 2);
  s.said(0, 0, 10);
  s.said(1, 1, 11);
  s.saw(2, 0, 20);
  s.saw(2, 1, 21);
  s.saw(3, 1, 22);
  expect(s.found().disputed).toBe(0);
  s.saw(3, 0, 25);
  s.saw(0, 0, 30);
  s.saw(0, 1, 40);
  expect(s.found()).toEqual({
    verdict: 'causal',
    disputed: 1,
    violations: 0,
    firstDispute: { tick: 25, one: 2, other: 3, first: 0, second: 1 },
    firstViolation: undefined,
  });
});

test('an answer seen before the question is a violation, by the clock of the one who answered', () => {
  const s = new Sightings(3, 2);
  s.said(0, 0, 1);
  s.saw(1, 0, 2);
  s.said(1, 1, 3);
  expect(s.before(0, 1)).toBe(true);
  expect(s.before(1, 0)).toBe(false);
  s.saw(2, 1, 4);
  s.saw(2, 0, 5);
  expect(s.found()).toMatchObject({ verdict: 'none', violations: 1, firstViolation: { tick: 5, person: 2, effect: 1, cause: 0 } });
});

test('the past is transitive, though its middle was seen by no third person', () => {
  const s = new Sightings(4, 3);
  s.said(0, 0, 1);
  s.saw(1, 0, 2);
  s.said(1, 1, 3);
  // Person 2 has never seen message 0, but message 1 has.
  s.saw(2, 1, 4);
  s.said(2, 2, 5);
  expect(s.before(0, 2)).toBe(true);
  s.saw(3, 2, 6);
  s.saw(3, 0, 7);
  expect(s.found().violations).toBe(1);
});

test('two of one tick count in the order in which they were handled, and what is seen again changes nothing', () => {
  const s = new Sightings(2, 2);
  s.said(0, 0, 1);
  s.said(1, 1, 1);
  s.saw(0, 0, 5);
  s.saw(0, 1, 5);
  s.saw(1, 1, 5);
  s.saw(1, 0, 5);
  s.saw(1, 1, 9);
  expect(s.order).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(s.found()).toMatchObject({ disputed: 1, firstDispute: { tick: 5 } });
});

type Step = { readonly who: number; readonly what: number; readonly say: boolean };
const PEOPLE = 4;
const MESSAGES = 6;
const steps = fc.array(fc.record({ who: fc.nat(PEOPLE - 1), what: fc.nat(MESSAGES - 1), say: fc.boolean() }), { maxLength: 60 });

/** Played by the definitions: the past of a message as a set. */
function played(given: readonly Step[]) {
  const s = new Sightings(PEOPLE, MESSAGES);
  const pasts = new Map<number, ReadonlySet<number>>();
  const known: Set<number>[] = Array.from({ length: PEOPLE }, () => new Set());
  given.forEach(({ who, what, say }, tick) => {
    const past = pasts.get(what);
    if (say && !past) {
      pasts.set(what, new Set(known[who]));
      known[who]!.add(what);
      s.said(who, what, tick);
    } else if (past) {
      for (const one of [...past, what]) known[who]!.add(one);
      s.saw(who, what, tick);
    }
  });
  return { s, pasts };
}

test('vector clocks say of any two messages what the definition of happened-before says', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { s, pasts } = played(given);
      for (let a = 0; a < MESSAGES; a++)
        for (let b = 0; b < MESSAGES; b++) expect(s.before(a, b)).toBe(pasts.get(b)?.has(a) === true && a !== b);
    }),
  );
});

test('violations and disputes are those of the definitions, counted by hand', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { s, pasts } = played(given);
      let violations = 0;
      const ways = new Set<string>();
      for (const order of s.order)
        order.forEach((later, i) => {
          for (const earlier of order.slice(0, i)) {
            if (pasts.get(earlier)!.has(later)) violations++;
            ways.add(`${earlier}<${later}`);
          }
        });
      let disputed = 0;
      for (let a = 0; a < MESSAGES; a++)
        for (let b = a + 1; b < MESSAGES; b++) if (ways.has(`${a}<${b}`) && ways.has(`${b}<${a}`)) disputed++;
      expect(s.found()).toMatchObject({ violations, disputed, verdict: violations > 0 ? 'none' : disputed > 0 ? 'causal' : 'total' });
    }),
  );
});
