/** What a gossip run's configuration says before it begins: methods of its layers, timers of its transport, when the first update enters. */
import type { Algorithm, Data, Method } from '../gossip/contract.ts';
import type { GraphWorldOptions } from './options.ts';

/** Codes of the transport's own timers; those of layers are 256 × layer + code. */
export const WorldTimer = { timeout: -1, down: -2, update: -3, crash: -4, up: -5, churn: -6, change: -7 } as const;

/** Methods of all layers: their index is the one of message rows. */
export const methodsOf = (algorithm: Algorithm, membership?: Algorithm): readonly Method[] => [
  ...algorithm.methods,
  ...(membership?.methods ?? []),
];

/** Updates in a message of this kind. */
export const copiesIn = (update: boolean | 'data', data: Data | undefined): number =>
  update === true ? 1 : update === false ? 0 : (data?.length ?? 0);

/** Tick at which the first update enters: as asked, or when the membership protocol's views are good. */
export function warmupOf(run: Pick<GraphWorldOptions, 'algorithm' | 'params' | 'conditions' | 'membership'>): number {
  const asked = run.conditions.warmup * run.algorithm.period(run.params);
  const { membership } = run;
  if (asked > 0 || !membership) return asked;
  return membership.algorithm.membership!.warmup(membership.params) * membership.algorithm.period(membership.params);
}

/** Tick at which an update enters. */
export const entersAt = (run: GraphWorldOptions, update: number): number =>
  run.says?.[update]?.at ?? warmupOf(run) + update * run.conditions.updateEvery;

/** Tick of the last thing that the conditions and the scenario have in store. */
export function lastPlannedOf(run: GraphWorldOptions): number {
  const { algorithm, params, conditions, changes, lastChange = 0 } = run;
  const crash = conditions.crash > 0 ? entersAt(run, 0) + conditions.crashAt * algorithm.period(params) : 0;
  const changed = changes?.reduce((last, { at }) => Math.max(last, at), 0) ?? 0;
  return Math.max(entersAt(run, conditions.updates - 1), crash, changed, lastChange);
}

/** A run that would go on for ever; a membership protocol is looked at for its own sake, so such a run goes on to its horizon. */
export function isEndless({ algorithm, params, membership, conditions }: GraphWorldOptions): boolean {
  // Whoever sends nothing hears of no failure either, and may never find a reason to stop.
  const odd = conditions.churn > 0 || conditions.droppers > 0;
  return algorithm.endless(params) || odd || (membership?.algorithm.endless(membership.params) ?? false);
}

/** Periods that an endless run goes on after everyone was reached and all that was planned has happened, where the algorithm does not say. */
const AFTERWARDS = 10;
/** Tick at which a run ends in which everybody was reached at tick `now`; undefined where that is no reason to end. */
export function endsAfter(run: GraphWorldOptions, now: number): number | undefined {
  const { algorithm, params } = run;
  if (!isEndless(run) || algorithm.membership || run.says) return undefined;
  return Math.max(now, lastPlannedOf(run)) + (algorithm.afterwards?.(params) ?? AFTERWARDS) * algorithm.period(params);
}
