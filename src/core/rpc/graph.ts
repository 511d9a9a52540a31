/**
 * The graph transport: an algorithm's calls travel along the links of a topology, or straight to any node where membership
 * allows it. Empty acknowledgements cost nothing and are not scheduled; a reply takes as long as its call did. In
 * synchronous cycles calls and replies take a quarter of a cycle each, whatever the link, so that all of a cycle's traffic
 * ends within it. Losses, cuts, crashes and adversaries of the conditions are the transport's doing: `population.ts`.
 */
import type { Change } from '../../protocol/scenario.ts';
import { Kind, KINDS } from '../../protocol/scene.ts';
import { EMPTY, type Data, type Method, type Peer, type Token } from '../gossip/contract.ts';
import { Outcome } from '../kernel/journal.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Program } from '../kernel/program.ts';
import type { Stage } from '../kernel/model.ts';
import type { StateColumn } from '../kernel/patches.ts';
import { Streams } from '../kernel/random.ts';
import type { Topology } from '../topology/topology.ts';
import { addressesOf } from './addresses.ts';
import { readTyped } from './by-hand.ts';
import type { Carrier, Taken, Woken } from './carrier.ts';
import type { GraphWorldOptions } from './options.ts';
import { Layer, NO_DATA } from './layer.ts';
import { copiesIn, entersAt, lastPlannedOf, methodsOf, WorldTimer } from './plan.ts';
import { Population, type SavedPopulation } from './population.ts';
import { Spread, type SavedSpread } from './spread.ts';
import { codeOf, isReply, methodOf } from './xep0009.ts';

const LAYER = 256;
/** A call that timed out, and whose reply may still come. */
const GIVEN_UP = -1;
/** Periods that an endless run goes on after everyone was reached and all that was planned has happened, where the algorithm does not say. */
const AFTERWARDS = 10;

interface Saved {
  /** Tokens, and what stands for each. */
  readonly waiting: readonly [Float64Array, Float64Array];
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
  private readonly top: Layer;
  /** The membership protocol's. */
  private readonly lower: Layer | undefined;
  private readonly topology: Topology;
  private readonly options: GraphWorldOptions;
  private readonly weighs: boolean;
  private readonly streams: readonly Streams[];
  private readonly kinds: readonly number[];
  private readonly methods: readonly Method[];
  private readonly isUpdate: readonly (boolean | 'data')[];
  /** Some reply to the method carries updates. */
  private readonly informs: readonly boolean[];
  /** Calls with a time-out, by token: method and callee, or that they were given up. */
  private waiting = new Map<number, number>();

  constructor(options: GraphWorldOptions) {
    const { algorithm, topology, conditions, membership, seed } = options;
    this.options = options;
    this.weighs = options.weigh === true;
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
    this.methods = methodsOf(algorithm, membership?.algorithm);
    this.kinds = this.methods.map((method) => KINDS.indexOf(method.kind));
    this.isUpdate = this.methods.map((method) => method.update);
    this.informs = this.methods.map(({ replies }) => replies?.some(({ update }) => Boolean(update)) === true);
    this.spread = new Spread(topology.nodes, conditions.updates);
    this.population = new Population(conditions, topology.nodes, options.origin, seed);
    if (options.changes?.length) this.population.rough = true;
  }

  // What layers ask.

