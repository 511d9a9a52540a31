/** The picture after any event: however the cursor came there, it is what a fresh fold over the journal's rows gives. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JournalFold } from '../../../src/core/kernel/fold.ts';
import { Journal, What } from '../../../src/core/kernel/journal.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import type { Intervention } from '../../../src/protocol/intervention.ts';
import { finished, SCENES, world } from '../../support/scenes.ts';

interface Picture {
  readonly ordinal: number;
  readonly states: readonly number[];
  readonly flights: readonly number[];
}
const picture = (fold: JournalFold): Picture => ({
  ordinal: fold.ordinal,
  states: [...fold.states],
  flights: [...fold.flights()],
});
const entities = (run: Run): number => run.world.stage.entities.name.length;

/** Told from the message rows alone: sent by an event up to here, and neither arrived nor taken away by one. */
function inFlightByRows(journal: Journal, ordinal: number): number[] {
  const gone = new Set<number>();
  for (let o = 1; o <= ordinal; o++) {
    const what = journal.events.what.get(o - 1);
    if (what === 0 || what === 2) gone.add(journal.events.subject.get(o - 1));
  }
  const ids = Array.from({ length: journal.messageCount }, (_, id) => id);
  return ids.filter((id) => journal.messages.trigger.get(id) <= ordinal && !gone.has(id));
}

const dropping: readonly Intervention[] = [
  { after: 3, target: { event: 3, nth: 1 }, do: { type: 'drop' } },
  { after: 40, target: { event: 40, nth: 9 }, do: { type: 'drop' } },
];
const runs: readonly (readonly [string, Run])[] = [
  ...SCENES.map((id) => [id, finished(id)] as const),
  ['a scene with interventions', new Run(world('experiment-2011'), dropping).finish()],
];

test.each(runs)('%s: any walk of seeks and steps leads to the same pictures as a fresh fold', (_, run) => {
  const end = run.journal.eventCount;
  const walk = fc.array(fc.oneof(fc.integer({ min: -5, max: end + 5 }), fc.constantFrom('forward' as const, 'back' as const)), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(walk, (steps) => {
      const fold = run.fold.sibling();
      for (const step of steps) fold.seek(step === 'forward' ? fold.ordinal + 1 : step === 'back' ? fold.ordinal - 1 : step);
      const fresh = new JournalFold(run.journal, entities(run));
      fresh.seek(fold.ordinal);
      expect(picture(fold)).toEqual(picture(fresh));
      expect(picture(fold).flights).toEqual(inFlightByRows(run.journal, fold.ordinal));
    }),
    { numRuns: 60 },
  );
});

test.each(runs)('%s: the counts beside the rows are those of the picture', (_, run) => {
  const fold = run.fold.sibling();
  for (let ordinal = 1; ordinal <= run.journal.eventCount; ordinal++) {
    fold.seek(ordinal);
    expect([...fold.flights()]).toHaveLength(fold.inFlight);
    expect(fold.inFlight).toBe(run.journal.events.inFlight.get(ordinal - 1));
  }
  if (run.ended === 'drained') expect([...fold.flights()]).toEqual([]);
});

test('far seeks lead to the same pictures, in a run of many messages', () => {
  const params = { tolerance: 400, period: 1 };
  const run = new Run(world('experiment-2011', { params })).finish();
  const end = run.journal.eventCount;
  expect(end).toBeGreaterThan(20_000);
  const fold = run.fold.sibling();
  for (const ordinal of [end, 4096, 4095, 12_288, 12_287, 9000, 1, end - 1, 8192, 0, 8193]) {
    fold.seek(ordinal);
    expect(picture(fold).flights).toEqual(inFlightByRows(run.journal, ordinal));
    expect([...fold.flights(7)]).toEqual(picture(fold).flights.filter((id) => id % 7 === 0));
  }
});

test('far seeks lead to the same states, past any number of changes, while the journal grows', () => {
  const journal = new Journal();
  const entities = 50;
  const shown = new Uint8Array(entities);
  const states: string[] = [shown.join()];
  const fold = new JournalFold(journal, entities);
  const grow = (events: number): void => {
    for (let i = 0; i < events; i++) {
      for (let c = 0; c < (i * 7) % 5; c++) {
        const entity = (states.length * 31 + c * 17) % entities;
        journal.addChange(entity, shown[entity]!, (shown[entity] = (shown[entity]! + 1 + c) % 250));
      }
      journal.addEvent(i, What.timer, 0, 0, '', 1, { messages: 0, inFlight: 0, reached: 0 });
      states.push(shown.join());
    }
  };
  grow(100);
  fold.seek(100);
  grow(30_000);
  expect(journal.changes.entity.length).toBeGreaterThan(3 * (1 << 14));
  const walk = fc.array(fc.integer({ min: 0, max: journal.eventCount }), { minLength: 1, maxLength: 12 });
  const walked = fold.sibling();
  fc.assert(
    fc.property(walk, (ordinals) => {
      for (const ordinal of ordinals) {
        walked.seek(ordinal);
        expect(walked.states.join()).toBe(states[ordinal]);
      }
    }),
    { numRuns: 40 },
  );
});
