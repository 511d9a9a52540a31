/** What the views ask of a run's journal: frames, rows, steps and curves. All are folds; none touches the source. */
import { KINDS } from '../../protocol/scene.ts';
import type { Frame, Position, Row, Series } from '../../protocol/protocol.ts';
import { viewOf } from '../causality/views.ts';
import type { JournalFold } from '../kernel/fold.ts';
import type { Act } from '../../protocol/intervention.ts';
import { What } from '../kernel/journal.ts';
import { Totals } from '../kernel/totals.ts';
import type { MessageView } from '../kernel/model.ts';
import { describeAct, disturbedAt } from './interventions.ts';
import type { Run } from './run.ts';

/** More than these at once no one can tell apart; the frame says how many there are. */
const MOST_FLIGHTS = 5000;
const MOST_ROUND_MARKS = 200;

export const messageView = (run: Run, id: number): MessageView => viewOf(run.journal, id);

/** @param fold the view's own cursor over the journal; it is moved to `ordinal`. */
export function frameAt(run: Run, fold: JournalFold, ordinal: number): Frame {
  fold.seek(ordinal);
  const at = fold.ordinal;
  const { journal } = run;
  const m = journal.messages;
  // Where rows have to be made again: from the earliest on, so that one way through the run makes all of them.
  m.from.get(fold.first);
  const id = drawn(fold);
  const known = at < journal.eventCount;
  return {
    ordinal: at,
    tick: journal.tickOf(at),
    nextTick: known ? journal.tickOf(at + 1) : Infinity,
    round: journal.roundOf(at),
    states: fold.states.slice(),
    links:
      run.world.stage.streams === true || journal.links.isAny ? journal.links.statesAt(at, run.world.stage.links.from.length) : undefined,
    flights: {
      id,
      from: Uint32Array.from(id, (i) => m.from.get(i)),
      to: Uint32Array.from(id, (i) => m.to.get(i)),
      kind: Uint8Array.from(id, (i) => m.kind.get(i)),
      sent: Float64Array.from(id, (i) => journal.touched.sentAt(i, at, m.sent.get(i))),
      due: Float64Array.from(id, (i) => journal.touched.dueOf(i, at, m.due.get(i))),
      bytes: Uint32Array.from(id, (i) => m.bytes.get(i)),
      total: fold.inFlight,
    },
    disturbed: disturbedAt(run, at),
    reached: at === 0 ? journal.reachedAtStart : journal.events.reached.get(at - 1),
    next: known
      ? { ordinal: at + 1, tick: journal.tickOf(at + 1), entity: journal.events.entity.get(at), text: nextText(run, at + 1) }
      : null,
  };
}

/** All in flight, or an even sample of them that stays the same from frame to frame, in the order of their ids. */
function drawn(fold: JournalFold): Int32Array {
  const sample: number[] = [];
  for (const id of fold.flights(Math.max(1, Math.ceil(fold.inFlight / MOST_FLIGHTS)))) if (sample.push(id) === MOST_FLIGHTS) break;
  return Int32Array.from(sample);
}

function nextText(run: Run, ordinal: number): string {
  const row = rowOf(run, ordinal);
  return run.journal.events.what.get(ordinal - 1) === What.arrival ? `receives ${row.what}` : row.what;
}

export function rowsOf(run: Run, from: number, count: number): readonly Row[] {
  const first = Math.max(1, Math.floor(from));
  const last = Math.min(run.journal.eventCount, first + Math.min(Math.max(0, Math.floor(count)), 2000) - 1);
  const rows: Row[] = [];
  for (let ordinal = first; ordinal <= last; ordinal++) rows.push(rowOf(run, ordinal));
  return rows;
}

export function rowOf(run: Run, ordinal: number): Row {
  const { journal, world } = run;
  const e = journal.events;
  const row = ordinal - 1;
  const entity = e.entity.get(row);
  const subject = e.subject.get(row);
  const what = e.what.get(row);
  const { name, detail } = world.stage.entities;
  const called = (index: number): string => name[index]! + (detail[index]!.startsWith('/') ? detail[index]! : '');
  const place = { ordinal, tick: e.tick.get(row), round: e.round.get(row), quiet: !journal.isVisible(ordinal) };
  if (what === What.arrival) {
    const message = messageView(run, subject);
    const ends = { kind: KINDS[message.kind]!, from: called(message.from), to: called(message.to) };
    return { ...place, ...ends, what: world.stage.summary(message), target: { type: 'message', id: subject } };
  }
  const target = { type: 'event', ordinal } as const;
  const alone = { ...place, from: called(entity), to: '', target };
  if (what === What.timer) return { ...alone, what: world.stage.timerSummary(entity, subject) };
  if (what === What.intervention) return { ...alone, what: handSummary(run, ordinal) };
  const rule = journal.ruleName(e.rule.get(row));
  return { ...alone, what: world.stage.rules.get(rule)?.text ?? rule };
}

