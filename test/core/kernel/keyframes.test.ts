/** Keyframes that share what did not change: each is exactly the run at its event, however many were thinned since. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Kernel } from '../../../src/core/kernel/kernel.ts';
import { Keyframes } from '../../../src/core/kernel/keyframes.ts';
import { copyOf, joined, patchesSince, restoreColumns, settled, wholeWords } from '../../../src/core/kernel/patches.ts';
import { keyframeOf, restore } from '../../../src/core/kernel/saving.ts';
import type { Intervention } from '../../../src/protocol/intervention.ts';
import { world } from '../../support/scenes.ts';

const columns = () => [
  { values: wholeWords(Uint8Array, 13) },
  { values: wholeWords(Uint16Array, 7) },
  { values: new Int32Array(40) },
  { values: new Float64Array(35) },
  { values: new Uint32Array(4 * 9), width: 4 },
];
const change = fc.record({ column: fc.nat(4), row: fc.nat(39), value: fc.constantFrom(0, -0, 1, -1, 77, NaN, 65_535) });

test('columns come back to the last bit from a base and patches, from patches joined, and from a base settled', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 60 }), { minLength: 2, maxLength: 6 }), (steps) => {
      const live = columns();
      const base = copyOf(live);
      const latest = copyOf(live);
      const truth = [copyOf(live)];
      const patches = steps.map((changes) => {
        for (const { column, row, value } of changes) live[column]!.values[row % live[column]!.values.length] = value;
        truth.push(copyOf(live));
        return patchesSince(latest, live);
      });
      expect(latest).toEqual(copyOf(live));
      for (let at = 0; at < truth.length; at++) {
        const saved = { base, patches: patches.slice(0, at) };
        const other = columns();
        restoreColumns(saved, other);
        expect(copyOf(other)).toEqual(truth[at]);
        expect(settled(saved, other)).toEqual(truth[at]);
        if (at === 0) continue;
        restoreColumns({ base, patches: [saved.patches.reduce((one, two) => joined(one, two, other))] }, other);
        expect(copyOf(other)).toEqual(truth[at]);
      }
    }),
  );
});

/** Everything from which a run goes on, in one form. */
const whole = (kernel: Kernel): unknown => {
  const { pending: _, bytes: __, ...rest } = keyframeOf(kernel);
  return { ...rest, rows: kernel.queue.rows(), next: kernel.nextTick };
};
const acts: readonly Intervention[] = [
  { after: 300, do: { type: 'pause', entity: 3 } },
  { after: 420, do: { type: 'cut', between: [0, 1] } },
  { after: 700, do: { type: 'resume', entity: 3 } },
];

test.each([
  ['experiment-2011', { params: { tolerance: 20, period: 3 } }, [], 90_000],
  ['experiment-2011', { params: { tolerance: 20, period: 3 } }, acts, 90_000],
  ['gossip-laboratory', {}, [], 60_000],
  ['gossip-over-xmpp', {}, [], 40_000],
  ['one-room', {}, [], 400_000],
] as const)('%s: a keyframe is the run at its event, thinned again and again, done by hand and not', (id, args, done, budget) => {
  const play = () => world(id, args).play(undefined, done).kernel;
  const kernel = play();
  const keyframes = new Keyframes(kernel.columns, budget);
  const truth = new Map<number, unknown>();
  for (let more = 150; more > 0 && kernel.run(37) > 0; more--) {
    keyframes.keep(kernel);
    truth.set(kernel.ordinal, whole(kernel));
  }
  const end = kernel.ordinal;
  const other = play();
  const seen = new Set<number>();
  for (const ordinal of [end, 0, end >> 1, ...truth.keys(), 90, end - 40]) {
    const keyframe = keyframes.before(ordinal);
    if (!keyframe) continue;
    expect(keyframe.ordinal).toBeLessThanOrEqual(ordinal);
    restore(other, keyframe);
    // As it is taken over, and after some way.
    if (!seen.has(keyframe.ordinal)) expect(whole(other)).toEqual(truth.get(keyframe.ordinal));
    seen.add(keyframe.ordinal);
    restore(other, keyframe);
    while (other.ordinal < end && !(other.ordinal > keyframe.ordinal && truth.has(other.ordinal))) other.step();
    expect(whole(other)).toEqual(truth.get(other.ordinal));
  }
  expect(seen.size).toBeGreaterThan(3);
  expect(seen.size).toBeLessThan(truth.size);
});
