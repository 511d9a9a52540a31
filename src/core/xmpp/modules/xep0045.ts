/**
 * XEP-0045 Multi-User Chat 1.35.5 (as of 2026-06-30, https://xmpp.org/extensions/xep-0045.html): §7.1–7.2 joining, §7.4 messages, §7.5 private messages,
 * §7.6 nick, §7.7 presence, §7.14 leaving, §8.1 subject, §10.1 creation with its lock; semi-anonymous rooms.
 * Simplified: of the configuration only title and persistence (§10.2), no moderation (§8, §9), no invitations (§7.8), no passwords.
 * The hooks are in muc/.
 */
import type { Part } from '../../../protocol/parts.ts';
import type { Module } from '../module.ts';
import { NS } from '../namespaces.ts';
import { bodyOf, nickOf } from '../read.ts';
import { bounced } from './muc/ghosts.ts';
import { join } from './muc/join.ts';
import { keptHooks } from './muc/kept.ts';
import { toOccupant, toRoom } from './muc/messages.ts';
import { changePresence, leave } from './muc/occupancy.ts';
import { OWNER, ownerRequest } from './muc/owner.ts';
import { betweenOccupants } from './muc/requests.ts';
import { affiliationOf, roleOf, rooms, type Room } from './muc/room.ts';
import { rules } from './muc/rules.ts';

export const xep0045: Module = {
  id: 'xep-0045',
  title: 'Multi-user chat',
  spec: 'XEP-0045',
  version: '1.35.5',
  places: ['muc'],
  features: [NS.muc],
  rules,
  hooks: [
    {
      event: 'presence/bare',
      run: (context, e) =>
        e.stanza.attrs['type'] === undefined
          ? context.bounce(e.stanza, 'service-unavailable', rules.noNick)
          : context.drop(rules.presenceType),
    },
    ...['presence', 'message'].flatMap((name) => [
      { event: `${name}/full`, priority: 30, run: bounced },
      { event: `${name}/bare`, priority: 30, run: bounced },
    ]),
    ...['get', 'set'].map((type) => ({ event: `iq-${type}/bare/${OWNER}:query`, run: ownerRequest })),
    { event: 'presence/full', priority: 20, run: join },
    { event: 'presence/full', priority: 10, run: changePresence },
    { event: 'presence/full', run: leave },
    { event: 'presence/full', priority: -10, run: (context) => context.drop(rules.presenceType) },
    { event: 'message/bare', run: toRoom },
    { event: 'message/full', run: toOccupant },
    { event: 'iq/full', run: betweenOccupants },
    ...keptHooks,
  ],
  inspect: ({ get }) => Object.values(get(rooms)).flatMap(describe),
};

function describe(room: Room): readonly Part[] {
  const name = room.jid.split('@', 1)[0] ?? room.jid;
  return [
    {
      type: 'fields',
      key: `room/${room.jid}`,
      title: `Room ${name}`,
      fields: [
        { key: 'jid', label: 'Address', value: room.jid, mono: true },
        { key: 'title', label: 'Title', value: room.title },
        { key: 'subject', label: 'Subject', value: room.subject?.text || '(none)' },
        { key: 'whois', label: 'Real addresses', value: 'for moderators only' },
      ],
    },
    {
      type: 'table',
      key: `occupants/${room.jid}`,
      title: `Occupants of ${name}`,
      columns: ['Nick', 'Real address', 'Affiliation', 'Role'],
      rows: room.occupants.map((o) => ({
        key: o.nick,
        cells: [
          { text: o.nick },
          { text: o.clients.map((c) => c.full).join(', ') },
          { text: affiliationOf(room, o.bare) },
          { text: roleOf(room, o) },
        ],
      })),
      empty: 'Nobody is in the room.',
    },
    {
      type: 'table',
      key: `history/${room.jid}`,
      title: `History of ${name}`,
      columns: ['From', 'Message'],
      rows: room.history.map((h, i) => ({ key: String(i), cells: [{ text: nickOf(h.stanza.attrs['from']) }, { text: bodyOf(h.stanza) }] })),
      empty: 'Nothing has been said.',
    },
  ];
}
