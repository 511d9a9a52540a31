/** The causal tree of one stanza: back to the root, and forward to all that follows from it. */
import { InputError } from '../../base/result.ts';
import { Fate, FATES, type FollowArgs, type Followed } from '../../protocol/causality.ts';
import { Outcome, What } from '../kernel/journal.ts';
import type { Stage } from '../kernel/model.ts';
import { toldTo } from './same.ts';
import { News, type Threads } from './threads.ts';
import { viewOf } from './views.ts';

const MOST = 100_000;

/** The message of a target; -1 for an event that none arrived in. */
export function messageOf(threads: Threads, target: FollowArgs['target']): number {
  const { journal } = threads.order;
  if (target.type === 'message') {
    if (Number.isInteger(target.id) && target.id >= 0 && target.id < journal.messageCount) return target.id;
    throw new InputError(`there is no stanza ${target.id} in this run`);
  }
  if (target.type !== 'event')
    throw new InputError({
      message: `${target.type === 'link' ? 'a link' : 'an entity'} cannot be followed`,
      hint: 'Select a stanza or an event.',
    });
  const row = target.ordinal - 1;
  if (!Number.isInteger(row) || row < 0 || row >= journal.eventCount)
    throw new InputError(`there is no event ${target.ordinal} in this run`);
  return journal.events.what.get(row) === What.timer ? -1 : Math.max(-1, journal.events.subject.get(row));
}

/** All messages from the root to the target and from there on, with their distance from it, in the order of sending. */
export function familyOf(
  threads: Threads,
  target: FollowArgs['target'],
): { readonly ids: Int32Array; readonly depths: Map<number, number> } {
  const depths = new Map<number, number>();
  const message = messageOf(threads, target);
  for (let at = message, depth = 0; at >= 0; at = threads.parentOf(at)) depths.set(at, depth--);
  let level = [message];
  if (message < 0 && target.type === 'event') {
    const [first, end] = threads.order.journal.sentBy(target.ordinal);
    level = Array.from({ length: end - first }, (_, i) => first + i);
    for (const id of level) depths.set(id, 1);
  }
  for (let depth = message < 0 ? 2 : 1; level.length > 0; depth++) {
    const next: number[] = [];
    for (const id of level)
      if (id >= 0)
        for (const child of threads.childrenOf(id)) {
          depths.set(child, depth);
          next.push(child);
        }
    level = next;
  }
  return { ids: Int32Array.from(depths.keys()).sort(), depths };
}

export function followed(threads: Threads, stage: Stage, { target }: FollowArgs): Followed {
  const { journal } = threads.order;
  const m = journal.messages;
  const { ids: all, depths } = familyOf(threads, target);
  const fateOf = fates(threads, stage);
  const counts = FATES.map(() => 0);
  const reached = new Set<number>();
  const n = Math.min(all.length, MOST);
  const found = {
    id: all.slice(0, n),
    parent: new Int32Array(n),
    from: new Uint32Array(n),
    to: new Uint32Array(n),
    kind: new Uint8Array(n),
    sent: new Float64Array(n),
    end: new Float64Array(n),
    trigger: new Uint32Array(n),
    arrival: new Uint32Array(n),
    fate: new Uint8Array(n),
    depth: new Int32Array(n),
  };
  // Once through the rows, in their order: in a long run they may have to be made again.
  all.forEach((id, i) => {
    const fate = fateOf(id);
    counts[fate]!++;
    if (fate === Fate.delivered || fate === Fate.duplicate) reached.add(m.to.get(id));
    if (i >= n) return;
    const arrival = threads.order.endOf(id);
    found.parent[i] = threads.parentOf(id);
    found.from[i] = m.from.get(id);
    found.to[i] = m.to.get(id);
    found.kind[i] = m.kind.get(id);
    found.sent[i] = m.sent.get(id);
    found.end[i] = arrival === 0 ? Infinity : journal.tickOf(arrival);
    found.trigger[i] = m.trigger.get(id);
    found.arrival[i] = arrival;
    found.fate[i] = fate;
    found.depth[i] = depths.get(id)!;
  });
  return {
    message: messageOf(threads, target),
    root: rootOf(threads, stage, target, all),
    total: all.length,
    ...found,
    fates: counts,
    entities: reached.size,
    text: sentence(counts, all.length, reached.size),
  };
}

/** Two messages of one text to one client, both taken in: the second one is a duplicate. Gossip says it by what it brings. */
function fates(threads: Threads, stage: Stage): (id: number) => number {
  const { order } = threads;
  const { messages } = order.journal;
  const seen = new Set<string>();
  return (id) => {
    const end = order.endOf(id);
    if (end === 0) return Fate.underWay;
    if (order.causeOf(end) !== id) return Fate.lost;
    if (messages.outcome.get(id) === Outcome.dropped) return Fate.refused;
    if (threads.newsOf(id) === News.known) return Fate.duplicate;
    const text = toldTo(order.journal, stage, id);
    if (text === undefined) return Fate.delivered;
    if (seen.has(text)) return Fate.duplicate;
    seen.add(text);
    return Fate.delivered;
  };
}

function rootOf(threads: Threads, stage: Stage, target: FollowArgs['target'], all: Int32Array): Followed['root'] {
  const { journal } = threads.order;
  const followedMessage = messageOf(threads, target);
  const message = followedMessage < 0 ? -1 : all[0]!;
  const event = message >= 0 ? journal.messages.trigger.get(message) : target.type === 'event' ? target.ordinal : 0;
  return { message, event, text: eventText(threads, stage, event) };
}

/** What an event was, in a few words. */
function eventText(threads: Threads, stage: Stage, ordinal: number): string {
  const { journal } = threads.order;
  if (ordinal === 0) return 'the beginning of the run';
  const { what, subject, entity } = journal.events;
  const who = entity.get(ordinal - 1);
  const about = subject.get(ordinal - 1);
  const at = stage.entities.name[who]!;
  switch (what.get(ordinal - 1)) {
    case What.timer:
      return `${at}: ${stage.timerSummary(who, about)}`;
    case What.intervention:
      return journal.sentBy(ordinal)[1] > journal.sentBy(ordinal)[0] ? `${at}: sent by hand` : `${at}: by hand`;
    case What.arrival:
      return `${at} receives ${stage.summary(viewOf(journal, about))}`;
    default:
      return `${at}: nothing happened`;
  }
}

function sentence(counts: readonly number[], total: number, entities: number): string {
  const words = FATES.map((name, fate) => [counts[fate]!, name] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count.toLocaleString('en')} ${name}`);
  return `${total.toLocaleString('en')} ${total === 1 ? 'stanza' : 'stanzas'}, ${entities.toLocaleString('en')} ${entities === 1 ? 'entity' : 'entities'}: ${words.join(', ')}.`;
}
