import { expect, test } from 'vitest';
import { utf8Length } from '../../../src/base/utf8.ts';
import { parseXml, serialize } from '../../../src/base/xml/codec.ts';
import type { Host } from '../../../src/core/kernel/model.ts';
import { MODULES, moduleEntries } from '../../../src/core/xmpp/modules/index.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { LinkKind } from '../../../src/protocol/scene.ts';
import { roomTwoServers } from '../../../src/scenarios/room-two-servers.ts';
import { play, type SentRow } from './host.ts';

const scene = play(roomTwoServers);
const clients = roomTwoServers.clients.map((c) => c.jid);

test('the followed message reaches all six, the speaker by its own reflection', () => {
  expect(new Set(scene.reached)).toEqual(new Set(clients));
  expect(scene.model.stage.reached).toEqual({ title: 'Delivered', of: 6 });
});

test('one message said is one copy for each occupant on each link of the way, and not one more', () => {
  const rows = scene.sent.filter((r) => r.stanza.attrs['id'] === 'tea-1');
  const count = (kind: number): number => rows.filter((r) => scene.model.stage.links.kind[r.link] === kind).length;
  // Up: alice's stream and the way to the room. Down: four by the room's own server, two by the other.
  expect([count(LinkKind.c2s), count(LinkKind.component), count(LinkKind.s2s)]).toEqual([1 + 6, 1 + 4, 2]);
});

test('every copy can be followed back to what alice wrote, and from is the room’s from the room on', () => {
  const origin = (row: SentRow): SentRow => (row.relays < 0 ? row : origin(scene.sent[row.relays]!));
  for (const client of clients) {
    const copy = scene.sent.find((r) => r.to === client && r.stanza.attrs['id'] === 'tea-1')!;
    expect(copy.stanza.attrs['from']).toBe('teaparty@rooms.wonderland.lit/Alice');
    expect(origin(copy)).toMatchObject({ from: 'alice@wonderland.lit/tea', rule: 'xep-0045/7.4/say' });
  }
});

test('RFC 6120 §4.8.3 [R05]: content is in the namespace of its stream, and its bytes are those on the wire', () => {
  for (const row of scene.sent) {
    const s2s = scene.model.stage.links.kind[row.link] === LinkKind.s2s;
    expect(row.stanza.ns).toBe(s2s ? 'jabber:server' : 'jabber:client');
    expect(row.xml).not.toContain('jabber:client');
    expect(row.bytes).toBe(utf8Length(serialize(row.stanza, row.stanza.ns)));
  }
});

test('at the end five are in the room, the rabbit is online, and nobody has moderators’ knowledge but the queen', () => {
  expect(clients.map((c) => scene.shown.get(c))).toEqual(['room', 'room', 'online', 'room', 'room', 'room']);
  const parts = JSON.stringify(scene.model.inspect(scene.model.stage.entities.jid.indexOf('rooms.wonderland.lit')));
  expect(parts).toContain('sister@realworld.lit/bank');
  const seenBy = (jid: string): string => JSON.stringify(scene.model.inspect(scene.model.stage.entities.jid.indexOf(jid)));
  expect(seenBy('queen@wonderland.lit/throne')).toContain('sister@realworld.lit/bank');
  expect(seenBy('alice@wonderland.lit/tea')).not.toContain('sister@realworld.lit/bank');
});

test('saved state restored at any event goes on to the same end', () => {
  const kept: { model: typeof scene.model; saved: unknown; text: string }[] = [];
  const text = (model: typeof scene.model): string => JSON.stringify(model.stage.entities.jid.map((_, i) => model.inspect(i)));
  const again = play(roomTwoServers, {}, (model) => kept.push({ model, saved: model.save(), text: text(model) }));
  expect(again.sent.map((r) => r.xml)).toEqual(scene.sent.map((r) => r.xml));
  expect(new Set(kept.map((k) => k.text)).size).toBeGreaterThan(50);
  for (const at of [0, 17, 60, kept.length - 1, 33]) {
    const { model, saved, text: then } = kept[at]!;
    model.load(saved);
    expect(text(model)).toBe(then);
  }
});

test('two worlds side by side do not know of each other', () => {
  const one = createXmppWorld(roomTwoServers, {});
  const before = JSON.stringify(one.save());
  play(roomTwoServers);
  expect(JSON.stringify(one.save())).toBe(before);
});

test('the form’s milliseconds are the links’ ticks; a scenario that does not declare them keeps its own', () => {
  const latencyOf = (scenario: XmppScenario, values: Record<string, number>, kind: number): number => {
    const { links } = createXmppWorld(scenario, values).stage;
    return links.latency[links.kind.indexOf(kind)]!;
  };
  expect(latencyOf(roomTwoServers, { federationLatency: 100.5 }, LinkKind.s2s)).toBe(100_500);
  expect(latencyOf(roomTwoServers, {}, LinkKind.c2s)).toBe(24_000);
  const { params: _, ...plain } = roomTwoServers;
  expect(latencyOf(plain, { federationLatency: 100 }, LinkKind.s2s)).toBe(48_000);
});

