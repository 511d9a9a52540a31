/**
 * Measures of one gossip run (shared contract, "Gossip accounting"), from what the transport counts as it goes: the rows
 * are not needed. Times count from the moment at which an update entered; with several updates they are over all of them.
 * A run that did not reach every live node has no `time` and no `rounds`.
 */
import { loadOf } from './load.ts';
import { infectionTree } from './tree.ts';

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
  /** Whole periods or cycles until everyone was reached; NaN for a run that did not complete. */
  readonly rounds: number;
  /** Messages of every kind sent, per node. */
  readonly messages: number;
  /** Messages that a node sent and took in: the most, the mean, and their inequality. */
  readonly loadMax: number;
  readonly loadMean: number;
  readonly loadGini: number;
  /** Of who told whom: `InfectionTree`. */
  readonly treeDepth: number;
  readonly treeWidth: number;
  readonly treeBranching: number;
  /** XML bytes sent; NaN where they were not counted. */
  readonly bytes: number;
  /** Bytes of the updates themselves in what was sent. */
  readonly payload: number;
  readonly overhead: number;
  /** Over XMPP: stanzas on all streams, acknowledgements and all; NaN on a graph, as the three below. */
  readonly stanzas: number;
  readonly streamBytes: number;
  /** Stanzas that the busiest server took in. */
  readonly serverMax: number;
  /** Stanzas on the busiest stream, in one direction. */
  readonly linkMax: number;
}
/** What went over the streams of XMPP. */
export type StreamCounts = Pick<GossipMeasures, 'stanzas' | 'streamBytes' | 'serverMax' | 'linkMax'>;
const NO_STREAMS: StreamCounts = { stanzas: NaN, streamBytes: NaN, serverMax: NaN, linkMax: NaN };
export type MeasureName = Exclude<keyof GossipMeasures, 'completed'>;

/** An update is carried as its number, a 32-bit integer (`i4` of XEP-0009). */
const UPDATE_BYTES = 4;

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
  /** Messages of every kind that were sent. */
  readonly messages: number;
  readonly period: number;
  /** Cycles are counted by their number: what is learned within the first one is learned at 1. */
  readonly synchronous: boolean;
  /** Messages that each node sent and took in. */
  readonly load: Uint32Array;
  /** From whom each node learned update 0; -1: from nobody. */
  readonly parent: Int32Array;
  readonly origin: number;
  /** XML bytes sent; absent where they were not counted. */
  readonly bytes?: number | undefined;
  /** Absent where there are none. */
  readonly streams?: StreamCounts | undefined;
}

export function measureGossip(counts: GossipCounts): GossipMeasures {
  const { nodes, updates, updatesSent, updatesArrived, maxInFlight, bytes = NaN } = counts;
  const { live, missing, reached, time, sum, tLast } = times(counts);
  const news = reached - updates;
  const completed = missing === 0;
  const load = loadOf(counts.load);
  const tree = infectionTree(counts.parent, counts.origin);
  const payload = updatesSent * UPDATE_BYTES;
  return {
    completed,
    time: completed ? time : NaN,
    maxInFlight,
    residue: live === 0 ? 0 : missing / (live * updates),
    traffic: updatesSent / (nodes * updates),
    redundancy: news > 0 ? updatesArrived / news - 1 : NaN,
    tAve: sum / reached,
    tLast,
    rounds: completed ? Math.ceil(tLast) : NaN,
    messages: counts.messages / nodes,
    loadMax: load.max,
    loadMean: load.mean,
    loadGini: load.gini,
    treeDepth: tree.depth,
    treeWidth: tree.width,
    treeBranching: tree.branching,
    bytes,
    payload: Number.isNaN(bytes) ? NaN : payload,
    overhead: payload === 0 ? NaN : bytes / payload,
    ...(counts.streams ?? NO_STREAMS),
  };
}

function times({ nodes, updates, entered, learnedAt, up, period, synchronous }: GossipCounts) {
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
  return { live, missing, reached, time, sum, tLast };
}
