/**
 * TCP between machines, as far as trouble on the network makes it visible. Nothing is lost on a connection: what does not get through is sent again,
 * after one second, then two, four, up to sixty (RFC 6298 §2, §5), and what was sent behind it waits for it (RFC 9293 §3.10.7.4). After a hundred seconds
 * without an acknowledgement the sender gives the connection up (RFC 9293 §3.8.3: R2, at least 100 s). Who has nothing to send notices nothing, so
 * programs are asked after a minute of a cut whether they have a sign of life to send.
 * Simplified: the time-out is the least that RFC 6298 allows, whatever the latency; what waits goes out whole at the first attempt that gets through (no fast
 * retransmission, no slow start); a cut has an effect on what is due while it lasts, so one that is shorter than that is not felt.
 */
import type { Kernel } from './kernel.ts';
import { Outcome } from './journal.ts';
import type { PoppedEvent } from './pool.ts';
import type { PendingEvent } from './queue.ts';
import { ARRIVAL } from './queue.ts';

/** Codes of its own timers, which no program has: an attempt, and the question whether there is a sign of life to send. */
export const TCP_AGAIN = 253;
export const TCP_IDLE = 252;

/** In seconds. */
const LONGEST_WAIT = 60;
const GIVE_UP = 100;
const SIGN_OF_LIFE = 60;

/** What does not get through on one direction of a connection. */
interface Stall {
  /** When the first of it should have come; the next attempt, and how many there were. */
  readonly since: number;
  readonly next: number;
  readonly tries: number;
  /** Grows as long as the stall lasts: keyframes hold a copy. */
  readonly held: PendingEvent[];
}
export interface SavedTcp {
  readonly stalls: ReadonlyMap<number, Stall>;
  readonly latest: ReadonlyMap<number, number>;
  readonly missed: ReadonlySet<number>;
  readonly watched: ReadonlySet<number>;
}
type Message = Pick<PendingEvent, 'id' | 'from' | 'to' | 'link'>;

export class Tcp {
  /** By link. */
  private stalls = new Map<number, Stall>();
  /** By link: when the last of what was sent is due, so that nothing overtakes it. */
  private latest = new Map<number, number>();
  /** Messages that the link loses when they are sent first. */
  private missed = new Set<number>();
  /** Cut links of which somebody will be asked for a sign of life. */
  private watched = new Set<number>();
  /** Ticks. */
  private readonly second: number;

  constructor(second: number) {
    this.second = second;
  }

  /** @param due as the link alone would have it. @returns when it comes, behind what was sent before. */
  inOrder(link: number, due: number): number {
    const latest = Math.max(due, this.latest.get(link) ?? 0);
    this.latest.set(link, latest);
    return latest;
  }
  /** The link loses this at first. */
  miss(id: number): void {
    this.missed.add(id);
  }
  /** The rule by which what is due now does not come; undefined where it does. */
  waits({ id, link }: Message, isCut: boolean): string | undefined {
    const isMissed = this.missed.delete(id);
    if (this.stalls.has(link)) return 'tcp/behind';
    return isCut ? 'tcp/cut' : isMissed ? 'tcp/missed' : undefined;
  }
  hold(kernel: Kernel, message: PendingEvent): void {
    const { link, from } = message;
    const stall = this.stalls.get(link);
    if (stall) stall.held.push(message);
    else this.tryAt(kernel, link, from, { since: kernel.tick, next: kernel.tick + this.second, tries: 0, held: [message] });
  }
  find(id: number): PendingEvent | undefined {
    for (const { held } of this.stalls.values()) {
      const found = held.find((message) => message.id === id);
      if (found) return found;
    }
    return undefined;
  }
  /** Takes it out of what waits; false where it is not there. */
  take(id: number): boolean {
    for (const [link, stall] of this.stalls) {
      const held = stall.held.filter((message) => message.id !== id);
      if (held.length === stall.held.length) continue;
      this.stalls.set(link, { ...stall, held });
      return true;
    }
    return false;
  }

  /** A timer of its own runs; false where it is none. */
  runs(kernel: Kernel, { code, to: entity, a: link }: PoppedEvent): boolean {
    if (code === TCP_IDLE) {
      this.watched.delete(link);
      if (isCut(kernel, link) && !this.stalls.has(link)) kernel.program.idle?.(kernel, link);
    } else if (code === TCP_AGAIN) this.again(kernel, link, entity);
    else return false;
    return true;
  }
  /** Links were cut: who has nothing to send on them would never notice. */
  watch(kernel: Kernel): void {
    const { from } = kernel.program.stage.links;
    for (let link = 0; link < from.length; link++) {
      if (this.watched.has(link) || !isCut(kernel, link)) continue;
      this.watched.add(link);
      kernel.queue.wake(kernel.tick + SIGN_OF_LIFE * this.second, from[link]!, TCP_IDLE, link, 0);
    }
  }
  /** A new connection is opened in the place of this one, of which one end had noticed nothing: what was on it is lost. */
  abandon(kernel: Kernel, link: number): void {
    this.lose(kernel, link, 'tcp/old');
  }

