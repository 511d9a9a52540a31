/** Stream management: XEP-0198, checklist §12. What Prosody 0.12 does was recorded with the harness of the conformance set. */
import { describe, expect, test } from 'vitest';
import { scene, SECOND } from '../../../src/scenarios/xmpp/parts.ts';
import { authenticated, connect, message, send, talk } from './conversation.ts';
import { play } from './host.ts';

const SM = "xmlns='urn:xmpp:sm:3'";
const T = 'alice@wonderland.lit/tea';
const enable = send('alice', `<enable ${SM} resume='true'/>`);
const id = { op: 'save', as: 'alice', re: "<enabled[^>]*? id='([^']+)'", var: 'smid' };
const kill = { op: 'kill', as: 'alice' };
const ack = (h: number | string) => send('alice', `<a ${SM} h='${h}'/>`);
const resume = (h: number, as = 'alice') => send(as, `<resume ${SM} h='${h}' previd='{{smid}}'/>`);
const ping = send('m', `<iq type='get' id='p1' to='${T}'><ping xmlns='urn:xmpp:ping'/></iq>`);
/** Steps 1 to 4: a managed session, and someone who writes to it. */
const begin = [connect('alice', 'alice', 'tea'), connect('m', 'madhatter', 'hat'), enable, id];
const failed = (condition: string, attrs = '') =>
  `<failed xmlns='urn:xmpp:sm:3'${attrs}><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>`;

describe('enabling (G01, G02; XEP-0198 §3)', () => {
  test('the feature is offered after authentication, in both versions', () => {
    expect(talk(authenticated('alice', 'alice')).got('alice', 4).join('')).toMatch(
      /<sm xmlns='urn:xmpp:sm:2'>.*<sm xmlns='urn:xmpp:sm:3'>/,
    );
    expect(talk(authenticated('alice', 'alice')).got('alice', 2).join('')).not.toContain('urn:xmpp:sm');
  });
  test('before binding, and a second time, it is unexpected', () => {
    expect(talk([...authenticated('alice', 'alice'), enable]).got('alice', 5)).toEqual([failed('unexpected-request')]);
    expect(talk([...begin, enable]).got('alice', 5)).toEqual([failed('unexpected-request')]);
  });
  test('who wants no resumption gets no id', () => {
    expect(talk([connect('alice', 'alice', 'tea'), send('alice', `<enable ${SM}/>`)]).got('alice', 2)).toEqual([
      "<enabled xmlns='urn:xmpp:sm:3'/>",
    ]);
  });
  test('acknowledging what is not managed ends the stream', () => {
    expect(talk([connect('alice', 'alice', 'tea'), ack(1)]).got('alice', 2)[0]).toContain('unsupported-stanza-type');
  });
});

describe('acknowledgements (G03, G04, G05; XEP-0198 §4, §6)', () => {
  test('stanzas are counted from enabling on; r and a are not', () => {
    const said = talk([...begin, send('alice', [`<r ${SM}/>`, '<presence/>', message('madhatter@wonderland.lit', 'x'), `<r ${SM}/>`])]).got(
      'alice',
      5,
    );
    const counts = said.filter((x) => x.startsWith('<a '));
    expect(counts).toEqual(["<a xmlns='urn:xmpp:sm:3' h='0'/>", "<a xmlns='urn:xmpp:sm:3' h='2'/>"]);
  });
  test('the server asks once for what it wrote in one go, and not again while its answer is due', () => {
    const t = talk([
      ...begin,
      send('m', [message(T, 'm1'), message(T, 'm2')]),
      send('m', message(T, 'm3')),
      ack(3),
      send('m', message(T, 'm4')),
    ]);
    expect(t.got('alice', 5).filter((x) => x.startsWith('<r'))).toHaveLength(1);
    expect(t.got('alice', 6).filter((x) => x.startsWith('<r'))).toHaveLength(0);
    expect(t.got('alice', 8).filter((x) => x.startsWith('<r'))).toHaveLength(1);
  });
  test('more than was sent: stream error, after a last count; by `rfc` with handled-count-too-high', () => {
    const [last, error] = talk([...begin, ack(9)]).got('alice', 5);
    expect(last).toBe("<a xmlns='urn:xmpp:sm:3' h='0'/>");
    expect(error).toContain('<undefined-condition');
    expect(error).not.toContain('handled-count-too-high');
    expect(
      talk([...begin, ack(9)], { profile: 'rfc' })
        .got('alice', 5)
        .join(''),
    ).toContain("<handled-count-too-high xmlns='urn:xmpp:sm:3' h='9' send-count='0'/>");
  });
  test('less than before, or no number, ends the stream too', () => {
    expect(
      talk([...begin, send('m', message(T, 'm1')), ack(1), ack(0)])
        .got('alice', 7)
        .join(''),
    ).toContain('less stanzas than already acknowledged');
    expect(
      talk([...begin, ack('many')])
        .got('alice', 5)
        .join(''),
    ).toContain('<invalid-xml');
  });
});

