/** Subscriptions and presence of two accounts of one server: RFC 6121 §2 to §4. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import { login } from '../../../src/scenarios/xmpp/login.ts';
import { connect, send, talk, type Step } from './conversation.ts';
import { play } from './host.ts';

const A = 'alice@wonderland.lit';
const M = 'madhatter@wonderland.lit';
const ROSTER = "<iq type='get' id='g'><query xmlns='jabber:iq:roster'/></iq>";
const tie = (as: string, to: string, type: string): Step => send(as, `<presence to='${to}' type='${type}'/>`);
const roster = (as: string): Step => send(as, ROSTER);
/** Steps 1 to 4: both have asked for their rosters. */
const begin: readonly Step[] = [connect('a', 'alice', 'tea'), connect('m', 'madhatter', 'hat'), roster('a'), roster('m')];

describe.each(['prosody', 'rfc'] as const)('subscriptions (%s)', (profile) => {
  const say = (...steps: readonly Step[]) => talk([...begin, ...steps], { profile });
  test('§2.1.2 [T11] `ask` and `approved` are the server’s own: what a client writes there does not count', () => {
    const item = `<item jid='${M}' ask='subscribe' approved='true' subscription='both'/>`;
    const t = say(send('a', `<iq type='set' id='s'><query xmlns='jabber:iq:roster'>${item}</query></iq>`), roster('a'));
    for (const step of [5, 6]) expect(t.got('a', step).join('')).not.toMatch(/ask=|approved='true'|'both'/);
    expect(t.got('a', 6).join('')).toContain("subscription='none'");
  });
  test('§A.1 [T12] a request that waits is no contact: it is not in the roster, and nothing is pushed', () => {
    const t = say(tie('m', A, 'subscribe'), roster('a'));
    expect(t.got('a', 5)).toEqual([expect.stringMatching(/^<presence [^>]*type='subscribe'/)]);
    expect(t.got('a', 6)).toEqual([expect.not.stringContaining('<item')]);
  });
  test('§3.1.3 [T24] who is subscribed and asks again is answered by the server, and the user is not asked', () => {
    const t = say(tie('m', A, 'subscribe'), tie('a', M, 'subscribed'), tie('m', A, 'subscribe'));
    expect(t.got('a', 7).filter((xml) => xml.includes("type='subscribe'"))).toEqual([]);
    expect(t.got('a', 7).join('')).not.toContain("ask='subscribe'");
  });
  test('§3.3.2 [T30] who unsubscribes has it pushed', () => {
    const t = say(tie('m', A, 'subscribe'), tie('a', M, 'subscribed'), tie('m', A, 'unsubscribe'));
    expect(t.got('m', 7).filter((xml) => xml.startsWith('<iq'))).toEqual([
      expect.stringContaining(`<item jid='${A}' subscription='none'/>`),
    ]);
    expect(t.got('a', 7).join('')).toContain(`<item jid='${M}' subscription='none'/>`);
  });
  test('§3.3.3 [T32] a request that is taken back is forgotten, and there is no contact to change', () => {
    const t = say(
      tie('m', A, 'subscribe'),
      tie('m', A, 'unsubscribe'),
      roster('a'),
      send('a', "<presence type='unavailable'/>"),
      send('a', '<presence/>'),
    );
    expect(t.got('a', 6).join('')).not.toContain("subscription='none'");
    expect(t.got('a', 7)).toEqual([expect.not.stringContaining('<item')]);
    expect(t.got('a', 9).join('')).not.toContain("type='subscribe'");
  });
  test('§4.7.2 [P11, P15] what is within presence reaches others as it was said; `unavailable` may say why', () => {
    const full = '<show>dnd</show><status>tea</status><priority>3</priority>';
    const t = say(
      ...['away', 'chat', 'dnd', 'xa'].map((show) => send('a', `<presence to='${M}'><show>${show}</show></presence>`)),
      send('a', `<presence to='${M}'>${full}</presence>`),
      send('a', `<presence to='${M}' type='unavailable'><status>bye</status></presence>`),
    );
    expect([5, 6, 7, 8].map((step) => /<show>(\w+)<\/show>/.exec(t.got('m', step).join(''))?.[1])).toEqual(['away', 'chat', 'dnd', 'xa']);
    expect(t.got('m', 9).join('')).toContain(full);
    expect(t.got('m', 10)).toEqual([expect.stringMatching(/type='unavailable'.*<status>bye<\/status>/)]);
  });
  test('§4.6.6 [P14] who was only told directly learns nothing by asking, but that one resource', () => {
    const t = say(
      send('a', '<presence><show>dnd</show><status>secret</status></presence>'),
      send('a', `<presence to='${M}/hat'><show>away</show></presence>`),
      tie('m', `${A}/tea`, 'probe'),
      tie('m', A, 'probe'),
    );
    // A SHOULD: Prosody says nothing, and by the RFC no more than that the resource is there may be said.
    for (const xml of [...t.got('m', 7), ...t.got('m', 8)]) expect(xml).not.toMatch(/<show>|<status>|<delay/);
    expect([...t.got('a', 7), ...t.got('a', 8)]).toEqual([]);
  });
});

const scene = play(login);
test('§2.2 [T03] our clients ask for the roster before they say that they are there', () => {
  const order = scene.sent
    .filter((r) => r.from === login.clients[0]!.jid)
    .map((r) => (r.xml.includes('jabber:iq:roster') ? 'roster' : r.stanza.name));
  expect(order).toContain('roster');
  expect(order.indexOf('roster')).toBeLessThan(order.indexOf('presence'));
});
test('§4.3 [P18] our clients probe nobody: that is for servers', () => {
  const clients = new Set(login.clients.map((c) => c.jid));
  expect(scene.sent.filter((r) => clients.has(r.from) && r.stanza.attrs['type'] === 'probe')).toEqual([]);
});
