/**
 * What a client knows of its contacts: RFC 6121 §2.1.6 (pushes, which it answers as every request is answered, and takes from its own account only) and §4.4.3 (their presence).
 * It decides nothing: whether somebody may see its user's presence is for its user, so a request waits until a script or a person answers it.
 */
import { bareOf, formatJid } from '../../../base/jid.ts';
import { childText, elements, textOf, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { slice } from '../slice.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { joinedRooms } from './rooms.ts';
import { rosterActions } from './roster-actions.ts';
import { clientStream, ownJid } from './stream.ts';

const ROSTER = 'jabber:iq:roster';

interface Contact {
  readonly jid: string;
  readonly name: string;
  readonly subscription: string;
  readonly ask: boolean;
  readonly groups: readonly string[];
}
interface Seen {
  /** Full. */
  readonly jid: string;
  readonly show: string;
  readonly status: string;
}
interface Contacts {
  readonly items: Readonly<Record<string, Contact>>;
  /** A list, because much presence comes, and a copy of a list is cheap. */
  readonly seen: readonly Seen[];
  /** Who waits for an answer. */
  readonly asking: readonly string[];
}
const contacts = slice<Contacts>('contacts', { items: {}, seen: [], asking: [] });

const rules = {
  answered: rule('rfc-6121/2.1.6/answer', 'RFC 6121 §2.1.6', 'The client has taken in the change of the roster, and says so.'),
  foreign: rule(
    'rfc-6121/2.1.6/not-from-account',
    'RFC 6121 §2.1.6',
    'Only the own account may change the roster. This push is from somebody else, so the client keeps its roster as it is.',
  ),
};

function contactOf(item: Element): Contact {
  const { jid = '', name = '', subscription = 'none', ask } = item.attrs;
  const groups = elements(item).filter((c) => c.name === 'group');
  return { jid, name, subscription, ask: ask !== undefined, groups: groups.map(textOf) };
}

const itemsIn = (iq: Element): readonly Contact[] | undefined => {
  const query = payloadOf(iq);
  return query?.ns === ROSTER
    ? elements(query)
        .filter((c) => c.name === 'item')
        .map(contactOf)
    : undefined;
};

/** The whole roster. */
function whole(context: Context, { stanza }: StanzaEvent): boolean {
  const items = stanza.attrs['type'] === 'result' ? itemsIn(stanza) : undefined;
  if (items && fromAccount(context, stanza)) keep(context, { items: Object.fromEntries(items.map((i) => [i.jid, i])) });
  // Whether anybody waits for it is another's question.
  return false;
}

function pushed(context: Context, { stanza }: StanzaEvent): true {
  if (!fromAccount(context, stanza)) return context.bounce(stanza, 'service-unavailable', rules.foreign);
  const [item] = itemsIn(stanza) ?? [];
  if (item) {
    const { [item.jid]: _, ...others } = context.get(contacts).items;
    keep(context, { items: item.subscription === 'remove' ? others : { ...others, [item.jid]: item } });
  }
  return context.reply(resultOf(stanza), rules.answered);
}

function fromAccount(context: Context, { attrs }: Element): boolean {
  const { from } = attrs;
  const own = ownJid(context);
  return from === undefined || from === bareOf(own) || from === formatJid(own);
}

const keep = (context: Context, change: Partial<Contacts>): void => context.set(contacts, { ...context.get(contacts), ...change });

function presence(context: Context, { stanza, from }: StanzaEvent): boolean {
  const bare = bareOf(from);
  if (context.get(joinedRooms).some((room) => room.jid === bare)) return false;
  const { seen, asking } = context.get(contacts);
  const { type } = stanza.attrs;
  const full = formatJid(from);
  if (type === undefined) {
    const now: Seen = { jid: full, show: childText(stanza, 'show') ?? '', status: childText(stanza, 'status') ?? '' };
    const known = seen.findIndex((s) => s.jid === full);
    keep(context, { seen: known < 0 ? [...seen, now] : seen.with(known, now) });
  } else if (type === 'unavailable') {
    // Of the account itself: none of its resources is there.
    keep(context, { seen: seen.filter(({ jid }) => jid !== full && !(from.resource === '' && jid.startsWith(`${bare}/`))) });
  } else if (type === 'subscribe') keep(context, { asking: [...asking.filter((jid) => jid !== bare), bare] });
  else if (type === 'unsubscribe') keep(context, { asking: asking.filter((jid) => jid !== bare) });
  else return false;
  return true;
}

/** The user has answered, or goes. */
function sent(context: Context, { stanza, to }: StanzaEvent): boolean {
  const { type } = stanza.attrs;
  const { asking } = context.get(contacts);
  // Who is not available is told of nobody any more.
  if (type === 'unavailable' && stanza.attrs['to'] === undefined) keep(context, { seen: [] });
  else if (type === 'subscribed' || type === 'unsubscribed') keep(context, { asking: asking.filter((jid) => jid !== bareOf(to)) });
  return false;
}

export const clientRoster: Module = {
  id: 'rfc-6121-client-roster',
  title: 'Contacts, the client’s side',
  spec: 'RFC 6121',
  version: '2011-03',
  places: ['client'],
  rules,
  hooks: [
    { event: 'iq/client', priority: 10, run: whole },
    { event: `iq-set/client/${ROSTER}:query`, run: pushed },
    { event: 'presence/client', priority: -10, run: presence },
    { event: 'sent-presence', run: sent },
  ],
  actions: (view) => rosterActions(view, view.get(contacts)),
  inspect({ get }) {
    const { items, seen, asking } = get(contacts);
    const rows = Object.values(items).map((i) => [i.jid, i.name, i.ask ? `${i.subscription}, asked` : i.subscription, i.groups.join(', ')]);
    const there = (get(clientStream).phase === 'bound' ? seen : []).map(({ jid, show, status }) => [jid, show || 'available', status]);
    return [
      {
        type: 'table',
        key: 'contacts',
        title: 'Roster',
        columns: ['Contact', 'Name', 'Subscription', 'Groups'],
        rows: rows.map((cells) => ({ key: cells[0]!, cells: cells.map((text) => ({ text })) })),
        empty: 'Not asked for, or empty.',
      },
      {
        type: 'table',
        key: 'contacts-presence',
        title: 'Who is there',
        columns: ['Address', 'Presence', 'Status'],
        rows: there.map((cells) => ({ key: cells[0]!, cells: cells.map((text) => ({ text })) })),
        empty: 'Nobody that this client knows of.',
      },
      {
        type: 'table',
        key: 'contacts-asking',
        title: 'Asking to see the user’s presence',
        columns: ['Address'],
        rows: asking.map((jid) => ({ key: jid, cells: [{ text: jid }] })),
        empty: 'Nobody.',
      },
    ];
  },
};