describe('resumption (G06, G07, G08; XEP-0198 §5)', () => {
  const away = [...begin, send('m', message(T, 'm1')), ack(1), kill, send('m', message(T, 'm2')), ping, ...authenticated('alice', 'alice')];
  test('what was not acknowledged comes again in order, messages with the time and from the own account', () => {
    const t = talk([...away, resume(1)]);
    expect(t.got('m', 8)).toEqual([]);
    expect(t.got('m', 9)).toEqual([]);
    const [resumed, m2, p1, r] = t.got('alice', 14);
    expect(resumed).toMatch(/^<resumed xmlns='urn:xmpp:sm:3' previd='[^']+' h='0'\/>$/);
    expect(m2).toContain("<body>m2</body><delay xmlns='urn:xmpp:delay' from='alice@wonderland.lit' stamp='T'/></message>");
    expect(p1).toContain("<ping xmlns='urn:xmpp:ping'/></iq>");
    expect(r).toBe("<r xmlns='urn:xmpp:sm:3'/>");
  });
  test('the session goes on under its address', () => {
    const t = talk([...away, resume(1), send('alice', message('madhatter@wonderland.lit/hat', 'a1'))]);
    expect(t.got('m', 15).join('')).toContain("from='alice@wonderland.lit/tea'");
  });
  test('an unknown id is item-not-found, and binding is still possible', () => {
    const bind = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
    const t = talk([...authenticated('x', 'alice'), send('x', `<resume ${SM} h='0' previd='none'/>`), send('x', bind)]);
    expect(t.got('x', 5)).toEqual([failed('item-not-found')]);
    expect(t.got('x', 6).join('')).toContain("type='result'");
  });
  test('another user’s id is none', () => {
    expect(talk([...begin, kill, ...authenticated('x', 'queen'), resume(0, 'x')]).got('x', 10)).toEqual([failed('item-not-found')]);
  });
  test('the stream that seems to be up still is closed; by `rfc` with conflict (G08)', () => {
    const steps = [...begin, ...authenticated('b', 'alice'), resume(0, 'b'), send('m', message(T, 'm1'))];
    expect(talk(steps).got('alice', 9)).toEqual(['server-closed-tcp']);
    expect(talk(steps).got('b', 10).join('')).toContain("id='m1'");
    expect(talk(steps, { profile: 'rfc' }).got('alice', 9).join('')).toContain('<conflict');
    expect(talk(steps, { profile: 'rfc' }).got('b', 10).join('')).toContain("id='m1'");
  });
  test('a count below what was acknowledged ends session and connection without a word; requests bounce, messages are stored', () => {
    const t = talk([...away, resume(0), connect('alice', 'alice', 'tea')]);
    expect(t.got('alice', 14)).toEqual(['server-closed-tcp']);
    expect(t.got('m', 14)).toEqual([expect.stringContaining('<recipient-unavailable')]);
    expect(t.got('alice', 15).join('')).toMatch(
      /id='m2'.*<delay [^>]*from='alice@wonderland.lit'[^>]*\/><delay [^>]*from='wonderland.lit'/,
    );
  });
});

