/** Interventions at work: each is done right after its event, and leaves a row, found or not. Shared contract, "Interventions". */
import { InputError } from '../../base/result.ts';
import type { CausalTarget, Intervention, MessageAct, WorldAct } from '../../protocol/intervention.ts';
import { repeat } from './copies.ts';
import { setCut } from './disturbances.ts';
import { injection, Outcome, What } from './journal.ts';
import type { Kernel } from './kernel.ts';
import type { Edited } from './model.ts';
import type { PendingEvent } from './queue.ts';
import { ARRIVAL } from './queue.ts';

export interface SavedInterventions {
  readonly next: number;
  readonly sentBy: ReadonlyMap<number, readonly [number, number]>;
}

export class Interventions {
  /** In the order in which they are done. */
  private readonly list: Intervention[];
  private next = 0;
  /** Ids `[first, end)` of the messages of each event that an intervention names. */
  private sentBy = new Map<number, readonly [number, number]>();
  private readonly named: ReadonlySet<number>;

  constructor(list: readonly Intervention[]) {
    this.list = [...list].sort((x, y) => x.after - y.after);
    this.named = new Set(this.list.flatMap((i) => ('target' in i ? [i.target.event] : [])));
  }
  get none(): boolean {
    return this.list.length === 0;
  }
  get areLeft(): boolean {
    return this.next < this.list.length;
  }
  /** The handler of this event sent the messages `[first, end)`. */
  sent(event: number, first: number, end: number): void {
    if (this.named.has(event)) this.sentBy.set(event, [first, end]);
  }
  /** The same of an event that an intervention names and that has been. */
  sentIn(event: number): readonly [number, number] {
    return this.sentBy.get(event) ?? [0, 0];
  }
  /** One that nobody had planned; it is the next. */
  insert(intervention: Intervention): void {
    this.list.splice(this.next, 0, intervention);
  }
  save(): SavedInterventions {
    return { next: this.next, sentBy: new Map(this.sentBy) };
  }
  load({ next, sentBy }: SavedInterventions): void {
    this.next = next;
    this.sentBy = new Map(sentBy);
  }
  /** From a keyframe of a run that did the same up to there. @param sentBy what that run's journal says. */
  adopt({ next }: SavedInterventions, ordinal: number, sentBy: (event: number) => readonly [number, number]): void {
    this.next = next;
    this.sentBy = new Map([...this.named].filter((event) => event <= ordinal).map((event) => [event, sentBy(event)]));
  }

  /** Does what is to be done after the latest event. */
  apply(kernel: Kernel): void {
    for (let next = this.list[this.next]; next !== undefined && next.after <= kernel.ordinal; next = this.list[this.next]) {
      const index = this.next++;
      // Between two events time may stand anywhere.
      if (next.at !== undefined) {
        kernel.tick = Math.max(kernel.tick, Math.min(next.at, kernel.nextTick));
        kernel.queue.stand(kernel.tick);
      }
      kernel.horizon.byHand(kernel.tick, TROUBLE.has(next.do.type));
      const first = kernel.messages;
      kernel.ordinal++;
      const event = kernel.ordinal;
      const mark = injection(index);
      const done = 'target' in next ? this.toMessage(kernel, next.target, next.do, mark) : toWorld(kernel, next.do, mark);
      kernel.journal?.touched.done.push({ index, ordinal: event, found: done.problem === undefined });
      if (done.problem !== undefined) kernel.silence(done.entity, done.problem, -1, false);
      this.sent(event, first, kernel.messages);
      if (kernel.inFlight > kernel.maxInFlight) kernel.maxInFlight = kernel.inFlight;
      kernel.finish(What.intervention, done.entity, done.subject, done.taken, done.rule);
    }
  }

  private toMessage(kernel: Kernel, target: CausalTarget, act: MessageAct, mark: number): Done {
    const id = this.idOf(target);
    const found = id < 0 ? undefined : findMessage(kernel, id);
    if (!found) return { entity: 0, subject: -1, taken: -1, rule: '', problem: 'intervention/no-target' };
    const rule = `intervention/${act.type}`;
    const done: Done = { entity: found.to, subject: mark, taken: -1, rule };
    const gone: Done = { ...done, subject: id, taken: id };
    switch (act.type) {
      case 'drop':
        take(kernel, id);
        kernel.forget(id, Outcome.dropped);
        return gone;
      case 'delay':
        take(kernel, id);
        move(kernel, found, found.tick + act.by);
        return done;
      case 'duplicate':
        repeat(kernel, found, found.tick, rule);
        return done;
      case 'reorder':
        return comeBehind(kernel, found) ? done : { ...done, rule: '', problem: 'intervention/nothing-behind' };
      case 'edit': {
        const edited = editedBy(kernel, found, act.xml);
        if (!edited) return { ...done, rule: '', problem: 'intervention/refused' };
        const next = repeat(kernel, { ...found, ...edited }, found.tick, rule, edited.bytes);
        kernel.disturb().passOn(id, next, false);
        inPlaceOf(kernel, id, next);
        kernel.forget(id, Outcome.dropped);
        return gone;
      }
    }
  }
  private idOf({ event, nth }: CausalTarget): number {
    const sent = this.sentBy.get(event);
    const id = sent === undefined || nth < 1 ? -1 : sent[0] + nth - 1;
    return sent !== undefined && id < sent[1] ? id : -1;
  }
}

/** What may leave somebody waiting for minutes. */
const TROUBLE: ReadonlySet<string> = new Set(['cut', 'mend', 'partition', 'heal', 'lossy', 'crash', 'restart', 'pause', 'resume']);

