/**
 * Measures of one gossip run (shared contract, "Gossip accounting"), from what the kernel counts as it goes: the rows are
 * not needed. A run that did not reach everyone has no `time`.
 */
export interface GossipMeasures {
  readonly completed: boolean;
  /** Tick at which the last node was reached; NaN for a run that did not complete. */
  readonly time: number;
  readonly maxInFlight: number;
  /** Share of nodes never reached. */
  readonly residue: number;
  /** Updates sent per node. */
  readonly traffic: number;
  /** Mean and largest of the periods (or cycles) after which the reached nodes were reached, from the origin's 0. */
  readonly tAve: number;
  readonly tLast: number;
}

export interface GossipCounts {
  readonly reachedAt: Float64Array;
  readonly updates: number;
  readonly maxInFlight: number;
  readonly period: number;
  /** Cycles are counted by their number: what is learned within the first one is learned at 1. */
  readonly synchronous: boolean;
}

export function measureGossip(counts: GossipCounts): GossipMeasures {
  const { reachedAt, period, synchronous } = counts;
  let reached = 0;
  let last = 0;
  let sum = 0;
  let lastPeriod = 0;
  for (const tick of reachedAt) {
    if (tick < 0) continue;
    reached++;
    if (tick > last) last = tick;
    const periods = !synchronous ? tick / period : tick === 0 ? 0 : Math.floor(tick / period) + 1;
    sum += periods;
    if (periods > lastPeriod) lastPeriod = periods;
  }
  const completed = reached === reachedAt.length;
  return {
    completed,
    time: completed ? last : NaN,
    maxInFlight: counts.maxInFlight,
    residue: 1 - reached / reachedAt.length,
    traffic: counts.updates / reachedAt.length,
    tAve: sum / reached,
    tLast: lastPeriod,
  };
}
