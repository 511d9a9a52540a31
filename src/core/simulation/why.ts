/** "Why did nothing happen here?" of an entity or a stanza: what the rows say, what is waited for, what is cut. */
import { LINK_STATES, LinkState } from '../../protocol/scene.ts';
import type { Field, Part } from '../../protocol/parts.ts';
import { Outcome, What } from '../kernel/journal.ts';
import type { CausalOrder } from '../causality/order.ts';
import { orderOf, threadsIfReady } from './causes.ts';
import { messageField, ruleNote, silencesAfter, span, time, waitOf } from './inspect-fields.ts';
import type { Run } from './run.ts';

const MOST = 4;
/** Of more, only what is known from the rows is said: looking through all that is pending would take too long. */
const MOST_PENDING = 20_000;
/** How far back it is looked for stanzas that are held, and for rows in which nothing happened. */
const LOOK_BACK = 400;

export function whyOfEntity(run: Run, entity: number, at: number): Part[] {
  const order = orderOf(run);
  const fields = [
    ...lastly(run, order, entity, at),
    ...waitedFor(run, entity, at),
    ...held(run, order, entity, at),
    ...downLinks(run, entity, at),
    ...nextly(run, order, entity, at),
  ];
  const title = 'Why does nothing happen here?';
  return [{ type: 'fields', key: 'why', title, fields }, ...latestSilences(run, order, entity, at)];
}

const eventText = (run: Run, ordinal: number): string => {
  const { what, subject, entity } = run.journal.events;
  const about = subject.get(ordinal - 1);
  if (what.get(ordinal - 1) === What.timer) return run.world.stage.timerSummary(entity.get(ordinal - 1), about);
  if (what.get(ordinal - 1) === What.arrival) return messageField(run, '', '', about).value;
  return what.get(ordinal - 1) === What.nothing ? 'nothing happened' : 'by hand';
};

function lastly(run: Run, order: CausalOrder, entity: number, at: number): Field[] {
  const last = order.eventsOf(entity)[order.countUpTo(entity, at) - 1];
  if (last === undefined) return [{ key: 'last', label: 'so far', value: 'nothing has happened here yet' }];
  const ago = run.journal.tickOf(at) - run.journal.tickOf(last);
  const value = `#${last}${ago > 0 ? `, ${span(run, ago)} ago` : ''}: ${eventText(run, last)}`;
  return [{ key: 'last', label: 'last event', value, link: { type: 'event', ordinal: last } }];
}

/** Timers and arrivals of this entity that are pending. */
function waitedFor(run: Run, entity: number, at: number): Field[] {
  const { queue } = run.at(at).kernel;
  if (queue.size > MOST_PENDING) return [];
  const { journal, world } = run;
  const all = queue.pendingOf(entity);
  const fields = all.slice(0, MOST).map(({ tick, isArrival, id, code }, i): Field => {
    const due = `in ${span(run, tick - journal.tickOf(at))}`;
    const key = `pending-${i}`;
    if (!isArrival || id >= journal.messageCount)
      return { key, label: 'waits for', value: `${world.stage.timerSummary(entity, code) || 'a timer'}, ${due}` };
    const field = messageField(run, key, 'waits for', id);
    return { ...field, value: `${field.value}, under way, ${due}` };
  });
  if (all.length === 0)
    fields.push({ key: 'pending-none', label: 'waits for', value: 'nothing: no timer is set, and nothing is on its way here' });
  if (all.length > MOST) fields.push({ key: 'pending-more', label: 'waits for', value: `${all.length - MOST} more` });
  return fields;
}

/** Stanzas that have come here and are carried on later: the entity has them, and waits for something. */
function held(run: Run, order: CausalOrder, entity: number, at: number): Field[] {
  const threads = threadsIfReady(run);
  if (!threads) return [];
  const { messages } = run.journal;
  const end = order.countUpTo(entity, at);
  const fields: Field[] = [];
  for (const event of order.eventsOf(entity).slice(Math.max(0, end - LOOK_BACK), end)) {
    const id = order.causeOf(event);
    if (id < 0 || fields.length >= MOST) continue;
    const later = threads.childrenOf(id).find((child) => messages.relays.get(child) === id);
    const trigger = later === undefined ? 0 : messages.trigger.get(later);
    if (trigger <= at) continue;
    const field = messageField(run, `held-${id}`, 'holds', id);
    fields.push({ ...field, value: `${field.value}, until #${trigger}` });
  }
  return fields;
}

