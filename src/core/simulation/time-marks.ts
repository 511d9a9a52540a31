/** What stands out along a run: what was done by hand, entities that go down and come up, links that are cut and mended. Found once for each row. */
import type { RequestName, Requests } from '../../protocol/protocol.ts';
import { EntityKind } from '../../protocol/scene.ts';
import type { TimeMark, TimeMarks } from '../../protocol/timeline.ts';
import { What } from '../kernel/journal.ts';
import { cutRules } from '../xmpp/cuts.ts';
import { tickOfNote } from './causes.ts';
import { tickOfStop } from './queries.ts';
import type { Run } from './run.ts';
import { trafficOf } from './traffic.ts';
import { handSummary } from './views.ts';

const MOST_MARKS = 500;
/** More of a run than this is not kept. */
const MOST_KEPT = 100_000;

interface Found {
  readonly ordinal: number;
  readonly tick: number;
  readonly kind: TimeMark['kind'];
  readonly entity: number;
}

class Finder {
  private readonly run: Run;
  private readonly found: Found[] = [];
  private scanned = 0;
  private total = 0;

  constructor(run: Run) {
    this.run = run;
  }

  follow(): void {
    const { journal } = this.run;
    const { events } = journal;
    for (const end = journal.eventCount; this.scanned < end; this.scanned++) {
      const row = this.scanned;
      const what = events.what.get(row);
      // By name: asking for a rule's code would enter it into the journal.
      const rule = what === What.nothing ? journal.ruleName(events.rule.get(row)) : '';
      if (what === What.intervention) this.add(row + 1, 'hand', events.entity.get(row));
      else if (rule === cutRules.broken.id) this.add(row + 1, 'cut', events.entity.get(row));
      else if (rule === cutRules.mended.id) this.add(row + 1, 'mend', events.entity.get(row));
      this.changes(row + 1, what !== What.intervention);
    }
  }
  private add(ordinal: number, kind: TimeMark['kind'], entity: number): void {
    const last = this.found.at(-1);
    const tick = this.run.journal.tickOf(ordinal);
    // Both ends of a link notice, each in a row of its own.
    if ((kind === 'cut' || kind === 'mend') && last?.kind === kind && last.tick === tick) return;
    this.total++;
    if (this.found.length < MOST_KEPT) this.found.push({ ordinal, tick, kind, entity });
  }
  private changes(ordinal: number, planned: boolean): void {
    const { journal, world } = this.run;
    const { stage } = world;
    const [first, end] = journal.changedBy(ordinal);
    for (let c = first; c < end && planned; c++) {
      const entity = journal.changes.entity.get(c);
      // A client that is offline is nothing unusual; a node that takes part in gossip is one that has crashed or left.
      if (stage.entities.kind[entity] === EntityKind.client && stage.updatesIn === undefined) continue;
      const before = this.isDown(journal.changes.before.get(c));
      const after = this.isDown(journal.changes.after.get(c));
      if (before !== after) this.add(ordinal, after ? 'down' : 'up', entity);
    }
  }
  private isDown(state: number): boolean {
    return this.run.world.stage.states[state]?.look === 'offline';
  }

  marks(): Pick<TimeMarks, 'marks' | 'total'> {
    const every = Math.max(1, Math.ceil(this.found.length / MOST_MARKS));
    const shown = this.found.filter((_, i) => i % every === 0);
    return { marks: shown.map((one) => this.markOf(one)), total: this.total };
  }
  private markOf({ ordinal, tick, kind, entity }: Found): TimeMark {
    const { world } = this.run;
    const name = world.stage.entities.name[entity] ?? '';
    const texts = {
      hand: () => handSummary(this.run, ordinal),
      down: () => `${name} goes down`,
      up: () => `${name} is up again`,
      cut: () => `the network is cut at ${name}`,
      mend: () => `the network is mended at ${name}`,
    };
    return { ordinal, tick, kind, text: texts[kind]() };
  }
}
/** Of what a breakpoint or a note points at, which was remembered when it was found: rows of the whole run may not be here. */
const knownTick = (run: Run, ordinal: number): number | undefined => tickOfStop(run, ordinal) ?? tickOfNote(run, ordinal);

const finders = new WeakMap<Run, Finder>();

export function timeMarksOf(run: Run, ordinals: Uint32Array): TimeMarks {
  let finder = finders.get(run);
  if (!finder) finders.set(run, (finder = new Finder(run)));
  finder.follow();
  return { ...finder.marks(), ticks: Float64Array.from(ordinals, (ordinal) => knownTick(run, ordinal) ?? run.journal.tickOf(ordinal)) };
}

type Handlers<N extends RequestName> = { readonly [K in N]: (args: Requests[K]['args']) => Requests[K]['reply'] };
export const timelineRequests = (run: () => Run): Handlers<'traffic' | 'timeMarks'> => ({
  traffic: (args) => trafficOf(run(), args),
  timeMarks: ({ ordinals }) => timeMarksOf(run(), ordinals),
});
