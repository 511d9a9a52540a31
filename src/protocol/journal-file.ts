/** A journal in a file (`--journal` of the command line), as the page opens it: played again from what its head names. */
import type { OpenArgs } from './protocol.ts';

export interface JournalFile {
  /** How to open the run that it is of. */
  readonly open: OpenArgs;
  /** The scenario is not one of the catalogue's, or differs from it: no link can name it. */
  readonly own: boolean;
  /** Its last whole event; null where it holds none. */
  readonly last: { readonly event: number; readonly tick: number } | null;
  /** The file ends within a line, which is left out. */
  readonly cut: boolean;
}

/** Events from `from` (0: the head, and what was sent before the first event) to `to`, or as many of them as go at once. */
export interface JournalPartArgs {
  readonly from: number;
  readonly to: number;
}
/** Whole lines. `next`: the event to go on with. */
export interface JournalPart {
  readonly text: string;
  readonly next: number;
}

export interface JournalRequests {
  journalPart: { args: JournalPartArgs; reply: JournalPart };
  /** @param args.head its first line @param args.tail its end: whole lines but for the first, and for the last where the file was cut off */
  journalFile: { args: { readonly name: string; readonly head: string; readonly tail: string }; reply: JournalFile };
}