function downLinks(run: Run, entity: number, at: number): Field[] {
  const { links, entities, streams } = run.world.stage;
  if (streams !== true) return [];
  const states = run.journal.links.statesAt(at, links.from.length);
  const fields: Field[] = [];
  states.forEach((state, index) => {
    if (links.from[index] !== entity || state === LinkState.up || fields.length >= MOST) return;
    const value = `${entities.name[links.to[index]!]}: ${LINK_STATES[state] === 'half' ? 'held by one side only' : LINK_STATES[state]}`;
    fields.push({ key: `stream-${index}`, label: 'stream to', value, link: { type: 'link', index } });
  });
  return fields;
}

function nextly(run: Run, order: CausalOrder, entity: number, at: number): Field[] {
  const next = order.eventsOf(entity)[order.countUpTo(entity, at)];
  if (next !== undefined) {
    const value = `#${next}, in ${span(run, run.journal.tickOf(next) - run.journal.tickOf(at))}: ${eventText(run, next)}`;
    return [{ key: 'next', label: 'next event', value, link: { type: 'event', ordinal: next } }];
  }
  const value =
    run.ended === 'running'
      ? 'none so far: the run is still being computed'
      : run.ended === 'drained'
        ? 'none: nobody sends it anything more, and it has set no timer'
        : run.ended === 'horizon'
          ? 'none before the run ends, at its set time'
          : 'none among the rows that are kept';
  return [{ key: 'next', label: 'next event', value }];
}

/** The latest rows that say why nothing happened here, the last one first. */
function latestSilences(run: Run, order: CausalOrder, entity: number, at: number): Part[] {
  const { events } = run.journal;
  const end = order.countUpTo(entity, at);
  const line = order.eventsOf(entity).slice(Math.max(0, end - LOOK_BACK), end);
  const silent = line.filter((ordinal) => events.what.get(ordinal - 1) === What.nothing).slice(-3);
  return silent.reverse().flatMap((ordinal, i) => ruleNote(run, `why-${i}`, run.journal.ruleName(events.rule.get(ordinal - 1)), ordinal));
}

/** Of a stanza that nothing follows from. @param caused how many messages its arrival caused. */
export function whyOfMessage(run: Run, id: number, caused: number): Part[] {
  const { messages } = run.journal;
  const order = orderOf(run);
  const end = order.endOf(id);
  const to = run.world.stage.entities.name[messages.to.get(id)]!;
  const note = (text: string, event?: number): Part[] => [
    {
      type: 'note',
      key: 'why',
      title: 'Why does nothing follow?',
      text,
      source: '',
      link: event === undefined ? undefined : { type: 'event', ordinal: event },
    },
  ];
  if (end === 0 && waitOf(run, id))
    return note(`It was due at ${time(run, run.journal.messages.due.get(id))}, and still waits where the run ends.`);
  if (end === 0)
    return note(
      run.ended === 'running'
        ? `It is under way: it arrives at ${time(run, run.journal.dueOf(id))}.`
        : `It is still under way where the run ends: it would arrive at ${time(run, run.journal.dueOf(id))}.`,
    );
  if (caused > 0) return [];
  // Rows behind its end say why, and are shown with what they say.
  if (silencesAfter(run, end).length > 0) return [];
  if (messages.outcome.get(id) !== Outcome.delivered) return note(`It never came to ${to}: it was taken away by hand.`, end);
  const [first, last] = run.journal.changedBy(end);
  if (last > first) return note(`${to} took it in and changed what it shows, and had nothing to send.`, end);
  return note(`${to} took it in and had nothing to send. Its state after this event says what it kept of it.`, end);
}
