/**
 * The world of a gossip run: an algorithm, perhaps over a membership protocol, at the nodes of a topology. How calls travel stands in `calls.ts`,
 * who comes and goes in `churn.ts`, who is there and how honest in `population.ts`, how far updates came in `spread.ts`.
 */
import type { Kernel } from '../kernel/kernel.ts';
import type { Program } from '../kernel/program.ts';
import type { Stage } from '../kernel/model.ts';
import type { StateColumn } from '../kernel/patches.ts';
import { Streams } from '../kernel/random.ts';
import type { Topology } from '../topology/topology.ts';
import { Calls } from './calls.ts';
import type { Carrier, Taken, Woken } from './carrier.ts';
import { Churn } from './churn.ts';
import type { GraphWorldOptions } from './options.ts';
import { Layer } from './layer.ts';
import { endsAfter, entersAt, isEndless, lastPlannedOf, WorldTimer } from './plan.ts';
import { Population, type SavedPopulation } from './population.ts';
import { Spread, type SavedSpread } from './spread.ts';
import type { SavedWaiting } from './waiting.ts';
import { isReply } from './xep0009.ts';

const LAYER = 256;
interface Saved {
  readonly waiting: SavedWaiting;
  readonly spread: SavedSpread;
  readonly population: SavedPopulation;
}

export class GraphWorld implements Program {
  readonly stage: Stage;
  readonly spread: Spread;
  readonly population: Population;
  readonly layers: readonly Layer[];
  /** On a graph; whatever else carries the calls is asked the same. */
  kernel!: Carrier;
  /** The algorithm's; below it may be a membership protocol's. */
  readonly top: Layer;
  /** The membership protocol's. */
  readonly lower: Layer | undefined;
  readonly topology: Topology;
  readonly options: GraphWorldOptions;
  readonly churn: Churn;
  readonly calls: Calls;
  private readonly streams: readonly Streams[];

  constructor(options: GraphWorldOptions) {
    const { algorithm, topology, conditions, membership, seed } = options;
    this.options = options;
    this.stage = options.stage;
    this.topology = topology;
    const own = Streams.derived(seed, 'node', topology.nodes);
    const common = { world: this, topology, updates: conditions.updates };
    const layers: Layer[] = [];
    this.streams = membership ? [own, Streams.derived(seed, 'membership', topology.nodes)] : [own];
    const firstMethod = algorithm.methods.length;
    const lower = membership && new Layer({ ...common, ...membership, streams: this.streams[1]!, index: 1, firstMethod, peers: 'full' });
    const peers = lower ?? (conditions.membership === 'full' ? 'full' : 'topology');
    this.top = new Layer({ ...common, algorithm, params: options.params, streams: own, index: 0, firstMethod: 0, peers });
    layers.push(this.top);
    if (lower) layers.push(lower);
    this.lower = lower;
    this.layers = layers;
    this.spread = new Spread(topology.nodes, conditions.updates);
    this.population = new Population(conditions, topology.nodes, options.origin, seed);
    if (options.changes?.length) this.population.rough = true;
    this.churn = new Churn(this);
    this.calls = new Calls(this);
  }

  // What layers ask.

  wake(layer: Layer, node: number, delay: number, code: number, argument: number): void {
    this.kernel.timer(node, delay, layer.index * LAYER + code, argument, this.population.lifeOf(node));
  }
  learned(layer: Layer, node: number, update: number): void {
    if (layer !== this.top || !this.spread.learned(node, update, this.kernel.tick)) return;
    this.options.heard?.(node, update, this.kernel.tick);
    if (!this.spread.knowsAll(node)) return;
    this.kernel.reached(node);
    if (this.kernel.reachedCount < this.population.live) return;
    const end = endsAfter(this.options, this.kernel.tick);
    if (end !== undefined) this.kernel.endBy(end);
  }
  knows(layer: Layer, node: number, update: number): boolean {
    return layer === this.top && this.spread.knows(node, update);
  }
  isUp(node: number): boolean {
    return this.population.up[node] === 1;
  }
  lies(node: number): boolean {
    return this.population.lies[node] === 1;
  }
  crashLater(node: number, delay: number): void {
    this.kernel.timer(node, delay, WorldTimer.crash, 0);
  }
  viewChanged(node: number, other: number, joined: boolean): void {
    if (joined) this.top.algorithm.onPeerUp?.(this.top, node, other);
    else this.top.algorithm.onPeerDown?.(this.top, node, other);
  }

