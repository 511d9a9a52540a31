/** Message carbons: XEP-0280, checklist Q03. What Prosody 0.12 does was recorded with the harness of the conformance set. */
import { describe, expect, test } from 'vitest';
import { scene } from '../../../src/scenarios/xmpp/parts.ts';
import { connect, message, send, talk, type Step } from './conversation.ts';
import { play } from './host.ts';

const enable = (as: string) => send(as, "<iq type='set' id='c'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
const A = 'alice@wonderland.lit';
/** Steps 1 to 7: alice at `tea` (priority 5), `low` (0) and `off` (never available), all with carbons but `off2`. */
const begin: readonly Step[] = [
  connect('tea', 'alice', 'tea', '<presence><priority>5</priority></presence>'),
  connect('low', 'alice', 'low'),
  connect('off', 'alice', 'off', undefined),
  connect('m', 'madhatter', 'hat'),
  enable('tea'),
  enable('low'),
  enable('off'),
];
const after = (...steps: readonly Step[]) => talk([...begin, ...steps]);
const count = (got: readonly string[], what: string) => got.filter((x) => x.includes(what)).length;

describe('who gets copies (§4 to §8)', () => {
  test('what is for one resource is copied to the others, also to one that is not available', () => {
    const t = after(send('m', message(`${A}/tea`, 'r1')));
    expect(t.got('tea', 8)).toEqual([
      `<message to='${A}/tea' type='chat' id='r1' from='madhatter@wonderland.lit/hat'><body>r1</body></message>`,
    ]);
    for (const other of ['low', 'off']) {
      expect(t.got(other, 8)).toHaveLength(1);
      expect(t.got(other, 8)[0]).toMatch(
        new RegExp(
          `^<message type='chat' from='${A}' to='${A}/${other}'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'`,
        ),
      );
    }
  });
  test('what is for the account is copied to those that do not get it anyway', () => {
    const t = after(send('m', message(A, 'r1')));
    expect(t.got('tea', 8)).toEqual([expect.not.stringContaining('<received')]);
    expect(t.got('low', 8)).toEqual([expect.stringContaining('<received')]);
  });
  test('what one resource sends is copied to the others', () => {
    const t = after(send('tea', message('madhatter@wonderland.lit', 's1')));
    expect(t.got('low', 8)).toEqual([expect.stringContaining('<sent')]);
    expect(t.got('tea', 8)).toEqual([]);
  });
  test('to the own account: the message itself, and a copy that shows it as it was sent', () => {
    const t = after(send('low', message(A, 's1')));
    expect(count(t.got('tea', 8), '<sent')).toBe(1);
    expect(t.got('tea', 8)[1]).toContain(`to='${A}'`);
  });
  test('after disabling there are none', () => {
    const off = send('low', "<iq type='set' id='c'><disable xmlns='urn:xmpp:carbons:2'/></iq>");
    expect(after(off, send('m', message(`${A}/tea`, 'r1'))).got('low', 9)).toEqual([]);
  });
  test('a request to another account is none of its business', () => {
    const other = send('low', "<iq type='set' id='c' to='madhatter@wonderland.lit'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
    expect(after(other).got('low', 8)).toEqual([expect.stringContaining('<service-unavailable')]);
  });
});

describe('which messages are copied (§6.1, §9)', () => {
  test.each([
    ['chat without a body', message(`${A}/tea`, 'x', "<composing xmlns='http://jabber.org/protocol/chatstates'/>"), 1],
    ['normal with a body', message(`${A}/tea`, 'x', '<body>x</body>', 'normal'), 1],
    ['normal without one', message(`${A}/tea`, 'x', "<x xmlns='urn:example'/>", 'normal'), 0],
    ['a call', message(`${A}/tea`, 'x', "<propose xmlns='urn:xmpp:jingle-message:0' id='j'/>", 'normal'), 1],
    ['headline', message(`${A}/tea`, 'x', '<body>x</body>', 'headline'), 0],
    ['groupchat', message(`${A}/tea`, 'x', '<body>x</body>', 'groupchat'), 0],
    ['private', message(`${A}/tea`, 'x', "<body>x</body><private xmlns='urn:xmpp:carbons:2'/>"), 0],
    ['with the hint no-copy', message(`${A}/tea`, 'x', "<body>x</body><no-copy xmlns='urn:xmpp:hints'/>"), 0],
    ['of a room’s occupant', message(`${A}/tea`, 'x', "<body>x</body><x xmlns='http://jabber.org/protocol/muc#user'/>"), 0],
  ])('%s', (_name, xml, copies) => {
    const t = after(send('m', xml));
    expect(t.got('low', 8)).toHaveLength(copies);
    expect(t.got('tea', 8)).toHaveLength(1);
  });
  test('the mark of privacy is taken out for a user here', () => {
    const t = after(send('m', message(`${A}/tea`, 'x', "<body>x</body><private xmlns='urn:xmpp:carbons:2'/>")));
    expect(t.got('tea', 8)[0]).not.toContain('private');
  });
});

test('a client ignores copies that its own account has not made, and answers none (§7, §11)', () => {
  const jid = `${A}/tea`;
  const forged = `<message to='${jid}'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='queen@wonderland.lit' to='${jid}' type='chat'><body>forged</body></message></forwarded></received></message>`;
  const played = play(
    scene({
      id: 'forged',
      title: '',
      summary: '',
      servers: [{ domain: 'wonderland.lit' }],
      clients: [
        { jid, agents: ['echo'], acts: [] },
        { jid: 'queen@wonderland.lit/court', acts: [{ at: 0, do: 'send', xml: forged }] },
      ],
    }),
  );
  expect(played.silences).toContainEqual(expect.objectContaining({ entity: jid, rule: 'xep-0280/11/forged' }));
  expect(played.sent.filter((r) => r.from === jid)).toEqual([]);
});
