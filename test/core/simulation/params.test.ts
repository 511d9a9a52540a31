import { expect, test } from 'vitest';
import { InputError } from '../../../src/base/result.ts';
import { readParams } from '../../../src/core/simulation/params.ts';
import { readScenario } from '../../../src/core/simulation/read-scenario.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import type { ParamSchema, ParamValue } from '../../../src/protocol/params.ts';
import { scenarios } from '../../../src/scenarios/index.ts';

const SCHEMA: ParamSchema = {
  k: { type: 'int', min: 1, max: 9, default: 3, help: '' },
  bias: { type: 'number', min: 0, max: 1, default: 0.5, help: '' },
  mode: { type: 'choice', options: ['push', 'pull'], default: 'push', help: '' },
  blind: { type: 'flag', default: true, help: '' },
  note: { type: 'text', default: 'x', help: '' },
};
const refusal = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof InputError) return `${error.message} ${error.problem.hint ?? ''}`.trim();
    throw error;
  }
  throw new Error('was not refused');
};

test('defaults stand in, texts are read as what the schema asks for', () => {
  expect(readParams(SCHEMA, {}, 'here')).toEqual({ k: 3, bias: 0.5, mode: 'push', blind: true, note: 'x' });
  expect(readParams(SCHEMA, { k: '9', bias: '0.25', mode: 'pull', blind: 'false', note: 7 }, 'here')).toEqual({
    k: 9,
    bias: 0.25,
    mode: 'pull',
    blind: false,
    note: '7',
  });
});

const WRONG: readonly (readonly [string, ParamValue, string])[] = [
  ['k', 0, 'here: `k` must be an integer from 1 to 9, got 0'],
  ['k', 10, 'here: `k` must be an integer from 1 to 9, got 10'],
  ['k', 1.5, 'here: `k` must be an integer from 1 to 9, got 1.5'],
  ['k', 'three', 'here: `k` must be an integer from 1 to 9, got "three"'],
  ['k', '', 'here: `k` must be an integer from 1 to 9, got ""'],
  ['k', true, 'here: `k` must be an integer from 1 to 9, got true'],
  ['bias', -0.1, 'here: `bias` must be a number from 0 to 1, got -0.1'],
  ['bias', 'NaN', 'here: `bias` must be a number from 0 to 1, got "NaN"'],
  ['mode', 'shove', 'here: `mode` must be one of push, pull, got "shove"'],
  ['blind', 'yes', 'here: `blind` must be true or false, got "yes"'],
  ['size', 1, 'here: there is no parameter `size` It has: k, bias, mode, blind, note.'],
  ['constructor', 1, 'here: there is no parameter `constructor` It has: k, bias, mode, blind, note.'],
];
test.each(WRONG)('refused with name, range and value: %s = %j', (name, value, words) => {
  expect(refusal(() => readParams(SCHEMA, { [name]: value }, 'here'))).toBe(words);
});

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s is read back from its JSON', (_, scenario) => {
  expect(readScenario(JSON.stringify(scenario), 'scene.json')).toEqual(scenario);
});

const builtIn = (id: string): object => scenarios.find((scenario) => scenario.id === id)!;
const [room, karate] = [builtIn('room-two-servers'), builtIn('karate-rumour')];
const broken = (change: object, base: object = karate): string => JSON.stringify({ ...base, ...change });
const FILES: readonly (readonly [string, string, RegExp])[] = [
  ['cut off', broken({}).slice(0, 40), /^x\.json: not JSON/],
  ['a list', '[]', /^x\.json: a scenario is one JSON object$/],
  ['null', 'null', /^x\.json: a scenario is one JSON object$/],
  ['another format', broken({ format: 'dot' }), /`format` must be "stanzascope\/scenario", got "dot"/],
  ['another version', broken({ version: 2 }), /`version` must be 1, got 2.*another version/],
  ['another model', broken({ model: 'smtp' }), /`model` must be "gossip", "xmpp" or "group", got "smtp"/],
  ['no model', broken({ model: undefined }), /`model` must be .*, got nothing/],
  ['a seed that is a number', broken({ seed: 7 }), /^x\.json: seed/],
  ['no algorithm', broken({ algorithm: undefined }), /algorithm/],
  ['an unknown field', broken({ colour: 'red' }), /colour/],
  ['a negative horizon', broken({ until: -1 }), /until/],
  ['clients that are texts', broken({ clients: ['alice'] }, room), /clients\.0/],
  ['an act that nobody knows', broken({ clients: [{ jid: 'a@b/c', acts: [{ at: 1, do: 'dance' }] }] }, room), /clients\.0\.acts\.0/],
  ['no latency', broken({ latency: {} }, room), /latency/],
];
test.each(FILES)('a scenario file is refused, and the field named: %s', (_, text, words) => {
  const message = refusal(() => readScenario(text, 'x.json'));
  expect(message.startsWith('x.json: ')).toBe(true);
  expect(message).toMatch(words);
});

const WORLDS: readonly (readonly [string, object, RegExp])[] = [
  ['an unknown algorithm', { algorithm: 'shouting' }, /no algorithm "shouting".*uniform, .*rumour/],
  ['an unknown topology', { topology: { id: 'knot' } }, /no topology "knot".*complete, ring/],
  [
    'a parameter of the algorithm out of range',
    { algorithmParams: { k: 0 } },
    /gossip\/rumour: `k` must be an integer from 1 to 1000, got 0/,
  ],
  ['a parameter of the topology out of range', { topology: { id: 'ring', params: { nodes: 2 } } }, /topology\/ring: `nodes`.*got 2/],
  ['an odd ring', { topology: { id: 'ring', params: { nodes: 9, degree: 3 } } }, /`degree` must be even.*got 3/],
  ['an origin that is not there', { topology: { id: 'ring' }, origin: 'zed' }, /no node named "zed"/],
];
test.each(WORLDS)('a scenario cannot be played, and says why: %s', (_, change, words) => {
  const scenario = readScenario(broken(change), 'x.json');
  expect(refusal(() => createWorld({ scenario }, undefined))).toMatch(words);
});

test('a scenario over a generated topology plays, and says who cannot be reached', () => {
  const scenario = readScenario(broken({ topology: { id: 'ring', params: { nodes: 8, latency: 'constant(10)' } } }), 'x.json');
  const world = createWorld({ scenario }, undefined);
  expect(world.notes).toEqual([]);
  expect(new Run(world).finish().metrics()['reached']).toBeGreaterThan(1);
  const apart = {
    name: 'g',
    directed: true,
    names: ['a', 'b', 'c'],
    from: Uint32Array.of(0),
    to: Uint32Array.of(1),
    length: Float64Array.of(1),
    notes: [],
  };
  expect(createWorld({ scenario }, apart).notes).toEqual(['1 of 3 nodes cannot be reached from a.']);
});
