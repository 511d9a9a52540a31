import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stopAfter } from '../../../src/core/causality/steps.ts';
import { threadsOf } from '../../../src/core/simulation/causes.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { finished, world } from '../../support/scenes.ts';

test('from anywhere a step leads to the nearest stop that way, and where there is none it stays', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 10 }), fc.nat(42), (stops, at) => {
      const sorted = Uint32Array.from(stops).sort();
      const later = sorted.find((stop) => stop > at);
      const earlier = sorted.findLast((stop) => stop < at);
      expect([stopAfter(sorted, at, false), stopAfter(sorted, at, true)]).toEqual([later ?? at, earlier ?? at]);
    }),
  );
});

test('a copy follows from the message that it is of, and not from what brought its sender the update', () => {
  const plain = finished('karate-rumour');
  const { messages } = plain.journal;
  const { updatesIn } = plain.world.stage;
  const threads = threadsOf(plain);
  // Told by another first, so that there is somebody who brought it.
  const id = Array.from({ length: plain.journal.messageCount }, (_, i) => i).find(
    (i) =>
      updatesIn !== undefined &&
      threads.updatesIn(i).length > 0 &&
      threads.parentOf(i) >= 0 &&
      plain.journal.arrivalOf(i) > messages.trigger.get(i) + 1,
  )!;
  const event = messages.trigger.get(id);
  const target = { event, nth: id - plain.journal.sentBy(event)[0] + 1 };
  const run = new Run(world('karate-rumour'), [{ after: event, target, do: { type: 'duplicate' } }]).finish();
  const [copy] = run.journal.sentBy(run.journal.touched.done[0]!.ordinal);
  expect(threadsOf(run).parentOf(copy)).toBe(id);
});