  request(layer: Layer, node: number, peer: Peer, local: number, a: number, b: number, timeout: number, data: Data | undefined): Token {
    if (this.population.rough && this.population.drops[node] === 1) return this.dropped(node);
    const method = layer.firstMethod + local;
    const token = this.send(layer, node, peer, method, a, b, data);
    if (timeout > 0) this.wait(node, token, method + 1024 * layer.nodeOf(peer), timeout);
    if (this.population.rough && this.population.floods[node] === 1)
      for (let i = 1; i < 10; i++) this.send(layer, node, peer, method, a, b, data);
    return token;
  }
  private dropped(node: number): Token {
    this.kernel.silence(node, 'adversary/drops', -1, false);
    return -1;
  }
  private wait(node: number, token: Token, forWhat: number, timeout: number): void {
    this.waiting.set(token, forWhat);
    this.kernel.timer(node, timeout, WorldTimer.timeout, token, this.population.lifeOf(node));
  }
  private send(layer: Layer, node: number, peer: Peer, method: number, a: number, b: number, data: Data | undefined): Token {
    this.spread.updatesSent += copiesIn(this.isUpdate[method]!, data);
    this.spread.load[node]!++;
    const link = peer < this.topology.links;
    const delay = layer.fixedDelay >= 0 ? layer.fixedDelay : link ? this.topology.length(peer) : layer.distance(peer);
    const to = link ? this.topology.target(peer) : layer.nodeOf(peer);
    const id = this.kernel.send(peer, node, to, delay, this.kinds[method]!, codeOf(method, false), a, b, -1, data);
    if (this.weighs) this.weigh(codeOf(method, false), node, to, id, a, b, data);
    return id;
  }
  /** @param id of a reply: the request's. @returns bytes of its XML, counted. */
  private weigh(code: number, from: number, to: number, id: number, a: number, b: number, data: Data | undefined): number {
    const args = isReply(code) ? [a] : [a, b].slice(0, this.methods[methodOf(code)]!.args.length);
    const bytes = this.options.bytes(code, from, to, id, args, data ?? NO_DATA);
    this.spread.bytes += bytes;
    return bytes;
  }
  wake(layer: Layer, node: number, delay: number, code: number, argument: number): void {
    this.kernel.timer(node, delay, layer.index * LAYER + code, argument, this.population.lifeOf(node));
  }
  learned(layer: Layer, node: number, update: number): void {
    if (layer !== this.top || !this.spread.learned(node, update, this.kernel.tick)) return;
    this.options.heard?.(node, update, this.kernel.tick);
    if (!this.spread.knowsAll(node)) return;
    this.kernel.reached(node);
    if (this.kernel.reachedCount < this.population.live || !this.endless || this.top.algorithm.membership || this.options.says) return;
    const afterwards = this.top.algorithm.afterwards?.(this.top.params) ?? AFTERWARDS;
    this.kernel.endBy(Math.max(this.kernel.tick, lastPlannedOf(this.options)) + afterwards * this.top.period);
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
  /** A membership protocol is looked at for its own sake: such a run goes on to its horizon. */
  private get endless(): boolean {
    const { algorithm, params, membership, conditions } = this.options;
    // Whoever sends nothing hears of no failure either, and may never find a reason to stop.
    const odd = conditions.churn > 0 || conditions.droppers > 0;
    return algorithm.endless(params) || odd || (membership?.algorithm.endless(membership.params) ?? false);
  }

  begin(kernel: Carrier): void {
    this.kernel = kernel;
    const { algorithm, conditions, origin, changes } = this.options;
    const period = this.top.period;
    // Who joins later is not there at first.
    const firsts = new Map(changes?.toReversed().map((change) => [change.node, change.do]));
    for (const [name, first] of firsts) if (first === 'join') this.absent(this.population.named(name, this.topology));
    if (this.endless) kernel.endBy(this.enters(conditions.updates - 1) + conditions.horizon * period);
    // Whoever waits for the answer of a node that is gone, or beyond a link that is down, may call it for ever.
    else if (conditions.crash > 0 || changes?.length) kernel.endBy(lastPlannedOf(this.options) + conditions.horizon * period);
    for (const layer of this.layers.toReversed()) layer.algorithm.start?.(layer, origin);
    for (let u = 0; u < conditions.updates; u++) {
      const node = this.options.says?.[u]?.node ?? (u === 0 ? origin : this.population.injector());
      this.spread.entered[u] = this.enters(u);
      if (u === 0 && this.enters(0) === 0) algorithm.onUpdate(this.top, node, 0);
      else kernel.timer(node, this.enters(u), WorldTimer.update, u);
    }
    if (conditions.crash > 0) {
      const at = this.enters(0) + conditions.crashAt * period;
      for (const node of this.population.victims()) kernel.timer(node, at, WorldTimer.crash, 0);
    }
    if (conditions.churn > 0) kernel.timer(origin, this.enters(0) + period, WorldTimer.churn, 0);
    changes?.forEach((change, i) => kernel.timer(this.population.named(change.node, this.topology), change.at, WorldTimer.change, i));
    if (kernel.journal) for (let node = 0; node < this.topology.nodes; node++) this.showNode(node);
  }

  arrive(kernel: Carrier, event: Taken): void {
    const { to: node, from, code } = event;
    const { burdened } = kernel.queue;
    const method = methodOf(code);
    const layer = this.layerOf(method);
    if (this.population.rough && !this.delivers(layer, node, method, event)) return;
    this.spread.load[node]!++;
    if (burdened) layer.data = event.data ?? NO_DATA;
    if (isReply(code)) this.replied(layer, node, from, method, event.answers, event.a);
    else this.called(layer, node, from, method, event);
    if (burdened) layer.data = NO_DATA;
    if (kernel.journal !== undefined) this.showNode(node);
  }
  private replied(layer: Layer, node: number, from: number, method: number, token: number, reply: number): void {
    if (this.waiting.size > 0 && this.isLate(node, token)) return;
    if (this.informs[method]) {
      const carried = this.methods[method]!.replies?.[reply]?.update;
      if (carried) this.spread.arrived(from, copiesIn(carried, layer.data));
    }
    layer.algorithm.onReply?.(layer, node, method - layer.firstMethod, reply, token, from);
    this.spread.from = -1;
  }
  private isLate(node: number, token: number): boolean {
    const late = this.waiting.get(token) === GIVEN_UP;
    this.waiting.delete(token);
    if (late) this.kernel.silence(node, 'rpc/late', -1, false);
    return late;
  }
  /** The caller need wait no longer, though nothing was answered. */
  acknowledged(token: Token): void {
    if (this.waiting.size > 0) this.waiting.delete(token);
  }
  /** A call has come back: nobody is there to take it in. Whoever waits for its answer, or holds a connection, is told at once. */
  failed(node: number, method: number, token: Token, to: number): void {
    this.timedOut(node, token, this.population.lifeOf(node));
    this.waiting.delete(token);
    const layer = this.layerOf(method);
    layer.algorithm.onDown?.(layer, node, to);
    this.showNode(node);
  }
  private layerOf(method: number): Layer {
    return this.lower === undefined || method < this.lower.firstMethod ? this.top : this.lower;
  }
  private called(layer: Layer, node: number, from: number, method: number, event: Taken): void {
    const { link } = event;
    // Of a copy: as its stanza has it.
    const id = this.kernel.originalOf(event.id);
    const update = this.isUpdate[method]!;
    if (update !== false) this.spread.arrived(from, copiesIn(update, layer.data));
    const reply = layer.algorithm.onCall(layer, node, method - layer.firstMethod, event.a, event.b, from);
    this.spread.from = -1;
    const data = layer.detach();
    if (reply === EMPTY) {
      // Where acknowledgements travel, the caller still waits for this one.
      if (this.kernel.streams !== undefined) return;
      this.acknowledged(id);
      this.options.acknowledged?.(node, from, id, this.kernel.tick);
      return;
    }
    if (this.informs[method]) this.spread.updatesSent += copiesIn(this.methods[method]!.replies?.[reply]?.update ?? false, data);
    this.spread.load[node]!++;
    this.kernel.send(link, node, from, event.took, Kind.result, codeOf(method, true), reply, 0, id, data);
    if (this.weighs) this.weigh(codeOf(method, true), node, from, id, reply, 0, data);
  }
  /** Whether a message gets through; if not, a row says why, and whoever holds a connection learns that it broke. */
  private delivers(layer: Layer, node: number, method: number, { from, id, link }: Taken): boolean {
    const { population, kernel } = this;
    if (population.isCut(from, node) && this.methods[method]!.outOfBand !== true) kernel.undelivered(node, 'network/cut', id, Outcome.cut);
    else if (population.loses()) kernel.undelivered(node, 'network/lost', id, Outcome.lost);
    else if (population.up[node] === 0) {
      kernel.undelivered(node, 'network/down', id, Outcome.dropped);
      if (layer.algorithm.onDown && population.up[from] === 1) kernel.timer(from, layer.distance(link), WorldTimer.down, node, layer.index);
    } else return true;
    return false;
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
    const { population } = this;
    if (code === WorldTimer.timeout) this.timedOut(node, a, b);
    else if (code === WorldTimer.down) this.layers[b]?.algorithm.onDown?.(this.layers[b], node, a);
    else if (code === WorldTimer.update) this.inject(node, a);
    else if (code === WorldTimer.crash) this.takeDown(node, false);
    else if (code === WorldTimer.up) this.comeBack(node);
    else if (code === WorldTimer.change) this.change(this.options.changes![a]!, node);
    else {
      for (const other of population.leavers()) {
        this.takeDown(other, false);
        this.kernel.timer(other, this.options.conditions.downtime * this.top.period, WorldTimer.up, 0);
      }
      this.kernel.timer(node, this.top.period, WorldTimer.churn, 0);
    }
  }
  private timedOut(node: number, token: number, life: number): void {
    const waited = this.waiting.get(token);
    if (waited === undefined || waited === GIVEN_UP || this.population.lifeOf(node) !== life) return;
    this.waiting.set(token, GIVEN_UP);
    const method = waited % 1024;
    const layer = this.layerOf(method);
    layer.algorithm.onTimeout?.(layer, node, method - layer.firstMethod, token, (waited - method) / 1024);
  }
  /** A node that is down cannot take an update in: the origin does. */
  private inject(node: number, update: number): void {
    const at = this.isUp(node) ? node : this.options.origin;
    this.top.algorithm.onUpdate(this.top, at, update);
    this.showNode(at);
  }
  private absent(node: number): void {
    this.population.down(node);
    this.kernel.streams?.drop(node, false);
  }
  private takeDown(node: number, orderly: boolean): void {
    if (!this.isUp(node)) return;
    for (const layer of this.layers) {
      if (orderly) layer.algorithm.onLeave?.(layer, node);
      this.breakConnections(layer, node);
    }
    this.population.down(node);
    this.kernel.streams?.drop(node, orderly);
    this.showNode(node);
  }
  /** A connection breaks at both ends: the members of the crashed node's own view are told, as TCP would. */
  private breakConnections(layer: Layer, node: number): void {
    const { membership, onDown } = layer.algorithm;
    // Streams are to servers: peers hear of it when a call comes back.
    if (!membership || !onDown || this.kernel.streams) return;
    for (let i = membership.count(layer.state, node, layer) - 1; i >= 0; i--) {
      const other = membership.at(layer.state, node, i, layer);
      this.kernel.timer(other, layer.distance(layer.peerTo(node, other)), WorldTimer.down, node, layer.index);
    }
  }
  private comeBack(node: number): void {
    if (this.kernel.streams) this.kernel.streams.connect(node);
    else this.bringUp(node);
  }
  bringUp(node: number): void {
    if (this.isUp(node)) return;
    this.population.rise(node);
    for (const layer of this.layers.toReversed()) {
      layer.forget(node);
      layer.algorithm.onUp?.(layer, node);
    }
    this.showNode(node);
  }
  private change(change: Change, node: number): void {
    if (change.do === 'join') this.comeBack(node);
    else if (change.do === 'leave' || change.do === 'crash') this.takeDown(node, change.do === 'leave');
    else this.population.cut(node, this.population.named(change.to ?? '', this.topology), change.do === 'down');
  }

  power(_kernel: unknown, node: number, on: boolean): boolean {
    const was = this.isUp(node);
    if (on && !was) this.comeBack(node);
    else if (!on) this.takeDown(node, false);
    return was !== on;
  }
  typed(_kernel: unknown, node: number, text: string): void {
    const { to, code, a, b, data } = readTyped(text, this.methods, addressesOf(this.topology));
    const layer = this.layerOf(methodOf(code));
    const peer = layer.peerTo(node, to);
    if (!this.isUp(node) || peer < 0) this.kernel.silence(node, peer < 0 ? 'network/no-way' : 'network/down', -1, false);
    else this.send(layer, node, peer, methodOf(code), a, b, data);
  }

  bytes(kernel: Kernel, slot: number): number {
    const q = kernel.queue;
    const code = q.code(slot);
    const id = isReply(code) ? q.answers(slot) : kernel.originalOf(q.id(slot));
    return this.weigh(code, q.from(slot), q.to(slot), id, q.a(slot), q.b(slot), q.data[slot]);
  }
  get columns(): StateColumn[] {
    const streams = this.streams.map(({ words }) => ({ values: words, width: 4 }));
    return [...this.layers.flatMap((layer) => layer.columns), ...streams, ...this.spread.columns, ...this.population.columns];
  }
  save(): Saved {
    const waiting = [Float64Array.from(this.waiting.keys()), Float64Array.from(this.waiting.values())] as const;
    return { waiting, spread: this.spread.save(), population: this.population.save() };
  }
  get stateBytes(): number {
    return 16 * this.waiting.size;
  }
  load(saved: Saved): void {
    const [tokens, values] = saved.waiting;
    this.waiting = new Map();
    tokens.forEach((token, i) => this.waiting.set(token, values[i]!));
    this.spread.restore(saved.spread);
    this.population.load(saved.population);
  }

  private showNode(node: number): void {
    if (!this.kernel.journal) return;
    const { algorithm, state } = this.top;
    const down = this.population.rough && this.population.up[node] === 0;
    this.kernel.show(node, down ? algorithm.states.length : algorithm.shown(state, node, this.top));
  }
}
