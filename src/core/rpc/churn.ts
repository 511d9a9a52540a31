/**
 * Who comes and goes in a gossip world: crashes and churn of the conditions, what a scenario plans, what is done by hand. Who goes down forgets
 * what was only in memory (`Layer.forget`), and those that hold a connection to it learn that it broke.
 */
import type { GraphWorld } from './graph.ts';
import type { Layer } from './layer.ts';
import { WorldTimer } from './plan.ts';

export class Churn {
  private readonly world: GraphWorld;

  constructor(world: GraphWorld) {
    this.world = world;
  }

  /** Who joins later is not there at first. */
  begin(): void {
    const { options, kernel, population } = this.world;
    const firsts = new Map(options.changes?.toReversed().map((change) => [change.node, change.do]));
    for (const [name, first] of firsts) {
      if (first !== 'join') continue;
      const node = this.named(name);
      population.down(node);
      kernel.streams?.drop(node, false);
    }
  }
  /** Sets the timers of all that is in store. @param entered when the first update enters. */
  plan(entered: number): void {
    const { options, kernel, population, top } = this.world;
    const { conditions, changes, origin } = options;
    if (conditions.crash > 0) {
      const at = entered + conditions.crashAt * top.period;
      for (const node of population.victims()) kernel.timer(node, at, WorldTimer.crash, 0);
    }
    if (conditions.churn > 0) kernel.timer(origin, entered + top.period, WorldTimer.churn, 0);
    changes?.forEach((change, i) => kernel.timer(this.named(change.node), change.at, WorldTimer.change, i));
  }
  private named(node: string): number {
    return this.world.population.named(node, this.world.topology);
  }

  /** One of those timers runs. @param a which change. */
  runs(code: number, node: number, a: number): void {
    if (code === WorldTimer.crash) this.takeDown(node, false);
    else if (code === WorldTimer.up) this.comeBack(node);
    else if (code === WorldTimer.change) this.change(a, node);
    else this.leaveAndReturn(node);
  }
  private change(index: number, node: number): void {
    const change = this.world.options.changes![index]!;
    if (change.do === 'join') this.comeBack(node);
    else if (change.do === 'leave' || change.do === 'crash') this.takeDown(node, change.do === 'leave');
    else this.world.population.cut(node, this.named(change.to ?? ''), change.do === 'down');
  }
  /** A period's share of the nodes goes, each for its time away. @param node the one that keeps the time. */
  private leaveAndReturn(node: number): void {
    const { options, kernel, population, top } = this.world;
    for (const other of population.leavers()) {
      this.takeDown(other, false);
      kernel.timer(other, options.conditions.downtime * top.period, WorldTimer.up, 0);
    }
    kernel.timer(node, top.period, WorldTimer.churn, 0);
  }

  /** By hand; false where it is like that already. */
  power(node: number, on: boolean): boolean {
    const was = this.world.isUp(node);
    if (on && !was) this.comeBack(node);
    else if (!on) this.takeDown(node, false);
    return was !== on;
  }
  private takeDown(node: number, orderly: boolean): void {
    const { world } = this;
    if (!world.isUp(node)) return;
    for (const layer of world.layers) {
      if (orderly) layer.algorithm.onLeave?.(layer, node);
      this.breakConnections(layer, node);
    }
    world.population.down(node);
    world.kernel.streams?.drop(node, orderly);
    world.showNode(node);
  }
  /** A connection breaks at both ends: the members of the crashed node's own view are told, as TCP would. */
  private breakConnections(layer: Layer, node: number): void {
    const { membership, onDown } = layer.algorithm;
    const { kernel } = this.world;
    // Streams are to servers: peers hear of it when a call comes back.
    if (!membership || !onDown || kernel.streams) return;
    for (let i = membership.count(layer.state, node, layer) - 1; i >= 0; i--) {
      const other = membership.at(layer.state, node, i, layer);
      kernel.timer(other, layer.distance(layer.peerTo(node, other)), WorldTimer.down, node, layer.index);
    }
  }
  private comeBack(node: number): void {
    const { streams } = this.world.kernel;
    if (streams) streams.connect(node);
    else this.bringUp(node);
  }
  /** It is there again, with nothing but what it had stored. */
  bringUp(node: number): void {
    const { world } = this;
    if (world.isUp(node)) return;
    world.population.rise(node);
    for (const layer of world.layers.toReversed()) {
      layer.forget(node);
      layer.algorithm.onUp?.(layer, node);
    }
    world.showNode(node);
  }
}
