/** What fast motion and the scrubber ask for, against the journal row by row. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Run } from '../../../src/core/simulation/run.ts';
import { timeMarksOf } from '../../../src/core/simulation/time-marks.ts';
import { trafficOf } from '../../../src/core/simulation/traffic.ts';
import { finished, SCENES, world } from '../../support/scenes.ts';

const NONE = new Uint32Array();

test.each(SCENES.slice(0, 12))('%s: links count what was sent in a while, and whiles that follow each other add up', (id) => {
  const run = finished(id);
  const { journal } = run;
  const end = journal.tickOf(journal.eventCount);
  const whole = trafficOf(run, { from: -1, to: end });
  expect(whole.total).toBe(journal.messageCount);
  const tick = fc.integer({ min: -1, max: Math.ceil(end) });
  fc.assert(
    fc.property(tick, tick, tick, (...ticks) => {
      const [a, b, c] = ticks.sort((x, y) => x - y) as [number, number, number];
      const parts = [trafficOf(run, { from: a, to: b }), trafficOf(run, { from: b, to: c })];
      const both = trafficOf(run, { from: a, to: c });
      expect(parts[0]!.total + parts[1]!.total).toBe(both.total);
      if (both.pairs <= both.count.length) expect(both.count.reduce((sum, count) => sum + count, 0)).toBe(both.total);
      expect([...both.count].sort((x, y) => y - x)).toEqual([...both.count]);
    }),
    { numRuns: 30 },
  );
});

test('the mean flight is that of the messages sent', () => {
  const run = finished('room-two-servers');
  const { sent, due } = run.journal.messages;
  let sum = 0;
  for (let id = 0; id < run.journal.messageCount; id++) sum += due.get(id) - sent.get(id);
  expect(trafficOf(run, { from: -1, to: Infinity }).flight).toBeCloseTo(sum / run.journal.messageCount, 9);
});

test('what was done by hand, and what it was, stands out at its event', () => {
  const run = new Run(world('karate-rumour'), [{ after: 20, do: { type: 'crash', entity: 3 } }]).finish();
  const { marks, total, ticks } = timeMarksOf(run, Uint32Array.of(1, 21));
  expect(total).toBe(marks.length);
  const hand = marks.filter(({ kind }) => kind === 'hand');
  expect(hand).toHaveLength(1);
  expect(hand[0]!.ordinal).toBe(21);
  expect(hand[0]!.text).toContain('crash');
  expect(hand[0]!.tick).toBe(run.journal.tickOf(21));
  expect([...ticks]).toEqual([run.journal.tickOf(1), run.journal.tickOf(21)]);
});

test('servers that go down and come back, and cut networks, are marked where the scene planned them', () => {
  const kinds = new Map<string, number>();
  for (const id of SCENES)
    if (/outage|dead|federated-room/.test(id))
      for (const { kind } of timeMarksOf(finished(id), NONE).marks) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  for (const kind of ['down', 'up', 'cut', 'mend']) expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(0);
});

test('looking for marks leaves the journal’s hash alone', () => {
  const [looked, not] = [finished('karate-rumour'), finished('karate-rumour')];
  timeMarksOf(looked, NONE);
  trafficOf(looked, { from: -1, to: 100 });
  expect(looked.hash()).toBe(not.hash());
});