describe('the end of a managed session (G09, G10; XEP-0198 §4, §5, §7)', () => {
  const gone = "type='unavailable'";
  const watched = [...begin, send('alice', `<presence to='madhatter@wonderland.lit/hat'/>`)];
  test('others see nothing while it hibernates, and that the user has gone after 600 seconds', () => {
    const t = talk([...watched, kill, { op: 'wait', ms: 590_000 }, { op: 'wait', ms: 20_000 }]);
    expect(t.got('m', 6)).toEqual([]);
    expect(t.got('m', 7)).toEqual([]);
    expect(t.got('m', 8).join('')).toContain('<status>Disconnected: Hibernating too long</status>');
  });
  test('after that the server still knows what it had handled, once', () => {
    const t = talk([...watched, kill, { op: 'wait', ms: 610_000 }, ...authenticated('alice', 'alice'), resume(0), resume(0)]);
    expect(t.got('alice', 12)).toEqual([failed('item-not-found', " h='1'")]);
    expect(t.got('alice', 13)).toEqual([failed('item-not-found')]);
  });
  test('an end in good order is final', () => {
    const t = talk([...watched, { op: 'close', as: 'alice' }, ...authenticated('alice', 'alice'), resume(0)]);
    expect(t.got('alice', 6)).toEqual(["<a xmlns='urn:xmpp:sm:3' h='1'/>", '</stream:stream>', 'server-closed-tcp']);
    expect(t.got('m', 6).join('')).toContain(gone);
    expect(t.got('alice', 11)).toEqual([failed('item-not-found')]);
  });
  test('whoever binds the same resource replaces the one that waits', () => {
    const t = talk([...watched, kill, send('m', message(T, 'm1')), connect('alice', 'alice', 'tea')]);
    expect(t.got('m', 8).join('')).toContain('Disconnected: Replaced by new connection');
    expect(t.got('alice', 8).join('')).toContain("id='m1'");
  });
  test('where the user is still there with another resource, messages bounce', () => {
    const t = talk([...begin, connect('a2', 'alice', 'two'), send('m', message(T, 'm1')), { op: 'close', as: 'alice' }]);
    expect(t.got('m', 7).join('')).toContain('<recipient-unavailable');
    expect(t.all('a2').join('')).not.toContain("id='m1'");
  });
});

describe('a client that manages its stream itself', () => {
  const other = 'madhatter@wonderland.lit/hat';
  const chat = (to: string, at: number, n: number) => ({ at: at * SECOND, do: 'send' as const, xml: message(to, `c${n}`) });
  const played = play(
    scene({
      id: 'managed',
      title: 'A connection that is lost',
      summary: '',
      streams: { clients: 'down' },
      servers: [{ domain: 'wonderland.lit' }],
      clients: [
        {
          jid: T,
          acts: [
            { at: 0, do: 'connect', manage: true, presence: '' },
            ...[1, 2, 3, 4, 5].map((n) => chat(other, 2, n)),
            { at: 5 * SECOND, do: 'kill' },
            { at: 9 * SECOND, do: 'connect', manage: true, resume: true, presence: '' },
            chat(other, 14, 6),
          ],
        },
        { jid: other, acts: [{ at: 0, do: 'connect', presence: '' }, chat(T, 7, 7)] },
      ],
    }),
  );
  const of = (from: string, since: number) => played.sent.filter((r) => r.from === from && r.tick >= since * SECOND).map((r) => r.xml);
  test('it acknowledges, asks for acknowledgements, resumes, and gets what it has missed', () => {
    expect(of(T, 0).filter((x) => x.startsWith('<a ')).length).toBeGreaterThan(0);
    expect(of(T, 0).filter((x) => x.startsWith('<r '))).toHaveLength(1);
    const again = of(T, 9).join('');
    expect(again).toContain('<resume ');
    expect(again).not.toContain('xmpp-bind');
    expect(again).not.toMatch(/id='c[1-5]'/);
    expect(of('wonderland.lit', 9).join('')).toMatch(/<resumed .*id='c7'.*<delay /);
    expect(of('wonderland.lit', 14).join('')).toContain("id='c6'");
  });
});
