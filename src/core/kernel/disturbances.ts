/**
 * What is out of order in a network: cut, slow and lossy links, paused and slow entities, a partition, and random faults. One such object
 * exists in a run from the first time that anything is; until then nothing is even asked. Chance has streams of its own, one for each kind of
 * fault, so that none moves any other draw. Where links are TCP connections nothing is lost by a cut or a lossy link, but late (`tcp.ts`), and
 * what runs on one machine has no network between.
 */
import type { Disturbed } from '../../protocol/intervention.ts';
import { Outcome } from './journal.ts';
import type { Kernel } from './kernel.ts';
import type { PoppedEvent } from './pool.ts';
import { ARRIVAL, type PendingEvent } from './queue.ts';
import { Streams } from './random.ts';
import { Tcp, TCP_AGAIN, TCP_IDLE, type SavedTcp } from './tcp.ts';
import type { Stage } from './model.ts';

/** Random faults of a whole run: shares of the messages that are sent. */
export interface Faults {
  readonly loss: number;
  readonly duplication: number;
  readonly reordering: number;
  /** Kinds of message that they do not touch. */
  readonly spared?: ((kind: number) => boolean) | undefined;
}
export const NO_FAULTS: Faults = { loss: 0, duplication: 0, reordering: 0 };

/** What will become of a message that is on its way. */
export interface Doom {
  readonly outcome: number;
  readonly rule: string;
}
const CUT: Doom = { outcome: Outcome.cut, rule: 'fault/cut' };
const LOSSY: Doom = { outcome: Outcome.lost, rule: 'fault/lossy' };
const LOST: Doom = { outcome: Outcome.lost, rule: 'fault/lost' };

const STREAMS = ['fault/link', 'fault/loss', 'fault/duplication', 'fault/reordering'] as const;
const [LINK, LOSS, DUPLICATION, REORDERING] = [0, 1, 2, 3];
/** A message that chance makes late takes up to so many times as long. */
const LATE = 4;

export interface SavedDisturbances {
  readonly words: Uint32Array;
  readonly cuts: ReadonlySet<number>;
  readonly slowLinks: ReadonlyMap<number, number>;
  readonly lossy: ReadonlyMap<number, number>;
  readonly slow: ReadonlyMap<number, number>;
  readonly paused: ReadonlySet<number>;
  readonly held: readonly PendingEvent[];
  readonly side: ReadonlySet<number>;
  readonly doomed: ReadonlyMap<number, Doom>;
  readonly originals: ReadonlyMap<number, number>;
  readonly tcp: SavedTcp | undefined;
}

export class Disturbances {
  /** Paused entities, and what waits before them, in the order in which it was due. */
  paused = new Set<number>();
  held: PendingEvent[] = [];
  /** By row: messages that will not arrive. */
  doomed = new Map<number, Doom>();
  /** Copies and edited messages, by row: the message whose place they are in. */
  originals = new Map<number, number>();
  readonly faults: Faults;
  /** Where links are TCP connections. */
  readonly tcp: Tcp | undefined;
  private readonly machine: readonly number[] | undefined;
  private readonly entities: number;
  private readonly streams: Streams;
  /** Pairs, by the smaller entity and the larger. */
  private cuts = new Set<number>();
  private slowLinks = new Map<number, number>();
  private lossy = new Map<number, number>();
  private slow = new Map<number, number>();
  private side = new Set<number>();

  constructor(entities: number, seed: string, faults: Faults = NO_FAULTS, tcp?: Stage['tcp']) {
    this.entities = entities;
    this.tcp = tcp && new Tcp(tcp.second);
    this.machine = tcp?.machine;
    this.streams = Streams.named(seed, STREAMS);
    this.faults = faults;
  }

