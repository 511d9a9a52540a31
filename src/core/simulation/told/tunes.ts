/**
 * Extended presence: a person's tune (XEP-0118) either stands in presence, which the server sends to every contact (RFC 6121 §4.4.2), or is an item of the person's own
 * node, of which the server tells only those contacts whose software wants to know (XEP-0163 §4.2). Some contacts want to, others do not.
 */
import { child, childText, elements, type Element } from '../../../base/xml/element.ts';
import type { RosterEntry } from '../../../protocol/scenario.ts';
import { comesAt, DOMAINS, homeOf, scenarioOf, sends, type Comparison, type Given } from './plan.ts';

const TUNE = 'http://jabber.org/protocol/tune';
const ALICE = `alice@${DOMAINS[0]}`;

const tune = (update: number): string => `<tune xmlns='${TUNE}'><artist>The Mock Turtle</artist><title>Tune ${update + 1}</title></tune>`;
const inPresence = (update: number): string => `<presence>${tune(update)}</presence>`;
const byEvent = (update: number): string =>
  `<iq type='set' id='tune-${update + 1}'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='${TUNE}'><item id='current'>${tune(update)}</item></publish></pubsub></iq>`;

export function tunes(given: Given): Comparison {
  const { number, values, at } = given;
  const contacts = Array.from({ length: number('contacts') }, (_, i) => `contact${i + 1}@${homeOf(i)}`);
  const interested = Math.round(contacts.length * number('interested'));
  const write = values['way'] === 'in presence' ? inPresence : byEvent;
  const both = (account: string, contact: string): RosterEntry => ({ account: account.split('@')[0]!, contact, subscription: 'both' });
  const full = (jid: string): string => `${jid}/desk`;
  return {
    readers: contacts.slice(0, interested).map(full),
    writer: full(ALICE),
    updatesIn,
    scenario: scenarioOf(given, at.at(-1)!, {
      id: 'extended-presence',
      servers: DOMAINS.map((domain, s) => ({
        domain,
        rosters: [
          ...(s === 0 ? contacts.map((contact) => both(ALICE, contact)) : []),
          ...contacts.filter((contact) => contact.endsWith(`@${domain}`)).map((contact) => both(contact, ALICE)),
        ],
      })),
      clients: [
        {
          jid: full(ALICE),
          agents: ['eventing', 'witness'],
          acts: [{ at: 0, do: 'presence' }, ...at.map((tick, update) => sends(tick, write(update)))],
        },
        ...contacts.map((contact, i) => ({
          jid: full(contact),
          agents: ['eventing', ...(i < interested ? ['eventing-tune'] : []), 'witness'],
          acts: [{ at: comesAt(i + 1), do: 'presence' as const }],
        })),
      ],
    }),
  };
}

function updatesIn(stanza: Element): readonly number[] | undefined {
  const event = elements(stanza).find((c) => c.name === 'event');
  const item =
    event &&
    elements(event)
      .flatMap(elements)
      .find((c) => c.name === 'item');
  const told = child(item ?? stanza, 'tune', TUNE);
  const found = /^Tune (\d+)$/.exec((told && childText(told, 'title')) ?? '');
  return found ? [Number(found[1]) - 1] : undefined;
}
