/**
 * XEP-0045 Multi-User Chat 1.35.5 (as of 2026-06-30, https://xmpp.org/extensions/xep-0045.html): §6.3–6.5 discovery, §7 the occupant's part, §8 the
 * moderator's, §9 the admin's, §10 the owner's, as Prosody 0.12 does it (conflicts.ts lists where that differs).
 * Simplified: what Prosody does not have either — a limit of occupants (§7.2.9), the codes 101 to 103, private messages
 * by role, owners and admins in the form. Where rooms may be created is not restricted (§10.1.1). The hooks are in muc/.
 */
import { child } from '../../../base/xml/element.ts';
import type { Context, Hook, Module, StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { federations } from './fmuc/federation.ts';
import { ADMIN, adminGet, adminSet } from './muc/admin.ts';
import { bounced } from './muc/ghosts.ts';
import { describe, groupOf, isThere } from './muc/inspect.ts';
import { presenceToOccupant } from './muc/join.ts';
import { keptHooks } from './muc/kept.ts';
import { toOccupant, toRoom } from './muc/messages.ts';
import { OWNER, ownerRequest } from './muc/owner.ts';
import { REGISTER, register } from './muc/register.ts';
import { betweenOccupants } from './muc/requests.ts';
import { rooms, visit } from './muc/room.ts';
import { rules } from './muc/rules.ts';
import { goneRoom } from './muc/tombstones.ts';

/** Presence for the room itself: from an occupant it is taken as if for the own nick, as Prosody does for clients that do not know better. */
function presenceToRoom(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { room, sender } = visit(context, event);
  const joins = stanza.attrs['type'] === undefined && child(stanza, 'x', NS.muc) !== undefined;
  if (stanza.attrs['type'] === 'error') return context.drop(rules.errorIgnored);
  if (sender) return presenceToOccupant(context, { ...event, to: { ...event.to, resource: sender.nick } });
  if (joins && (!room || context.profile === 'rfc')) return context.bounce(stanza, 'jid-malformed', rules.noNick);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  return context.bounce(stanza, 'service-unavailable', rules.noNick);
}

const notTheService = (context: Context, { stanza }: StanzaEvent): true =>
  context.bounce(stanza, 'item-not-found', rules.noRoom, { by: context.party.name });

/** What is for a room or somebody in it, where the room may have been destroyed. */
const OF_ROOMS = [
  'presence/bare',
  'presence/full',
  'message/bare',
  'message/full',
  'iq/full',
  ...['get', 'set'].flatMap((type) => [OWNER, ADMIN, REGISTER].map((ns) => `iq-${type}/bare/${ns}:query`)),
  ...[NS.discoInfo, NS.discoItems].map((ns) => `iq-get/bare/${ns}:query`),
];

const hooks: readonly Hook[] = [
  ...OF_ROOMS.map((event): Hook => ({ event, priority: 60, run: goneRoom })),
  ...['presence', 'message'].flatMap((name): Hook[] => [
    { event: `${name}/full`, priority: 30, run: bounced },
    { event: `${name}/bare`, priority: 30, run: bounced },
    { event: `${name}/host`, priority: -10, run: notTheService },
  ]),
  { event: 'presence/bare', run: presenceToRoom },
  { event: 'presence/full', run: presenceToOccupant },
  { event: 'message/bare', run: toRoom },
  { event: 'message/full', run: toOccupant },
  { event: 'iq/full', run: betweenOccupants },
  ...['get', 'set'].flatMap((type): Hook[] => [
    { event: `iq-${type}/bare/${OWNER}:query`, run: ownerRequest },
    { event: `iq-${type}/bare/${REGISTER}:query`, run: register },
  ]),
  { event: `iq-get/bare/${ADMIN}:query`, run: adminGet },
  { event: `iq-set/bare/${ADMIN}:query`, run: adminSet },
  ...keptHooks,
];

export const xep0045: Module = {
  id: 'xep-0045',
  title: 'Multi-user chat',
  spec: 'XEP-0045',
  version: '1.35.5',
  places: ['muc'],
  features: [NS.muc],
  rules,
  hooks,
  inspect: ({ get, party }) => Object.values(get(rooms)).flatMap((room) => describe(room, party.host.modules)),
  groups: ({ get }) =>
    Object.values(get(rooms))
      .filter(isThere)
      .map((room) => groupOf(room, get(federations)[room.jid]?.phase === 'joined')),
};
