import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Catalogue } from '../../src/protocol/catalogue.ts';
import { argsOfLink } from '../../src/ui/client/link-args.ts';
import { decodeLink, encodeLink, type LinkState } from '../../src/ui/client/link.ts';
import { crc32 } from '../../src/ui/client/crc32.ts';
import { wellFormed } from '../../src/ui/shared/text.ts';
import type { Intervention } from '../../src/protocol/intervention.ts';

const LINK: LinkState = { scenario: 'karate-rumour', seed: '7', params: {}, at: 41, time: 1284.5, select: { type: 'message', id: 12 } };
const problemIn = (fragment: string): string => {
  const decoded = decodeLink(fragment);
  return decoded.ok ? 'no problem' : decoded.problem.message;
};
const signed = (text: string): string => `${text}&check=${crc32(text)}`;

test('crc32 is the one of zip', () => expect(crc32('123456789')).toBe('cbf43926'));

test('the link can be read by a person', () => {
  expect(encodeLink(LINK)).toBe(signed('v=1&scenario=karate-rumour&seed=7&at=41&time=1284.5&select=message:12'));
});

test('a link restores what it was made from', () => {
  const text = fc.string({ unit: 'binary' });
  const state = fc.record({
    scenario: fc.string({ minLength: 1 }),
    seed: text,
    params: fc.dictionary(fc.string({ minLength: 1 }), text),
    at: fc.nat(),
    time: fc.nat().map((n) => n / 8),
    select: fc.constantFrom(
      null,
      { type: 'entity', index: 3 } as const,
      { type: 'event', ordinal: 9 } as const,
      { type: 'link', index: 0 } as const,
    ),
  });
  fc.assert(
    fc.property(state, (link) => {
      const decoded = decodeLink(`#${encodeLink(link)}`);
      expect(decoded.ok && { ...decoded.link, params: { ...decoded.link.params } }).toEqual({
        ...link,
        file: undefined,
        algorithm: undefined,
        topology: undefined,
        params: { ...link.params },
      });
    }),
  );
});

test('what is followed is in the link; what names nothing is refused', () => {
  const follow = { type: 'message', id: 7 } as const;
  const decoded = decodeLink(encodeLink({ ...LINK, follow }));
  expect(decoded.ok && decoded.link.follow).toEqual(follow);
  expect(problemIn(signed('v=1&scenario=karate-rumour&seed=7&at=41&time=0&follow=nobody:1'))).toContain('follows “nobody:1”');
});

test('seeds of any characters, the empty one, and half a surrogate pair', () => {
  for (const seed of ['', ' ', '&at=9#%', '🐇 ü', '%41', 'a\ud800b']) {
    const decoded = decodeLink(encodeLink({ ...LINK, seed }));
    expect(decoded.ok && decoded.link.seed).toBe(wellFormed(seed));
  }
});

test('what was done by hand is carried, whatever was typed', () => {
  const hand = (after: number, text: string) => ({ after, at: 100 * after, do: { type: 'inject', entity: 2, text } }) as const;
  const interventions = [hand(0, '<presence/>'), hand(12, "<message to='a@b;c|d'>\n  <body>ü & 🐇 %41</body>\n</message>")];
  const decoded = decodeLink(encodeLink({ ...LINK, interventions }));
  expect(decoded.ok && decoded.link.interventions).toEqual(interventions);
  expect(encodeLink({ ...LINK, interventions: [] })).toBe(encodeLink(LINK));
  expect(problemIn(signed('v=1&scenario=x&hand=3;1;x&at=1'))).toMatch(/by hand cannot be read/);
});

test('wherever it is cut and whatever character is changed, a link is refused', () => {
  const whole = encodeLink(LINK);
  for (let end = 1; end < whole.length; end++) expect(decodeLink(whole.slice(0, end)).ok).toBe(false);
  for (let i = 0; i < whole.length; i++) {
    const other = whole[i] === '5' ? '6' : '5';
    expect(decodeLink(whole.slice(0, i) + other + whole.slice(i + 1)).ok).toBe(false);
  }
});

test('what is wrong is said', () => {
  expect(problemIn('v=1&scenario=karate-rumour&seed=7&at=1')).toMatch(/cut off/);
  expect(problemIn('v=1&scenario=karate-rumour&at=1&check=00000000')).toMatch(/checksum/);
  expect(problemIn(signed('v=2&scenario=x&at=1'))).toMatch(/version 2/);
  expect(problemIn('section-3')).toMatch(/not made by/);
  expect(problemIn(signed('v=1&scenario=x&at=-1'))).toMatch(/“-1” is not an event number/);
  expect(problemIn(signed('v=1&scenario=x&at=1e9'))).toMatch(/“1e9”/);
  expect(problemIn(signed('v=1&scenario=x&at=1&time=soon'))).toMatch(/“soon” is not a number/);
  expect(problemIn(signed('v=1&scenario=x&at=1&select=king:1'))).toMatch(/“king:1” *,? *which names nothing/);
  expect(problemIn(signed('v=1&at=1'))).toMatch(/names no scenario/);
  expect(problemIn(signed('v=1&scenario=%E0%A4%A&at=1'))).toMatch(/cannot be read/);
});