/** What was done by hand, in one line. */
export function handSummary(run: Run, ordinal: number): string {
  const { world, journal } = run;
  const { act, message } = handledIn(run, ordinal);
  const subject = journal.events.subject.get(ordinal - 1);
  if (act === undefined || subject === -1) return 'intervention without a target';
  if (act.type === 'inject') return describeAct(world, act).replace(/^.*? sends /, 'sends by hand: ');
  const what = message < 0 ? '' : `: ${world.stage.summary(messageView(run, message))}`;
  return `by hand: ${describeAct(world, act)}${what}`;
}
/** What the intervention of this row is, and the message that it is about, -1 if none. */
export function handledIn({ journal, interventions }: Run, ordinal: number): { readonly act: Act | undefined; readonly message: number } {
  const index = journal.touched.done.find((done) => done.ordinal === ordinal)?.index ?? -1;
  const intervention = interventions[index];
  if (intervention === undefined || !('target' in intervention)) return { act: intervention?.do, message: -1 };
  const { event, nth } = intervention.target;
  const [first, end] = event <= journal.eventCount ? journal.sentBy(event) : [0, 0];
  return { act: intervention.do, message: first + nth - 1 < end ? first + nth - 1 : -1 };
}

/** Where a step leads. Forward and back are inverses: they visit the same positions. */
export function moveFrom(
  run: Run,
  from: number,
  by: 'change' | 'event' | 'round' | 'entity',
  back: boolean,
  entity: number | undefined,
): Position {
  const { journal } = run;
  const end = journal.eventCount;
  const position = (ordinal: number): Position => ({ ordinal, tick: journal.tickOf(ordinal) });
  const at = Math.min(Math.max(0, Math.floor(from)), end);
  if (by === 'round') return position(back ? roundEndBefore(run, at) : roundEndAfter(run, at));
  const stops = (ordinal: number): boolean => {
    if (ordinal === 0 || by === 'event') return true;
    if (by === 'change') return journal.isVisible(ordinal);
    if (journal.events.entity.get(ordinal - 1) === entity) return true;
    const subject = journal.events.subject.get(ordinal - 1);
    return journal.events.what.get(ordinal - 1) === What.arrival && journal.messages.from.get(subject) === entity;
  };
  const step = back ? -1 : 1;
  for (let ordinal = at + step; ordinal >= 0 && ordinal <= end; ordinal += step) if (stops(ordinal)) return position(ordinal);
  return position(back ? 0 : by === 'entity' ? at : end);
}

const lastOfRound = ({ journal }: Run, round: number): number => journal.totals.lastOf(round, journal.eventCount);

function roundEndAfter(run: Run, at: number): number {
  const end = run.journal.eventCount;
  return at >= end ? end : lastOfRound(run, run.journal.roundOf(at + 1));
}
function roundEndBefore(run: Run, at: number): number {
  if (at <= 1) return 0;
  // The greatest end of a round before `at`: where the round of the event at `at` begins.
  return lastOfRound(run, run.journal.roundOf(at) - 1);
}

/** Beyond so many events a curve is drawn of totals: each of its points is then up to `Totals.EVERY` events early, and never as much as a bucket. */
const LONG = 1 << 18;

/** Curves over the run so far, one sample a bucket of ticks. */
export function seriesOf(run: Run, buckets: number): Series {
  const { journal } = run;
  const end = journal.eventCount;
  const last = Math.max(1, journal.tickOf(end));
  const n = Math.min(Math.max(1, Math.floor(buckets)), 4000);
  const ticks = Float64Array.from({ length: n + 1 }, (_, i) => (last * i) / n);
  const ordinals = new Float64Array(n + 1);
  const [reached, inFlight] = [new Float64Array(n + 1), new Float64Array(n + 1)];
  const { samples } = journal.totals;
  ticks.forEach((tick, i) => {
    const sample = i < n && end > LONG ? journal.totals.sampleAt(tick, last / n) : -1;
    const ordinal = i === n ? end : sample < 0 ? journal.ordinalAt(tick) : (sample + 1) * Totals.EVERY;
    ordinals[i] = ordinal;
    reached[i] =
      sample >= 0 ? samples.reached.get(sample) : ordinal === 0 ? journal.reachedAtStart : journal.events.reached.get(ordinal - 1);
    inFlight[i] =
      sample >= 0 ? samples.inFlight.get(sample) : ordinal === 0 ? journal.messagesAtStart : journal.events.inFlight.get(ordinal - 1);
  });
  const density = Float64Array.from({ length: n }, (_, i) => ordinals[i + 1]! - ordinals[i]!);
  return { ticks, ordinals, reached, inFlight, density, rounds: roundMarks(run, 1, end, MOST_ROUND_MARKS) };
}

/** Where the rounds of these events begin, thinned evenly to at most `most`; the first may begin before them. */
export function roundMarks({ journal: { totals } }: Run, from: number, to: number, most: number): Series['rounds'] {
  if (to < from) return [];
  const { round, ordinal, tick } = totals.rounds;
  const [first, last] = [round.get(totals.roundAt(from)), round.get(totals.roundAt(to))];
  const stride = Math.max(1, Math.ceil((last - first + 1) / most));
  const marks: { round: number; ordinal: number; tick: number }[] = [];
  for (let wanted = first; wanted <= last; wanted += stride) {
    const i = totals.firstFrom(wanted);
    if (ordinal.get(i) <= to && round.get(i) < wanted + stride)
      marks.push({ round: round.get(i), ordinal: ordinal.get(i), tick: tick.get(i) });
  }
  return marks;
}
