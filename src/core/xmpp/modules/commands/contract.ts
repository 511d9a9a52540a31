/** What a command is: XEP-0050 1.3.0 (2020-06-09, https://xmpp.org/extensions/xep-0050.html) §2.4, §3.6. A module declares those of its parties, and they are carried out in `turn.ts`. */
import type { Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { slice } from '../../slice.ts';

export const COMMANDS = 'http://jabber.org/protocol/commands';

/** What was filled in, by field, over all stages so far. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** One form to be filled in. */
export interface Stage {
  readonly title: string;
  readonly instructions: string;
  /** Its FORM_TYPE (XEP-0068). */
  readonly type: string;
  /** With what was answered before, where one has gone back. */
  fields(answers: Answers): readonly Element[];
  /** The command can be completed here, though stages follow: what they ask for has a value without being asked. */
  readonly mayComplete?: boolean;
}

/** §3.6: that it is completed does not say that it succeeded; a note of the type `error` says that it did not. */
export interface Finished {
  readonly note?: { readonly type: 'info' | 'warn' | 'error'; readonly text: string };
  readonly form?: Element;
}

export interface Command {
  readonly node: string;
  readonly title: string;
  /** Who is offered it: everyone, or those whom the scenario calls admins of this host. */
  readonly whom: 'anyone' | 'admins';
  /** None: it is completed at once. */
  readonly stages: readonly Stage[];
  finish(context: Context, event: StanzaEvent, answers: Answers): Finished;
}

/** §3.3: one run of a command, which waits for its requester. */
export interface CommandSession {
  readonly id: string;
  readonly node: string;
  /** Full address. */
  readonly by: string;
  /** The stage whose form it was sent last. */
  readonly stage: number;
  readonly answers: Answers;
  /** Tick at which it was sent that. */
  readonly since: number;
}
export const commandSessions = slice<readonly CommandSession[]>('commands', []);

export const first = (answers: Answers, name: string): string => answers[name]?.[0] ?? '';
