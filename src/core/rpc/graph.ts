/**
 * The graph transport: an algorithm's calls travel along the links of a topology. Empty acknowledgements cost nothing and
 * are not scheduled; a reply takes as long as its call did. In synchronous cycles calls and replies take a quarter of a
 * cycle each, whatever the link, so that all of a cycle's traffic ends within it.
 */
import type { ParamValues } from '../../protocol/params.ts';
import { Kind, KINDS } from '../../protocol/scene.ts';
import {
  COLUMN_ARRAYS,
  EMPTY,
  type Algorithm,
  type ColumnType,
  type Net,
  type Peer,
  type State,
  type StateSchema,
  type Token,
} from '../gossip/contract.ts';
import type { Kernel, Program } from '../kernel/kernel.ts';
import type { Stage } from '../kernel/model.ts';
import { Streams } from '../kernel/random.ts';
import type { Topology } from '../topology/topology.ts';
import { codeOf, isReply, methodOf } from './xep0009.ts';

/** Timer code of a call's time-out; its argument is the call. */
const TIMEOUT = -1;

type Columns = Record<string, InstanceType<(typeof COLUMN_ARRAYS)[ColumnType]>>;

interface Saved {
  readonly columns: Columns;
  readonly words: Uint32Array;
  readonly waiting: ReadonlyMap<number, number>;
  readonly updates: number;
}

export interface GraphWorldOptions {
  readonly algorithm: Algorithm;
  readonly params: ParamValues;
  readonly topology: Topology;
  readonly origin: number;
  /** Seed of this run; streams `node/…` are derived from it. */
  readonly seed: string;
  readonly stage: Stage;
  /** Bytes of the stanza that a row stands for; asked only when rows are kept. */
  readonly bytes: (code: number, from: number, to: number, id: number, args: readonly number[]) => number;
}

export class GraphWorld implements Program, Net {
  readonly stage: Stage;
  readonly params: ParamValues;
  readonly state: State<StateSchema>;
  /** Updates sent so far, the `traffic` of 1987 times the nodes. */
  updates = 0;
  private readonly algorithm: Algorithm;
  private readonly topology: Topology;
  private readonly options: GraphWorldOptions;
  private readonly streams: Streams;
  private readonly period: number;
  /** Ticks that every message takes in synchronous cycles; -1: the link's own. */
  private readonly fixedDelay: number;
  private readonly kinds: readonly number[];
  private readonly isUpdate: readonly boolean[];
  /** Calls with a time-out: the method, by the call's token. */
  private waiting = new Map<number, number>();
  private kernel!: Kernel;

  constructor(options: GraphWorldOptions) {
    const { algorithm, params, topology } = options;
    this.options = options;
    this.stage = options.stage;
    this.algorithm = algorithm;
    this.params = params;
    this.topology = topology;
    this.streams = Streams.derived(options.seed, 'node', topology.nodes);
    this.period = algorithm.period(params);
    this.fixedDelay = algorithm.synchronous(params) ? Math.floor(this.period / 4) : -1;
    this.kinds = algorithm.methods.map((method) => KINDS.indexOf(method.kind));
    this.isUpdate = algorithm.methods.map((method) => method.update);
    const columns: Columns = {};
    for (const [name, type] of Object.entries<ColumnType>(algorithm.state)) columns[name] = new COLUMN_ARRAYS[type](topology.nodes);
    this.state = columns;
  }

  // Net: what the algorithm may do.