const CATALOGUE: Catalogue = {
  scenarios: [
    {
      id: 'karate-rumour',
      title: 'A rumour',
      summary: '',
      topic: 'Gossip',
      params: {
        k: { type: 'int', min: 1, max: 9, default: 3, help: '' },
        bias: { type: 'number', min: 0, max: 1, default: 0.5, help: '' },
        timing: { type: 'choice', options: ['synchronous', 'asynchronous'], default: 'synchronous', help: '' },
        quiet: { type: 'flag', default: false, help: '' },
      },
    },
  ],
  algorithms: [],
  topologies: [],
  conditions: {},
  modules: [],
  conflicts: [],
  graphFormats: [],
  sweeps: [],
};
const asked = (change: Partial<LinkState>) => {
  const result = argsOfLink({ ...LINK, ...change }, CATALOGUE);
  return result.ok ? result.args.params : result.problem.message;
};

test('parameters get the types of the scenario', () => {
  expect(asked({ params: { k: '4', bias: '0.25', timing: 'asynchronous', quiet: 'true' } })).toEqual({
    k: 4,
    bias: 0.25,
    timing: 'asynchronous',
    quiet: true,
  });
});

test('an unknown scenario and what it does not allow are refused in words', () => {
  expect(asked({ scenario: 'gone' })).toMatch(/“gone”/);
  for (const params of [{ k: '2.5' }, { k: '10' }, { k: '' }, { bias: 'much' }, { timing: 'never' }, { quiet: '1' }]) {
    expect(asked({ params })).toMatch(/does not allow/);
  }
  expect(asked({ params: { height: '1' } })).toMatch(/“height”/);
});

test('a link may ask for another algorithm, and its parameters are then those of that algorithm', () => {
  const k = { type: 'int', min: 1, max: 9, default: 3, help: '' } as const;
  const entry = { title: 'T', summary: '' };
  const catalogue: Catalogue = {
    scenarios: [{ ...entry, id: 'karate-rumour', topic: 'Gossip', params: { k } }],
    algorithms: [{ ...entry, id: 'uniform', params: { tolerance: k }, source: '', needs: [], many: false, membership: false }],
    topologies: [{ ...entry, id: 'ring', params: { nodes: k } }],
    conditions: { loss: { type: 'number', min: 0, max: 1, default: 0, help: '' } },
    modules: [],
    conflicts: [],
    graphFormats: [],
    sweeps: [],
  };
  const args = (change: Partial<LinkState>) => argsOfLink({ ...LINK, ...change }, catalogue);
  expect(args({ algorithm: 'uniform', params: { tolerance: '2' } })).toMatchObject({
    ok: true,
    args: { algorithm: 'uniform', params: { tolerance: 2 } },
  });
  expect(args({ algorithm: 'uniform', params: { k: '2' } }).ok).toBe(false);
  expect(args({ algorithm: 'chess' }).ok).toBe(false);
  expect(args({ topology: 'ring', params: { nodes: '5', loss: '0.1', k: '2' } })).toMatchObject({
    ok: true,
    args: { topology: 'ring', params: { nodes: 5, loss: 0.1, k: 2 } },
  });
  expect(args({ topology: 'moebius' }).ok).toBe(false);
  expect(args({ params: { nodes: '5' } }).ok).toBe(false);
  expect(args({ scenario: 'opened-file', file: 'a.dot', params: { tolerance: '2' } }).ok).toBe(true);
  expect(args({ scenario: 'opened-file', file: 'a.dot', params: { tolerance: '99' } }).ok).toBe(false);
});

test('filter, rows around it and breakpoints travel, whatever is in them', () => {
  const text = fc.string({ unit: 'binary', minLength: 1 }).map(wellFormed);
  const state = fc.record({
    filter: text,
    context: fc.integer({ min: 1, max: 20 }),
    breaks: fc.array(fc.record({ text: text.filter((written) => !written.startsWith('-')), on: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
    }),
  });
  fc.assert(
    fc.property(state, (queries) => {
      const decoded = decodeLink(encodeLink({ ...LINK, ...queries }));
      expect(decoded.ok && decoded.link).toMatchObject(queries);
    }),
  );
});

test('whatever was done by hand, and branches of it, come back from a link', () => {
  const target = { event: 12, nth: 3 };
  const interventions: readonly Intervention[] = [
    { after: 3, target, do: { type: 'drop' } },
    { after: 4, at: 17, target, do: { type: 'delay', by: 250 } },
    { after: 5, target, do: { type: 'duplicate' } },
    { after: 6, target, do: { type: 'reorder' } },
    { after: 7, target, do: { type: 'edit', xml: "<message a='$;|~'>ü & %</message>" } },
    { after: 8, do: { type: 'crash', entity: 0 } },
    { after: 8, do: { type: 'restart', entity: 0 } },
    { after: 9, do: { type: 'pause', entity: 4 } },
    { after: 9, do: { type: 'resume', entity: 4 } },
    { after: 9, do: { type: 'slow', entity: 4, factor: 2.5 } },
    { after: 10, do: { type: 'cut', between: [1, 2] } },
    { after: 10, do: { type: 'mend', between: [1, 2] } },
    { after: 10, do: { type: 'slow-link', between: [1, 2], factor: 0.001 } },
    { after: 10, do: { type: 'lossy', between: [1, 2], share: 0.5 } },
    { after: 11, do: { type: 'partition', side: [0, 3, 5] } },
    { after: 12, do: { type: 'heal' } },
  ];
  const branches = [
    { name: 'without $ and ~', parent: 0, interventions },
    { name: 'nothing', parent: 1, interventions: [] },
  ];
  const decoded = decodeLink(encodeLink({ ...LINK, interventions, branches, active: 2 }));
  expect(decoded.ok && decoded.link).toMatchObject({ interventions, branches, active: 2 });
});
