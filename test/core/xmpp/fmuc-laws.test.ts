/** Laws of federated rooms (XEP-0289), whatever is said and cut: nothing twice; one order with a primary; nothing missed without one, once all is whole again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, federate, join, mend, P_P, P_R, say, type Person } from './fmuc.ts';

const PEOPLE = ['ada@a.lit', 'ann@a.lit', 'bob@b.lit', 'bea@b.lit', 'cid@c.lit'] as const;
const letter = (who: string): string => who[who.indexOf('@') + 1]!;

/** A star, or a chain; who joins when; who says something when; which links are cut for how long, all whole again at 40 s. */
const course = fc.record({
  chain: fc.boolean(),
  streams: fc.boolean(),
  joins: fc.tuple(...PEOPLE.map(() => fc.integer({ min: 100, max: 4000 }))),
  words: fc.array(fc.tuple(fc.nat(PEOPLE.length - 1), fc.integer({ min: 8000, max: 38_000 })), { minLength: 1, maxLength: 12 }),
  cuts: fc.array(fc.tuple(fc.constantFrom('ab', 'bc', 'ac'), fc.integer({ min: 6000, max: 30_000 }), fc.integer({ min: 50, max: 9000 })), {
    maxLength: 3,
  }),
});
type Course = typeof course extends fc.Arbitrary<infer T> ? T : never;

function played({ chain, streams, joins, words, cuts }: Course, mode: typeof P_P | typeof P_R) {
  // One link at a time: what is cut twice is mended once.
  const acts = cuts.flatMap(([link, at, long], i) => {
    const overlaps = cuts
      .slice(0, i)
      .some(([other, from, other_long]) => other === link && at < from + other_long + 1 && from < at + long + 1);
    return overlaps ? [] : [cut(at, link[0]!, link[1]!), mend(at + long, link[0]!, link[1]!)];
  });
  const people = PEOPLE.map((who, i): Person => {
    const own = words.flatMap(([speaker, at], n) => (speaker === i ? [say(at, letter(who), `m${n}`)] : []));
    const last = say(90_000 + i * 1000, letter(who), `last-${i}`);
    return [who, join(joins[i]!, letter(who), who.slice(0, 3)), ...own.sort((a, b) => a.at - b.at), last];
  });
  const set = {
    with: { a: undefined, b: 'a', c: chain ? 'b' : 'a' },
    mode,
    history: 50,
    network: acts.sort((a, b) => a.at - b.at),
    ...(streams ? { streams: { servers: 'down' as const } } : {}),
  };
  const t = federate(set, ...people);
  return {
    said: words.map((_, n) => `m${n}`),
    heard: PEOPLE.map((who) => t.heard(who).map((id) => id.replace('~', ''))),
    size: t.sent.length,
    // A copy that was under way when its link was cut.
    isLost: t.silences.some((one) => one.rule === 'network/cut'),
  };
}

/** A fixed seed, so that how many runs are whole is known. */
const RUNS = { numRuns: 30, seed: 289 };

test('nothing is heard twice, and what is sent stays bounded', () => {
  fc.assert(
    fc.property(course, fc.constantFrom(P_P, P_R), (c, mode) => {
      const { heard, size } = played(c, mode);
      for (const list of heard) expect(new Set(list).size).toBe(list.length);
      expect(size).toBeLessThan(5000);
    }),
    RUNS,
  );
});

test('primary–replica: no two people hear two messages in different orders', () => {
  fc.assert(
    fc.property(course, (c) => {
      const { heard } = played(c, P_R);
      for (const one of heard)
        for (const other of heard) expect(one.filter((id) => other.includes(id))).toEqual(other.filter((id) => one.includes(id)));
    }),
    RUNS,
  );
});

test('primary–primary: when all is whole again, everybody has heard everything but what was lost on its way', () => {
  let whole = 0;
  fc.assert(
    fc.property(course, (c) => {
      const { said, heard, isLost } = played(c, P_P);
      if (isLost) return;
      whole += c.cuts.length > 0 ? 1 : 0;
      for (const list of heard) expect([...list].filter((id) => id.startsWith('m')).sort()).toEqual([...said].sort());
    }),
    RUNS,
  );
  expect(whole).toBeGreaterThan(3);
});
