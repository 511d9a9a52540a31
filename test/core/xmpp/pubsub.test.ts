/** Publish-subscribe: XEP-0060 by the checklist (B01–B18), its tables of affiliations, and what Prosody 0.12 does where it differs. */
import { describe, expect, test } from 'vitest';
import { connect, send, talk, type Step } from './conversation.ts';
import {
  A,
  affiliate,
  BEGIN,
  configure,
  create,
  disco,
  form,
  items,
  last,
  M,
  owner,
  payload,
  publish,
  pubsub,
  retract,
  subscribe,
  unsubscribe,
  type Profile,
} from './pubsub-steps.ts';
import { sharedVectors } from './rooms.ts';

const profiles = ['prosody', 'rfc'] as const;
const refused = (condition: string) => [expect.stringContaining(`<${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>`)];
const ids = (xml: readonly string[]): string[] => [...xml.join('').matchAll(/<item id='([^']+)'/g)].map((m) => m[1]!);
const play = (profile: Profile, ...steps: readonly Step[]) => talk([...BEGIN, ...steps], { profile });
const at = BEGIN.length;

describe.each(profiles)('by the profile %s', (profile) => {
  test('§7.1.2 [B01] [B03] subscribers are told before the publisher has the result, which names the item', () => {
    const t = play(profile, create(), subscribe('q', 'queen@wonderland.lit'), publish('q', '1'));
    const [event = '', result = '', ...more] = t.got('q', at + 3);
    expect(more).toEqual([]);
    expect(event).toMatch(
      /^<message from='notify.wonderland.lit' to='queen@wonderland.lit' type='headline' id='[^']+'><event xmlns='http:\/\/jabber.org\/protocol\/pubsub#event'><items node='tea'><item id='1' publisher='queen@wonderland.lit'><tea xmlns='urn:tea'\/><\/item><\/items><\/event><\/message>$/,
    );
    expect(result).toContain("<publish node='tea'><item id='1'/></publish>");
  });
  test('§7.1.2 [B01] without an id the service makes one', () => {
    const id = /<item id='([^']+)'/.exec(
      last(profile, 'q', create(), pubsub('q', 'set', `<publish node='tea'><item>${payload}</item></publish>`)).join(''),
    )?.[1];
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
  test('§7.1.2 [B02] an item of the same id takes the place of the one before it, as the latest', () => {
    expect(ids(last(profile, 'a', create(), publish('q', '1'), publish('q', '2'), publish('q', '1'), items('a')))).toEqual(['2', '1']);
  });
  test('§7.1.2.1 [B03] the payload is left out where the node says so, and nobody is told where it says that', () => {
    const without = play(profile, create({ deliver_payloads: '0' }), subscribe('a', A), publish('q', '1')).got('a', at + 3);
    expect(without.join('')).toContain("<item id='1' publisher='queen@wonderland.lit'/>");
    expect(play(profile, create({ deliver_notifications: '0' }), subscribe('a', A), publish('q', '1')).got('a', at + 3)).toEqual([]);
  });
  test('§7.1.2.3 [B06] who published is what the service says', () => {
    const forged = pubsub('q', 'set', `<publish node='tea'><item id='1' publisher='${A}'>${payload}</item></publish>`);
    expect(last(profile, 'a', create(), forged, items('a')).join('')).toContain("publisher='queen@wonderland.lit'");
  });
  test('§16.4.4 a node may ask for messages of type normal', () => {
    expect(last(profile, 'a', create({ notification_type: 'normal' }), subscribe('a', A), publish('q', '1')).join('')).toContain(
      " type='normal'",
    );
  });
  test('§7.2.2 [B07] what is taken back is told where the request asks for it', () => {
    const t = play(profile, create(), subscribe('a', A), publish('q', '1'), retract('q', '1', " notify='true'"));
    expect(t.got('a', at + 4).join('')).toMatch(/<items node='tea'><retract id='1'/);
    expect(last(profile, 'a', create(), publish('q', '1'), retract('q', '1'), items('a')).join('')).toContain("<items node='tea'/>");
  });
  test('§8.4.2, §8.5.2 [B08] a purge and a deletion are told, unless the latter is to be silent', () => {
    const purged = last(profile, 'a', create(), subscribe('a', A), publish('q', '1'), owner('q', 'set', "<purge node='tea'/>"));
    expect(purged.join('')).toContain("<purge node='tea'/>");
    const remove = owner('q', 'set', "<delete node='tea'/>");
    expect(last(profile, 'a', create(), subscribe('a', A), remove).join('')).toContain("<delete node='tea'/>");
    expect(last(profile, 'a', create({ notify_delete: '0' }), subscribe('a', A), remove)).toEqual([]);
    expect(last(profile, 'a', create(), remove, items('a'))).toEqual(refused('item-not-found'));
  });
  test('§6.1.2 [B09] a subscription is of the address that was named', () => {
    const t = play(profile, create(), subscribe('a', `${A}/tea`), subscribe('a', A), pubsub('a', 'get', '<subscriptions/>'));
    expect(
      t
        .got('a', at + 4)
        .join('')
        .match(/<subscription /g),
    ).toHaveLength(2);
  });
  test('§6.2 [B13] an unsubscription ends it', () => {
    const t = play(profile, create(), subscribe('a', A), unsubscribe('a', A), publish('q', '1'));
    expect(t.got('a', at + 3).join('')).toContain("subscription='none'");
    expect(t.got('a', at + 4)).toEqual([]);
  });
  test('§6.5 [B14] all items, the latest of them, some by id', () => {
    const begin = [create(), publish('q', '1'), publish('q', '2'), publish('q', '3')];
    expect(ids(last(profile, 'a', ...begin, items('a')))).toEqual(['1', '2', '3']);
    expect(ids(last(profile, 'a', ...begin, items('a', '', undefined, " max_items='2'")))).toEqual(['2', '3']);
    expect(ids(last(profile, 'a', ...begin, items('a', "<item id='3'/><item id='9'/><item id='1'/>")))).toEqual(['3', '1']);
  });
  test('§16.4.4 a node keeps its latest items only, and fewer where it is told so later', () => {
    const begin = [create({ max_items: '2' }), publish('q', '1'), publish('q', '2'), publish('q', '3')];
    expect(ids(last(profile, 'a', ...begin, items('a')))).toEqual(['2', '3']);
    expect(ids(last(profile, 'a', ...begin, configure({ max_items: '1' }), items('a')))).toEqual(['3']);
    expect(last(profile, 'q', create({ max_items: '257' }))).toEqual(refused('bad-request'));
  });
  test('§8.1 [B15] a node without a name gets one', () => {
    expect(last(profile, 'q', pubsub('q', 'set', '<create/>')).join('')).toMatch(/<create node='[0-9a-f-]{36}'\/>/);
  });
  test('§8.2 a configuration is what was asked for; what is not named stays', () => {
    const shown = last(
      profile,
      'q',
      create({ title: 'Teas' }),
      configure({ description: 'hot' }),
      owner('q', 'get', "<configure node='tea'/>"),
    ).join('');
    expect(shown).toMatch(/var='pubsub#title'[^>]*><value>Teas<\/value>/);
    expect(shown).toMatch(/var='pubsub#description'[^>]*><value>hot<\/value>/);
  });
  test('§7.1.5 [B17] a precondition that does not hold stops it', () => {
    const options = (model: string) =>
      pubsub(
        'q',
        'set',
        `<publish node='tea'><item id='1'>${payload}</item></publish><publish-options>${form('publish-options', { access_model: model })}</publish-options>`,
      );
    expect(last(profile, 'q', create(), options('whitelist')).join('')).toContain('<precondition-not-met xmlns=');
    expect(last(profile, 'q', create(), options('open')).join('')).toContain("type='result'");
    // Nothing of it is published, and nothing is changed.
    expect(ids(last(profile, 'a', create(), options('whitelist'), items('a')))).toEqual([]);
  });
  test('§6.1.7 [B18] the last item comes after the subscription where the node says so', () => {
    const [result = '', event = ''] = last(
      profile,
      'a',
      create({ send_last_published_item: 'on_sub' }),
      publish('q', '1'),
      publish('q', '2'),
      subscribe('a', A),
    );
    expect(result).toContain("subscription='subscribed'");
    expect(event).toContain("<item id='2'");
    expect(event.includes('<delay')).toBe(profile === 'rfc');
  });
  test('§4.5 [B10] who may not be subscribed any more when the access model changes is not', () => {
    const t = play(profile, create(), subscribe('a', A), configure({ access_model: 'whitelist' }), publish('q', '1'));
    expect(t.got('a', at + 4)).toEqual([]);
  });
  test('§4.1, publish_model: subscribers, and everybody', () => {
    expect(last(profile, 'a', create({ publish_model: 'subscribers' }), publish('a', '1'))).toEqual(refused('forbidden'));
    const subscribed = last(profile, 'a', create({ publish_model: 'subscribers' }), subscribe('a', `${A}/tea`), publish('a', '1'));
    expect(subscribed.join('')).toContain("type='result'");
    expect(last(profile, 'a', create({ publish_model: 'open' }), publish('a', '1')).join('')).toContain("type='result'");
  });
  test('§8.8.2 an owner subscribes others and ends it', () => {
    const set = (state: string) =>
      owner('q', 'set', `<subscriptions node='tea'><subscription jid='${A}' subscription='${state}'/></subscriptions>`);
    expect(play(profile, create(), set('subscribed'), publish('q', '1')).got('a', at + 3)).toHaveLength(1);
    expect(play(profile, create(), set('subscribed'), set('none'), publish('q', '1')).got('a', at + 4)).toEqual([]);
  });
  test('§5.2–§5.5 nodes and items can be discovered', () => {
    expect(last(profile, 'a', create({ title: 'Teas' }), disco('a', 'items')).join('')).toContain("node='tea' name='Teas'");
    expect(last(profile, 'a', create(), disco('a', 'info', undefined, 'tea')).join('')).toContain(
      "<identity category='pubsub' type='leaf'/>",
    );
    expect(last(profile, 'a', create(), publish('q', '1'), disco('a', 'items', undefined, 'tea')).join('')).toContain("name='1'");
    expect(last(profile, 'a', disco('a', 'info', undefined, 'tea'))).toEqual(refused('item-not-found'));
  });
  test('§6.3 with a body for people, of Atom entries', () => {
    const entry = "<entry xmlns='http://www.w3.org/2005/Atom'><author><name>Queen</name></author><title>Croquet</title></entry>";
    const wish = pubsub(
      'a',
      'set',
      `<subscribe node='tea' jid='${A}'/><options>${form('subscribe_options', { include_body: '1' })}</options>`,
    );
    expect(last(profile, 'a', create(), wish, publish('q', '1', entry)).join('')).toContain('<body>Queen posted Croquet</body>');
    expect(last(profile, 'a', create(), subscribe('a', A), publish('q', '1', entry)).join('')).not.toContain('<body>');
  });
  test('a node may be called like a property of every object', () => {
    for (const node of ['constructor', '__proto__', 'toString']) {
      expect(last(profile, 'a', items('a', '', undefined, '', node))).toEqual(refused('item-not-found'));
      expect(
        ids(last(profile, 'a', create({}, node), publish('q', '1', payload, undefined, node), items('a', '', undefined, '', node))),
      ).toEqual(['1']);
    }
  });
  test('what is stored outlives a stop of the server', () => {
    const stop: readonly Step[] = [
      { op: 'stop', domain: 'wonderland.lit' },
      { op: 'start', domain: 'wonderland.lit' },
      connect('b', 'alice', 'bed'),
      send(
        'b',
        "<iq type='get' id='x' to='notify.wonderland.lit'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='tea'/></pubsub></iq>",
      ),
    ];
    expect(ids(play(profile, create(), publish('q', '1'), ...stop).got('b', at + 6))).toEqual(['1']);
  });
});