  /** A link between two machines is one between any two that run on them. */
  private pair(one: number, other: number): number {
    const [a, b] = [this.machine?.[one] ?? one, this.machine?.[other] ?? other];
    return a < b ? a * this.entities + b : b * this.entities + a;
  }
  private isInside(from: number, to: number): boolean {
    return this.machine !== undefined && this.machine[from] === this.machine[to];
  }
  isCut(from: number, to: number): boolean {
    if (this.isInside(from, to)) return false;
    return (this.cuts.size > 0 && this.cuts.has(this.pair(from, to))) || (this.side.size > 0 && this.side.has(from) !== this.side.has(to));
  }
  cut([a, b]: readonly [number, number], cut: boolean): boolean {
    return cut ? this.cuts.size < this.cuts.add(this.pair(a, b)).size : this.cuts.delete(this.pair(a, b));
  }
  /** Answers whether that is a change. */
  part(wanted: readonly number[]): boolean {
    const side = this.onTheirMachines(wanted);
    const same = side.length === this.side.size && side.every((entity) => this.side.has(entity));
    this.side = new Set(side);
    return !same;
  }
  /** What is done to a server as a process is done to its services, too; not the other way round. */
  withServices(entity: number): readonly number[] {
    const { machine } = this;
    return machine?.[entity] === entity ? [...machine.keys()].filter((other) => machine[other] === entity) : [entity];
  }
  private onTheirMachines(entities: readonly number[]): readonly number[] {
    const { machine } = this;
    if (!machine) return entities;
    const machines = new Set(entities.map((entity) => machine[entity]));
    return [...machine.keys()].filter((entity) => machines.has(machine[entity]));
  }
  slowLink([a, b]: readonly [number, number], factor: number): void {
    setOrClear(this.slowLinks, this.pair(a, b), factor, 1);
  }
  makeLossy([a, b]: readonly [number, number], share: number): void {
    setOrClear(this.lossy, this.pair(a, b), share, 0);
  }
  slowEntity(entity: number, factor: number): void {
    setOrClear(this.slow, entity, factor, 1);
  }

  /** The rule by which what is due now has to wait; undefined where it need not. */
  waits(event: PoppedEvent): string | undefined {
    const { type, id, from, to, code } = event;
    const { tcp } = this;
    if (type === ARRIVAL && tcp && !this.doomed.has(id) && !this.isInside(from, to)) {
      const why = tcp.waits(event, this.isCut(from, to));
      if (why !== undefined) return why;
    }
    if (!this.paused.has(to)) return undefined;
    // The connections of a process that is stopped are its operating system's.
    return tcp && type !== ARRIVAL && (code === TCP_AGAIN || code === TCP_IDLE) ? undefined : 'intervention/waits';
  }
  hold(kernel: Kernel, popped: PoppedEvent, why: string): void {
    const { tick, stanza, data, type, to, from, link, kind, code, a, b, id, answers, took } = popped;
    const event = { tick, stanza, data, priority: 0, type, to, from, link, kind, code, a, b, id, answers, took };
    if (why === 'intervention/waits') this.held.push(event);
    else this.tcp!.hold(kernel, event);
  }
  /** What the network has lost does not arrive: a row says how. */
  arrive(kernel: Kernel, event: PoppedEvent): void {
    const { to, id } = event;
    const doom = this.doomed.get(id);
    if (doom === undefined) kernel.program.arrive(kernel, event);
    else {
      this.doomed.delete(id);
      kernel.undelivered(to, doom.rule, id, doom.outcome);
      kernel.program.gone?.(id);
    }
    this.originals.delete(id);
  }
  /** A message that waits, before a paused entity or until it gets through. */
  waiting(id: number): PendingEvent | undefined {
    return this.held.find((event) => event.id === id && event.type === ARRIVAL) ?? this.tcp?.find(id);
  }
  /** Takes it away; false where it does not wait. */
  takeWaiting(id: number): boolean {
    const at = this.held.findIndex((event) => event.id === id && event.type === ARRIVAL);
    if (at < 0) return this.tcp?.take(id) === true;
    this.held.splice(at, 1);
    return true;
  }
  /** Ticks that a message takes at its sender's and its link's present speed, which would take `delay`. */
  slowed(from: number, to: number, delay: number): number {
    const ticks = delay * (this.slow.get(from) ?? 1);
    return Math.round(this.slowLinks.size > 0 ? ticks * (this.slowLinks.get(this.pair(from, to)) ?? 1) : ticks);
  }
  /** Ticks that a message takes, which would take `delay` and is sent now. */
  delayOf(from: number, to: number, link: number, kind: number, delay: number, now: number): number {
    const ticks = this.slowed(from, to, delay);
    const takes = this.tcp === undefined ? ticks : this.tcp.inOrder(link, now + ticks) - now;
    const { reordering, spared } = this.faults;
    if (reordering === 0 || spared?.(kind) === true || this.streams.unit(REORDERING) >= reordering) return takes;
    return Math.round(takes * (1 + (LATE - 1) * this.streams.unit(REORDERING)));
  }
  /** Whether the link loses what is sent on it now. */
  misses(from: number, to: number): boolean {
    const share = this.lossy.size > 0 ? this.lossy.get(this.pair(from, to)) : undefined;
    return share !== undefined && this.streams.unit(LINK) < share;
  }
  /** Ticks until a timer runs; what slips past its time runs at once. */
  waitOf(entity: number, delay: number): number {
    return Math.max(0, Math.round(delay * (this.slow.get(entity) ?? 1)));
  }
  /** What happens to a message that is sent now: whether it will arrive, and whether it comes twice. */
  sent(id: number, from: number, to: number, kind: number): { readonly twice: boolean } {
    const { loss, duplication, spared } = this.faults;
    const touched = spared?.(kind) !== true;
    // Each draw is made whatever came of the others, so that they stay independent.
    const lossy = !this.isInside(from, to) && this.misses(from, to);
    const lost = touched && loss > 0 && this.streams.unit(LOSS) < loss;
    const twice = touched && duplication > 0 && this.streams.unit(DUPLICATION) < duplication;
    if (this.tcp === undefined && this.isCut(from, to)) this.doomed.set(id, CUT);
    else if (this.tcp === undefined && lossy) this.doomed.set(id, LOSSY);
    else if (lost) this.doomed.set(id, LOST);
    else if (lossy) this.tcp?.miss(id);
    return { twice };
  }
  /** One in the place of a message shares its fate; a copy beside it only what the link does to all that is on it. */
  passOn(id: number, to: number, beside: boolean): void {
    const doom = this.doomed.get(id);
    if (doom !== undefined && (!beside || doom.outcome === Outcome.cut)) this.doomed.set(to, doom);
  }
  /** Links were cut: what is on them is lost, unless TCP tries again. */
  nothingPasses(kernel: Kernel): void {
    if (this.tcp) this.tcp.watch(kernel);
    else for (const { id, from, to } of kernel.queue.rows()) if (id >= 0 && this.isCut(from, to)) this.doomed.set(id, CUT);
  }

