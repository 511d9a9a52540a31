/**
 * What each message follows from, so that one can be followed back to its root and forward to all its effects. The journal says which event
 * sent it, what it carries on and what it answers; of a gossip message that carries an update the cause is the one that first brought
 * that update to its sender, however long the sender waited with it. A message that follows from several has one of them as its parent:
 * what it carries on before the update that it brings, that before what it answers, and that before what just arrived.
 * Simplified: who crashed and forgot an update still counts as told by the first that brought it.
 */
import type { Entities } from '../../protocol/scene.ts';
import { EntityKind } from '../../protocol/scene.ts';
import { Column } from '../kernel/column.ts';
import { Outcome, What } from '../kernel/journal.ts';
import type { Stage } from '../kernel/model.ts';
import type { CausalOrder } from './order.ts';
import { viewOf } from './views.ts';

/** What a delivery brought: nothing that is counted, an update that the receiver did not have, or only what it had. */
export const News = { none: 0, fresh: 1, known: 2 } as const;

const UNKNOWN = -1;
/** It has the update of itself: it entered there. */
const OWN = -2;
const NOTHING: readonly number[] = [];

export class Threads {
  readonly order: CausalOrder;
  private readonly stage: Stage;
  private readonly kinds: Entities['kind'];
  private readonly parents = Column.i32();
  private readonly firstChild = Column.i32();
  private readonly nextSibling = Column.i32();
  private readonly news = Column.u8();
  /** By update and entity: the message that first brought it, `OWN` or `UNKNOWN`. */
  private readonly bringers: Int32Array[] = [];
  private readonly carriers: number[][] = [];
  /** Updates in whole stanzas, which are read once and not at each hop. */
  private readonly read = new Map<number, readonly number[]>();
  private done = -1;

  constructor(order: CausalOrder, stage: Stage) {
    this.order = order;
    this.stage = stage;
    this.kinds = stage.entities.kind;
  }

  /** Takes in what was recorded since, up to the event `to`. Answers itself. */
  follow(to = Infinity): this {
    this.order.follow(to);
    const { journal } = this.order;
    while (this.done < Math.min(to, journal.eventCount)) {
      const ordinal = ++this.done;
      if (ordinal > 0) this.arrive(ordinal);
      const [first, end] = journal.sentBy(ordinal);
      for (let id = first; id < end; id++) this.send(id, ordinal);
    }
    return this;
  }

  /** How many events are taken in. */
  get followed(): number {
    return Math.max(0, this.done);
  }
  /** Everything that was recorded is taken in. */
  get isReady(): boolean {
    return this.done >= this.order.journal.eventCount;
  }

  /** The message that this one follows from; -1 if none: it stands at the root. */
  parentOf(message: number): number {
    return this.parents.get(message);
  }
  /** Messages that follow from it, in the order of sending. */
  childrenOf(message: number): number[] {
    const children: number[] = [];
    for (let child = this.firstChild.get(message); child > 0; child = this.nextSibling.get(child - 1)) children.push(child - 1);
    return children.reverse();
  }
  /** One of `News`. */
  newsOf(message: number): number {
    return this.news.get(message);
  }
  /** Messages that carry the update, in the order of sending. */
  carriersOf(update: number): readonly number[] {
    return this.carriers[update] ?? NOTHING;
  }
  /** Updates that any message carried, in the order of their numbers. */
  get updates(): number[] {
    return this.carriers.flatMap((_, update) => [update]);
  }
  /** Somebody brought the entity the update, or it has it of itself. */
  has(entity: number, update: number): boolean {
    return (this.bringers[update]?.[entity] ?? UNKNOWN) !== UNKNOWN;
  }
  updatesIn(message: number): readonly number[] {
    if (!this.stage.updatesIn) return NOTHING;
    const { messages, stanzas } = this.order.journal;
    if (stanzas.get(message) === undefined) return this.stage.updatesIn(viewOf(this.order.journal, message));
    const relays = messages.relays.get(message);
    let updates = this.read.get(message) ?? (relays >= 0 ? this.read.get(relays) : undefined);
    updates ??= this.stage.updatesIn(viewOf(this.order.journal, message));
    this.read.set(message, updates);
    return updates;
  }

  private learns(entity: number): boolean {
    return this.kinds[entity] === EntityKind.node || this.kinds[entity] === EntityKind.client;
  }
  private bringersOf(update: number): Int32Array {
    return (this.bringers[update] ??= new Int32Array(this.kinds.length).fill(UNKNOWN));
  }

  private arrive(ordinal: number): void {
    const message = this.order.causeOf(ordinal);
    if (message < 0) return;
    const { messages } = this.order.journal;
    const to = messages.to.get(message);
    if (messages.outcome.get(message) !== Outcome.delivered || !this.learns(to)) return;
    const updates = this.updatesIn(message);
    if (updates.length === 0) return;
    let news: number = News.known;
    for (const update of updates) {
      const bringers = this.bringersOf(update);
      if (bringers[to] !== UNKNOWN) continue;
      bringers[to] = message;
      news = News.fresh;
    }
    this.news.set(message, news);
  }

  private send(message: number, ordinal: number): void {
    const parent = this.parentAt(message, ordinal);
    this.parents.push(parent);
    this.news.push(News.none);
    // One more than the id, as an empty place is 0.
    this.firstChild.push(0);
    this.nextSibling.push(parent < 0 ? 0 : this.firstChild.get(parent));
    if (parent >= 0) this.firstChild.set(parent, message + 1);
  }
  private parentAt(message: number, ordinal: number): number {
    const { messages, events } = this.order.journal;
    const from = messages.from.get(message);
    let brought = UNKNOWN;
    for (const update of this.updatesIn(message)) {
      (this.carriers[update] ??= []).push(message);
      const bringers = this.bringersOf(update);
      if (!this.learns(from)) continue;
      // Nobody brought it, so it entered here.
      if (bringers[from] === UNKNOWN) bringers[from] = OWN;
      brought = Math.max(brought, bringers[from]!);
    }
    const relays = messages.relays.get(message);
    if (relays >= 0) return relays;
    if (brought >= 0) return brought;
    const answers = messages.answers.get(message);
    if (answers >= 0) return answers;
    if (ordinal === 0 || events.what.get(ordinal - 1) !== What.arrival) return -1;
    // By itself what was lost sends nothing; what its loss set off follows from it all the same.
    return events.subject.get(ordinal - 1);
  }
}
