/** Occupants whose stanzas come back: they are gone, and the room takes them out. XEP-0045 §7.14 and status 333 (§14.4), as Prosody does it. */
import { child, el, elements } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { announce } from './presence.ts';
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

/** An error of an occupant's, to the room or to somebody in it. */
export function bounced(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  if (stanza.attrs['type'] !== 'error' || stanza.name === 'iq') return false;
  const { room, sender, full } = visit(context, event);
  const error = child(stanza, 'error');
  const condition = error && elements(error).find((c) => c.ns === NS.stanzas && c.name !== 'text')?.name;
  if (!room || !sender || condition === undefined || !FATAL.has(condition)) return false;
  const rest = sender.clients.filter((c) => c.full !== full);
  const staying: Occupant | undefined = rest.length > 0 ? { ...sender, clients: rest } : undefined;
  const now = withOccupant(room, sender, staying);
  keepRoom(context, now);
  if (staying) return context.drop(rules.kickedByError);
  const why = el('status', NS.client, {}, `Kicked: ${condition.replaceAll('-', ' ')}`);
  const base = el('presence', NS.client, { type: 'unavailable' }, why);
  // Only those who stay are told: what went to the one who is gone would come back again.
  announce(
    context,
    { room: now, about: { ...sender, clients: [] }, base, retold: true, gone: true, codes: [333], real: sender.clients },
    rules.kickedByError,
  );
  return true;
}
