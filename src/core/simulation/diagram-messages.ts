/** Stanzas as the space-time diagram draws them: where each begins and ends, and what became of it. */
import { End, type Diagram, type DiagramAxis } from '../../protocol/diagram.ts';
import { News, type Threads } from '../causality/threads.ts';
import { Outcome, What, type Journal } from '../kernel/journal.ts';
import type { Run } from './run.ts';
import { messageView } from './views.ts';

/** The share of its way that is drawn of a stanza which was taken away at its very beginning. */
const LEAST_PART = 0.05;
/** Reasons are numbered in 16 bits. */
const MOST_REASONS = 65_535;
/** No window has room for more labels. */
const MOST_TEXTS = 240;

export function listed(
  run: Run,
  threads: Threads,
  ids: readonly number[],
  axis: DiagramAxis,
): Pick<Diagram, 'messages' | 'reasons' | 'texts'> {
  const { journal } = run;
  const { order } = threads;
  const m = journal.messages;
  const n = ids.length;
  const messages = {
    id: Int32Array.from(ids),
    from: Uint32Array.from(ids, (id) => m.from.get(id)),
    to: Uint32Array.from(ids, (id) => m.to.get(id)),
    kind: Uint8Array.from(ids, (id) => m.kind.get(id)),
    sentTick: Float64Array.from(ids, (id) => journal.sentOf(id)),
    dueTick: Float64Array.from(ids, (id) => journal.dueOf(id)),
    trigger: Uint32Array.from(ids, (id) => order.sentIn(id)),
    end: Uint32Array.from(ids, (id) => order.endOf(id)),
    fate: new Uint8Array(n),
    part: new Float32Array(n).fill(1),
    reason: new Uint16Array(n),
    sent: new Float64Array(n),
    due: new Float64Array(n),
  };
  const reasons = [''];
  const numbers = new Map<string, number>([['', 0]]);
  for (let i = 0; i < n; i++) {
    const end = messages.end[i]!;
    const { fate, rule } = fateOf(threads, ids[i]!, end);
    messages.fate[i] = fate;
    const text = rule === '' ? '' : (run.world.stage.rules.get(rule)?.text ?? rule);
    let number = numbers.get(text);
    if (number === undefined && reasons.length < MOST_REASONS) numbers.set(text, (number = reasons.push(text) - 1));
    messages.reason[i] = number ?? 0;
    const [sentTick, dueTick] = [messages.sentTick[i]!, messages.dueTick[i]!];
    const byHand = end > 0 && journal.events.what.get(end - 1) === What.intervention;
    if (byHand) {
      const part = dueTick > sentTick ? (journal.tickOf(end) - sentTick) / (dueTick - sentTick) : 0;
      // What was taken away while it waited had come to its end.
      messages.part[i] = Math.min(1, Math.max(LEAST_PART, part));
    }
    const trigger = messages.trigger[i]!;
    messages.sent[i] = axis === 'time' ? sentTick : trigger;
    messages.due[i] = axis === 'time' ? dueTick : trigger + (endPlace(journal, end, dueTick) - trigger) / messages.part[i]!;
  }
  const texts = n > MOST_TEXTS ? [] : ids.map((id) => run.world.stage.summary(messageView(run, id)));
  return { messages, reasons, texts };
}

/** By ordinals; of what is under way, where its arrival will come at the earliest. */
const endPlace = (journal: Journal, end: number, due: number): number =>
  end > 0 ? end : due <= journal.tickOf(journal.eventCount) ? journal.ordinalAt(due) : journal.eventCount + 1;

/** @param end the event in which it came to its end; 0 while it has not. */
function fateOf(threads: Threads, id: number, end: number): { readonly fate: number; readonly rule: string } {
  if (end === 0) return { fate: End.underWay, rule: '' };
  const { order } = threads;
  const { journal } = order;
  const { what, subject, rule } = journal.events;
  // The row behind it, if that says why nothing came of it.
  const isSilent = end < journal.eventCount && what.get(end) === What.nothing && subject.get(end) === id;
  const why = isSilent ? journal.ruleName(rule.get(end)) : '';
  if (journal.messages.outcome.get(id) !== Outcome.delivered)
    return { fate: order.causeOf(end) === id ? End.refused : End.lost, rule: why };
  if (threads.newsOf(id) === News.known) return { fate: End.duplicate, rule: why };
  return { fate: isSilent ? End.idle : End.delivered, rule: why };
}
