/** One run: whatever its slices, one journal; at any event, the state that the recording had there. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Run } from '../../../src/core/simulation/run.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import type { Playing } from '../../../src/core/simulation/world.ts';
import { readGraph } from '../../../src/core/topology/formats/index.ts';
import { experiment2011 } from '../../../src/scenarios/experiment-2011.ts';
import { finished, publicFile, SCENES, world } from '../../support/scenes.ts';

const state = (playing: Playing, entities: number): unknown =>
  Array.from({ length: entities }, (_, entity) => playing.inspectEntity(entity));

const FULL = process.env['STANZASCOPE_FULL'] === '1';
const BIG = { params: { tolerance: 60, period: 3 } };

/** Bytes are weighed where rows are kept. */
const counted = (metrics: Readonly<Record<string, number>>) =>
  Object.entries(metrics).filter(([name]) => !/^(bytes|payload|overhead)$/.test(name));

test.each(SCENES)('%s: any walk of cursors sees the same state as a fresh replay', (id) => {
  const run = finished(id);
  const end = run.journal.eventCount;
  const entities = run.world.stage.entities.name.length;
  const fresh = (ordinal: number): Playing => {
    const playing = world(id).play(undefined, []);
    while (playing.kernel.ordinal < ordinal && playing.kernel.step());
    return playing;
  };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: end }), { minLength: 1, maxLength: 8 }), (walk) => {
      for (const ordinal of walk) run.at(ordinal);
      const last = walk.at(-1)!;
      const seen = run.at(last);
      const expected = fresh(last);
      expect(state(seen, entities)).toEqual(state(expected, entities));
      expect(counted(seen.metrics())).toEqual(counted(expected.metrics()));
      expect(seen.kernel.ordinal).toBe(expected.kernel.ordinal);
    }),
    { numRuns: FULL ? 25 : 8 },
  );
});

test('a long run keeps keyframes, and they are exact: every entity, far apart and close together', () => {
  const run = new Run(world('experiment-2011', BIG)).finish();
  const end = run.journal.eventCount;
  expect(end).toBeGreaterThan(3000);
  for (const ordinal of [end, 10, 2000, 1999, 2001, 513, 512, 511, end - 1, 257, 0]) {
    const fresh = world('experiment-2011', BIG).play(undefined, []);
    while (fresh.kernel.ordinal < ordinal && fresh.kernel.step());
    const seen = run.at(ordinal);
    expect(state(seen, 20)).toEqual(state(fresh, 20));
    expect([...seen.kernel.reachedAt]).toEqual([...fresh.kernel.reachedAt]);
    // What is still to come is the same, too.
    expect([seen.kernel.nextTick, seen.kernel.inFlight]).toEqual([fresh.kernel.nextTick, fresh.kernel.inFlight]);
  }
});

test.each(SCENES)('%s: the recording itself goes through the states that a look back shows', (id) => {
  const run = new Run(world(id));
  const entities = run.world.stage.entities.name.length;
  const later = finished(id);
  // The run's own metrics are the recording kernel's, event by event.
  for (let more = true; more;) {
    more = run.advance(11);
    const at = run.journal.eventCount;
    expect(counted(later.at(at).metrics())).toEqual(counted(run.metrics()));
    expect(state(run.at(at), entities)).toEqual(state(later.at(at), entities));
  }
});

test.each(SCENES)('%s: slices change nothing', (id) => {
  const results = [1, 7, 100_000].map((slice) => {
    const run = new Run(world(id));
    while (run.advance(slice));
    return { hash: run.hash(), ended: run.ended, events: run.journal.eventCount, tick: run.tick };
  });
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test('nor where a run ends by its number of events', () => {
  const results = [1, 7, 100_000].map((slice) => {
    const run = new Run(world('experiment-2011', BIG), [], { most: 1900 });
    while (run.advance(slice));
    return { hash: run.hash(), ended: run.ended, events: run.journal.eventCount };
  });
  expect(results[0]!.ended).toBe('budget');
  expect(results[0]!.events).toBeGreaterThanOrEqual(1900);
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test('the end is named: drained, or the horizon with stanzas still in flight', () => {
  expect(finished('karate-rumour').ended).toBe('drained');
  const graph = readGraph(publicFile('graphs/complete-20.dot'), 'complete-20.dot');
  const run = new Run(createWorld({ scenario: { ...experiment2011, until: 200 } }, graph)).finish();
  expect(run.ended).toBe('horizon');
  expect(run.tick).toBeLessThanOrEqual(200);
  expect(run.journal.events.inFlight.get(run.journal.eventCount - 1)).toBeGreaterThan(0);
  // Up to there it is the same run.
  const whole = finished('experiment-2011').journal;
  expect(run.journal.eventCount).toBe(whole.ordinalAt(200));
});

test('another seed is another run, another parameter too, the same ones the same', () => {
  const hash = (args: object): string => finished('karate-rumour', args).hash();
  const hashes = [{}, { seed: '8' }, { seed: '' }, { params: { k: 4 } }].map(hash);
  expect(new Set(hashes).size).toBe(4);
  expect(hash({ seed: '7', params: { k: '3' } })).toBe(hashes[0]);
});