  get now(): Disturbed {
    const ends = (pair: number): readonly [number, number] => [Math.floor(pair / this.entities), pair % this.entities];
    return {
      cuts: [...this.cuts].map(ends),
      slowLinks: [...this.slowLinks].map(([pair, factor]) => ({ between: ends(pair), factor })),
      lossy: [...this.lossy].map(([pair, share]) => ({ between: ends(pair), share })),
      paused: [...this.paused],
      slow: [...this.slow].map(([entity, factor]) => ({ entity, factor })),
      side: [...this.side],
    };
  }
  get bytes(): number {
    return 64 * (this.doomed.size + this.held.length + this.originals.size + this.side.size) + (this.tcp?.bytes ?? 0) + 256;
  }
  save(): SavedDisturbances {
    return {
      words: this.streams.words.slice(),
      cuts: new Set(this.cuts),
      slowLinks: new Map(this.slowLinks),
      lossy: new Map(this.lossy),
      slow: new Map(this.slow),
      paused: new Set(this.paused),
      held: [...this.held],
      side: new Set(this.side),
      doomed: new Map(this.doomed),
      originals: new Map(this.originals),
      tcp: this.tcp?.save(),
    };
  }
  load(saved: SavedDisturbances): void {
    this.streams.words.set(saved.words);
    this.cuts = new Set(saved.cuts);
    this.slowLinks = new Map(saved.slowLinks);
    this.lossy = new Map(saved.lossy);
    this.slow = new Map(saved.slow);
    this.paused = new Set(saved.paused);
    this.held = [...saved.held];
    this.side = new Set(saved.side);
    this.doomed = new Map(saved.doomed);
    this.originals = new Map(saved.originals);
    if (saved.tcp) this.tcp?.load(saved.tcp);
  }
}

/** Cuts what is between two entities, or mends it; false where it is so already. */
export function setCut(kernel: Kernel, between: readonly [number, number], cut: boolean): boolean {
  const disturbed = kernel.disturb();
  if (!disturbed.cut(between, cut)) return false;
  if (cut) disturbed.nothingPasses(kernel);
  return true;
}

function setOrClear(map: Map<number, number>, key: number, value: number, usual: number): void {
  if (value === usual) map.delete(key);
  else map.set(key, value);
}
