/** Servers that go down and come up again: RFC 6120 §4.4, §4.9.3.19; what others see of it. */
import { expect, test } from 'vitest';
import type { ServerAct, XmppScenario } from '../../../src/protocol/scenario.ts';
import { chat, logsIn, scene, SECOND } from '../../../src/scenarios/xmpp/parts.ts';
import { play, type Played } from './host.ts';

const ALICE = 'alice@wonderland.lit/tea';
const SISTER = 'sister@realworld.lit/bank';
const both = (account: string, contact: string) => ({ account, contact, subscription: 'both' as const });

const down = (...acts: readonly ServerAct[]): XmppScenario =>
  scene({
    id: 'down',
    title: 'A server goes down',
    summary: '',
    streams: { clients: 'down', servers: 'down' },
    servers: [
      { domain: 'wonderland.lit', rosters: [both('alice', 'sister@realworld.lit')] },
      { domain: 'realworld.lit', rosters: [both('sister', 'alice@wonderland.lit')], acts },
    ],
    clients: [
      logsIn(
        ALICE,
        0,
        chat(2000, SISTER, 'before', 'one'),
        chat(9000, 'sister@realworld.lit', 'during', 'two'),
        chat(16_000, SISTER, 'again', 'three'),
      ),
      logsIn(SISTER, 0, { at: 8 * SECOND, do: 'connect' }, { at: 14 * SECOND, do: 'connect', roster: true, presence: '' }),
    ],
  });
const STOP: ServerAct = { at: 5 * SECOND, do: 'stop' };
const CRASH: ServerAct = { at: 5 * SECOND, do: 'crash' };
const START: ServerAct = { at: 12 * SECOND, do: 'start' };

const stopped = play(down(STOP, START));
const crashed = play(down(CRASH, START));
const from = (played: Played, name: string, since: number, until: number) =>
  played.sent.filter((r) => r.from === name && r.tick >= since * SECOND && r.tick < until * SECOND);
const saw = (played: Played, name: string, since: number, until: number): string[] =>
  played.sent.filter((r) => r.to === name && r.tick >= since * SECOND && r.tick < until * SECOND).map((r) => r.xml);

test('a stop tells the contacts first, then the clients, then the other servers, and says why', () => {
  const said = from(stopped, 'realworld.lit', 5, 6).map((r) => `${r.to} ${r.stanza.name}`);
  expect(said.slice(0, 4)).toEqual(['wonderland.lit presence', `${SISTER} error`, `${SISTER} end`, `${SISTER} close`]);
  const streamEnds = ['wonderland.lit error', 'wonderland.lit end', 'wonderland.lit close'];
  expect(said.slice(4)).toEqual([...streamEnds, ...streamEnds]);
  const told = from(stopped, 'realworld.lit', 5, 6)
    .map((r) => r.xml)
    .join('');
  expect(told).toContain('<status>Disconnected: Received SIGTERM</status>');
  expect(told).toContain("<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>Received SIGTERM</text>");
  expect(saw(stopped, ALICE, 5, 6).join('')).toContain("type='unavailable'");
});

test('a crash says nothing: connections are closed, and nobody hears of it before they send', () => {
  const said = from(crashed, 'realworld.lit', 5, 6).map((r) => r.stanza.name);
  expect(new Set(said)).toEqual(new Set(['close']));
  expect(saw(crashed, ALICE, 5, 9)).toEqual([]);
});

test.each([
  ['stop', stopped],
  ['crash', crashed],
] as const)('after a %s connections are refused, what was for the host comes back, and its timers are gone', (_, played) => {
  expect(from(played, 'realworld.lit', 6, 12).map((r) => r.stanza.name)).toEqual(['refused', 'refused']);
  const back = saw(played, ALICE, 9, 12);
  expect(back).toHaveLength(1);
  expect(back[0]).toContain("<error type='cancel' by='wonderland.lit'><remote-server-not-found ");
  expect(played.shown.get('realworld.lit')).toBe('online');
});

