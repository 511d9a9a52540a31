/** What goes wrong in groups: nicks of any Unicode, an owner who is gone, and how a client finds out that it is not in the room any more (XEP-0410). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeAttribute } from '../../../src/base/xml/codec.ts';
import { tryParseJid } from '../../../src/base/jid.ts';
import { connect, send, talk, type Step } from './conversation.ts';
import { A, affiliate, BEGIN, create, M, publish, pubsub, subscribe } from './pubsub-steps.ts';
import { configure, iq, join, NICKS, online, presence, role, ROOM } from './rooms.ts';

const MUC = "<x xmlns='http://jabber.org/protocol/muc'/>";

test('XEP-0045 §7.2: whatever the nick, one is in by it, in its prepared form, or is told why not', () => {
  const nick = fc
    .oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }))
    .map((s) => s.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));
  fc.assert(
    fc.property(nick, (text) => {
      const steps = [
        ...online('q', 'm'),
        join('q'),
        configure('q'),
        send('m', `<presence to='${escapeAttribute(`${ROOM}/${text}`)}'>${MUC}</presence>`),
      ];
      const got = talk(steps).got('m', steps.length);
      const jid = tryParseJid(`${ROOM}/${text}`);
      const own = got.find(
        (xml) => xml.includes("<status xmlns='http://jabber.org/protocol/muc#user' code='110'") || xml.includes("<status code='110'/>"),
      );
      if (own === undefined) expect(got, text).toEqual([expect.stringMatching(/^<presence [^>]*type='error'/)]);
      else expect(own).toContain(`from='${escapeAttribute(`${ROOM}/${jid?.resource ?? ''}`)}'`);
    }),
    { numRuns: 60 },
  );
});

describe('XEP-0060: a node whose owner is gone', () => {
  const CAT = 'cat@realworld.lit';
  const gone: readonly Step[] = [
    ...BEGIN,
    connect('cat', 'cat', 'tree'),
    create({ publish_model: 'publishers' }),
    affiliate(CAT, 'owner'),
    affiliate(A, 'publisher'),
    { ...subscribe('m', M) },
    { op: 'stop', domain: 'realworld.lit', signal: 'SIGKILL' },
  ].map((step) => (step['as'] === 'cat' && step['op'] === 'connect' ? { ...step, user: CAT } : step));
  const last = (who: string, profile: 'prosody' | 'rfc', ...steps: readonly Step[]): readonly string[] =>
    talk([...gone, ...steps], { profile }).got(who, gone.length + steps.length);

  test.each(['prosody', 'rfc'] as const)('publishers go on publishing, and subscribers are told, by the profile %s', (profile) => {
    expect(last('m', profile, publish('a', 'one'))).toEqual([expect.stringContaining("<item id='one'")]);
    expect(last('a', profile, publish('a', 'one'))).toEqual([expect.stringMatching(/^<iq [^>]*type='result'/)]);
  });
  test('the service’s admin can still delete it', () => {
    const remove = send(
      'q',
      `<iq type='set' id='x' to='notify.wonderland.lit'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='tea'/></pubsub></iq>`,
    );
    expect(last('q', 'prosody', remove)).toEqual([expect.stringMatching(/^<iq [^>]*type='result'/)]);
    expect(last('m', 'prosody', remove)).toEqual([expect.stringContaining("<delete node='tea'")]);
  });
  test('who needs an owner’s yes waits, and nothing is sent to them meanwhile', () => {
    const closed = send(
      'q',
      `<iq type='set' id='x' to='notify.wonderland.lit'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><configure node='tea'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/pubsub#node_config</value></field><field var='pubsub#access_model'><value>authorize</value></field></x></configure></pubsub></iq>`,
    );
    const stranger = connect('k', 'king', 'x');
    const asks = send(
      'k',
      `<iq type='set' id='s' to='notify.wonderland.lit'><pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe node='tea' jid='king@wonderland.lit'/></pubsub></iq>`,
    );
    expect(last('k', 'rfc', closed, stranger, asks)[0]).toContain("subscription='pending'");
    expect(last('k', 'rfc', closed, stranger, asks, publish('a', 'one'))).toEqual([]);
  });
  test('requests that make no sense come back, and harm nothing', () => {
    expect(last('a', 'prosody', pubsub('a', 'set', "<publish node='nowhere'><item id='x'/></publish>"))[0]).toContain("type='error'");
  });
});

describe('XEP-0410 §3: am I in the room?', () => {
  const ping = (who: 'q' | 'm', nick: string): Step => iq(who, 'get', "<ping xmlns='urn:xmpp:ping'/>", `${ROOM}/${nick}`);
  const inside: readonly Step[] = [...online('q', 'm'), join('q'), configure('q'), join('m')];
  const answer = (...steps: readonly Step[]): readonly string[] => talk([...inside, ...steps]).got('m', inside.length + steps.length);

  test('an occupant’s ping to itself is answered by the room', () => {
    const steps = [...inside, ping('m', NICKS.m)];
    expect(answer(ping('m', NICKS.m))).toEqual([expect.stringMatching(/^<iq [^>]*type='result'/)]);
    expect(talk(steps).got('q', steps.length)).toEqual([]);
  });
  test('who has left, or was kicked, is told: not-acceptable', () => {
    for (const step of [presence('m', '', 'unavailable'), role('q', 'm', 'none')])
      expect(answer(step, ping('m', NICKS.m))).toEqual([expect.stringContaining('<not-acceptable')]);
  });
  test('a room that is not there, or a nick that nobody has', () => {
    expect(answer(ping('m', 'Nobody'))).toEqual([expect.stringContaining('<item-not-found')]);
    expect(answer(iq('m', 'get', "<ping xmlns='urn:xmpp:ping'/>", 'other@rooms.wonderland.lit/Hatter'))).toEqual([
      expect.stringContaining('<item-not-found'),
    ]);
  });
});
