/** Whatever comes to a room that was destroyed is told so, and where to go. XEP-0045 §10.9, as Prosody does it for rooms that were persistent. */
import type { Context, StanzaEvent } from '../../module.ts';
import { visit } from './room.ts';
import { rules } from './rules.ts';

/** Simplified: the word stays as long as the service; Prosody takes it away after 31 days. */
export function goneRoom(context: Context, event: StanzaEvent): boolean {
  const destroyed = visit(context, event).room?.destroyed;
  if (!destroyed) return false;
  const { reason, alternative } = destroyed;
  return context.bounce(event.stanza, 'gone', rules.gone, {
    by: context.party.name,
    ...(alternative === undefined ? {} : { content: `xmpp:${alternative}?join` }),
    ...(reason === undefined ? {} : { text: reason }),
  });
}
