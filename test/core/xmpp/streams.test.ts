/** Streams of clients, from the connection to the session: RFC 6120 §3 to §7, RFC 7395. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import { authenticated, connect, message, send, talk, type Step } from './conversation.ts';

const PROFILES = ['prosody', 'rfc'] as const;
const SASL = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";
const BIND = (resource?: string): string =>
  `<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>${resource === undefined ? '' : `<resource>${resource}</resource>`}</bind></iq>`;
const open: readonly Step[] = [
  { op: 'open', as: 'x', user: 'alice@wonderland.lit' },
  { op: 'header', as: 'x' },
];
const plain = (text: string): Step => send('x', `<auth ${SASL} mechanism='PLAIN'>{{b64:${text}}}</auth>`);

describe.each(PROFILES)('login (%s)', (profile) => {
  const say = (...steps: readonly Step[]) => talk(steps, { profile });
  test('§4.3, §6, §7 [A01, A02, A04] header, features, SASL, header, features, binding: then stanzas go', () => {
    const t = say(...authenticated('x', 'alice'), send('x', BIND('tea')), send('x', message('alice@wonderland.lit/tea', 'm1')));
    const [header, features] = t.got('x', 2);
    expect(header).toMatch(/^<\?xml version='1.0'\?><stream:stream (?=.*from='wonderland.lit')(?=.*id='[^']+')(?=.*version='1.0')/);
    expect(features).toMatch(/^<stream:features><mechanisms /);
    expect(features).not.toContain('xmpp-bind');
    expect(t.got('x', 3)).toEqual([`<success ${SASL}/>`]);
    const [again, more] = t.got('x', 4);
    expect(/ id='([^']+)'/.exec(again!)![1]).not.toBe(/ id='([^']+)'/.exec(header!)![1]);
    expect(more).toContain("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>");
    expect(more).not.toContain('<mechanisms');
    expect(t.got('x', 5)[0]).toContain('<jid>alice@wonderland.lit/tea</jid>');
    expect(t.got('x', 6)).toEqual([expect.stringContaining("id='m1'")]);
  });
  test.each([
    ['a wrong password', plain('\\0alice\\0wrong'), 'not-authorized'],
    ['nobody', plain('\\0nobody\\0x'), 'not-authorized'],
    ['no password', plain('alice'), 'malformed-request'],
    ['no base64', send('x', `<auth ${SASL} mechanism='PLAIN'>***</auth>`), 'incorrect-encoding'],
    ['a mechanism that is not there', send('x', `<auth ${SASL} mechanism='TEA'/>`), 'invalid-mechanism'],
    ['an abort', send('x', `<abort ${SASL}/>`), 'aborted'],
  ])('§6.5 [A03] SASL fails with its own conditions, and may be tried again: %s', (_name, attempt, condition) => {
    const t = say(...open, attempt, plain('\\0alice\\0pw-alice'));
    expect(t.got('x', 3)).toEqual([expect.stringMatching(new RegExp(`^<failure ${SASL}><${condition}/>`))]);
    expect(t.got('x', 4)).toEqual([`<success ${SASL}/>`]);
  });
  test('§6.4.5 [A03] SCRAM fails at the proof', () => {
    const t = say(...open, { op: 'scram', as: 'x', user: 'alice', password: 'wrong' });
    expect(t.got('x', 3)).toEqual([expect.stringContaining('<challenge '), expect.stringContaining('<not-authorized/>')]);
  });
  test.each([
    ['before authentication', open],
    ['before a resource is bound', authenticated('x', 'alice')],
  ])('§7.1 [A04] a stanza %s ends the stream by the specification, and comes back by Prosody; nobody gets it', (_name, steps) => {
    const all = [connect('m', 'madhatter', 'hat'), ...steps, send('x', message('madhatter@wonderland.lit', 'm1'))];
    const t = say(...all);
    const got = t.got('x', all.length);
    if (profile === 'rfc') expect([got[0], got.at(-1)]).toEqual([expect.stringContaining('<not-authorized '), 'server-closed-tcp']);
    else expect(got).toEqual([expect.stringMatching(/^<message [^>]*type='error'.*<service-unavailable /)]);
    expect(t.got('m', all.length)).toEqual([]);
  });
  test('§7.6, §7.7.1 [A04] the server makes the resource where the client gives none', () => {
    const t = say(...authenticated('x', 'alice'), send('x', BIND()));
    expect(t.got('x', 5)[0]).toMatch(/<jid>alice@wonderland.lit\/[^<]+<\/jid>/);
  });
  test('§7.7.2.2 [P19] each stream has an address of its own: who asks for one in use gets it, and the older stream ends', () => {
    const t = say(
      connect('one', 'alice', 'tea'),
      connect('two', 'alice', 'two'),
      connect('new', 'alice', 'tea'),
      send('new', message('alice@wonderland.lit/tea', 'm1')),
    );
    expect(t.got('one', 3).join('')).toMatch(/<stream:error><conflict .*<\/stream:stream>server-closed-tcp$/);
    expect(t.got('new', 4)).toEqual([expect.stringContaining("id='m1'")]);
    expect(t.got('two', 4)).toEqual([]);
  });
  test('§4.9.1.1 [A05] an error ends the stream, with the error first and the connection last', () => {
    const t = say(connect('x', 'alice', 'tea'), send('x', '<message><body></message>'));
    expect(t.got('x', 2)).toEqual([
      "<stream:error><not-well-formed xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
      '</stream:stream>',
      'server-closed-tcp',
    ]);
  });
  test.each(['jabber:server', 'jabber:component:accept', 'urn:other'])(
    '§4.8.3 a stanza in the namespace of something else (%s) is none',
    (ns) => {
      const t = say(
        connect('m', 'madhatter', 'hat'),
        connect('x', 'alice', 'tea'),
        send('x', `<message xmlns='${ns}' to='madhatter@wonderland.lit'><body>x</body></message>`),
      );
      expect(t.got('x', 3)[0]).toContain('<unsupported-stanza-type ');
      expect(t.got('x', 3).at(-1)).toBe('server-closed-tcp');
      expect(t.got('m', 3)).toEqual([]);
    },
  );
  test('§4.4 [A05] the end of a stream is answered by its end', () => {
    const t = say(connect('x', 'alice', 'tea'), { op: 'close', as: 'x' });
    expect(t.got('x', 2)).toEqual(['</stream:stream>', 'server-closed-tcp']);
  });
});

describe.each(PROFILES)('WebSocket: RFC 7395 §3 [W01] (%s)', (profile) => {
  const FRAMING = "xmlns='urn:ietf:params:xml:ns:xmpp-framing'";
  const steps: readonly Step[] = [
    { op: 'open', as: 'x', user: 'alice@wonderland.lit', transport: 'ws' },
    send('x', `<open ${FRAMING} to='wonderland.lit' version='1.0'/>`),
    plain('\\0alice\\0pw-alice'),
    send('x', `<open ${FRAMING} to='wonderland.lit' version='1.0'/>`),
    send('x', BIND('tea').replace('<iq', "<iq xmlns='jabber:client'")),
    send('x', "<message xmlns='jabber:client' id='m1'><body>x</body></message>"),
    send('x', "<presence xmlns='jabber:client'/>"),
    send('x', "<message xmlns='jabber:client' id='m2'><body>x</body></message>"),
    send('x', `<close ${FRAMING}/>`),
  ];
  const t = talk(steps, { profile });
  test('a frame is one whole element that declares what it uses', () => {
    expect(t.got('x', 2)[0]).toMatch(/^<open (?=.*xmlns='urn:ietf:params:xml:ns:xmpp-framing')(?=.*id=')[^>]*\/>$/);
    expect(t.got('x', 2)[1]).toMatch(/^<stream:features xmlns:stream='http:\/\/etherx.jabber.org\/streams'>/);
    expect(t.got('x', 2)[1]).not.toContain('starttls');
    expect(t.got('x', 8)).toEqual([expect.stringMatching(/^<message xmlns='jabber:client' .*<\/message>$/)]);
  });
  test('`close` is answered by `close`', () => {
    expect(t.got('x', 9)).toEqual([`<close ${FRAMING}/>`, 'server-closed-tcp']);
  });
  test('there is no element of streams over TCP', () => {
    expect(t.all('x').join('')).not.toMatch(/stream:stream|<\?xml/);
  });
});
