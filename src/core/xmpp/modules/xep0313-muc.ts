/**
 * XEP-0313 Message Archive Management 1.1.3 (2025-05-20, https://xmpp.org/extensions/xep-0313.html) for rooms (§6.1.4), with ids of XEP-0359 0.7 on what a room reflects and sends of
 * its history. As Prosody's mod_muc_mam: kept is what the room's history would keep, until its owner turns that off; whoever may enter may ask, be they inside or not.
 * Simplified: nothing expires; `with` finds nothing but the room itself; no real addresses in results, as rooms that show them say them in presence (§6.1.4 would have them).
 */
import { bareOf, formatJid } from '../../../base/jid.ts';
import { childText, el } from '../../../base/xml/element.ts';
import { tableEntries } from '../../../base/table.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { nickOf } from '../read.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { MAM, STANZA_ID } from './mam/archive.ts';
import { metadataOf, pageOf, queryForm, readQuery } from './mam/query.ts';
import { allRoomArchives, archivedIn, stampId } from './mam/room-archive.ts';
import { ROOM_ARCHIVES } from './muc/archived.ts';
import { affiliationOf, rankOf, visit } from './muc/room.ts';
import { rules as roomRules } from './muc/rules.ts';
import { pageSet } from './xep0059.ts';
import { stampOf } from './xep0203.ts';
import { FORWARD } from './xep0280.ts';

const rules = {
  result: rule(
    'xep-0313/6.1.4/room-result',
    'XEP-0313 §4.2, §6.1.4',
    'One message of the room’s archive that the query has found, as the room reflected it then, with its id there.',
  ),
  fin: rule(
    'xep-0313/6.1.4/room-fin',
    'XEP-0313 §4.2, XEP-0059 §2',
    'The page of the room’s archive is over: its ends, and how many there are in all.',
  ),
  form: rule('xep-0313/6.1.4/room-form', 'XEP-0313 §4.1.5', 'The fields that messages of the room’s archive can be sought by.'),
  badForm: rule(
    'xep-0313/6.1.4/room-bad-form',
    'XEP-0313 §4.1',
    'The form is no query of an archive, or a value of it cannot be read: bad-request.',
  ),
  noItem: rule(
    'xep-0313/6.1.4/room-item-not-found',
    'XEP-0313 §4.3.1',
    'The page should begin at a message that is not in the room’s archive: item-not-found.',
  ),
  metadata: rule(
    'xep-0313/5/room-metadata',
    'XEP-0313 §5',
    'The ends of the room’s archive: ids and times of its first message and its last.',
  ),
  forbidden: rule(
    'xep-0313/6.1.4/room-forbidden',
    'XEP-0313 §6.1.4',
    'Who may not enter the room may not read what was said in it: the banned, and strangers to a members-only room.',
  ),
};

function mayRead(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  const { room, bare } = visit(context, event);
  if (!room) return !context.bounce(stanza, 'item-not-found', roomRules.noRoom, { by: context.party.name });
  const affiliation = affiliationOf(room, bare);
  const shut = affiliation === 'outcast' || (room.membersOnly && rankOf(affiliation) < rankOf('member'));
  return !shut || !context.bounce(stanza, 'forbidden', rules.forbidden);
}

function query(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  const asked = payloadOf(stanza);
  if (!asked) return false;
  if (!mayRead(context, event)) return true;
  const room = bareOf(event.to);
  const wish = readQuery(asked);
  if (typeof wish === 'string') return context.bounce(stanza, 'bad-request', rules.badForm, { text: wish });
  const page = pageOf(archivedIn(context, room), wish);
  if (!page) return context.bounce(stanza, 'item-not-found', rules.noItem);
  const to = formatJid(event.from);
  for (const { id, when, stanza: kept } of page.items) {
    const forwarded = el('forwarded', FORWARD, {}, el('delay', NS.delay, { stamp: stampOf(when * 1_000_000) }), kept);
    const result = el('result', MAM, { queryid: asked.attrs['queryid'], id }, forwarded);
    context.originate(el('message', NS.client, { to, from: room }, result), rules.result);
  }
  const fin = el('fin', MAM, { complete: page.complete ? 'true' : undefined }, pageSet(page.first, page.last, page.count));
  return context.reply(resultOf(stanza, fin), rules.fin);
}

export const xep0313Rooms: Module = {
  id: ROOM_ARCHIVES,
  title: 'Archives of rooms',
  spec: 'XEP-0313',
  version: '1.1.3',
  places: ['muc'],
  optional: true,
  roomFeatures: [MAM, `${MAM}#extended`, STANZA_ID],
  rules,
  hooks: [
    { event: 'muc-message', priority: -10, run: stampId },
    { event: `iq-set/bare/${MAM}:query`, run: query },
    {
      event: `iq-get/bare/${MAM}:metadata`,
      run: (context, event) =>
        !mayRead(context, event) ||
        context.reply(resultOf(event.stanza, metadataOf(archivedIn(context, bareOf(event.to)))), rules.metadata),
    },
    {
      event: `iq-get/bare/${MAM}:query`,
      run: (context, event) =>
        !mayRead(context, event) || context.reply(resultOf(event.stanza, el('query', MAM, {}, queryForm())), rules.form),
    },
  ],
  inspect: ({ get }) => [
    {
      type: 'table',
      key: 'room-archive',
      title: 'Archives',
      columns: ['Room', 'From', 'When', 'Message'],
      rows: Object.entries(allRoomArchives({ get })).flatMap(([room, kept]) =>
        tableEntries(kept).map(([id, { when, stanza }]) => ({
          key: id,
          cells: [
            { text: room },
            { text: nickOf(stanza.attrs['from']) },
            { text: stampOf(when * 1_000_000) },
            { text: childText(stanza, 'body') ?? 'taken back' },
          ],
        })),
      ),
      empty: 'Nothing yet.',
    },
  ],
};