/** What an intervention came to. @property taken the message that is gone, -1 if none. @property problem the rule that says why nothing came of it. */
interface Done {
  readonly entity: number;
  readonly subject: number;
  readonly taken: number;
  readonly rule: string;
  readonly problem?: string;
}

const isOf =
  (id: number) =>
  (event: PendingEvent): boolean =>
    event.id === id && event.type === ARRIVAL;

/** On its way, or waiting before a paused entity: then as if it came now. */
function findMessage(kernel: Kernel, id: number): PendingEvent | undefined {
  const held = kernel.disturbed?.waiting(id);
  return held ? { ...held, tick: kernel.tick } : kernel.queue.rows().find(isOf(id));
}
function take(kernel: Kernel, id: number): void {
  if (kernel.disturbed?.takeWaiting(id) !== true) kernel.queue.take(id);
}

function move(kernel: Kernel, message: PendingEvent, tick: number): void {
  kernel.queue.put([{ ...message, tick }]);
  kernel.journal?.touched.moved(message.id, kernel.ordinal, tick);
}

/** Right behind the next one on its link, else the next one for its receiver; false where there is none. */
function comeBehind(kernel: Kernel, { id, link, to }: PendingEvent): boolean {
  const rows = kernel.queue.rows();
  const at = rows.findIndex(isOf(id));
  if (at < 0) return false;
  const later = (fits: (row: PendingEvent) => boolean): number =>
    rows.findIndex((row, i) => i > at && row.type === ARRIVAL && row.to === to && fits(row));
  const onLink = later((row) => row.link === link);
  const behind = onLink < 0 ? later(() => true) : onLink;
  if (behind < 0) return false;
  const { tick } = rows[behind]!;
  rows.splice(behind + 1, 0, { ...rows[at]!, tick });
  kernel.queue.fill(rows.toSpliced(at, 1));
  kernel.journal?.touched.moved(id, kernel.ordinal, tick);
  return true;
}

/** Message `next` has the turn of message `id`, which is gone. */
function inPlaceOf(kernel: Kernel, id: number, next: number): void {
  const rows = kernel.queue.rows();
  const at = rows.findIndex(isOf(id));
  if (at < 0) return take(kernel, id);
  rows[at] = rows.find(isOf(next))!;
  kernel.queue.fill(rows.filter((row, i) => i === at || !isOf(next)(row)));
}

function editedBy(kernel: Kernel, found: PendingEvent, xml: string): Edited | undefined {
  const { id, from, to, link, kind, code, a, b, answers, data = [], stanza } = found;
  const original = kernel.disturbed?.originals.get(id) ?? id;
  try {
    return kernel.program.stage.edited?.({ id: original, from, to, link, kind, code, a, b, answers, data, stanza }, xml);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function toWorld(kernel: Kernel, act: WorldAct, mark: number): Done {
  const rule = `intervention/${act.type}`;
  const done = (entity: number, was: boolean): Done => ({
    entity,
    subject: mark,
    taken: -1,
    rule: was ? rule : '',
    ...(!was && { problem: 'intervention/no-target' }),
  });
  switch (act.type) {
    case 'inject':
      return { ...done(act.entity, true), rule: '', ...(!typed(kernel, act) && { problem: 'intervention/refused' }) };
    case 'crash':
    case 'restart':
      return done(act.entity, power(kernel, act.entity, act.type === 'restart'));
    case 'pause':
      return done(
        act.entity,
        someOf(kernel, act.entity, (entity) => grown(kernel.disturb().paused, entity)),
      );
    case 'resume':
      return done(
        act.entity,
        someOf(kernel, act.entity, (entity) => resume(kernel, entity)),
      );
    case 'slow':
      someOf(kernel, act.entity, (entity) => (kernel.disturb().slowEntity(entity, act.factor), true));
      return done(act.entity, true);
    case 'cut':
    case 'mend':
      return done(act.between[0], setCut(kernel, act.between, act.type === 'cut'));
    case 'slow-link':
      kernel.disturb().slowLink(act.between, act.factor);
      return done(act.between[0], true);
    case 'lossy':
      kernel.disturb().makeLossy(act.between, act.share);
      return done(act.between[0], true);
    case 'partition': {
      const changed = kernel.disturb().part(act.side);
      kernel.disturb().nothingPasses(kernel);
      return done(act.side[0] ?? 0, changed);
    }
    case 'heal':
      return done(0, kernel.disturb().part([]));
  }
}

/** False for a text that cannot be sent. */
function typed(kernel: Kernel, { entity, text }: { readonly entity: number; readonly text: string }): boolean {
  try {
    kernel.program.typed?.(kernel, entity, text);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** To the entity, and of a server to its services. Answers whether it was done to any of them. */
function someOf(kernel: Kernel, entity: number, act: (entity: number) => boolean): boolean {
  return kernel.disturb().withServices(entity).map(act).includes(true);
}
const power = (kernel: Kernel, entity: number, on: boolean): boolean =>
  someOf(kernel, entity, (one) => kernel.program.power?.(kernel, one, on) ?? false);

const grown = (set: Set<number>, value: number): boolean => set.size < set.add(value).size;

/** What has waited is due now, in the order in which it was. */
function resume(kernel: Kernel, entity: number): boolean {
  const disturbed = kernel.disturb();
  const waited = disturbed.held.filter(({ to }) => to === entity);
  disturbed.held = disturbed.held.filter(({ to }) => to !== entity);
  kernel.queue.put(waited.map((event) => ({ ...event, tick: kernel.tick })));
  for (const { id, type } of waited) if (type === ARRIVAL) kernel.journal?.touched.moved(id, kernel.ordinal, kernel.tick);
  return disturbed.paused.delete(entity);
}
