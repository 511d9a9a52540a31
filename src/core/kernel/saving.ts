/** What a keyframe holds of a kernel, and a kernel taken back to one. */
import type { Kernel } from './kernel.ts';
import type { Keyframe, KeyframeRest } from './keyframe.ts';
import { copyOf, restoreColumns } from './patches.ts';

export const keyframeOf = (kernel: Kernel): Keyframe => ({
  ...restOf(kernel),
  pending: kernel.queue.dump(),
  columns: { base: copyOf(kernel.columns), patches: [] },
});

/** Without what is pending, and without the columns. */
export function restOf(kernel: Kernel): KeyframeRest {
  const { tick, ordinal, messages, inFlight, maxInFlight, reachedCount, processed, horizon } = kernel;
  const { interventions, silences, program, disturbed, watch, rounds, churn } = kernel;
  return {
    ordinal,
    messages,
    bytes: program.stateBytes + (disturbed?.bytes ?? 0) + (watch?.stateBytes ?? 0) + 1024,
    numbers: [tick, ordinal, messages, inFlight, maxInFlight, reachedCount, processed, ...horizon.save()],
    rounds: rounds.save(),
    interventions: interventions.save(),
    disturbed: disturbed?.save(),
    churn: churn?.words.slice(),
    silences: [...silences],
    program: program.save(),
    watch: watch?.save(),
  };
}

/** Only of a kernel that records nothing: a journal does not shrink. */
export function restore(kernel: Kernel, keyframe: Keyframe): void {
  const n = keyframe.numbers;
  kernel.queue.restore(keyframe.pending);
  [kernel.tick, kernel.ordinal, kernel.messages, kernel.inFlight] = [n[0]!, n[1]!, n[2]!, n[3]!];
  [kernel.maxInFlight, kernel.reachedCount, kernel.processed] = [n[4]!, n[5]!, n[6]!];
  kernel.horizon.load([n[7]!, n[8]!]);
  restoreColumns(keyframe.columns, kernel.columns);
  kernel.rounds.load(keyframe.rounds);
  kernel.interventions.load(keyframe.interventions);
  if (keyframe.disturbed) kernel.disturb().load(keyframe.disturbed);
  else kernel.disturbed = undefined;
  if (keyframe.churn) kernel.churn?.words.set(keyframe.churn);
  kernel.silences = [...keyframe.silences];
  kernel.program.load(keyframe.program);
  kernel.watch?.load(keyframe.watch);
}
