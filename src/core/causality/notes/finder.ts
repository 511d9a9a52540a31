/** What looks for one kind of note. A new one is a file, or an entry in one, and a line in `index.ts`. */
import type { Element } from '../../../base/xml/element.ts';
import type { Act } from '../../../protocol/intervention.ts';
import type { Severity } from '../../../protocol/notes.ts';
import type { Target } from '../../../protocol/parts.ts';
import type { Journal } from '../../kernel/journal.ts';
import type { Stage } from '../../kernel/model.ts';
import type { CausalOrder } from '../order.ts';
import type { Threads } from '../threads.ts';

export interface NoteContext {
  readonly journal: Journal;
  readonly order: CausalOrder;
  readonly threads: Threads;
  readonly stage: Stage;
  /** What was done by hand in an event, and that in words; absent where nobody can say. */
  handIn?(ordinal: number): { readonly act: Act | undefined; readonly text: string };
  /** What is wrong with the form of a whole stanza; absent where nobody can say. */
  faultOf?(stanza: Element, ns: string): { readonly message: string; readonly section: string } | undefined;
}

/** Says that there is one; `text` is only made for those that are kept. */
export type Report = (ordinal: number, target: Target, text: () => string, source?: string) => void;

/** Called for every event in order, then for each message that it sent. */
export interface Watch {
  event?(ordinal: number): void;
  sent?(message: number, ordinal: number): void;
  /** The run has ended. @param whole every event of it is in the journal: what is missing does not come. */
  end?(whole: boolean): void;
}

export interface Finder {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly source: string;
  watch(context: NoteContext, report: Report): Watch;
}

export const nameOf = ({ stage }: NoteContext, entity: number): string => stage.entities.name[entity] ?? `entity ${entity}`;
export const ofMessage = (id: number): Target => ({ type: 'message', id });
/** Who sends to whom, in words. */
export function wayOf(context: NoteContext, message: number): string {
  const { from, to } = context.journal.messages;
  return `${nameOf(context, from.get(message))} → ${nameOf(context, to.get(message))}`;
}
