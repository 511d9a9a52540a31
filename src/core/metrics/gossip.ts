/**
 * Measures of one gossip run (shared contract, "Gossip accounting"), from what the transport counts as it goes: the rows
 * are not needed. Times count from the moment at which an update entered; with several updates they are over all of them.
 * A run that did not reach every live node has no `time`.
 */
export interface GossipMeasures {
  readonly completed: boolean;
  /** Ticks until the last live node was reached; NaN for a run that did not complete. */
  readonly time: number;
  readonly maxInFlight: number;
  /** Share of live nodes never reached. */
  readonly residue: number;
  /** Updates sent, per node and update. */
  readonly traffic: number;
  /** Copies of an update that arrived for each one that was news, less one; NaN if there was no news. */
  readonly redundancy: number;
  /** Mean and largest of the periods (or cycles) after which the reached nodes were reached, from the update's entry at 0. */
  readonly tAve: number;
  readonly tLast: number;
}

export interface GossipCounts {
  readonly nodes: number;
  readonly updates: number;
  /** Tick at which each update entered. */
  readonly entered: ArrayLike<number>;
  /** At `node * updates + update`; -1: never. */
  readonly learnedAt: ArrayLike<number>;
  /** 1 for a node that is up at the end. */
  readonly up: ArrayLike<number>;
  readonly updatesSent: number;
  readonly updatesArrived: number;
  readonly maxInFlight: number;
  readonly period: number;
  /** Cycles are counted by their number: what is learned within the first one is learned at 1. */
  readonly synchronous: boolean;
}

export function measureGossip(counts: GossipCounts): GossipMeasures {
  const { nodes, updates, entered, learnedAt, up, period, synchronous } = counts;
  let live = 0;
  let missing = 0;
  let reached = 0;
  let time = 0;
  let sum = 0;
  let tLast = 0;
  for (let node = 0; node < nodes; node++) {
    live += up[node]!;
    for (let u = 0; u < updates; u++) {
      const at = learnedAt[node * updates + u]!;
      if (at < 0) {
        missing += up[node]!;
        continue;
      }
      const after = at - entered[u]!;
      const periods = !synchronous ? after / period : after === 0 ? 0 : Math.floor(after / period) + 1;
      reached++;
      sum += periods;
      if (after > time) time = after;
      if (periods > tLast) tLast = periods;
    }
  }
  const news = reached - updates;
  return {
    completed: missing === 0,
    time: missing === 0 ? time : NaN,
    maxInFlight: counts.maxInFlight,
    residue: live === 0 ? 0 : missing / (live * updates),
    traffic: counts.updatesSent / (nodes * updates),
    redundancy: news > 0 ? counts.updatesArrived / news - 1 : NaN,
    tAve: sum / reached,
    tLast,
  };
}
