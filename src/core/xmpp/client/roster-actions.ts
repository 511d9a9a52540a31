/** Contacts and subscriptions by hand: RFC 6121 §2.3 to §2.5, §3. */
import { el, type Element } from '../../../base/xml/element.ts';
import { choice, open, option, text, type ActionView, type Deed, type Deeds, type Filled } from '../actions/contract.ts';
import { NS } from '../namespaces.ts';

const ROSTER = 'jabber:iq:roster';

export interface KnownContact {
  readonly jid: string;
  readonly name: string;
  readonly subscription: string;
  readonly ask: boolean;
}
interface Known {
  readonly items: Readonly<Record<string, KnownContact>>;
  readonly asking: readonly string[];
}

const rosterSet = (id: string, attrs: Readonly<Record<string, string | undefined>>, ...groups: readonly Element[]): Element =>
  el('iq', NS.client, { type: 'set', id }, el('query', ROSTER, {}, el('item', ROSTER, attrs, ...groups)));

export function rosterActions({ id, people }: ActionView, { items, asking }: Known): readonly Deeds[] {
  const contacts = Object.values(items);
  const strangers = people.filter((jid) => !Object.hasOwn(items, jid));
  const named = (list: readonly KnownContact[]) =>
    list.map((c) => option(c.jid, c.name === '' || c.name === c.jid ? c.jid : `${c.name} (${c.jid})`));
  const seen = contacts.filter((c) => c.subscription === 'to' || c.subscription === 'both' || c.ask);
  const seeing = contacts.filter((c) => c.subscription === 'from' || c.subscription === 'both');
  /** One presence of a type to one contact. */
  const tie = (
    type: string,
    title: string,
    source: string,
    label: string,
    whom: readonly ReturnType<typeof option>[],
    nobody: string | undefined,
  ): Deed => ({
    id: `tie/${type}`,
    title,
    source,
    refused: whom.length === 0 ? nobody : undefined,
    fields: [type === 'subscribe' || type === 'subscribed' ? open('to', label, whom, { required: true }) : choice('to', label, whom)],
    write: (form: Filled) => el('presence', NS.client, { type, id, to: form.jid('to', 'bare') }),
  });
  const count = contacts.length;
  return [
    {
      key: 'contacts',
      title: 'Contacts',
      subtitle: `${count === 0 ? 'none known: the roster is empty, or was not asked for' : count === 1 ? 'one' : `${count} of them`}${
        asking.length > 0 ? `; ${asking.join(', ')} ${asking.length === 1 ? 'waits' : 'wait'} for an answer` : ''
      }`,
      actions: [
        {
          id: 'roster/get',
          title: 'Ask for the roster',
          source: 'RFC 6121 §2.2',
          fields: [],
          write: () => el('iq', NS.client, { type: 'get', id }, el('query', ROSTER)),
        },
        {
          id: 'roster/set',
          title: 'Add or change a contact',
          source: 'RFC 6121 §2.3, §2.4',
          help: 'It stands in the roster then; presence is asked for apart from that.',
          fields: [
            open('jid', 'Address', [...strangers.map((jid) => option(jid)), ...named(contacts)], { required: true }),
            text('name', 'Name'),
            { name: 'groups', label: 'Groups', kind: 'lines', help: 'One a line', values: [] },
          ],
          write(form) {
            const groups = [...new Set(form.list('groups').map((g) => g.trim()))].filter((g) => g !== '');
            return rosterSet(
              id,
              { jid: form.jid('jid', 'bare'), name: form.some('name') },
              ...groups.map((g) => el('group', ROSTER, {}, g)),
            );
          },
        },
        {
          id: 'roster/remove',
          title: 'Remove a contact',
          source: 'RFC 6121 §2.5',
          help: 'What both see of each other’s presence ends with it.',
          refused: count === 0 ? 'No contact is known to this client.' : undefined,
          fields: [choice('jid', 'Contact', named(contacts))],
          write: (form) => rosterSet(id, { jid: form.text('jid'), subscription: 'remove' }),
        },
        tie(
          'subscribe',
          'Ask to see presence',
          'RFC 6121 §3.1.1',
          'Of',
          [...strangers.map((jid) => option(jid)), ...named(contacts.filter((c) => !seen.includes(c)))],
          undefined,
        ),
        tie(
          'subscribed',
          'Approve',
          'RFC 6121 §3.1.5, §3.4',
          'Who may see this presence',
          [
            ...asking.map((jid) => option(jid, `${jid} (has asked)`)),
            ...named(contacts.filter((c) => !seeing.includes(c) && !asking.includes(c.jid))),
          ],
          undefined,
        ),
        tie(
          'unsubscribed',
          'Refuse or take back',
          'RFC 6121 §3.1.6, §3.2.1',
          'Who may not see this presence',
          [...asking.map((jid) => option(jid, `${jid} (has asked)`)), ...named(seeing)],
          'Nobody has asked to see this presence, and nobody sees it.',
        ),
        tie(
          'unsubscribe',
          'See presence no more',
          'RFC 6121 §3.3.1',
          'Of',
          named(seen),
          'This client sees the presence of no contact, and has asked nobody.',
        ),
      ],
    },
  ];
}