  get tick(): number {
    return this.kernel.tick;
  }
  get round(): number {
    return Math.floor(this.kernel.tick / this.period);
  }
  degree(node: number): number {
    return this.topology.degree(node);
  }
  randomPeer(node: number): Peer {
    const degree = this.topology.degree(node);
    return degree === 0 ? -1 : this.topology.first(node) + this.streams.below(node, degree);
  }
  below(node: number, n: number): number {
    return this.streams.below(node, n);
  }
  cast(node: number, peer: Peer, method: number, a: number, b: number): void {
    this.call(node, peer, method, a, b, 0);
  }
  call(node: number, peer: Peer, method: number, a: number, b: number, timeout: number): Token {
    if (this.isUpdate[method]) this.updates++;
    const delay = this.fixedDelay >= 0 ? this.fixedDelay : this.topology.length(peer);
    const token = this.kernel.send(peer, node, this.topology.target(peer), delay, this.kinds[method]!, codeOf(method, false), a, b, -1);
    if (timeout > 0) {
      this.waiting.set(token, method);
      this.kernel.timer(node, timeout, TIMEOUT, token);
    }
    return token;
  }
  later(node: number, delay: number, code: number): void {
    this.kernel.timer(node, delay, code, 0);
  }
  nextRound(node: number, code: number): void {
    const delay = this.fixedDelay >= 0 ? this.period - (this.kernel.tick % this.period) : this.period;
    this.kernel.timer(node, delay, code, 0);
  }
  learned(node: number): void {
    this.kernel.reached(node);
  }
  idle(node: number, rule: string): void {
    this.kernel.silence(node, `${this.algorithm.id}/${rule}`, -1, false);
  }

  // Program: what the kernel asks.

  begin(kernel: Kernel): void {
    this.kernel = kernel;
    this.algorithm.start(this, this.options.origin);
    this.showNode(this.options.origin);
  }
  arrive(kernel: Kernel, slot: number): void {
    const q = kernel.queue;
    const node = q.to[slot]!;
    const from = q.from[slot]!;
    const code = q.code[slot]!;
    const method = methodOf(code);
    const id = q.id[slot]!;
    if (isReply(code)) {
      const token = q.answers[slot]!;
      if (this.waiting.size > 0) this.waiting.delete(token);
      this.algorithm.onReply(this, node, method, q.a[slot]!, token);
    } else {
      const link = q.link[slot]!;
      const reply = this.algorithm.onCall(this, node, method, q.a[slot]!, q.b[slot]!);
      if (reply !== EMPTY) {
        const delay = this.fixedDelay >= 0 ? this.fixedDelay : this.topology.length(link);
        kernel.send(link, node, from, delay, Kind.result, codeOf(method, true), reply, 0, id);
      } else if (this.waiting.size > 0) this.waiting.delete(id);
    }
    this.showNode(node);
  }
  timer(kernel: Kernel, slot: number): void {
    const node = kernel.queue.to[slot]!;
    const code = kernel.queue.code[slot]!;
    if (code === TIMEOUT) {
      const token = kernel.queue.a[slot]!;
      const method = this.waiting.get(token);
      if (method !== undefined) {
        this.waiting.delete(token);
        this.algorithm.onTimeout?.(this, node, method, token);
      }
    } else this.algorithm.onTimer(this, node, code);
    this.showNode(node);
  }
  bytes(kernel: Kernel, slot: number): number {
    const q = kernel.queue;
    const code = q.code[slot]!;
    const reply = isReply(code);
    const args = reply ? [q.a[slot]!] : [q.a[slot]!, q.b[slot]!].slice(0, this.algorithm.methods[methodOf(code)]!.args.length);
    return this.options.bytes(code, q.from[slot]!, q.to[slot]!, reply ? q.answers[slot]! : q.id[slot]!, args);
  }
  save(): Saved {
    const columns: Columns = {};
    for (const [name, column] of Object.entries(this.state)) columns[name] = column.slice();
    return { columns, words: this.streams.words.slice(), waiting: new Map(this.waiting), updates: this.updates };
  }
  get stateBytes(): number {
    return Object.values(this.state).reduce((sum, column) => sum + column.byteLength, this.streams.words.byteLength);
  }
  load(saved: Saved): void {
    for (const [name, column] of Object.entries(this.state)) column.set(saved.columns[name]!);
    this.streams.words.set(saved.words);
    this.waiting = new Map(saved.waiting);
    this.updates = saved.updates;
  }

  private showNode(node: number): void {
    if (this.kernel.journal) this.kernel.show(node, this.algorithm.shown(this.state, node));
  }
}
