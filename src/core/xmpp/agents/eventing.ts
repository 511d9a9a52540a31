/**
 * Personal eventing, the client's side: XEP-0163 1.2.2 (2021-06-22, https://xmpp.org/extensions/xep-0163.html) §4.2 and XEP-0115 1.6.0 §4. The habit `eventing` puts entity capabilities
 * into presence, with the hash of what the client's loaded modules can, and answers what is behind that hash; `eventing-tune`, `eventing-mood` … are the wishes to
 * be told, each a `+notify` among those features. What comes is kept, whether by an event or inside of presence, and where nobody has asked for it, that is said.
 */
import { child, elements, withAttrs, append, el, type Element } from '../../../base/xml/element.ts';
import { EMPTY_TABLE, tableDelete, tableEntries, tableSet, type Table } from '../../../base/table.ts';
import { bareOf, type Jid } from '../../../base/jid.ts';
import { rule, type Context, type Hook, type Module, type StanzaEvent } from '../module.ts';
import { PUBSUB_EVENT } from '../modules/pubsub/model.ts';
import { ownInfoQuery } from '../modules/xep0030.ts';
import { CAPS, capsHash } from '../modules/xep0115.ts';
import { NS } from '../namespaces.ts';
import { slice } from '../slice.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { KINDS, type EventKind } from './kinds.ts';

const rules = {
  answer: rule(
    'xep-0115/6.2/answer',
    'XEP-0115 §6.2, XEP-0163 §4.2',
    'The client says what is behind the hash in its presence: what it can, and by each +notify what it wants to be told of.',
  ),
  needless: rule(
    'xep-0163/4.2/told-needlessly',
    'XEP-0163 §1, §4.2',
    'This client has never asked to be told of such things: it was told all the same, and does nothing with it. What stands in presence goes to everyone who may see it.',
  ),
};

/** Software is named by a URI (XEP-0115 §4). */
const NODE = 'https://stanzascope.example/';

interface Told {
  readonly who: string;
  readonly kind: EventKind;
  readonly item: string;
  readonly text: string;
  readonly by: 'event' | 'presence';
}
const told = slice<Table<Told>>('told', EMPTY_TABLE);

/** §4: in presence that goes to everybody who may see it. */
function announce(context: Context, event: StanzaEvent): boolean {
  const { type, to } = event.stanza.attrs;
  if (type !== undefined || to !== undefined || child(event.stanza, 'c', CAPS)) return false;
  const attrs = { hash: 'sha-1', node: NODE, ver: capsHash(ownInfoQuery(context)) };
  event.stanza = append(event.stanza, el('c', CAPS, attrs));
  return false;
}

/** §6.2: the node is that of the presence. */
function answer(context: Context, { stanza }: StanzaEvent): boolean {
  const query = ownInfoQuery(context);
  const node = `${NODE}#${capsHash(query)}`;
  if (payloadOf(stanza)?.attrs['node'] !== node) return false;
  return context.reply(resultOf(stanza, withAttrs(query, { node })), rules.answer);
}

const isWanted = (context: Context, kind: EventKind): boolean => context.modules.some((m) => m.id === habitOf(kind));

function take(context: Context, from: Jid, kind: EventKind, payload: Element, item: string, by: Told['by']): void {
  if (!isWanted(context, kind)) return context.decline(rules.needless);
  const who = bareOf(from);
  // Each bookmark is an item of its own; of everything else there is one that counts.
  const key = `${kind.id} ${who} ${kind.id === 'bookmarks' ? item : ''}`;
  const text = kind.describe(payload, item);
  const known = context.get(told);
  context.set(told, text === '' ? tableDelete(known, key) : tableSet(known, key, { who, kind, item, text, by }));
}

function byEvent(context: Context, { stanza, from }: StanzaEvent): boolean {
  const event = child(stanza, 'event', PUBSUB_EVENT);
  const items = event && child(event, 'items');
  const kind = items && KINDS.find(({ ns }) => ns === items.attrs['node']);
  if (!kind) return false;
  for (const item of elements(items)) {
    const { id = '' } = item.attrs;
    if (item.name === 'retract') context.set(told, tableDelete(context.get(told), `${kind.id} ${bareOf(from)} ${id}`));
    const payload = child(item, kind.payload, kind.ns);
    if (payload) take(context, from, kind, payload, id, 'event');
  }
  return false;
}

function inPresence(context: Context, { stanza, from }: StanzaEvent): boolean {
  for (const kind of KINDS) {
    const payload = child(stanza, kind.payload, kind.ns);
    if (payload) take(context, from, kind, payload, '', 'presence');
  }
  return false;
}

const hooks: readonly Hook[] = [
  { event: 'sent-presence', run: announce },
  { event: `iq-get/client/${NS.discoInfo}:query`, priority: 60, run: answer },
  { event: 'message/client', priority: 20, run: byEvent },
  { event: 'presence/client', priority: 20, run: inPresence },
];

const eventing: Module = {
  id: 'eventing',
  title: 'Says what it can, and keeps what it is told',
  spec: 'XEP-0163',
  version: '1.2.2',
  places: ['client'],
  features: [CAPS],
  rules,
  hooks,
  inspect: ({ get }) => [
    {
      type: 'table',
      key: 'told',
      title: 'What it was told of others',
      columns: ['Who', 'What', 'Is now', 'By'],
      rows: tableEntries(get(told)).map(([key, { who, kind, text, by }]) => ({
        key,
        cells: [who, kind.title, text, by === 'event' ? 'an event' : 'presence'].map((cell) => ({ text: cell })),
      })),
      empty: 'Nothing yet.',
    },
  ],
};

const habitOf = ({ id }: EventKind): string => `eventing-${id}`;
const wishes: readonly Module[] = KINDS.map((kind) => ({
  id: habitOf(kind),
  title: `Wants to be told of: ${kind.title.toLowerCase()}`,
  spec: kind.spec,
  version: kind.version,
  places: ['client'],
  features: [kind.ns, `${kind.ns}+notify`],
  rules: {},
  hooks: [],
}));

export const eventingHabits: readonly Module[] = [eventing, ...wishes];
