/** Stanzas and their addresses: RFC 6120 §4.8, §8.1, §8.3, §10; RFC 7622. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import { connect, message, send, talk, type Step } from './conversation.ts';

const A = 'alice@wonderland.lit';
const M = 'madhatter@wonderland.lit';
const PROFILES = ['prosody', 'rfc'] as const;
const sister: Step = { op: 'connect', as: 'sister', user: 'sister@realworld.lit', resource: 'bank', presence: '' };
/** Steps 1 to 3. */
const begin: readonly Step[] = [connect('tea', 'alice', 'tea'), connect('m', 'madhatter', 'hat'), sister];
const STANZAS = "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'";

describe.each(PROFILES)('from and to (%s)', (profile) => {
  const say = (...steps: readonly Step[]) => talk([...begin, ...steps], { profile });
  test('§8.1.2.1 [R01] the server writes who it is from, whatever the client has written', () => {
    for (const from of ['', " from='alice@wonderland.lit/tea'", " from='queen@wonderland.lit/x'"])
      expect(say(send('tea', `<message to='${M}/hat'${from} id='m'><body>x</body></message>`)).got('m', 4)).toEqual([
        expect.stringContaining(`from='${A}/tea'`),
      ]);
  });
  test('§8.1.2.1 [R02] what is passed on says who it is from; what has no sender is the account’s own', () => {
    const t = say(send('m', message(A, 'm1')), send('tea', "<iq type='get' id='v'><vCard xmlns='vcard-temp'/></iq>"));
    expect(t.got('tea', 4)).toEqual([expect.stringContaining(`from='${M}/hat'`)]);
    expect(t.got('tea', 5)).toEqual([expect.stringMatching(/^<iq (?!.*from=)[^>]*type='result'/)]);
  });
  test('§10.3.1 [R20] a message without `to` is for the own account', () => {
    const t = say(
      connect('top', 'alice', 'top', '<presence><priority>1</priority></presence>'),
      send('tea', '<message id="n"><body>n</body></message>'),
    );
    expect(t.got('top', 5)).toEqual([expect.stringContaining("id='n'")]);
    expect(t.got('tea', 5)).toEqual([]);
  });
  test('§10.3.2 [R21] presence without `to` is for who may see it, and nobody else', () => {
    const t = say(connect('two', 'alice', 'two'), send('tea', '<presence><show>away</show></presence>'));
    expect(t.got('two', 5)).toEqual([expect.stringContaining('<show>away</show>')]);
    expect([...t.got('m', 5), ...t.got('sister', 5)]).toEqual([]);
  });
  test('§10.3.3 [R22, R13] a request without `to` is answered for the account', () => {
    const t = say(send('tea', "<iq type='get' id='u'><pour xmlns='urn:tea'/></iq>"));
    expect(t.got('tea', 4)).toEqual([expect.stringMatching(/^<iq [^>]*type='error'.*<service-unavailable /)]);
  });
  test('§10.3.3 [R23] a result or an error without `to` that answers nothing is ignored', () => {
    const t = say(
      send('tea', "<iq type='result' id='r'/>"),
      send('tea', "<iq type='error' id='r'><error type='cancel'><gone " + STANZAS + '/></error></iq>'),
    );
    expect([...t.got('tea', 4), ...t.got('tea', 5)]).toEqual([]);
  });
  test.each(['wonderland.lit', 'wonderland.lit/x', 'rooms.wonderland.lit', 'notify.wonderland.lit'])(
    '§10.5.1, §10.5.2 [R30, R31] the domain itself answers: %s',
    (to) => {
      const t = say(
        send('tea', `<iq type='get' id='i' to='${to}'><pour xmlns='urn:tea'/></iq>`),
        send('tea', `<message id='m' to='${to}'><body>x</body></message>`),
      );
      for (const [step, id] of [
        [4, 'i'],
        [5, 'm'],
      ] as const)
        expect(t.got('tea', step)).toEqual([
          expect.stringMatching(new RegExp(`^<(iq|message) (?=[^>]*id='${id}')(?=[^>]*from='${to}')(?=[^>]*type='error')`)),
        ]);
    },
  );
  test('§4.8.3 [R05] between servers content is in jabber:server, to clients in jabber:client', () => {
    const t = say(send('tea', message('sister@realworld.lit', 'm1')));
    expect(t.got('sister', 4)).toEqual([expect.stringMatching(/^<message (?!.*xmlns)/)]);
  });
  test('§8.2.3 [R06] a reply has the id of the request, and its addresses the other way round', () => {
    const t = say(
      send('m', `<iq type='get' id='odd &amp; even' to='${A}/tea'><query xmlns='jabber:iq:version'/></iq>`),
      send(
        'tea',
        `<iq type='result' id='odd &amp; even' to='${M}/hat'><query xmlns='jabber:iq:version'><name>x</name><version>1</version></query></iq>`,
      ),
    );
    expect(t.got('tea', 4)).toEqual([
      expect.stringMatching(/^<iq (?=[^>]*id='odd &amp; even')(?=[^>]*from='madhatter@wonderland.lit\/hat')/),
    ]);
    expect(t.got('m', 5)).toEqual([
      expect.stringMatching(
        /^<iq (?=[^>]*id='odd &amp; even')(?=[^>]*from='alice@wonderland.lit\/tea')(?=[^>]*to='madhatter@wonderland.lit\/hat')/,
      ),
    ]);
  });
  test.each(['wonderland.lit', 'realworld.lit', M, `${M}/gone`, 'nobody@realworld.lit'])(
    '§8.2.3 [R06] so has an answer of a server: %s',
    (to) => {
      const query = to === 'wonderland.lit' || to === 'realworld.lit' ? "<ping xmlns='urn:xmpp:ping'/>" : "<pour xmlns='urn:tea'/>";
      expect(say(send('tea', `<iq type='get' id='odd &amp; even' to='${to}'>${query}</iq>`)).got('tea', 4)).toEqual([
        expect.stringMatching(
          new RegExp(`^<iq (?=[^>]*id='odd &amp; even')(?=[^>]*from='${to}')(?=[^>]*to='${A}/tea')(?=[^>]*type='(result|error)')`),
        ),
      ]);
    },
  );
  test.each([
    ['get', ''],
    ['set', "<a xmlns='urn:a'/><b xmlns='urn:b'/>"],
    ['result', "<a xmlns='urn:a'/><b xmlns='urn:b'/>"],
    ['tea', "<a xmlns='urn:a'/>"],
  ])('§8.2.3 [R07, R08] how many payloads: %s with %s', (type, content) => {
    const t = say(send('tea', `<iq type='${type}' id='i' to='${M}/hat'>${content}</iq>`));
    expect(t.got('m', 4)).toEqual([]);
    expect(t.got('tea', 4)).toEqual(type === 'result' ? [] : [expect.stringMatching(/type='error'.*<error type='modify'><bad-request /)]);
  });
  test('§8.3.1, §8.3.2 [R09, R11, R12] an error has one condition of RFC 6120, and the type that goes with it', () => {
    const t = say(
      send('tea', message('nobody@wonderland.lit', 'm1')),
      send('tea', message('x@nowhere.lit', 'm2')),
      send('tea', "<message to='a b@wonderland.lit' id='m3'><body>x</body></message>"),
      send('tea', "<iq type='get' id='i4' to='wonderland.lit'><query xmlns='http://jabber.org/protocol/disco#info' node='none'/></iq>"),
    );
    const errors = [4, 5, 6, 7].map((step) => /<error type='(\w+)'[^>]*>(.*)<\/error>/.exec(t.got('tea', step)[0]!)!);
    expect(errors.map((e) => `${e[1]} ${/^<([\w-]+) xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'\/>(<text |$)/.exec(e[2]!)?.[1]}`)).toEqual([
      'cancel service-unavailable',
      'cancel remote-server-not-found',
      'modify jid-malformed',
      'cancel item-not-found',
    ]);
  });
  test('§8.4 [R13] a payload that the server does not know is passed on with the message, and with presence', () => {
    const odd = "<pour xmlns='urn:tea'/>";
    const t = say(send('tea', message(`${M}/hat`, 'm1', odd)), send('tea', `<presence to='${M}/hat'>${odd}</presence>`));
    expect([t.got('m', 4), t.got('m', 5)]).toEqual([[expect.stringContaining(odd)], [expect.stringContaining(odd)]]);
  });
  test('RFC 7622 §3 [R15] what is no address comes back with jid-malformed; case counts in resources only', () => {
    const long = (n: number): string => 'x'.repeat(n);
    for (const to of [
      '@wonderland.lit',
      'wonderland.lit/',
      `${A}/`,
      'a&apos;b@wonderland.lit',
      'a&lt;b@wonderland.lit',
      'a:b@wonderland.lit',
      `${long(1024)}@wonderland.lit`,
      `${A}/${long(1024)}`,
    ])
      expect(say(send('tea', `<message to='${to}' id='m'><body>x</body></message>`)).got('tea', 4), to).toEqual([
        expect.stringContaining('<jid-malformed '),
      ]);
    expect(say(send('tea', message('MADHATTER@WonderLand.lit/hat', 'm'))).got('m', 4)).toHaveLength(1);
    expect(say(send('tea', message(`${M}/HAT`, 'm', '<body>x</body>', 'headline'))).got('m', 4)).toEqual([]);
  });
});
