/** Goes through a journal once, in slices, and keeps what the finders find: of each kind the first ten thousand, and how many there are. */
import { SEVERITIES, type Note, type Notes, type NotesArgs } from '../../../protocol/notes.ts';
import type { Target } from '../../../protocol/parts.ts';
import type { NoteContext, Watch } from './finder.ts';
import { FINDERS } from './index.ts';

const MOST_KEPT = 10_000;
const MOST_ANSWERED = 500;
const MOST_MARKS = 500;

interface Kept {
  /** Place in `FINDERS`. */
  readonly finder: number;
  readonly ordinal: number;
  readonly target: Target;
  readonly text: string;
  readonly source: string;
}

export class NoteScan {
  private readonly context: NoteContext;
  private readonly watches: readonly Watch[];
  private readonly counts = FINDERS.map(() => 0);
  private readonly keptOf = FINDERS.map(() => 0);
  private readonly kept: Kept[] = [];
  /** By ordinal of what is kept. */
  private readonly ticks = new Map<number, number>();
  private sorted = true;
  private scanned = 0;
  private begun = false;
  private complete = false;

  constructor(context: NoteContext) {
    this.context = context;
    this.watches = FINDERS.map((finder, i) =>
      finder.watch(context, (ordinal, target, text, source) => {
        this.counts[i]!++;
        if (this.keptOf[i]! >= MOST_KEPT) return;
        this.keptOf[i]!++;
        this.ticks.set(ordinal, this.context.journal.tickOf(ordinal));
        this.kept.push({ finder: i, ordinal, target, text: text(), source: source ?? finder.source });
        this.sorted = false;
      }),
    );
  }

  /** Looks at no more than so many further events. @param ended absent while the run goes on; `whole` as for `Watch.end`. */
  advance(most: number, ended?: { readonly whole: boolean }): void {
    const { journal, threads } = this.context;
    const last = Math.min(journal.eventCount, this.scanned + most);
    threads.follow(last);
    if (!this.begun) this.look(0);
    this.begun = true;
    while (this.scanned < last) this.look(++this.scanned);
    if (!ended || this.complete || this.scanned < journal.eventCount) return;
    this.complete = true;
    if (journal.eventCount > 0) for (const watch of this.watches) watch.end?.(ended.whole);
  }
  private look(ordinal: number): void {
    const [first, end] = this.context.journal.sentBy(ordinal);
    for (const watch of this.watches) {
      if (ordinal > 0) watch.event?.(ordinal);
      if (watch.sent) for (let id = first; id < end; id++) watch.sent(id, ordinal);
    }
  }

  answer({ from, count, severities, kind }: NotesArgs): Notes {
    if (!this.sorted) this.kept.sort((a, b) => a.ordinal - b.ordinal || a.finder - b.finder);
    this.sorted = true;
    const wanted = FINDERS.map(
      (finder) => (!severities || severities.includes(finder.severity)) && (kind === undefined || finder.id === kind),
    );
    const matching = wanted.every(Boolean) ? this.kept : this.kept.filter(({ finder }) => wanted[finder]);
    const first = Math.max(0, Math.floor(from));
    const bySeverity = SEVERITIES.map((severity) =>
      FINDERS.reduce((sum, finder, i) => sum + (finder.severity === severity ? this.counts[i]! : 0), 0),
    );
    return {
      notes: matching.slice(first, first + Math.min(MOST_ANSWERED, Math.max(0, Math.floor(count)))).map((one) => this.noteOf(one)),
      total: matching.length,
      counts: bySeverity,
      kinds: FINDERS.flatMap(({ id, title, severity }, i) =>
        this.counts[i]! > 0 ? [{ id, title, severity, count: this.counts[i]!, kept: this.keptOf[i]! }] : [],
      ),
      scanned: this.scanned,
      events: this.context.journal.eventCount,
      complete: this.complete,
      marks: this.marks(),
    };
  }
  private noteOf({ finder, ordinal, target, text, source }: Kept): Note {
    const { id, title, severity } = FINDERS[finder]!;
    return { severity, kind: id, title, text, source, ordinal, tick: this.tickOf(ordinal)!, target };
  }
  /** When the event is, if a note is about it. */
  tickOf(ordinal: number): number | undefined {
    return this.ticks.get(ordinal);
  }
  private marks(): Notes['marks'] {
    const grave = this.kept.filter(({ finder }) => SEVERITIES.indexOf(FINDERS[finder]!.severity) >= 2);
    const every = Math.max(1, Math.ceil(grave.length / MOST_MARKS));
    const shown = grave.filter((_, i) => i % every === 0);
    return {
      ordinal: Uint32Array.from(shown, ({ ordinal }) => ordinal),
      severity: Uint8Array.from(shown, ({ finder }) => SEVERITIES.indexOf(FINDERS[finder]!.severity)),
    };
  }
}
