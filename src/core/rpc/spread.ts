/** How far the updates of a run have come: who knows which since when and from whom, and what it cost. Metrics read it. */
import { wholeWords, type StateColumn } from '../kernel/patches.ts';
export type SavedSpread = readonly [updatesSent: number, updatesArrived: number, bytes: number];

export class Spread {
  readonly nodes: number;
  readonly updates: number;
  /** Tick at which each update entered. */
  readonly entered: Float64Array;
  /** Tick at which the node learned the update, at `node * updates + update`; -1 while it has not. */
  readonly learnedAt: Float64Array;
  /** From whom it learned update 0: the infection tree; -1 for the origin and the unreached. */
  readonly parent: Int32Array;
  /** Messages that a node sent and took in. */
  readonly load: Uint32Array;
  /** How many updates a node knows. */
  private readonly known: Uint16Array;
  updatesSent = 0;
  /** Copies of updates that arrived, useful or not. */
  updatesArrived = 0;
  /** XML bytes of everything sent; counted only where rows are kept. */
  bytes = 0;
  /** Who sent the message that is being handled, if it brings an update; else -1. */
  from = -1;

  constructor(nodes: number, updates: number) {
    this.nodes = nodes;
    this.updates = updates;
    this.entered = new Float64Array(updates);
    this.learnedAt = new Float64Array(nodes * updates).fill(-1);
    this.parent = new Int32Array(nodes).fill(-1);
    this.load = new Uint32Array(nodes);
    this.known = wholeWords(Uint16Array, nodes);
  }

  arrived(from: number, copies: number): void {
    this.updatesArrived += copies;
    this.from = from;
  }
  /** Answers whether this was new. */
  learned(node: number, update: number, tick: number): boolean {
    const at = node * this.updates + update;
    if (this.learnedAt[at]! >= 0) return false;
    this.learnedAt[at] = tick;
    this.known[node]!++;
    if (update === 0) this.parent[node] = this.from;
    return true;
  }
  knows(node: number, update: number): boolean {
    return this.learnedAt[node * this.updates + update]! >= 0;
  }
  knowsAll(node: number): boolean {
    return this.known[node] === this.updates;
  }

  get columns(): StateColumn[] {
    return [this.entered, this.learnedAt, this.parent, this.load, this.known].map((values) => ({ values }));
  }
  save(): SavedSpread {
    return [this.updatesSent, this.updatesArrived, this.bytes];
  }
  restore(saved: SavedSpread): void {
    [this.updatesSent, this.updatesArrived, this.bytes] = saved;
  }
}