test('every send and every silence names a rule that says why', () => {
  const { rules } = scene.model.stage;
  for (const { rule } of [...scene.sent, ...scene.silences]) expect(rules.get(rule)?.text, rule).toMatch(/\.$/);
});

test.each(MODULES.map((m) => [m.id, m] as const))('module %s describes itself', (_id, module) => {
  expect(moduleEntries().filter((m) => m.id === module.id)).toHaveLength(1);
  expect(module.spec).toMatch(/^(RFC|XEP-)\s?\d{4}$/);
  expect(module.version).toMatch(/\d/);
  for (const rule of Object.values(module.rules)) {
    // What no specification says bears the name of its module.
    const [spec, name] = /^(rfc|xep)-\d/.test(rule.id) ? rule.id.split(/(?<=^[^/]+\/[^/]+)\//) : rule.id.split('/');
    expect([spec, name]).toEqual([
      expect.stringMatching(new RegExp(`^((rfc|xep)-\\d{4}/[\\d.]+|${module.id})$`)),
      expect.stringMatching(/^[a-z0-9-]+$/),
    ]);
    expect(rule.source).toContain('§');
    expect(rule.text.split(/(?<=[.?!])\s/).length).toBeLessThanOrEqual(3);
  }
});

test.each([
  [
    'a sender of another domain',
    `<message xmlns='jabber:server' from='queen@wonderland.lit/throne' to='teaparty@rooms.wonderland.lit' type='groupchat'/>`,
  ],
  ['an addressee of another domain', `<message xmlns='jabber:server' from='sister@realworld.lit/bank' to='alice@wonderland.lit/tea'/>`],
  ['no sender', `<message xmlns='jabber:server' to='teaparty@rooms.wonderland.lit'/>`],
])('a room takes nothing from another server that names %s', (_name, xml) => {
  const model = createXmppWorld(roomTwoServers, {});
  const { entities, links } = model.stage;
  const [from, to] = ['realworld.lit', 'rooms.wonderland.lit'].map((jid) => entities.jid.indexOf(jid)) as [number, number];
  const link = links.from.findIndex((f, i) => f === from && links.to[i] === to);
  const calls: string[] = [];
  const note = (what: string) => (): number => calls.push(what);
  const host: Host = {
    tick: 0,
    send: note('send'),
    timer: note('timer'),
    show: note('show'),
    showLink: note('showLink'),
    reached: note('reached'),
    silence: (_e, rule) => void calls.push(rule),
  };
  model.arrive(host, { id: 0, from, to, link, kind: 0, stanza: parseXml(xml) });
  expect(calls).toEqual(['rfc-6120/8.1.1.2/wrong-host']);
});

test('rule ids are unique', () => {
  const ids = MODULES.flatMap((m) => Object.values(m.rules)).map((r) => r.id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

test.each<[string, Partial<XmppScenario>, RegExp]>([
  [
    'an address that is none',
    { clients: [{ jid: 'ali ce@wonderland.lit/tea', acts: [] }] },
    /"ali ce@wonderland.lit\/tea" is no XMPP address/,
  ],
  ['a client of nowhere', { clients: [{ jid: 'alice@hole.lit/tea', acts: [] }] }, /needs a name, a resource and a server/],
  ['a client twice', { clients: [roomTwoServers.clients[0]!, roomTwoServers.clients[0]!] }, /occurs twice/],
  [
    'broken XML',
    { clients: [{ jid: 'a@wonderland.lit/b', acts: [{ at: 0, do: 'send', xml: '<presence>' }] }] },
    /a@wonderland.lit\/b, act 1 \(send\): XML line 1/,
  ],
  ['no stanza', { clients: [{ jid: 'a@wonderland.lit/b', acts: [{ at: 0, do: 'send', xml: '<r xmlns="urn:x"/>' }] }] }, /is no stanza/],
  [
    'a character that XML has not',
    { clients: [{ jid: 'a@wonderland.lit/b', acts: [{ at: 0, do: 'say', room: 'r@s.lit', id: '1', body: '\u0007' }] }] },
    /U\+0007/,
  ],
  [
    'acts out of order',
    {
      clients: [
        {
          jid: 'a@wonderland.lit/b',
          acts: [
            { at: 5, do: 'presence' },
            { at: 4, do: 'presence' },
          ],
        },
      ],
    },
    /act 2 is at 4/,
  ],
  [
    'a nick that cannot be',
    { clients: [{ jid: 'a@wonderland.lit/b', acts: [{ at: 0, do: 'join', room: 'r@s.lit', nick: '' }] }] },
    /resourcepart is empty/,
  ],
  [
    'a module that is not there',
    { servers: [{ domain: 'wonderland.lit', modules: ['xep-9999'] }] },
    /wonderland\.lit: there is no module "xep-9999"/,
  ],
  ['a latency that is none', { latency: { client: -1, federation: 1, component: 1 } }, /latency.client must be a whole number/],
])('refused in words: %s', (_name, change, message) => {
  const { params: _params, ...plain } = roomTwoServers;
  expect(() => createXmppWorld({ ...plain, ...change }, {})).toThrow(message);
});
