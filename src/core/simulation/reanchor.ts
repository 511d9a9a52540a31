/**
 * Finds the place of an intervention in a run in which an earlier one was taken back. Ordinals and ids of rows are others there, so an event is
 * known by its tick and its turn among the events of that tick, a message by when it was sent, from whom to whom, and which of those it was.
 */
import type { Intervention } from '../../protocol/intervention.ts';
import { upperBound } from '../kernel/column.ts';
import { What, type Journal } from '../kernel/journal.ts';
import type { Run } from './run.ts';

/** An event that no run has: whoever names it finds nothing. */
const NOWHERE = { event: 999_999_999_999_999, nth: 1 };

/** @param next is computed as far as need be. */
export function reanchored(run: Run, next: Run, intervention: Intervention): Intervention {
  const last = lastEvent(run.journal, intervention.after);
  const tick = run.journal.tickOf(last);
  while ((next.ended === 'running' && next.tick <= tick) || next.journal.eventCount === 0) if (!next.advance(1 << 12)) break;
  const after = anchor(run.journal, next.journal, last, tick);
  if (!('target' in intervention)) return { ...intervention, after };
  const { event, nth } = intervention.target;
  const known = event <= run.journal.eventCount ? run.journal.sentBy(event) : [0, 0];
  const id = known[0] + nth - 1;
  const found = id < known[1] ? sameMessage(run.journal, next.journal, id) : -1;
  if (found < 0) return { ...intervention, after, target: NOWHERE };
  const cause = next.journal.messages.trigger.get(found);
  return { ...intervention, after, target: { event: cause, nth: found - next.journal.sentBy(cause)[0] + 1 } };
}

/** Arrivals and timers are the run's own; the rest came of those, or of people. */
const isOwn = ({ events }: Journal, ordinal: number): boolean => {
  const what = events.what.get(ordinal - 1);
  return what === What.arrival || what === What.timer;
};
function lastEvent(journal: Journal, after: number): number {
  let ordinal = Math.min(after, journal.eventCount);
  while (ordinal > 0 && !isOwn(journal, ordinal)) ordinal--;
  return ordinal;
}

/** The same event, and what was left undone in it or done by hand behind it. */
function anchor(from: Journal, to: Journal, last: number, tick: number): number {
  if (last === 0) return behind(to, 0);
  let turn = 0;
  for (let ordinal = last; ordinal > 0 && from.tickOf(ordinal) === tick; ordinal--) if (isOwn(from, ordinal)) turn++;
  let found = upperBound((row) => to.events.tick.get(row), 0, to.eventCount, tick - 1);
  for (let ordinal = found + 1; turn > 0 && ordinal <= to.eventCount && to.tickOf(ordinal) === tick; ordinal++)
    if (isOwn(to, ordinal)) {
      turn--;
      found = ordinal;
    }
  return behind(to, found);
}
function behind(journal: Journal, ordinal: number): number {
  let end = ordinal;
  while (end < journal.eventCount && !isOwn(journal, end + 1)) end++;
  return end;
}

function sameMessage(from: Journal, to: Journal, id: number): number {
  const m = from.messages;
  const sent = m.sent.get(id);
  const same = (journal: Journal, other: number): boolean =>
    journal.messages.from.get(other) === m.from.get(id) && journal.messages.to.get(other) === m.to.get(id);
  let turn = 0;
  for (let other = id; other >= 0 && m.sent.get(other) === sent; other--) if (same(from, other)) turn++;
  const n = to.messages;
  const first = upperBound((row) => n.sent.get(row), 0, to.messageCount, sent - 1);
  for (let other = first; other < to.messageCount && n.sent.get(other) === sent; other++) if (same(to, other) && --turn === 0) return other;
  return -1;
}
