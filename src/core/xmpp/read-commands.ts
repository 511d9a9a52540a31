/** Commands in one line (XEP-0050 §2.4): which, and what is done with it, or how far it is. */
import { child, elements, textOf, type Element } from '../../base/xml/element.ts';
import { COMMANDS } from './modules/commands/contract.ts';

/** `undefined` where an iq is about something else. */
export function commandSummary(iq: Element): string | undefined {
  const command = child(iq, 'command', COMMANDS);
  if (!command) return undefined;
  const { node = '', status, action = 'execute' } = command.attrs;
  const name = node.slice(Math.max(node.lastIndexOf('#'), node.lastIndexOf('/')) + 1);
  if (status === undefined) return `command ${name}: ${action}`;
  const note = child(command, 'note');
  return `command ${name}: ${status}${note ? `, “${textOf(note)}”` : ''}`;
}

/** What came of a turn, in words; `undefined` where an answer is about something else. */
export function commandOutcome(iq: Element): string | undefined {
  const command = child(iq, 'command', COMMANDS);
  const words = command && WORDS[command.attrs['status'] ?? ''];
  if (!command || words === undefined) return undefined;
  const notes = elements(command).filter((c) => c.name === 'note' && c.ns === COMMANDS);
  return [words, ...notes.map((n) => `“${textOf(n)}”`)].join(' ');
}
const WORDS: Readonly<Record<string, string>> = {
  executing: 'There is something to be answered: it stands among the commands now.',
  completed: 'The command is completed.',
  canceled: 'The command is given up.',
};
