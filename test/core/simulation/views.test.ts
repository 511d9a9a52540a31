/** What the views ask for: steps both ways, rows, curves, frames. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { What } from '../../../src/core/kernel/journal.ts';
import { frameAt, moveFrom, rowsOf, seriesOf } from '../../../src/core/simulation/views.ts';
type StepBy = Parameters<typeof moveFrom>[2];
import { finished, SCENES } from '../../support/scenes.ts';

const runs = new Map(SCENES.map((id) => [id, finished(id)]));
const STEPS: readonly StepBy[] = ['change', 'event', 'round', 'entity'];
const cases = SCENES.flatMap((id) => STEPS.map((by) => [id, by] as const));

test.each(cases)('%s: a step back undoes a step forward, by %s, from every stop', (id, by) => {
  const run = runs.get(id)!;
  const entity = by === 'entity' ? 1 : undefined;
  const end = run.journal.eventCount;
  const stops = [0];
  for (;;) {
    const here = stops.at(-1)!;
    const next = moveFrom(run, here, by, false, entity);
    expect(next.tick).toBe(run.journal.tickOf(next.ordinal));
    if (next.ordinal === here) break;
    expect(next.ordinal).toBeGreaterThan(here);
    expect(moveFrom(run, next.ordinal, by, true, entity).ordinal).toBe(here);
    stops.push(next.ordinal);
  }
  expect(stops.length).toBeGreaterThan(5);
  if (by === 'event') expect(stops).toHaveLength(end + 1);
  if (by !== 'entity') expect(stops.at(-1)).toBe(end);
  // And the other way round.
  for (let i = stops.length - 1; i > 0; i--) {
    const back = moveFrom(run, stops[i]!, by, true, entity).ordinal;
    expect(moveFrom(run, back, by, false, entity).ordinal).toBe(stops[i]);
  }
});

test.each(SCENES)('%s: a step by change never rests where nothing can be seen to change, and passes nothing that can', (id) => {
  const run = runs.get(id)!;
  const fold = run.fold.sibling();
  const seen = (ordinal: number): string => {
    const { states, flights } = frameAt(run, fold, ordinal);
    return `${states.join()} ${flights.id.join()}`;
  };
  const end = run.journal.eventCount;
  for (let at = 0; at < end;) {
    const next = moveFrom(run, at, 'change', false, undefined).ordinal;
    for (let between = at + 1; between < next; between++) expect(seen(between)).toBe(seen(at));
    if (next < end) expect(seen(next)).not.toBe(seen(next - 1));
    at = next;
  }
});

test.each(SCENES)('%s: a step by entity stops at what it sends, receives or does, and nowhere else', (id) => {
  const run = runs.get(id)!;
  const { events, messages } = run.journal;
  const concerned: number[] = [];
  for (let row = 0; row < run.journal.eventCount; row++)
    if (events.entity.get(row) === 2 || (events.what.get(row) === What.arrival && messages.from.get(events.subject.get(row)) === 2))
      concerned.push(row + 1);
  const stops: number[] = [];
  for (let at = 0; ;) {
    const next = moveFrom(run, at, 'entity', false, 2).ordinal;
    if (next === at) break;
    stops.push((at = next));
  }
  expect(stops).toEqual(concerned);
});

test.each(SCENES)('%s: a step by round ends each round once', (id) => {
  const run = runs.get(id)!;
  const { journal } = run;
  for (let at = 0; at < journal.eventCount;) {
    at = moveFrom(run, at, 'round', false, undefined).ordinal;
    if (at < journal.eventCount) expect(journal.roundOf(at + 1)).toBeGreaterThan(journal.roundOf(at));
  }
});

test('a step from beyond the ends, or from between, is taken from the nearest place', () => {
  const run = runs.get('karate-rumour')!;
  const end = run.journal.eventCount;
  expect(moveFrom(run, -7, 'event', false, undefined).ordinal).toBe(1);
  expect(moveFrom(run, end + 50, 'event', true, undefined).ordinal).toBe(end - 1);
  expect(moveFrom(run, 3.7, 'event', false, undefined).ordinal).toBe(4);
  expect(moveFrom(run, 0, 'change', true, undefined)).toEqual({ ordinal: 0, tick: 0 });
  expect(moveFrom(run, end, 'round', false, undefined).ordinal).toBe(end);
});

test.each(SCENES)('%s: rows stay within the journal, whatever is asked', (id) => {
  const run = runs.get(id)!;
  const end = run.journal.eventCount;
  expect(rowsOf(run, 1, 3).map((row) => row.ordinal)).toEqual([1, 2, 3]);
  expect(rowsOf(run, -4, 2).map((row) => row.ordinal)).toEqual([1, 2]);
  expect(rowsOf(run, end, 10).map((row) => row.ordinal)).toEqual([end]);
  for (const [from, count] of [
    [end + 1, 10],
    [1, 0],
    [1, -5],
    [NaN, 5],
    [1, NaN],
  ] as const)
    expect(rowsOf(run, from, count)).toEqual([]);
  const all = rowsOf(run, 1, 1e9);
  expect(all).toHaveLength(Math.min(end, 2000));
  for (const row of all) {
    expect(row.from).not.toBe('');
    expect(row.what).not.toBe('');
    expect(row.quiet).toBe(!run.journal.isVisible(row.ordinal));
  }
});

test.each(SCENES)('%s: curves end where the run ends, and count what the rows say', (id) => {
  const run = runs.get(id)!;
  const { journal } = run;
  const end = journal.eventCount;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (buckets) => {
      const series = seriesOf(run, buckets);
      expect([series.ticks.length, series.density.length]).toEqual([buckets + 1, buckets]);
      expect([series.ticks[0], series.ticks[buckets], series.ordinals[buckets]]).toEqual([0, journal.tickOf(end), end]);
      expect(series.density.reduce((sum, n) => sum + n, 0)).toBe(end - series.ordinals[0]!);
      expect(series.reached[buckets]).toBe(journal.events.reached.get(end - 1));
      for (let i = 1; i <= buckets; i++) expect(series.reached[i]).toBeGreaterThanOrEqual(series.reached[i - 1]!);
      const middle = buckets >> 1;
      const ordinal = journal.ordinalAt(series.ticks[middle]!);
      if (ordinal > 0 && middle < buckets) expect(series.inFlight[middle]).toBe(journal.events.inFlight.get(ordinal - 1));
    }),
    { numRuns: 30 },
  );
  for (const wild of [0, -3, 1e9]) expect(seriesOf(run, wild).density.length).toBe(wild > 1 ? 4000 : 1);
});

test.each(SCENES)('%s: round marks stand where rounds begin, in order', (id) => {
  const run = runs.get(id)!;
  const { rounds } = seriesOf(run, 10);
  expect(rounds.length).toBeGreaterThan(3);
  rounds.forEach((mark, i) => {
    expect(run.journal.roundOf(mark.ordinal)).toBe(mark.round);
    expect(run.journal.roundOf(mark.ordinal - 1)).toBeLessThan(mark.ordinal === 1 ? mark.round + 1 : mark.round);
    expect(mark.tick).toBe(run.journal.tickOf(mark.ordinal));
    if (i > 0) expect(mark.ordinal).toBeGreaterThan(rounds[i - 1]!.ordinal);
  });
});

test.each(SCENES)('%s: a frame says who acts next, and that stanzas in flight are between sent and due', (id) => {
  const run = runs.get(id)!;
  const fold = run.fold.sibling();
  const end = run.journal.eventCount;
  for (let ordinal = 0; ordinal <= end; ordinal++) {
    const frame = frameAt(run, fold, ordinal);
    expect(frame.next?.ordinal).toBe(ordinal < end ? ordinal + 1 : undefined);
    expect(frame.nextTick).toBe(ordinal < end ? frame.next!.tick : Infinity);
    expect(frame.flights.total).toBe(frame.flights.id.length);
    const { sent, due } = frame.flights;
    expect(sent.every((tick) => tick <= frame.tick) && due.every((tick) => tick >= frame.tick)).toBe(true);
  }
});
