/**
 * The collection of broken stanzas, sent by a client of a simulated server in both profiles. Those that a server must refuse are
 * refused with the right error, and nobody else's stream comes to harm; what a server does not look into, it passes on, which is listed with
 * the reason. Our own definitions find fault with every one. Addresses of the collection are exchanged for those of the simulated
 * servers, so that it is they who have to judge.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../src/base/xml/codec.ts';
import { InputError } from '../../src/base/result.ts';
import { conversationOf } from '../../src/core/simulation/conversation.ts';
import { verdict } from '../../src/core/xmpp/definitions/verdict.ts';
import { NS } from '../../src/core/xmpp/namespaces.ts';
import { CONNECT, wireText } from '../../src/core/xmpp/wire.ts';
import { byHand, header } from '../core/xmpp/by-hand.ts';
import { play } from '../core/xmpp/host.ts';

const FILE = '../shared/conformance/broken-stanzas.json';
interface Broken {
  readonly why: string;
  readonly xml: string;
  readonly ns?: 'jabber:client' | 'jabber:server';
}
const collection = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as readonly Broken[]) : [];

type Profile = 'prosody' | 'rfc';
type Outcome =
  /** A stanza error of this condition comes back; by profile where they differ. */
  | { readonly refused: string | Readonly<Record<Profile, string>> }
  /** Refused as unknown as long as the service is not built; then by a condition of its own, which its own tests see to. */
  | { readonly refusedAsUnknown: string }
  /** The stream ends with this error. */
  | { readonly ends: string | Readonly<Record<Profile, string>> }
  /** Sent by another server: its stream ends with this error. */
  | { readonly endsBetweenServers: string }
  /** The server is not the one to refuse it: the reason. */
  | { readonly passes: string };

const BETWEEN_CLIENTS = 'a server passes on what clients say to each other, and does not look into it (RFC 6120 §8.4)';
const NEVER_ANSWERED = 'an error or a result is never answered by an error (RFC 6120 §8.3.1, §8.2.3)';
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  'iq without id': { refused: 'bad-request' },
  'iq type not in the list': { refused: 'bad-request' },
  'iq get with two payloads': { refused: 'bad-request' },
  'iq set with no payload': { refused: 'bad-request' },
  'iq error without error element': { passes: NEVER_ANSWERED },
  'error without type attribute': { passes: NEVER_ANSWERED },
  'error condition not defined by RFC 6120': { passes: NEVER_ANSWERED },
  'error with two defined conditions': { passes: NEVER_ANSWERED },
  'error condition in the wrong namespace (jabber:client)': { passes: NEVER_ANSWERED },
  'error element in a stanza that is not an error': { passes: BETWEEN_CLIENTS },
  'message type invented': { passes: 'a type that is not understood is taken for “normal” (RFC 6121 §5.2.2)' },
  'presence type available': { refused: 'bad-request' },
  'show with value online': { passes: BETWEEN_CLIENTS },
  'priority out of range': { passes: 'Prosody passes it on (transcript 04a), and no rule has a server refuse it' },
  'two bodies of one language': { passes: BETWEEN_CLIENTS },
  'subscribe without to': { refused: 'bad-request' },
  'roster item without jid': { refused: 'bad-request' },
  'roster subscription value': { passes: 'whatever a client says of a subscription but “remove” is ignored (RFC 6121 §2.1.2.5)' },
  'MUC item role as affiliation': { passes: BETWEEN_CLIENTS },
  'MUC status code not a number': { passes: BETWEEN_CLIENTS },
  'MUC join with password as attribute': {
    passes: 'an attribute that is not understood is ignored (RFC 6120 §8.4), and the room has no password',
  },
  'muc#user payload misspelt namespace element': { refused: 'item-not-found' },
  'pubsub publish without node': { refusedAsUnknown: 'XEP-0060 §7.1.3' },
  'pubsub subscribe without jid': { refusedAsUnknown: 'XEP-0060 §6.1.3' },
  'pubsub event with item and retract mixed': { passes: BETWEEN_CLIENTS },
  'disco#info result without identity': { passes: NEVER_ANSWERED },
  'data form field type invented': { passes: BETWEEN_CLIENTS },
  'data form without type': { passes: BETWEEN_CLIENTS },
  'IBB data without seq': { passes: BETWEEN_CLIENTS },
  'IBB data that is not base64': { passes: BETWEEN_CLIENTS },
  'jingle action invented': { passes: BETWEEN_CLIENTS },
  'jingle content without creator': { passes: BETWEEN_CLIENTS },
  'delay without stamp': { passes: BETWEEN_CLIENTS },
  'delay stamp not a dateTime': { passes: BETWEEN_CLIENTS },
  'carbon without forwarded': { passes: BETWEEN_CLIENTS },
  'forwarded message in the wrong namespace': { passes: BETWEEN_CLIENTS },
  'HTTP upload request without size': { refusedAsUnknown: 'XEP-0363 §5' },
  'server stanza without from': { endsBetweenServers: 'improper-addressing' },
  'JID with empty resource': { refused: 'jid-malformed' },
  'JID with two at signs': { refused: 'jid-malformed' },
  'comment inside a stanza': { ends: { prosody: 'not-well-formed', rfc: 'restricted-xml' } },
  'undefined entity': { ends: 'not-well-formed' },
  'tags not balanced': { ends: 'not-well-formed' },
  'control character': { ends: 'not-well-formed' },
  'unbound prefix': { ends: 'not-well-formed' },
  'payload in no namespace of its own': { refused: 'service-unavailable' },
  'text directly in a stanza': { passes: BETWEEN_CLIENTS },
  'BOSH body with negative rid': { ends: 'unsupported-stanza-type' },
  'sm acknowledgement without h': { ends: 'unsupported-stanza-type' },
  'dialback verify without id': { ends: 'not-well-formed' },
};

