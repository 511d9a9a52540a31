/**
 * What ought never to happen, found in the journal alone; names and words stand in the vocabulary. Rows are asked in their order, each
 * once: what is kept is what was seen.
 */
import { Kind } from '../../protocol/scene.ts';
import { leakedPresence } from '../causality/notes/presence.ts';
import { Outcome } from '../kernel/journal.ts';
import type { Place, Test } from './source.ts';

/** Who crashes is shown as down first, and may come back with nothing. */
function forgets(place: Place): Test {
  const { journal, stage } = place.source;
  const has = stage.states.map(({ look }) => look === 'infective' || look === 'removed');
  const lacks = stage.states.map(({ look }) => look === 'hollow');
  return () => {
    const [first, end] = journal.changedBy(place.ordinal);
    for (let change = first; change < end; change++)
      if (has[journal.changes.before.get(change)] && lacks[journal.changes.after.get(change)]) return true;
    return false;
  };
}

function answeredTwice(place: Place): Test {
  const { kind, to, from, answers } = place.source.journal.messages;
  const answered = new Set<number>();
  return () => {
    if (!place.isArrival) return false;
    const request = answers.get(place.message);
    const answer = kind.get(place.message);
    if (request < 0 || (answer !== Kind.result && answer !== Kind.error) || to.get(place.message) !== from.get(request)) return false;
    if (answered.has(request)) return true;
    answered.add(request);
    return false;
  };
}

/** RFC 6120 §10.1. On a graph every message goes its own way, and may overtake. */
function outOfOrder(place: Place): Test {
  const { journal, stage } = place.source;
  const latest = new Map<number, number>();
  return () => {
    if (!place.isArrival || stage.streams !== true) return false;
    const link = journal.messages.link.get(place.message);
    const before = latest.get(link) ?? -1;
    if (place.message > before) latest.set(link, place.message);
    return place.message < before;
  };
}

function deadActs(place: Place): Test {
  const { journal, stage } = place.source;
  const down = stage.states.findIndex(({ id }) => id === 'down');
  const states = new Uint8Array(stage.entities.name.length);
  const apply = (ordinal: number): void => {
    const [first, end] = journal.changedBy(ordinal);
    for (let change = first; change < end; change++) states[journal.changes.entity.get(change)] = journal.changes.after.get(change);
  };
  apply(0);
  return () => {
    if (place.ordinal === 0) return false;
    const was = states[place.entity] === down;
    apply(place.ordinal);
    // Who comes back in this event acts again.
    if (down < 0 || !was || states[place.entity] !== down) return false;
    const [first, end] = journal.sentBy(place.ordinal);
    for (let id = first; id < end; id++) if (journal.messages.from.get(id) === place.entity) return true;
    return false;
  };
}

/** Between two that were stopped on a link, with no change of the network in between, one got through. */
function leaks(place: Place): Test {
  const { journal, isChange, stage } = place.source;
  const { from, to, outcome } = journal.messages;
  const entities = stage.entities.name.length;
  let cut = new Set<number>();
  let through = new Set<number>();
  return () => {
    if (place.ordinal > 0 && isChange(place.ordinal)) {
      cut = new Set();
      through = new Set();
    }
    if (!place.isArrival) return false;
    const [a, b] = [from.get(place.message), to.get(place.message)];
    const pair = Math.min(a, b) * entities + Math.max(a, b);
    const became = outcome.get(place.message);
    if (became === Outcome.cut) {
      cut.add(pair);
      return through.delete(pair);
    }
    if (became === Outcome.delivered && cut.has(pair)) through.add(pair);
    return false;
  };
}

/** The same as the note of that name. */
function presenceLeaks(place: Place): Test {
  const { journal, notes } = place.source;
  let met = false;
  const watch = leakedPresence.watch(notes(), () => (met = true));
  return () => {
    met = false;
    watch.event?.(place.ordinal);
    const [first, end] = journal.sentBy(place.ordinal);
    for (let id = first; id < end; id++) watch.sent?.(id, place.ordinal);
    return met;
  };
}

export const INVARIANT_TESTS: Readonly<Record<string, (place: Place) => Test>> = {
  forgets,
  'answered-twice': answeredTwice,
  'out-of-order': outOfOrder,
  'dead-acts': deadActs,
  leaks,
  'presence-leaks': presenceLeaks,
};
