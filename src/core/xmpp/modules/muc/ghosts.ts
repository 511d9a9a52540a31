/** Occupants whose stanzas come back: they are gone, and the room takes them out. XEP-0045 §7.14 and status 333 (§14.4), as Prosody does it. */
import { child, el, elements } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { announce, parting, status } from './presence.ts';
import { keepRoom, visit, withOccupant, type Occupant } from './room.ts';
import { rules } from './rules.ts';

/** What says that an address is of no use any more; anything else may come from a living client. */
const FATAL: ReadonlySet<string> = new Set([
  'gone',
  'internal-server-error',
  'item-not-found',
  'jid-malformed',
  'recipient-unavailable',
  'redirect',
  'remote-server-not-found',
  'remote-server-timeout',
  'service-unavailable',
]);

/** An error of an occupant's, to the room or to somebody in it. Whatever presence comes back with is the end. */
export function bounced(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  if (stanza.attrs['type'] !== 'error' || stanza.name === 'iq') return false;
  const { room, sender, full } = visit(context, event);
  const error = child(stanza, 'error');
  const condition = error && elements(error).find((c) => c.ns === NS.stanzas && c.name !== 'text')?.name;
  if (!room || !sender) return false;
  if (stanza.name === 'message' && condition !== undefined && !FATAL.has(condition)) return false;
  const rest = sender.clients.filter((c) => c.full !== full);
  const staying: Occupant | undefined = rest.length > 0 ? { ...sender, clients: rest } : undefined;
  const now = withOccupant(room, sender, staying);
  keepRoom(context, now);
  if (staying) {
    announce(context, { room: now, about: staying, before: sender.role }, rules.kickedByError);
    return true;
  }
  const text = error && elements(error).find((c) => c.ns === NS.stanzas && c.name === 'text');
  const words = text && room.whois === 'anyone' ? `: ${text.children.join('')}` : '';
  const why = el('status', NS.client, {}, `Kicked: ${condition?.replaceAll('-', ' ') ?? 'presence error'}${words}`);
  const about: Occupant = { ...sender, role: 'none', clients: [parting(full, why)] };
  announce(context, { room: now, about, head: [status(333)], before: sender.role }, rules.kickedByError);
  return true;
}