const HERE: readonly (readonly [string, string])[] = [
  ["'capulet.lit'", "'wonderland.lit'"],
  ['c@chat.lit', 'c@rooms.wonderland.lit'],
  ['r@c.lit', 'c@rooms.wonderland.lit'],
  ["'p.lit'", "'notify.wonderland.lit'"],
  ["'u.lit'", "'upload.wonderland.lit'"],
  ['a@b.lit', 'madhatter@wonderland.lit'],
];
const here = (xml: string): string => HERE.reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), xml);

const ping = (as: string) => ({ as, xml: `<iq type='get' id='still-${as}' to='wonderland.lit'><ping xmlns='urn:xmpp:ping'/></iq>` });

/** What each of the two clients received from when the stanza was sent: in words of the wire. */
function played(xml: string, profile: Profile): { readonly alice: readonly string[]; readonly hatter: readonly string[] } {
  const steps = [
    { op: 'connect', as: 'madhatter', resource: 'r', presence: '<presence/>' },
    { op: 'connect', as: 'alice', resource: 'tea', presence: '<presence/>' },
    { as: 'alice', xml },
    ping('alice'),
    ping('madhatter'),
  ];
  const { scenario, steps: times } = conversationOf({ id: 'broken', title: 'broken', steps }, 'broken');
  const { sent, model } = play({ ...scenario, profile });
  const to = (client: string): readonly string[] =>
    sent
      .filter((row) => row.tick > times[2]!.at && row.to === `${client}@wonderland.lit`)
      .map((row) => wireText(row.stanza, model.stage.streamNs(row.link)) || row.stanza.name);
  return { alice: to('alice'), hatter: to('madhatter') };
}

const of = (condition: string | Readonly<Record<Profile, string>>, profile: Profile): string =>
  typeof condition === 'string' ? condition : condition[profile];
const wellFormed = collection.filter(({ why }) => !('ends' in (OUTCOMES[why] ?? {})) || /BOSH|sm ack/.test(why));

describe.runIf(collection.length > 0)('broken stanzas', () => {
  test('are all spoken of here', () => {
    expect(collection.map(({ why }) => why).filter((why) => !OUTCOMES[why])).toEqual([]);
  });

  const cases = (['prosody', 'rfc'] as const).flatMap((profile) => collection.map(({ why, xml }) => [profile, why, here(xml)] as const));
  test.each(cases)('%s: %s', (profile, why, xml) => {
    const outcome = OUTCOMES[why]!;
    if ('endsBetweenServers' in outcome) {
      const hand = byHand(
        conversationOf({ id: 'broken', title: 'broken', steps: [] }, 'broken').scenario,
        'realworld.lit',
        'wonderland.lit',
      );
      hand.say(CONNECT, header('realworld.lit', 'wonderland.lit'));
      const { back } = hand.say(parseXml(xml, NS.server));
      expect(back[0]).toContain(`<${outcome.endsBetweenServers} xmlns='${NS.streamErrors}'`);
      expect(back.slice(1)).toEqual(['</stream:stream>', 'close']);
      return;
    }
    const { alice, hatter } = played(xml, profile);
    expect(hatter.at(-1), 'nobody else comes to harm').toContain("id='still-madhatter'");
    if ('ends' in outcome) {
      expect(alice[0]).toBe(`<stream:error><${of(outcome.ends, profile)} xmlns='${NS.streamErrors}'/></stream:error>`);
      expect(alice.slice(1)).toEqual(['</stream:stream>', 'close']);
      return;
    }
    expect(alice.at(-1), 'the stream goes on').toContain("id='still-alice'");
    if ('passes' in outcome) expect(alice.join()).not.toContain("type='error'");
    else {
      expect(alice).toHaveLength(2);
      expect(alice[0]).toMatch(/^<(message|presence|iq) type='error'/);
      const id = /^<iq [^>]*id='(\w+)'/.exec(xml)?.[1];
      if (id !== undefined) expect(alice[0]).toContain(`id='${id}'`);
      if ('refused' in outcome) expect(alice[0]).toContain(`<${of(outcome.refused, profile)} xmlns='${NS.stanzas}'`);
      expect(hatter, 'and it went no further').toHaveLength(1);
    }
  });

  test.each(wellFormed.map(({ why, xml, ns }) => [why, xml, ns ?? NS.client] as const))('our definitions find fault: %s', (_, xml, ns) => {
    const faults = verdict(parseXml(xml, ns), ns);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault.section).toMatch(/^(RFC|XEP-)/);
  });

  test.each(collection.filter((broken) => !wellFormed.includes(broken)).map(({ why, xml }) => [why, xml] as const))(
    'is no XML: %s',
    (_, xml) => {
      expect(() => parseXml(xml, NS.client)).toThrow(InputError);
      expect(() => parseXml(xml, NS.client)).toThrow(/line \d+, column \d+/);
    },
  );
});

test.runIf(collection.length === 0)('SKIPPED: the broken stanzas were not sent, because ../shared/conformance is not there', () => {
  expect(Object.keys(OUTCOMES)).toHaveLength(50);
});
