/** Client state indication (XEP-0352), receipts (XEP-0184) and chat states (XEP-0085); checklist Q01, Q02. */
import { describe, expect, test } from 'vitest';
import { scene } from '../../../src/scenarios/xmpp/parts.ts';
import { connect, message, send, talk, type Step } from './conversation.ts';
import { play } from './host.ts';

const T = 'alice@wonderland.lit/tea';
const state = (name: string) => send('alice', `<${name} xmlns='urn:xmpp:csi:0'/>`);
const presence = (show: string) => send('m', `<presence to='${T}'><show>${show}</show></presence>`);
const begin: readonly Step[] = [connect('alice', 'alice', 'tea'), connect('m', 'madhatter', 'hat')];
const after = (...steps: readonly Step[]) => talk([...begin, ...steps]);

describe('an inactive client (XEP-0352 §3, §5)', () => {
  const composing = send('m', message(T, 'c', "<composing xmlns='http://jabber.org/protocol/chatstates'/>"));
  test('presence and empty messages wait, with the time, until something important comes', () => {
    const t = after(state('inactive'), presence('away'), composing, send('m', message(T, 'm1')), presence('dnd'));
    expect(t.got('alice', 4)).toEqual([]);
    expect(t.got('alice', 5)).toEqual([]);
    expect(t.got('alice', 6)).toEqual([
      expect.stringMatching(/<show>away<\/show>.*<delay [^>]*from='alice@wonderland.lit'/),
      expect.stringMatching(/<composing.*<delay/),
      expect.stringMatching(/^(?!.*<delay).*<body>m1/),
    ]);
    expect(t.got('alice', 7)).toHaveLength(1);
  });
  test('after a pause the server holds back again', () => {
    const t = after(state('inactive'), send('m', message(T, 'm1')), { op: 'wait', ms: 6000 }, presence('dnd'), state('active'));
    expect(t.got('alice', 6)).toEqual([]);
    expect(t.got('alice', 7)).toEqual([expect.stringContaining('<show>dnd')]);
  });
  test('whatever the client sends brings it all; so does its end', () => {
    expect(after(state('inactive'), presence('away'), send('alice', ' ')).got('alice', 5)).toHaveLength(1);
    const end = after(state('inactive'), presence('away'), { op: 'close', as: 'alice' }).got('alice', 5);
    expect(end).toEqual([expect.stringContaining('<show>away'), '</stream:stream>', 'server-closed-tcp']);
  });
  test('with stream management nothing is asked meanwhile, and becoming active asks in any case', () => {
    const enable = send('alice', "<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
    const t = after(enable, state('inactive'), presence('away'), state('active'));
    expect(t.got('alice', 5)).toEqual([]);
    expect(t.got('alice', 6)).toEqual([expect.stringContaining('<show>away'), "<r xmlns='urn:xmpp:sm:3'/>"]);
  });
  test('what was held is lost with the connection, and this is said', () => {
    const t = after(send('alice', `<presence to='madhatter@wonderland.lit/hat'/>`), state('inactive'), presence('away'), {
      op: 'kill',
      as: 'alice',
    });
    expect(t.got('m', 6)).toEqual([expect.stringContaining('<status>Disconnected: closed</status>')]);
  });
});

describe('habits of clients', () => {
  const jid = 'madhatter@wonderland.lit/hat';
  const played = (xml: readonly string[], agents: readonly string[] = []) =>
    play(
      scene({
        id: 'habits',
        title: '',
        summary: '',
        servers: [{ domain: 'wonderland.lit' }],
        clients: [
          { jid: T, agents, acts: xml.map((one, i) => ({ at: i * 1_000_000, do: 'send' as const, xml: one })) },
          { jid, acts: [] },
        ],
      }),
    ).sent.filter((r) => r.to === 'wonderland.lit');
  const ask = "<body>x</body><request xmlns='urn:xmpp:receipts'/>";
  test('a request is answered with its id, a message by itself (XEP-0184 §5, Q01)', () => {
    const answers = played([message(jid, 'x1', ask)]).filter((r) => r.from === jid);
    expect(answers.map((r) => r.xml)).toEqual([expect.stringContaining("<received xmlns='urn:xmpp:receipts' id='x1'/>")]);
    expect(answers[0]!.xml).toContain(`to='${T}'`);
    expect(answers[0]!.answers).toBeGreaterThanOrEqual(0);
  });
  test.each([
    ['without an id', `<message to='${jid}' type='chat'>${ask}</message>`],
    ['of groupchat', message(jid, 'x', ask, 'groupchat')],
    ['in an error', message(jid, 'x', ask, 'error')],
    ['that is a receipt', message(jid, 'x', "<received xmlns='urn:xmpp:receipts' id='y'/>")],
  ])('what is not answered: %s', (_name, xml) => {
    expect(played([xml]).filter((r) => r.from === jid)).toEqual([]);
  });
  test('the habit asks for what has a body and an id', () => {
    const [said] = played([message(jid, 'x1')], ['receipts']);
    expect(said!.xml).toContain("<request xmlns='urn:xmpp:receipts'/>");
    expect(played([message(jid, 'x1', '<subject>x</subject>')], ['receipts'])[0]!.xml).not.toContain('receipts');
  });
  test('the habit says active in chat messages with a body (XEP-0085 §5.3, Q02)', () => {
    const active = "<active xmlns='http://jabber.org/protocol/chatstates'/>";
    expect(played([message(jid, 'x')], ['chat-states'])[0]!.xml).toContain(active);
    expect(played([message(jid, 'x', '<body>x</body>', 'headline')], ['chat-states'])[0]!.xml).not.toContain(active);
    expect(
      played([message(jid, 'x', "<composing xmlns='http://jabber.org/protocol/chatstates'/>")], ['chat-states'])[0]!.xml,
    ).not.toContain(active);
  });
});
