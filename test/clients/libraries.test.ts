/** Client libraries as they are installed, in simulated worlds: what they send is taken, and what they get is what they know. */
import { afterEach, describe, expect, test } from 'vitest';
import { createOutside, type Outside } from '../support/memory-websocket.ts';
import { until } from './library.ts';
import { ALICE, group, OTHERS, scene, three, who } from './scene.ts';
import { stanza } from './stanza.ts';
import { strophe } from './strophe.ts';
import { xmppJs } from './xmpp-js.ts';

const own = globalThis.WebSocket;
afterEach(() => {
  globalThis.WebSocket = own;
});

const BOB = 'bob@realworld.lit';
/** Nobody takes part but the interventions, and it is the same run. */
function replaysTheSame(outside: Outside): void {
  const { lived, replayed } = outside.hashes();
  expect(replayed).toBe(lived);
}
const sent = (outside: Outside, text: string): boolean => outside.frames.some((frame) => frame.startsWith('> ') && frame.includes(text));

/** Types of the presence of Alice's resource, as Bob got them. */
const aliceAtBob = (outside: Outside): readonly string[] =>
  outside
    .arrivedAt('bob')
    .filter((s) => s.name === 'presence' && s.attrs['from'] === 'alice@wonderland.lit/tea')
    .map((s) => s.attrs['type'] ?? '');

describe.each([strophe, xmppJs, stanza])('$name', (library) => {
  test('logs in by SCRAM, binds its resource, and leaves', async () => {
    const outside = createOutside(scene());
    const session = await library.login(outside, ALICE);
    expect(session.jid()).toBe('alice@wonderland.lit/tea');
    expect(sent(outside, 'SCRAM-SHA-1')).toBe(true);
    expect(sent(outside, 'PLAIN')).toBe(false);
    await session.leave();
    expect(outside.frames.at(-1)).toBe("< <close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");
    replaysTheSame(outside);
  });

  test('is not let in with another password', async () => {
    const outside = createOutside(scene());
    await expect(library.login(outside, { ...ALICE, password: 'looking-glass' })).rejects.toThrow();
    expect(outside.frames.some((frame) => frame.startsWith('< <failure') && frame.includes('<not-authorized'))).toBe(true);
  });

  test('gets its roster, sees its contact on another server come and is seen, chats with him', async () => {
    const outside = createOutside(scene());
    const session = await library.login(outside, ALICE);
    expect(await session.roster()).toEqual([{ jid: BOB, subscription: 'both', name: 'Bob' }]);
    session.available();
    await until(() => expect(session.presences).toContainEqual({ from: `${BOB}/desk`, type: '' }));
    session.say(BOB, 'Are you asleep? <&>');
    await until(() => expect(session.messages).toContainEqual({ from: `${BOB}/desk`, body: 'Are you asleep? <&>' }));
    await session.leave();
    await until(() => expect(aliceAtBob(outside).at(-1)).toBe('unavailable'));
    expect(aliceAtBob(outside)).toContain('');
    replaysTheSame(outside);
  });

  test('learns what its server can do, and pings it and another one', async () => {
    const outside = createOutside(scene());
    const session = await library.login(outside, ALICE);
    expect(await session.features('wonderland.lit')).toEqual(expect.arrayContaining(['urn:xmpp:ping', 'jabber:iq:roster']));
    await session.ping('wonderland.lit');
    await session.ping('realworld.lit');
    await expect(session.ping('nowhere.lit')).rejects.toBeTruthy();
    await session.leave();
    replaysTheSame(outside);
  });

  test('is offered no STARTTLS where TLS lies under the WebSocket (RFC 7395 §3.9)', async () => {
    const outside = createOutside(scene({ tls: true }));
    const session = await library.login(outside, ALICE);
    expect(outside.frames.filter((frame) => frame.includes('urn:ietf:params:xml:ns:xmpp-tls'))).toEqual([]);
    await session.leave();
  });

  test('resumes its managed stream after its connection was cut, and gets what came meanwhile (XEP-0198 §5)', async () => {
    const outside = createOutside(scene());
    const session = await library.login(outside, ALICE);
    session.available();
    await until(() => expect(session.managed()).toBe(true));
    await until(() => expect(session.presences).toContainEqual({ from: `${BOB}/desk`, type: '' }));
    outside.cut('alice');
    await session.comeBack();
    expect(outside.sockets).toHaveLength(2);
    expect(session.jid()).toBe('alice@wonderland.lit/tea');
    await until(() => expect(session.messages.filter(({ body }) => body === 'Where are you?')).toHaveLength(1));
    session.say(BOB, 'I am back.');
    await until(() => expect(session.messages).toContainEqual({ from: `${BOB}/desk`, body: 'I am back.' }));
    // To others it was never away.
    expect(aliceAtBob(outside)).not.toContain('unavailable');
    await session.leave();
    replaysTheSame(outside);
  });
});

