/** The picture after any event: however the cursor came there, it is what a fresh fold over the journal's rows gives. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JournalFold } from '../../../src/core/kernel/fold.ts';
import type { Journal } from '../../../src/core/kernel/journal.ts';
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
  flights: [...fold.flights].sort((x, y) => x - y),
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
    expect(fold.flights.size).toBe(run.journal.events.inFlight.get(ordinal - 1));
  }
  expect(fold.flights.size).toBe(run.ended === 'drained' ? 0 : fold.flights.size);
});

test('far seeks use checkpoints, and lead to the same pictures', () => {
  const params = { tolerance: 400, period: 1 };
  const run = new Run(world('experiment-2011', { params })).finish();
  const end = run.journal.eventCount;
  expect(end).toBeGreaterThan(20_000);
  const fold = run.fold.sibling();
  for (const ordinal of [end, 4096, 4095, 12_288, 12_287, 9000, 1, end - 1, 8192, 0, 8193]) {
    fold.seek(ordinal);
    const fresh = new JournalFold(run.journal, entities(run));
    fresh.seek(ordinal);
    expect(picture(fold)).toEqual(picture(fresh));
  }
});