test.each([
  ['stop', stopped],
  ['crash', crashed],
] as const)(
  'after a %s the host is up again with what it had stored: the roster is, the session is not, streams are opened anew',
  (_, played) => {
    const roster = saw(played, SISTER, 14, 16).join('');
    expect(roster).toContain("<item jid='alice@wonderland.lit' subscription='both'/>");
    expect(saw(played, ALICE, 14, 16).some((x) => x.includes(`from='${SISTER}'`) && x.startsWith('<presence'))).toBe(true);
    expect(played.sent.some((r) => r.to === SISTER && r.stanza.attrs['id'] === 'again' && r.tick > 14 * SECOND)).toBe(true);
    // What came up again makes new secrets and new ids: none is ever used twice.
    const ids = played.sent.filter((r) => r.stanza.name === 'stream' && r.from === 'realworld.lit' && (r.stanza.attrs['id'] ?? '') !== '');
    expect(new Set(ids.map((r) => r.stanza.attrs['id'])).size).toBe(ids.length);
  },
);

test('state that was saved while a host is down goes on to the same end', () => {
  const scenario = down(CRASH, START);
  let events = 0;
  let parts = '';
  const again = play(scenario, {}, (model) => {
    const saved = model.save();
    model.load(saved);
    events++;
    parts = JSON.stringify(model.stage.entities.jid.map((__, i) => model.inspect(i)));
  });
  expect(events).toBeGreaterThan(100);
  expect(again.sent.map((r) => r.xml)).toEqual(crashed.sent.map((r) => r.xml));
  expect(parts).toBe(JSON.stringify(crashed.model.stage.entities.jid.map((__, i) => crashed.model.inspect(i))));
});

test('a service stops with its server, but can still tell other servers who has left', () => {
  const components = [{ domain: 'rooms.wonderland.lit', service: 'muc' as const, rooms: [{ name: 'tea', owner: 'alice@wonderland.lit' }] }];
  const join = (at: number, nick: string) => ({ at: at * SECOND, do: 'join' as const, room: 'tea@rooms.wonderland.lit', nick });
  const played = play(
    scene({
      id: 'service',
      title: 'Service',
      summary: '',
      streams: { clients: 'down', servers: 'down' },
      servers: [{ domain: 'wonderland.lit', components, acts: [STOP] }, { domain: 'realworld.lit' }],
      clients: [logsIn(ALICE, 0, join(2, 'Alice')), logsIn(SISTER, 0, join(3, 'Sister'))],
    }),
  );
  const left = saw(played, SISTER, 5, 6);
  expect(left).toHaveLength(1);
  expect(left[0]).toContain("from='tea@rooms.wonderland.lit/Alice'");
  expect(left[0]).toContain("type='unavailable'");
  expect(played.shown.get('rooms.wonderland.lit')).toBe('offline');
});

test.each([
  ['stop', true],
  ['crash', false],
] as const)('after a %s of its service a room is there again; its occupants of other servers are, too: %s', (what, found) => {
  const components = [{ domain: 'rooms.wonderland.lit', service: 'muc' as const, rooms: [{ name: 'tea', owner: 'alice@wonderland.lit' }] }];
  const say = (at: number, id: string) => ({
    at: at * SECOND,
    do: 'send' as const,
    xml: `<message to='tea@rooms.wonderland.lit' type='groupchat' id='${id}'><body>${id}</body></message>`,
  });
  const join = { at: 3 * SECOND, do: 'join' as const, room: 'tea@rooms.wonderland.lit', nick: 'Sister' };
  const played = play(
    scene({
      id: 'kept',
      title: 'Kept',
      summary: '',
      streams: { clients: 'down', servers: 'down' },
      servers: [{ domain: 'wonderland.lit', components, acts: [{ at: 5 * SECOND, do: what }, START] }, { domain: 'realworld.lit' }],
      clients: [logsIn(SISTER, 0, join, say(14, 'g1'))],
    }),
  );
  const [answer] = saw(played, SISTER, 14, 16);
  expect(answer).toContain(found ? "from='tea@rooms.wonderland.lit/Sister'" : '<not-acceptable ');
});
