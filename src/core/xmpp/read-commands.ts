/** Commands in one line (XEP-0050 §2.4): which, and what is done with it, or how far it is. */
import { child, textOf, type Element } from '../../base/xml/element.ts';
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