describe.each([strophe, xmppJs, stanza])('$name, in a group', (library) => {
  const ROOM = 'teaparty@rooms.wonderland.lit';

  test('joins a room with five others, talks, changes the subject, kicks (XEP-0045 §7.2, §7.4, §8.1, §8.2)', async () => {
    const outside = createOutside(group);
    const session = await library.login(outside, ALICE);
    session.available();
    await session.join(ROOM, 'Alice');
    await until(() => expect(session.subjects).toContainEqual({ from: ROOM, text: 'Tea' }));
    const there = session.presences.filter(({ from }) => from.startsWith(`${ROOM}/`)).map(({ from }) => from);
    expect([...new Set(there)].sort()).toEqual([...OTHERS, 'Alice'].map((nick) => `${ROOM}/${nick}`).sort());
    expect(session.messages).toContainEqual({ from: `${ROOM}/hatter`, body: 'No room!' });

    session.speak(ROOM, 'There’s plenty of room! <&>');
    await until(() => expect(session.messages).toContainEqual({ from: `${ROOM}/Alice`, body: 'There’s plenty of room! <&>' }));
    for (const other of OTHERS) {
      const heard = outside.arrivedAt(other).filter((s) => s.name === 'message' && s.attrs['from'] === `${ROOM}/Alice`);
      expect(heard, other).toHaveLength(1);
    }
    session.setSubject(ROOM, 'Riddles');
    await until(() => expect(session.subjects).toContainEqual({ from: `${ROOM}/Alice`, text: 'Riddles' }));

    await session.kick(ROOM, 'dormouse');
    await until(() => expect(session.kicked).toContain(`${ROOM}/dormouse`));
    expect(outside.arrivedAt('dormouse').at(-1)?.attrs['type']).toBe('unavailable');
    await session.leave();
    await until(() => expect(outside.arrivedAt('king').at(-1)?.attrs).toMatchObject({ from: `${ROOM}/Alice`, type: 'unavailable' }));
    replaysTheSame(outside);
  });

  test('makes a node, subscribes, publishes, and is told (XEP-0060 §8.1, §6.1, §7.1)', async () => {
    const SERVICE = 'notify.wonderland.lit';
    const outside = createOutside(group);
    const session = await library.login(outside, ALICE);
    session.available();
    await session.createNode(SERVICE, 'tunes');
    await session.subscribe(SERVICE, 'tunes');
    await session.publish(SERVICE, 'tunes', 'soup', 'Beautiful Soup');
    await until(() => expect(session.events).toContainEqual({ node: 'tunes', id: 'soup' }));
    await expect(session.publish(SERVICE, 'none', 'x', 'x')).rejects.toBeTruthy();
    await session.leave();
    replaysTheSame(outside);
  });
});

describe('@xmpp/client where the server offers SASL2 and Bind 2', () => {
  const modules = ['xep-0388', 'xep-0386'];

  test('authenticates, binds and has its stream managed in one step (XEP-0388 §2.3, XEP-0386 §3.2)', async () => {
    const outside = createOutside(scene({ modules }));
    const session = await xmppJs.login(outside, ALICE);
    expect(session.jid()).toMatch(/^alice@wonderland\.lit\/tea~/);
    expect(outside.frames.filter((frame) => frame.startsWith('> ')).map((frame) => /<([a-z]+)/.exec(frame)?.[1])).toEqual([
      'open',
      'authenticate',
      'response',
    ]);
    expect(session.managed()).toBe(true);
    session.available();
    await until(() => expect(session.presences).toContainEqual({ from: `${BOB}/desk`, type: '' }));
    await session.leave();
    replaysTheSame(outside);
  });

  test('resumes in the step that authenticates, and gets what came meanwhile (XEP-0386 §3.2, XEP-0198 §5)', async () => {
    const outside = createOutside(scene({ modules }));
    const session = await xmppJs.login(outside, ALICE);
    session.available();
    await until(() => expect(session.presences).toContainEqual({ from: `${BOB}/desk`, type: '' }));
    const before = session.jid();
    outside.cut('alice');
    await session.comeBack();
    expect(session.jid()).toBe(before);
    expect(outside.frames.some((frame) => /^< <success.*<resumed.*<authorization-identifier>alice@wonderland\.lit\/tea~/.test(frame))).toBe(
      true,
    );
    await until(() => expect(session.messages.filter(({ body }) => body === 'Where are you?')).toHaveLength(1));
    await session.leave();
    replaysTheSame(outside);
  });

  test('is told why it is not let in', async () => {
    const outside = createOutside(scene({ modules }));
    await expect(xmppJs.login(outside, { ...ALICE, password: 'looking-glass' })).rejects.toThrow(/not-authorized/);
  });
});

test.each([strophe, stanza])('$name takes SCRAM-SHA-256 where it is offered (RFC 7677)', async (library) => {
  const outside = createOutside(scene({ mechanisms: ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'PLAIN'] }));
  const session = await library.login(outside, ALICE);
  expect(sent(outside, 'SCRAM-SHA-256')).toBe(true);
  await session.leave();
});

test('three of them in one world chat with each other, within a server and across two', async () => {
  const outside = createOutside(three);
  const alice = await strophe.login(outside, who('alice', 'wonderland.lit', 'tea'));
  const hatter = await xmppJs.login(outside, who('hatter', 'wonderland.lit', 'table'));
  const sister = await stanza.login(outside, who('sister', 'realworld.lit', 'bank'));
  const people = [alice, hatter, sister];
  for (const person of people) person.available();
  for (const [i, person] of people.entries()) {
    const next = people[(i + 1) % people.length]!;
    person.say(next.jid(), `${i}: your turn`);
    await until(() => expect(next.messages).toContainEqual({ from: person.jid(), body: `${i}: your turn` }));
  }
  expect(people.map((person) => person.messages.length)).toEqual([1, 1, 1]);
  for (const person of people) await person.leave();
  replaysTheSame(outside);
});
