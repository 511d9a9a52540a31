/** What a room says of itself: XEP-0045 §6.3 to §6.5 and §7.12, the form of §15.5.4 in XEP-0128's place. */
import { bareOf } from '../../../../base/jid.ts';
import { el, type Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import { field, form } from './forms.ts';
import { isFederated, rooms, visit, type Room } from './room.ts';
import { rules } from './rules.ts';

const INFO = 'http://jabber.org/protocol/muc#roominfo';
/** §7.12: the node that asks for one's own nick. */
const OWN_NICK = 'x-roomuser-item';

/** XEP-0289: it defines no feature, so its namespace is one here. */
const FMUC = 'http://isode.com/protocol/fmuc';

/** Features of the modules that rooms themselves have, too. */
const OF_ROOMS: readonly string[] = [
  NS.discoInfo,
  NS.discoItems,
  NS.muc,
  NS.occupantId,
  'http://jabber.org/protocol/muc#stable_id',
  'http://jabber.org/protocol/muc#self-ping-optimization',
  'http://jabber.org/protocol/muc#request',
  'jabber:iq:register',
];

function featuresOf(context: Context, room: Room): readonly string[] {
  return [
    ...OF_ROOMS,
    ...context.modules.flatMap((m) => m.roomFeatures ?? []),
    ...(isFederated(room) ? [FMUC] : []),
    room.listed ? 'muc_public' : 'muc_hidden',
    room.membersOnly ? 'muc_membersonly' : 'muc_open',
    room.moderated ? 'muc_moderated' : 'muc_unmoderated',
    room.whois === 'anyone' ? 'muc_nonanonymous' : 'muc_semianonymous',
    room.password === '' ? 'muc_unsecured' : 'muc_passwordprotected',
    room.persistent ? 'muc_persistent' : 'muc_temporary',
  ];
}

function infoForm(room: Room): Element {
  const flag = (name: string, is: boolean): Element => field('boolean', name, [is ? '1' : '0']);
  return form('result', INFO, [
    field('text-single', 'muc#roomconfig_roomname', [room.title], { label: 'Title' }),
    field('text-single', 'muc#roominfo_description', [room.description], { label: 'Description' }),
    field('text-single', 'muc#roominfo_lang', [room.language], { label: 'Language' }),
    field('text-single', 'muc#roominfo_occupants', [String(room.occupants.length)], { label: 'Number of occupants' }),
    flag('muc#roomconfig_changesubject', room.changeSubject),
    flag('muc#roomconfig_allowinvites', !room.membersOnly || room.memberInvites),
    flag('{http://prosody.im/protocol/muc}roomconfig_allowmemberinvites', room.memberInvites),
  ]);
}

export function roomInfo(context: Context, event: StanzaEvent): boolean {
  if (context.party.place !== 'muc') return false;
  const { stanza } = event;
  const { room, bare } = visit(context, event);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  const node = payloadOf(stanza)?.attrs['node'];
  const nick = node === OWN_NICK ? room.reserved[bare] : undefined;
  const identity = (name: string | undefined): Element => el('identity', NS.discoInfo, { category: 'conference', type: 'text', name });
  // Prosody answers for any node, and has something to say of one only.
  const content =
    node !== undefined && node !== ''
      ? nick === undefined
        ? []
        : [identity(nick)]
      : [
          identity(room.title || undefined),
          ...[...featuresOf(context, room)].sort().map((f) => el('feature', NS.discoInfo, { var: f })),
          infoForm(room),
        ];
  return context.reply(resultOf(stanza, el('query', NS.discoInfo, { node }, ...content)), rules.roomInfo);
}

/** §6.5: as Prosody has it, nobody learns by this who is in a room. */
export function roomItems(context: Context, event: StanzaEvent): boolean {
  if (context.party.place !== 'muc') return false;
  if (!context.get(rooms)[bareOf(event.to)])
    return context.bounce(event.stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  return context.reply(resultOf(event.stanza, el('query', NS.discoItems)), rules.roomItems);
}

/** §6.4: the rooms that want to be found. */
export const publicRooms = (context: Context): readonly { readonly jid: string; readonly name: string | undefined }[] =>
  Object.values(context.get(rooms))
    .filter((room) => room.listed)
    .map((room) => ({ jid: room.jid, name: room.title || undefined }));