  // Program: what the kernel asks.

  /** Tick at which update `u` enters. */
  enters(update: number): number {
    return entersAt(this.options, update);
  }
  begin(kernel: Carrier): void {
    this.kernel = kernel;
    this.calls.kernel = kernel;
    const { algorithm, conditions, origin, changes } = this.options;
    const period = this.top.period;
    this.churn.begin();
    if (isEndless(this.options)) kernel.endBy(this.enters(conditions.updates - 1) + conditions.horizon * period);
    // Whoever waits for the answer of a node that is gone, or beyond a link that is down, may call it for ever.
    else if (conditions.crash > 0 || changes?.length) kernel.endBy(lastPlannedOf(this.options) + conditions.horizon * period);
    for (const layer of this.layers.toReversed()) layer.algorithm.start?.(layer, origin);
    for (let u = 0; u < conditions.updates; u++) {
      const node = this.options.says?.[u]?.node ?? (u === 0 ? origin : this.population.injector());
      this.spread.entered[u] = this.enters(u);
      if (u === 0 && this.enters(0) === 0) algorithm.onUpdate(this.top, node, 0);
      else kernel.timer(node, this.enters(u), WorldTimer.update, u);
    }
    this.churn.plan(this.enters(0));
    if (kernel.journal) for (let node = 0; node < this.topology.nodes; node++) this.showNode(node);
  }

  arrive(_kernel: Carrier, event: Taken): void {
    this.calls.arrive(event);
  }
  timer(kernel: Carrier, event: Woken): void {
    const { to: node, code, a, b } = event;
    if (code < 0) this.ownTimer(code, node, a, b);
    else if (this.population.lifeOf(node) !== b) kernel.silence(node, 'network/forgotten', -1, false);
    else {
      const layer = code < LAYER ? this.top : this.layers[1]!;
      layer.algorithm.onTimer(layer, node, code & (LAYER - 1), a);
    }
    if (kernel.journal !== undefined) this.showNode(node);
  }
  private ownTimer(code: number, node: number, a: number, b: number): void {
    if (code === WorldTimer.timeout) this.calls.timedOut(node, a, b);
    else if (code === WorldTimer.down) this.layers[b]?.algorithm.onDown?.(this.layers[b], node, a);
    else if (code === WorldTimer.update) this.inject(node, a);
    else this.churn.runs(code, node, a);
  }
  /** A node that is down cannot take an update in: the origin does. */
  private inject(node: number, update: number): void {
    const at = this.isUp(node) ? node : this.options.origin;
    this.top.algorithm.onUpdate(this.top, at, update);
    this.showNode(at);
  }
  power(_kernel: unknown, node: number, on: boolean): boolean {
    return this.churn.power(node, on);
  }
  /** Whether a call can be sent there at all. */
  reaches(node: number, other: number): boolean {
    return this.top.peerTo(node, other) >= 0;
  }
  typed(_kernel: unknown, node: number, text: string): void {
    this.calls.typed(node, text);
  }
  bytes(kernel: Kernel, slot: number): number {
    const q = kernel.queue;
    const code = q.code(slot);
    const id = isReply(code) ? q.answers(slot) : kernel.originalOf(q.id(slot));
    return this.calls.weigh(code, q.from(slot), q.to(slot), id, q.a(slot), q.b(slot), q.data[slot]);
  }
  get columns(): StateColumn[] {
    const streams = this.streams.map(({ words }) => ({ values: words, width: 4 }));
    return [...this.layers.flatMap((layer) => layer.columns), ...streams, ...this.spread.columns, ...this.population.columns];
  }
  save(): Saved {
    return { waiting: this.calls.waiting.save(), spread: this.spread.save(), population: this.population.save() };
  }
  get stateBytes(): number {
    return this.calls.waiting.bytes;
  }
  load(saved: Saved): void {
    this.calls.waiting.load(saved.waiting);
    this.spread.restore(saved.spread);
    this.population.load(saved.population);
  }

  showNode(node: number): void {
    if (!this.kernel.journal) return;
    const { algorithm, state } = this.top;
    const down = this.population.rough && this.population.up[node] === 0;
    this.kernel.show(node, down ? algorithm.states.length : algorithm.shown(state, node, this.top));
  }
}