  private again(kernel: Kernel, link: number, entity: number): void {
    const stall = this.stalls.get(link);
    if (!stall || stall.next !== kernel.tick) return;
    const { since, tries, held } = stall;
    const first = held[0]?.id ?? -1;
    if (first < 0) this.stalls.delete(link);
    else if (!isCut(kernel, link) && !kernel.disturb().misses(entity, kernel.program.stage.links.to[link]!)) this.flush(kernel, link, held);
    else if (kernel.tick - since >= GIVE_UP * this.second) {
      this.lose(kernel, link, 'tcp/given-up');
      kernel.program.broken?.(kernel, link);
    } else {
      kernel.silence(entity, 'tcp/again', first, false);
      const wait = Math.min(LONGEST_WAIT, 2 << tries) * this.second;
      this.tryAt(kernel, link, entity, {
        since,
        next: Math.min(kernel.tick + wait, since + GIVE_UP * this.second),
        tries: tries + 1,
        held,
      });
    }
  }
  private tryAt(kernel: Kernel, link: number, entity: number, stall: Stall): void {
    this.stalls.set(link, stall);
    kernel.queue.wake(stall.next, entity, TCP_AGAIN, link, 0);
  }

  /** It gets through: what has waited goes out, and what is on its way already comes behind it. */
  private flush(kernel: Kernel, link: number, held: readonly PendingEvent[]): void {
    const { from, to } = held[0]!;
    this.stalls.delete(link);
    const due = this.inOrder(link, kernel.tick + kernel.disturb().slowed(from, to, kernel.latency(link)));
    kernel.silence(from, 'tcp/through', held[0]!.id, false);
    const flying = this.takeFlying(kernel, link, due);
    kernel.queue.put([...held, ...flying].map((message) => ({ ...message, tick: due })));
    for (const { id } of held) kernel.journal?.touched.moved(id, kernel.ordinal, due, kernel.tick);
    for (const { id } of flying) kernel.journal?.touched.moved(id, kernel.ordinal, due);
  }
  /** What is on the link, and waits to be, will come to nothing. */
  private lose(kernel: Kernel, link: number, rule: string): void {
    const held = this.stalls.get(link)?.held ?? [];
    this.stalls.delete(link);
    this.latest.delete(link);
    const lost = [...held, ...this.takeFlying(kernel, link, Infinity)];
    for (const { id } of lost) kernel.disturb().doomed.set(id, { outcome: Outcome.cut, rule });
    // Now, so that its row says so where it happens.
    kernel.queue.put(lost.map((message) => ({ ...message, tick: kernel.tick })));
  }
  private takeFlying(kernel: Kernel, link: number, until: number): readonly PendingEvent[] {
    const rows = kernel.queue.rows();
    const isFlying = (row: PendingEvent): boolean => row.type === ARRIVAL && row.link === link && row.tick <= until;
    const flying = rows.filter(isFlying);
    if (flying.length > 0) kernel.queue.fill(rows.filter((row) => !isFlying(row)));
    return flying;
  }

  get bytes(): number {
    let held = 0;
    for (const stall of this.stalls.values()) held += stall.held.length;
    return 64 * (held + this.latest.size + this.missed.size + this.watched.size);
  }
  save(): SavedTcp {
    const { stalls, latest, missed, watched } = this;
    return { stalls: copyOf(stalls), latest: new Map(latest), missed: new Set(missed), watched: new Set(watched) };
  }
  load({ stalls, latest, missed, watched }: SavedTcp): void {
    this.stalls = copyOf(stalls);
    this.latest = new Map(latest);
    this.missed = new Set(missed);
    this.watched = new Set(watched);
  }
}

const copyOf = (stalls: ReadonlyMap<number, Stall>): Map<number, Stall> =>
  new Map([...stalls].map(([link, stall]) => [link, { ...stall, held: [...stall.held] }]));

function isCut({ disturbed, program }: Kernel, link: number): boolean {
  const { from, to } = program.stage.links;
  return disturbed?.isCut(from[link]!, to[link]!) === true;
}