describe('where Prosody and the specification differ', () => {
  const notified = (profile: Profile) =>
    play(profile, create({ notify_retract: '1' }), subscribe('a', A), publish('q', '1'), retract('q', '1')).got('a', at + 4);
  test('§7.2.2.1 a node that tells of what is taken back', () => {
    expect(notified('prosody')).toEqual([]);
    expect(notified('rfc').join('')).toContain("<retract id='1'/>");
  });
  test('§4.1 [B11] an outcast loses the subscription; Prosody says forbidden, and the subscription stays', () => {
    const both = (profile: Profile) => play(profile, create(), subscribe('a', A), affiliate(A, 'outcast'), publish('q', '1'));
    expect(both('prosody').got('q', at + 3)).toEqual(refused('forbidden'));
    expect(both('prosody').got('a', at + 4)).toHaveLength(1);
    expect(
      both('rfc')
        .got('q', at + 3)
        .join(''),
    ).toContain("type='result'");
    expect(both('rfc').got('a', at + 4)).toEqual([]);
  });
  test('§5.7 affiliations of one’s own', () => {
    const own = (profile: Profile) => last(profile, 'q', create(), pubsub('q', 'get', '<affiliations/>'));
    expect(own('prosody')).toEqual(refused('service-unavailable'));
    expect(own('rfc').join('')).toContain("<affiliation node='tea' affiliation='owner'/>");
  });
  test('§12.4 [B19] a subscriber who is gone for good is not subscribed any more', () => {
    const error = (condition: string) =>
      send(
        'a',
        `<message type='error' to='notify.wonderland.lit'><error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
      );
    const after = (profile: Profile, condition: string) =>
      play(profile, create(), subscribe('a', `${A}/tea`), error(condition), publish('q', '1')).got('a', at + 4);
    expect(after('rfc', 'gone')).toEqual([]);
    expect(after('rfc', 'service-unavailable')).toHaveLength(1);
    expect(after('prosody', 'gone')).toHaveLength(1);
  });
  test('§4.3 [B04] what is kept or not, and with a payload or not', () => {
    const event = (fields: Readonly<Record<string, string>>, step: Step) =>
      last('rfc', 'a', create(fields), subscribe('a', A), step).join('');
    expect(event({}, publish('q', '1'))).toContain("<tea xmlns='urn:tea'/>");
    expect(event({ persist_items: '0' }, publish('q', '1'))).toContain("<tea xmlns='urn:tea'/>");
    expect(event({ deliver_payloads: '0' }, publish('q', '1'))).toContain(
      "<items node='tea'><item id='1' publisher='queen@wonderland.lit'/></items>",
    );
    expect(event({ persist_items: '0', deliver_payloads: '0' }, pubsub('q', 'set', "<publish node='tea'/>"))).toContain(
      "<items node='tea'/>",
    );
    expect(last('rfc', 'a', create({ persist_items: '0' }), publish('q', '1'), items('a')).join('')).toContain(
      "feature='persistent-items'",
    );
  });
  test('§4.5, §8.6 [B10] [B12] the access model authorize: nothing before the owner’s yes', () => {
    const yes = (allow: string): Step =>
      send(
        'q',
        `<message to='notify.wonderland.lit'>${form('subscribe_authorization', { node: 'tea', subscriber_jid: A, allow })}</message>`,
      );
    const begin = [create({ access_model: 'authorize' }), subscribe('a', A), publish('q', '1')];
    const t = play('rfc', ...begin, yes('1'), publish('q', '2'));
    expect(t.got('a', at + 2).join('')).toContain("subscription='pending'");
    expect(t.got('q', at + 2).join('')).toContain(`<value>${A}</value>`);
    expect(t.got('a', at + 3)).toEqual([]);
    expect(t.got('a', at + 4).join('')).toContain("subscription='subscribed'");
    expect(t.got('a', at + 5).join('')).toContain("<item id='2'");
    expect(play('rfc', ...begin, yes('0'), publish('q', '2')).got('a', at + 5)).toEqual([]);
    expect(last('prosody', 'q', create({ access_model: 'authorize' }))).toEqual(refused('not-acceptable'));
  });
});

type Table = readonly (readonly string[])[];
const tables = sharedVectors('xep-tables.json') as Readonly<Record<string, Table>> | undefined;

describe.skipIf(!tables)('the tables of affiliations (§4.1) [B16]', () => {
  const privileges = tables?.['0060: Affiliations and their Privileges'] ?? [];
  const PROBES: Readonly<Record<string, Step>> = {
    Subscribe: subscribe('a', A),
    'Retrieve Items': items('a'),
    'Publish Items': publish('a', '2'),
    'Delete Single Item': retract('a', '1'),
    'Purge Node': owner('a', 'set', "<purge node='tea'/>"),
    'Configure Node': configure({ title: 'x' }, 'a'),
    'Delete Node': owner('a', 'set', "<delete node='tea'/>"),
  };
  const cells = privileges.slice(1).flatMap((row) => row.slice(1).map((cell, i) => [row[0]!, privileges[0]![i + 1]!, cell] as const));
  // The table's stars are about own items only, which is left to the service. A node to which the access model lets nobody by itself.
  test.each(cells)('%s: %s: %s', (affiliation, privilege, cell) => {
    const steps = [create({ access_model: 'authorize' }), publish('q', '1'), affiliate(A, affiliation.toLowerCase())];
    const answer = last('rfc', 'a', ...steps, PROBES[privilege]!)
      .filter((xml) => xml.startsWith('<iq'))
      .join('');
    expect(answer).toContain(cell.startsWith('Yes') ? "type='result'" : "type='error'");
  });

  const chart = tables?.['0060: Affiliation State Chart'] ?? [];
  const moves = chart.slice(1).flatMap((row) => row.slice(1).map((cell, i) => [row[0]!, chart[0]![i + 1]!, cell] as const));
  // `n/a` is no rule against it: an owner may give any affiliation at once.
  test.each(moves.filter(([, , cell]) => cell !== '--' && cell !== 'n/a'))('%s becomes %s: %s', (from, to) => {
    const steps = [create(), affiliate(A, from.toLowerCase()), affiliate(A, to.toLowerCase())];
    const list = last('rfc', 'q', ...steps, owner('q', 'get', "<affiliations node='tea'/>")).join('');
    if (to === 'None') expect(list).not.toContain(A);
    else expect(list).toMatch(new RegExp(`jid='${A}' affiliation='${to.toLowerCase()}'`));
  });
});

test('a name that nobody has and a form that is none', () => {
  expect(last('prosody', 'q', create(), affiliate(M, 'teapot'), owner('q', 'get', "<affiliations node='tea'/>")).join('')).toContain(
    "affiliation='teapot'",
  );
  expect(last('prosody', 'q', pubsub('q', 'set', "<create node='tea'/><configure/>"))).toEqual(refused('bad-request'));
  expect(last('prosody', 'q', create({ persist_items: 'perhaps' })).join('')).toContain(
    'persist_items: Invalid boolean representation:perhaps',
  );
});
