/**
 * One algorithm at work on the graph transport: its state, and the `Net` that its handlers see. A world has one layer, or
 * two where a membership protocol runs below the algorithm and says whom it may call.
 */
import type { ParamValues } from '../../protocol/params.ts';
import {
  COLUMN_ARRAYS,
  type Algorithm,
  type ColumnSpec,
  type Data,
  type Net,
  type Peer,
  type Size,
  type State,
  type StateSchema,
  type Token,
} from '../gossip/contract.ts';
import { wholeWords, type StateColumn } from '../kernel/patches.ts';
import type { Streams } from '../kernel/random.ts';
import type { Topology } from '../topology/topology.ts';
import type { GraphWorld } from './graph.ts';

type Column = InstanceType<(typeof COLUMN_ARRAYS)[keyof typeof COLUMN_ARRAYS]>;
export const NO_DATA: Data = [];

/** Values of one column per node. */
export const widthOf = (spec: ColumnSpec, size: Size): number => (typeof spec === 'string' ? 1 : spec.width(size));

export interface LayerOptions {
  readonly world: GraphWorld;
  readonly algorithm: Algorithm;
  readonly params: ParamValues;
  readonly topology: Topology;
  readonly updates: number;
  readonly streams: Streams;
  /** Its place in the world, 0 being the algorithm that spreads updates; timers and methods of layers are told apart by it. */
  readonly index: number;
  readonly firstMethod: number;
  /** Whom its nodes may call: their links, everybody, or the view of this layer. */
  readonly peers: 'topology' | 'full' | Layer;
}

export class Layer implements Net {
  readonly algorithm: Algorithm;
  readonly params: ParamValues;
  readonly state: State<StateSchema>;
  readonly nodes: number;
  readonly updates: number;
  readonly period: number;
  readonly everybody: boolean;
  readonly index: number;
  readonly firstMethod: number;
  /** Ticks that every message takes in synchronous cycles; -1: the link's own. */
  readonly fixedDelay: number;
  data: Data = NO_DATA;
  private attached: Data | undefined;
  private readonly world: GraphWorld;
  private readonly topology: Topology;
  private readonly streams: Streams;
  private readonly peers: 'topology' | 'full' | Layer;
  /** May call whomever it knows the address of. */
  private readonly anyone: boolean;
  private readonly onLinks: boolean;

  constructor(options: LayerOptions) {
    const { algorithm, params, topology } = options;
    this.world = options.world;
    this.algorithm = algorithm;
    this.params = params;
    this.topology = topology;
    this.nodes = topology.nodes;
    this.updates = options.updates;
    this.index = options.index;
    this.firstMethod = options.firstMethod;
    this.streams = options.streams;
    this.peers = options.peers;
    this.onLinks = options.peers === 'topology';
    this.everybody = options.peers === 'full' || (this.onLinks && topology.links === this.nodes * (this.nodes - 1));
    this.anyone = !this.onLinks || algorithm.needs(params).includes('fullMembership');
    this.period = algorithm.period(params);
    this.fixedDelay = algorithm.synchronous(params) ? Math.floor(this.period / 4) : -1;
    const columns: Record<string, Column> = {};
    for (const [name, spec] of Object.entries<ColumnSpec>(algorithm.state))
      columns[name] = wholeWords<Column>(COLUMN_ARRAYS[typeof spec === 'string' ? spec : spec.type], this.nodes * widthOf(spec, this));
    this.state = columns;
  }

  get tick(): number {
    return this.world.kernel.tick;
  }
  get round(): number {
    return Math.floor(this.world.kernel.tick / this.period);
  }

  degree(node: number): number {
    if (this.onLinks) return this.topology.degree(node);
    if (this.peers === 'full') return this.nodes - 1;
    const below = this.peers as Layer;
    return below.algorithm.membership!.count(below.state, node, below);
  }
  peer(node: number, i: number): Peer {
    if (this.onLinks) return this.topology.first(node) + i;
    if (this.peers === 'full') return this.way(node, i < node ? i : i + 1);
    const below = this.peers as Layer;
    return this.way(node, below.algorithm.membership!.at(below.state, node, i, below));
  }
  randomPeer(node: number): Peer {
    const degree = this.degree(node);
    if (degree === 0) return -1;
    const i = this.streams.below(node, degree);
    return this.onLinks ? this.topology.first(node) + i : this.peer(node, i);
  }
  peerTo(node: number, other: number): Peer {
    if (other === node) return -1;
    return this.anyone ? this.way(node, other) : this.topology.between(node, other);
  }
  nodeOf(peer: Peer): number {
    return peer < this.topology.links ? this.topology.target(peer) : (peer - this.topology.links) % this.nodes;
  }
  distance(peer: Peer): number {
    if (this.fixedDelay >= 0) return this.fixedDelay;
    if (peer < this.topology.links) return this.topology.length(peer);
    const pair = peer - this.topology.links;
    const to = pair % this.nodes;
    return this.topology.pairLength((pair - to) / this.nodes, to);
  }
  /** The link where there is one, else a number beyond all links that names the pair. */
  private way(node: number, other: number): Peer {
    const link = this.topology.between(node, other);
    return link >= 0 ? link : this.topology.links + node * this.nodes + other;
  }

  below(node: number, n: number): number {
    return this.streams.below(node, n);
  }
  unit(node: number): number {
    return this.streams.unit(node);
  }

  cast(node: number, peer: Peer, method: number, a: number, b: number, data?: Data): void {
    this.world.calls.request(this, node, peer, method, a, b, 0, data);
  }
  call(node: number, peer: Peer, method: number, a: number, b: number, timeout: number, data?: Data): Token {
    return this.world.calls.request(this, node, peer, method, a, b, timeout, data);
  }
  attach(data: Data): void {
    this.attached = data;
  }
  /** What the reply that was just made carries. */
  detach(): Data | undefined {
    const data = this.attached;
    this.attached = undefined;
    return data;
  }

  later(node: number, delay: number, code: number, argument = 0): void {
    this.world.wake(this, node, delay, code, argument);
  }
  nextRound(node: number, code: number, argument = 0): void {
    const delay = this.fixedDelay >= 0 ? this.period - (this.world.kernel.tick % this.period) : this.period;
    this.world.wake(this, node, delay, code, argument);
  }

  learned(node: number, update = 0): void {
    this.world.learned(this, node, update);
  }
  knows(node: number, update = 0): boolean {
    return this.world.knows(this, node, update);
  }
  idle(node: number, rule: string): void {
    this.world.kernel.silence(node, `${this.algorithm.id}/${rule}`, -1, false);
  }

  isUp(node: number): boolean {
    return this.world.isUp(node);
  }
  lies(node: number): boolean {
    return this.world.lies(node);
  }
  crash(other: number, delay: number): void {
    this.world.crashLater(other, delay);
  }
  peerUp(node: number, other: number): void {
    this.world.viewChanged(node, other, true);
  }
  peerDown(node: number, other: number): void {
    this.world.viewChanged(node, other, false);
  }

  /** Empties the node's columns: what was in memory is gone. */
  forget(node: number): void {
    for (const [name, spec] of Object.entries<ColumnSpec>(this.algorithm.state)) {
      const width = widthOf(spec, this);
      this.state[name]!.fill(0, node * width, (node + 1) * width);
    }
  }
  get columns(): StateColumn[] {
    return Object.values(this.state).map((values) => ({ values }));
  }
}
