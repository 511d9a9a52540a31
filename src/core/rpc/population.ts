/**
 * Who takes part in a run: who is up, whose connections are cut, who is an adversary. Losses, victims, leavers and
 * adversaries are drawn from streams of their own (`loss`, `crash`, `churn`, `adversary`, `update`).
 */
import { InputError } from '../../base/result.ts';
import { wholeWords, type StateColumn } from '../kernel/patches.ts';
import { Streams } from '../kernel/random.ts';
import type { Conditions } from '../network/conditions.ts';
import type { Topology } from '../topology/topology.ts';

const STREAMS = ['loss', 'crash', 'churn', 'adversary', 'update'] as const;
const [LOSS, CRASH, CHURN, ADVERSARY, UPDATE] = [0, 1, 2, 3, 4];

export interface SavedPopulation {
  readonly cuts: ReadonlySet<number>;
  readonly live: number;
  readonly rough: boolean;
}

export class Population {
  readonly up: Uint8Array;
  /** How often the node has gone down: what was scheduled in an earlier life is forgotten. */
  readonly life: Uint16Array;
  readonly drops: Uint8Array;
  readonly lies: Uint8Array;
  readonly floods: Uint8Array;
  live: number;
  /** Something may go wrong at all: while nothing may, messages are not even asked about. */
  rough: boolean;
  private readonly nodes: number;
  private readonly origin: number;
  private readonly conditions: Conditions;
  private readonly streams: Streams;
  private readonly lossBelow: number;
  /** Pairs `from * nodes + to` between which nothing gets through. */
  private cuts = new Set<number>();

  constructor(conditions: Conditions, nodes: number, origin: number, seed: string) {
    this.conditions = conditions;
    this.nodes = nodes;
    this.origin = origin;
    this.live = nodes;
    this.streams = Streams.named(seed, STREAMS);
    this.lossBelow = Math.round(conditions.loss * 4294967296);
    this.up = wholeWords(Uint8Array, nodes).fill(1);
    this.life = wholeWords(Uint16Array, nodes);
    this.drops = this.adversaries(conditions.droppers);
    this.lies = this.adversaries(conditions.liars);
    this.floods = this.adversaries(conditions.flooders);
    const { loss, crash, churn, droppers, flooders } = conditions;
    this.rough = loss + crash + churn + droppers + flooders > 0;
  }

  private adversaries(share: number): Uint8Array {
    const are = new Uint8Array(this.nodes);
    for (const node of this.sample(ADVERSARY, Math.round(share * this.nodes))) are[node] = 1;
    return are;
  }
  /** So many different nodes that are up, never the origin, every set as likely (Floyd's method on the others). */
  private sample(stream: number, wanted: number): readonly number[] {
    const others: number[] = [];
    if (wanted <= 0) return others;
    for (let node = 0; node < this.nodes; node++) if (node !== this.origin && this.up[node] === 1) others.push(node);
    const count = Math.min(wanted, others.length);
    for (let i = 0; i < count; i++) {
      const j = i + this.streams.below(stream, others.length - i);
      [others[i], others[j]] = [others[j]!, others[i]!];
    }
    return others.slice(0, count);
  }

  loses(): boolean {
    return this.lossBelow > 0 && this.streams.bits(LOSS) < this.lossBelow;
  }
  victims(): readonly number[] {
    return this.sample(CRASH, Math.round(this.conditions.crash * this.nodes));
  }
  /** Who leaves in this period: the expected number, its fraction by chance. */
  leavers(): readonly number[] {
    const expected = this.conditions.churn * this.live;
    const whole = Math.floor(expected);
    return this.sample(CHURN, whole + (this.streams.unit(CHURN) < expected - whole ? 1 : 0));
  }
  /** Where a later update enters. */
  injector(): number {
    return this.streams.below(UPDATE, this.nodes);
  }

  down(node: number): void {
    this.rough = true;
    this.up[node] = 0;
    this.life[node]!++;
    this.live--;
  }
  rise(node: number): void {
    this.up[node] = 1;
    this.live++;
  }
  /** Which of its lives the node is in. */
  lifeOf(node: number): number {
    return this.rough ? this.life[node]! : 0;
  }
  isCut(from: number, to: number): boolean {
    return this.cuts.size > 0 && this.cuts.has(from * this.nodes + to);
  }
  cut(one: number, other: number, cut: boolean): void {
    for (const pair of [one * this.nodes + other, other * this.nodes + one]) {
      if (cut) this.cuts.add(pair);
      else this.cuts.delete(pair);
    }
  }
  /** @throws InputError for a name that the graph does not have. */
  named(name: string, topology: Topology): number {
    const node = topology.names ? topology.names.indexOf(name) : /^\d+$/.test(name) ? Number(name) : -1;
    if (node >= 0 && node < topology.nodes) return node;
    throw new InputError({
      message: `a change names the node ${JSON.stringify(name)}, and there is none`,
      hint: 'Use the names of the graph.',
    });
  }

  get columns(): StateColumn[] {
    return [{ values: this.up }, { values: this.life }, { values: this.streams.words, width: 4 }];
  }
  save(): SavedPopulation {
    const { live, rough } = this;
    return { cuts: new Set(this.cuts), live, rough };
  }
  load(saved: SavedPopulation): void {
    this.cuts = new Set(saved.cuts);
    this.live = saved.live;
    // A crash that the algorithm itself asked for is no condition of the run.
    if (saved.rough) this.rough = true;
  }
}
