/** Requests about causes and logical time, and the steps that go along causes. */
import type { Position, RequestName, Requests } from '../../protocol/protocol.ts';
import { InputError } from '../../base/result.ts';
import { NoteScan } from '../causality/notes/scan.ts';
import { cutOf } from '../causality/cut.ts';
import { followed } from '../causality/follow.ts';
import { CausalOrder } from '../causality/order.ts';
import { relationOf } from '../causality/relation.ts';
import { conversationOf, hopsOf, stopAfter, Waves } from '../causality/steps.ts';
import { Threads } from '../causality/threads.ts';
import { judge } from '../xmpp/definitions/verdict.ts';
import type { Run } from './run.ts';
import { handledIn, handSummary, moveFrom } from './views.ts';

/** Events looked through in one request: some tens of milliseconds. */
const NOTES_AT_ONCE = 25_000;

type Handlers<N extends RequestName> = { readonly [K in N]: (args: Requests[K]['args']) => Requests[K]['reply'] };

/** What is worked out of a run's journal, when somebody first asks; a run that nobody looks into has none of it. */
class Causes {
  readonly order: CausalOrder;
  readonly threads: Threads;
  readonly waves: Waves;
  readonly notes: NoteScan;
  /** Where the last kind of step stops: people make many of the same. */
  private stops = { key: '', ordinals: new Uint32Array(0) as Uint32Array | undefined };

  constructor(run: Run) {
    this.order = new CausalOrder(run.journal);
    this.threads = new Threads(this.order, run.world.stage);
    this.waves = new Waves(this.order);
    const { order, threads } = this;
    this.notes = new NoteScan({
      journal: run.journal,
      order,
      threads,
      stage: run.world.stage,
      handIn: (ordinal) => ({ act: handledIn(run, ordinal).act, text: handSummary(run, ordinal) }),
      faultOf: (stanza, ns) => judge(stanza, ns).faults[0],
    });
  }
  stopsFor(key: string, find: () => Uint32Array | undefined): Uint32Array | undefined {
    const now = `${this.order.journal.eventCount} ${key}`;
    if (this.stops.key !== now) this.stops = { key: now, ordinals: find() };
    return this.stops.ordinals;
  }
}
const kept = new WeakMap<Run, Causes>();
function causesOf(run: Run): Causes {
  let causes = kept.get(run);
  if (!causes) kept.set(run, (causes = new Causes(run)));
  return causes;
}
export const orderOf = (run: Run): CausalOrder => causesOf(run).order.follow();
export const threadsOf = (run: Run): Threads => causesOf(run).threads.follow();

/** What can be worked out beforehand. */
export type CausalNeed = 'order' | 'threads' | 'waves';
/** Events that are not taken in yet. */
export const eventsLeft = (run: Run, need: CausalNeed): number => run.journal.eventCount - causesOf(run)[need].followed;
/** Takes in so many of them. */
export function takeIn(run: Run, need: CausalNeed, events: number): void {
  const taking = causesOf(run)[need];
  taking.follow(taking.followed + events);
}
/** What the message brought; only as much of the run is taken in as that needs. */
export function newsOf(run: Run, message: number): number {
  const end = run.journal.messages.end.get(message);
  return causesOf(run)
    .threads.follow(end > 0 ? end : Infinity)
    .newsOf(message);
}
/** When the event is, if a note is about it. */
export const tickOfNote = (run: Run, ordinal: number): number | undefined => kept.get(run)?.notes.tickOf(ordinal);

/** A run of so many events is gone through at once, and nobody notices. */
const FEW_EVENTS = 300_000;
/** For views that are asked for with every step: nothing of a long run, until somebody has followed something in it. */
export function threadsIfReady(run: Run): Threads | undefined {
  const { threads } = causesOf(run);
  return run.journal.eventCount <= FEW_EVENTS || threads.isReady ? threads.follow() : undefined;
}

export const causes = (run: () => Run): Handlers<'relation' | 'cut' | 'follow' | 'notes' | 'move'> => ({
  relation: (args) => relationOf(orderOf(run()), run().world.stage.entities, args),
  cut: (args) => cutOf(orderOf(run()), run().world.stage.entities, args),
  follow: (args) => followed(threadsOf(run()), run().world.stage, args),
  notes: (args) => notes(run(), args),
  move: (args) => move(run(), args),
});

function notes(run: Run, args: Requests['notes']['args']): Requests['notes']['reply'] {
  const { notes: scan } = causesOf(run);
  // What the rows do not show to the end may have come after all.
  scan.advance(NOTES_AT_ONCE, run.ended === 'running' ? undefined : { whole: run.ended !== 'budget' });
  return scan.answer(args);
}

function move(run: Run, { from, by, back, entity, about }: Requests['move']['args']): Position {
  const { journal } = run;
  if (by !== 'hop' && by !== 'same' && by !== 'wave') return moveFrom(run, from, by, back, entity);
  const at = Math.min(Math.max(0, Math.floor(from)), journal.eventCount);
  const position = (ordinal: number): Position => ({ ordinal, tick: journal.tickOf(ordinal) });
  const all = causesOf(run);
  if (by === 'wave') return position(all.waves.follow().step(at, back));
  if (!about) throw new InputError({ message: 'there is nothing to step along', hint: 'Select a stanza, an event, an entity or a link.' });
  const threads = threadsOf(run);
  const stops = all.stopsFor(`${by} ${JSON.stringify(about)}`, () =>
    by === 'hop' ? hopsOf(threads, about) : conversationOf(threads, about),
  );
  if (stops) return position(stopAfter(stops, at, back));
  const whose = about.type === 'entity' ? about.index : about.type === 'event' ? journal.events.entity.get(about.ordinal - 1) : undefined;
  return moveFrom(run, at, 'entity', back, whose);
}
