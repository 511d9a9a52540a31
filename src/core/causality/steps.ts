/** Where a step along causes leads. Each kind has its set of events to stop at, so forward and back are inverses between them. */
import type { Target } from '../../protocol/parts.ts';
import { Column, upperBound } from '../kernel/column.ts';
import { What } from '../kernel/journal.ts';
import { waves } from '../kernel/rounds.ts';
import { familyOf, messageOf } from './follow.ts';
import type { CausalOrder } from './order.ts';
import type { Threads } from './threads.ts';

/**
 * Causal waves: a wave ends with the event that takes in the last of the messages that were in flight when it began. XMPP scenes count these as their
 * rounds; here they are counted for any run, from the rows alone.
 */
export class Waves {
  private readonly order: CausalOrder;
  private readonly numbers = Column.u32();
  private readonly counter = waves();

  constructor(order: CausalOrder) {
    this.order = order;
  }
  /** How many events are taken in. */
  get followed(): number {
    return this.numbers.length;
  }
  /** Takes in what was recorded since, up to the event `to`. Answers itself. */
  follow(to = Infinity): this {
    const { events, eventCount } = this.order.journal;
    for (let row = this.numbers.length; row < Math.min(to, eventCount); row++) {
      const what = events.what.get(row);
      const isEnd = what === What.arrival || what === What.intervention;
      // A row that says why nothing happened belongs to the event before it.
      if (what === What.nothing && row > 0) this.numbers.push(this.numbers.get(row - 1));
      else
        this.numbers.push(
          this.counter.after(0, isEnd ? events.subject.get(row) : -1, events.messagesEnd.get(row), events.inFlight.get(row)),
        );
    }
    return this;
  }
  private lastOf(wave: number): number {
    return upperBound((row) => this.numbers.get(row), 0, this.numbers.length, wave);
  }
  /** The end of a wave after or before this place. */
  step(at: number, back: boolean): number {
    const end = this.numbers.length;
    if (back) return at <= 1 ? 0 : this.lastOf(this.numbers.get(at - 1) - 1);
    return at >= end ? end : this.lastOf(this.numbers.get(at));
  }
}

/** Ordinals at which a followed stanza, or anything of its tree, is sent or comes to its end. */
export const hopsOf = (threads: Threads, target: Target): Uint32Array => endsOf(threads, familyOf(threads, target).ids);

/**
 * Ordinals of a conversation. Of a stanza: it and what carries it on, what answers it and what carries on that; of a gossip
 * update all messages that carry it; of a link all that travels on it. Undefined for what is an entity's alone.
 */
export function conversationOf(threads: Threads, target: Target): Uint32Array | undefined {
  if (target.type === 'entity') return undefined;
  if (target.type === 'link') return endsOf(threads, ofLink(threads.order, target.index));
  const message = messageOf(threads, target);
  if (message < 0) return undefined;
  const [update] = threads.updatesIn(message);
  return endsOf(threads, update === undefined ? exchangeOf(threads, message) : threads.carriersOf(update));
}

function ofLink(order: CausalOrder, link: number): number[] {
  const { messages } = order.journal;
  const ids: number[] = [];
  for (let id = 0; id < order.journal.messageCount; id++) if (messages.link.get(id) === link) ids.push(id);
  return ids;
}

/** To the first of what is carried on or answered, and from there to all that carries on or answers. */
function exchangeOf(threads: Threads, message: number): Set<number> {
  const { relays, answers } = threads.order.journal.messages;
  let root = message;
  for (let before = message; before >= 0;) {
    root = before;
    before = relays.get(root) >= 0 ? relays.get(root) : answers.get(root);
  }
  const found = new Set([root]);
  for (const id of found)
    for (const child of threads.childrenOf(id)) if (relays.get(child) === id || answers.get(child) === id) found.add(child);
  return found;
}

function endsOf({ order }: Threads, ids: Iterable<number>): Uint32Array {
  const ordinals = new Set<number>();
  for (const id of ids) {
    const trigger = order.journal.messages.trigger.get(id);
    const end = order.endOf(id);
    if (trigger > 0) ordinals.add(trigger);
    if (end > 0) ordinals.add(end);
  }
  return Uint32Array.from(ordinals).sort();
}

/** The next place to stop at, or `at` itself where there is none that way. */
export function stopAfter(stops: Uint32Array, at: number, back: boolean): number {
  const after = upperBound((i) => stops[i]!, 0, stops.length, at);
  if (!back) return stops[after] ?? at;
  const before = stops[after - 1] === at ? after - 2 : after - 1;
  return stops[before] ?? at;
}
