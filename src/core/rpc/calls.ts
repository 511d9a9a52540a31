/**
 * The graph transport: an algorithm's calls travel along the links of a topology, or straight to any node where membership
 * allows it. Empty acknowledgements cost nothing and are not scheduled; a reply takes as long as its call did. In
 * synchronous cycles calls and replies take a quarter of a cycle each, whatever the link, so that all of a cycle's traffic
 * ends within it. Losses, cuts, crashes and adversaries of the conditions are the transport's doing.
 */
import { Kind, KINDS } from '../../protocol/scene.ts';
import { EMPTY, type Data, type Method, type Peer, type Token } from '../gossip/contract.ts';
import { Outcome } from '../kernel/journal.ts';
import type { Topology } from '../topology/topology.ts';
import { addressesOf } from './addresses.ts';
import { readTyped } from './by-hand.ts';
import type { Carrier, Taken } from './carrier.ts';
import type { GraphWorld } from './graph.ts';
import { NO_DATA, type Layer } from './layer.ts';
import type { GraphWorldOptions } from './options.ts';
import { copiesIn, methodsOf, WorldTimer } from './plan.ts';
import type { Population } from './population.ts';
import type { Spread } from './spread.ts';
import { Waiting } from './waiting.ts';
import { codeOf, isReply, methodOf } from './xep0009.ts';

export class Calls {
  readonly waiting = new Waiting();
  kernel!: Carrier;
  private readonly world: GraphWorld;
  private readonly topology: Topology;
  private readonly population: Population;
  private readonly spread: Spread;
  private readonly options: GraphWorldOptions;
  private readonly top: Layer;
  private readonly lower: Layer | undefined;
  private readonly weighs: boolean;
  private readonly kinds: readonly number[];
  private readonly methods: readonly Method[];
  private readonly isUpdate: readonly (boolean | 'data')[];
  /** Some reply to the method carries updates. */
  private readonly informs: readonly boolean[];

  constructor(world: GraphWorld) {
    const { topology, population, spread, options, top, lower } = world;
    this.world = world;
    this.topology = topology;
    this.population = population;
    this.spread = spread;
    this.options = options;
    this.top = top;
    this.lower = lower;
    this.weighs = options.weigh === true;
    this.methods = methodsOf(options.algorithm, options.membership?.algorithm);
    this.kinds = this.methods.map((method) => KINDS.indexOf(method.kind));
    this.isUpdate = this.methods.map((method) => method.update);
    this.informs = this.methods.map(({ replies }) => replies?.some(({ update }) => Boolean(update)) === true);
  }

  request(layer: Layer, node: number, peer: Peer, local: number, a: number, b: number, timeout: number, data: Data | undefined): Token {
    if (this.population.rough && this.population.drops[node] === 1) return this.dropped(node);
    const method = layer.firstMethod + local;
    const token = this.send(layer, node, peer, method, a, b, data);
    if (timeout > 0) this.wait(node, token, method, layer.nodeOf(peer), timeout);
    if (this.population.rough && this.population.floods[node] === 1)
      for (let i = 1; i < 10; i++) this.send(layer, node, peer, method, a, b, data);
    return token;
  }
  private dropped(node: number): Token {
    this.kernel.silence(node, 'adversary/drops', -1, false);
    return -1;
  }
  private wait(node: number, token: Token, method: number, callee: number, timeout: number): void {
    this.waiting.add(token, method, callee);
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
  weigh(code: number, from: number, to: number, id: number, a: number, b: number, data: Data | undefined): number {
    const args = isReply(code) ? [a] : [a, b].slice(0, this.methods[methodOf(code)]!.args.length);
    const bytes = this.options.bytes(code, from, to, id, args, data ?? NO_DATA);
    this.spread.bytes += bytes;
    return bytes;
  }

  arrive(event: Taken): void {
    const { kernel } = this;
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
    if (kernel.journal !== undefined) this.world.showNode(node);
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
    const late = this.waiting.settle(token);
    if (late) this.kernel.silence(node, 'rpc/late', -1, false);
    return late;
  }
  /** The caller need wait no longer, though nothing was answered. */
  acknowledged(token: Token): void {
    if (this.waiting.size > 0) this.waiting.settle(token);
  }
  /** A call has come back: nobody is there to take it in. Whoever waits for its answer, or holds a connection, is told at once. */
  failed(node: number, method: number, token: Token, to: number): void {
    this.timedOut(node, token, this.population.lifeOf(node));
    this.waiting.settle(token);
    const layer = this.layerOf(method);
    layer.algorithm.onDown?.(layer, node, to);
    this.world.showNode(node);
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
  timedOut(node: number, token: number, life: number): void {
    if (this.population.lifeOf(node) !== life) return;
    const call = this.waiting.giveUp(token);
    if (!call) return;
    const layer = this.layerOf(call.method);
    layer.algorithm.onTimeout?.(layer, node, call.method - layer.firstMethod, token, call.callee);
  }
  typed(node: number, text: string): void {
    const { to, code, a, b, data } = readTyped(text, this.methods, addressesOf(this.topology));
    const layer = this.layerOf(methodOf(code));
    const peer = layer.peerTo(node, to);
    if (!this.world.isUp(node) || peer < 0) this.kernel.silence(node, peer < 0 ? 'network/no-way' : 'network/down', -1, false);
    else this.send(layer, node, peer, methodOf(code), a, b, data);
  }
}
