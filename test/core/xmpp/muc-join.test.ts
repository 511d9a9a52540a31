/** Entering a room: XEP-0045 §7.1, §7.2, §10.1. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import type { Host } from '../../../src/core/kernel/model.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import { child, elements } from '../../../src/base/xml/element.ts';
import { parseXml, serialize } from '../../../src/base/xml/codec.ts';
import { talk, type Step } from './conversation.ts';
import { briefly } from './briefly.ts';
import { affiliate, bareOf, configure, configureMany, iq, join, NICKS, online, presence, register, ROOM, say, user } from './rooms.ts';

const PROFILES = ['prosody', 'rfc'] as const;
const USER = 'http://jabber.org/protocol/muc#user';
const MUC = "<x xmlns='http://jabber.org/protocol/muc'/>";
/** The queen and the Hatter are in a room that is open; Alice and the Rabbit are online. */
const open: readonly Step[] = [...online('q', 'm', 'a', 'r'), join('q'), configure('q'), join('m')];

describe.each(PROFILES)('joining (%s)', (profile) => {
  const played = (steps: readonly Step[]) => talk(steps, { profile });
  const lines = (steps: readonly Step[], who: string, step = steps.length): readonly string[] => played(steps).got(who, step).map(briefly);

  test('§7.2.1 [M01] presence without a type, with the muc element, to room/nick is a join', () => {
    const steps = [...open, join('a'), say('a')];
    expect(lines(steps, 'a', steps.length - 1)).toContain('+Alice none/participant jid 110');
    expect(lines(steps, 'q')).toEqual(['Alice: word']);
  });

  test.each([
    ['without the muc element', ''],
    ['with the element for those inside', user('')],
  ])('§7.2.1 [M01] presence %s is none', (_name, x) => {
    const steps = [...open, join('a', x), say('a')];
    const seen = played(steps);
    expect(
      seen
        .got('a', steps.length - 1)
        .map(briefly)
        .join(),
    ).not.toContain('+Alice');
    expect(seen.got('a', steps.length).map(briefly)).toEqual(['message not-acceptable/cancel']);
    for (const other of ['q', 'm']) expect([...seen.got(other, steps.length - 1), ...seen.got(other, steps.length)]).toEqual([]);
  });

  test.each(['unavailable', 'subscribe', 'subscribed', 'unsubscribe', 'unsubscribed', 'probe', 'error'])(
    '§7.2.1 [M13] presence of the type %s is none, whatever is in it',
    (type) => {
      const content = type === 'error' ? `${MUC}<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>` : MUC;
      const steps = [...open, presence('a', content, type), say('a')];
      const seen = played(steps);
      expect(seen.got('a', steps.length).map(briefly)).toEqual(['message not-acceptable/cancel']);
      for (const other of ['q', 'm']) expect([...seen.got(other, steps.length - 1), ...seen.got(other, steps.length)]).toEqual([]);
    },
  );

  test.each([' ', '   ', '\u00a0'])('§17.1 [M13] a nick of spaces only (“%s”) is refused, for a change as well', (nick) => {
    const refused = [profile === 'rfc' ? 'presence jid-malformed/modify' : 'presence not-allowed/modify'];
    expect(lines([...open, join('a', MUC, nick)], 'a')).toEqual(refused);
    const inside = [...open, join('a'), presence('a', '', '', nick), say('a')];
    expect(lines(inside, 'a', inside.length - 1)).toEqual(refused);
    expect(lines(inside, 'q')).toEqual(['Alice: word']);
  });

  test('§7.1 [M02] presence of the others, the own one, history, subject, and then what is said', () => {
    const said = [say('q', '<body>one</body>'), say('m', '<body>two</body>'), say('q', '<subject>Tea</subject>')];
    const steps = [...open, ...said, join('a'), say('q', '<body>three</body>')];
    expect(lines(steps, 'a', steps.length - 1)).toEqual([
      '+Queen owner/moderator',
      '+Hatter none/participant',
      '+Alice none/participant jid 110',
      'Queen: one (before)',
      'Hatter: two (before)',
      'subject “Tea” by Queen (before)',
    ]);
    expect(lines(steps, 'a')).toEqual(['Queen: three']);
  });

  test('§7.2.2 [M03] each occupant’s presence comes to the newcomer’s full address, with one item that only the room has written', () => {
    const forged = user("<item affiliation='owner' role='moderator'/><status code='110'/>");
    const steps = [...open, presence('m', `<show>away</show>${forged}`), join('a')];
    const before = played(steps).got('a', steps.length).slice(0, 2);
    expect(before.map(briefly)).toEqual(['+Queen owner/moderator', '+Hatter none/participant']);
    for (const xml of before) {
      const stanza = parseXml(xml, 'jabber:client');
      expect(stanza.attrs['to']).toBe(`${bareOf('a')}/x`);
      expect(elements(stanza).filter((c) => c.ns === USER)).toHaveLength(1);
      expect(elements(child(stanza, 'x', USER)!).map((c) => c.name)).toEqual(['item']);
    }
    expect(before[1]).toContain('<show>away</show>');
  });

  test('§7.2.2 [M04] everybody is told of the newcomer, who is told last of all, by 110', () => {
    const steps = [...open, join('a')];
    const seen = played(steps);
    expect(seen.got('q', steps.length).map(briefly)).toEqual(['+Alice none/participant jid']);
    expect(seen.got('m', steps.length).map(briefly)).toEqual(['+Alice none/participant']);
    const presences = seen.got('a', steps.length).filter((xml) => xml.startsWith('<presence'));
    expect(presences.map((xml) => xml.includes("code='110'"))).toEqual([false, false, true]);
    expect(presences.at(-1)).toContain(`from='${ROOM}/Alice'`);
  });

  test('§7.2.2 [M07] whose presence is not broadcast is seen by nobody but themselves, nor are they listed', () => {
    const shy = [...open.slice(0, -1), configureMany('q', 'presencebroadcast', ['moderator'])];
    const steps = [...shy, join('m'), presence('m', '<show>away</show>'), join('a'), presence('m', '', 'unavailable')];
    const seen = played(steps);
    const at = (who: string, step: number): readonly string[] =>
      seen
        .got(who, shy.length + step)
        .map(briefly)
        .filter((line) => /^[+-]/.test(line));
    expect(at('m', 1)).toEqual(['+Queen owner/moderator', '+Hatter none/participant jid 110']);
    expect(at('m', 2)).toEqual(['+Hatter none/participant jid 110']);
    expect(at('a', 3)).toEqual(['+Queen owner/moderator', '+Alice none/participant jid 110']);
    expect(at('m', 4)).toEqual(['-Hatter none/none jid 110']);
    for (const step of [1, 2, 3, 4]) expect(at('q', step), `the queen in step ${step}`).toEqual([]);
  });

  test('§7.2.13 [M08] what was said before is from who said it, with a delay of the room’s, and after all presence', () => {
    const steps = [...open, say('m', '<body>one</body>'), presence('m', '', 'unavailable'), join('a')];
    const got = played(steps).got('a', steps.length);
    const history = got.filter((xml) => xml.includes('<body>'));
    expect(history).toHaveLength(1);
    expect(history[0]).toMatch(new RegExp(`^<message [^>]*from='${ROOM}/Hatter'`));
    expect(history[0]).toContain(`<delay xmlns='urn:xmpp:delay' from='${ROOM}' stamp='T'/>`);
    const lastPresence = got.findLastIndex((xml) => xml.startsWith('<presence'));
    expect(got.indexOf(history[0]!)).toBeGreaterThan(lastPresence);
  });

  test.each([
    ['that nobody has set', [], /^<message [^>]*><subject\/><\/message>$/],
    ['that somebody has set', [say('q', '<subject>Tea</subject>')], /<subject>Tea<\/subject>/],
    ['that was taken away', [say('q', '<subject>Tea</subject>'), say('q', '<subject/>')], /<subject\/>/],
  ] as const)('§7.2.15 [M10] the join ends with the subject, exactly one, without a body: one %s', (_name, said, subject) => {
    const steps = [...open, say('q', '<body>one</body>'), ...said, join('a')];
    const got = played(steps).got('a', steps.length);
    expect(got.filter((xml) => xml.includes('<subject'))).toEqual([got.at(-1)]);
    expect(got.at(-1)).toMatch(subject);
    expect(got.at(-1)).not.toContain('<body');
  });

  test('§7.2.18 [M11] who is inside and joins once more is sent everything once more', () => {
    const steps = [...open, say('q', '<body>one</body>'), say('q', '<subject>Tea</subject>'), join('a'), join('a')];
    expect(lines(steps, 'a')).toEqual(lines(steps, 'a', steps.length - 1));
    expect(lines(steps, 'a')).toHaveLength(5);
    // The others see an occupant’s presence, not another occupant.
    expect(lines(steps, 'm')).toEqual(['+Alice none/participant']);
    const list = iq('q', 'get', "<query xmlns='http://jabber.org/protocol/muc#admin'><item role='participant'/></query>");
    expect(
      played([...steps, list])
        .got('q', steps.length + 1)[0]
        ?.match(/<item /g),
    ).toHaveLength(2);
  });

  test('§10.1.1 [M53] who makes a room owns and moderates it, and nobody else enters before it is configured', () => {
    const steps = [...online('q', 'a'), join('q'), join('a')];
    expect(lines(steps, 'q', 3)).toEqual(['+Queen owner/moderator jid 110 201', 'subject “”']);
    expect(lines(steps, 'a')).toEqual(['presence item-not-found/cancel']);
    const configured = [...steps, configure('q', { roomname: 'Tea' }), join('a')];
    expect(lines(configured, 'a')).toContain('+Alice none/participant jid 110');
  });

  test('§10.1.2 [M54] an empty form takes the room as it is, which opens it; a query without one does not', () => {
    const empty = iq('q', 'set', "<query xmlns='http://jabber.org/protocol/muc#owner'/>");
    const refused = [...online('q', 'a'), join('q'), empty, join('a')];
    expect(lines(refused, 'q', 4)).toEqual(['iq bad-request/modify']);
    expect(lines(refused, 'a')).toEqual(['presence item-not-found/cancel']);
    const steps = [...online('q', 'a'), join('q'), configure('q'), join('a')];
    expect(lines(steps, 'q', 4)).toEqual(['iq result']);
    expect(lines(steps, 'a')).toContain('+Alice none/participant jid 110');
  });
});

describe('presence of somebody who believes to be inside', () => {
  const steps = [...open, presence('a', '<show>away</show>'), say('a')];
  test('§7.2.18 [M12] by the specification a kick with 110, 307 and 333; Prosody refuses it', () => {
    const told = (profile: 'prosody' | 'rfc'): readonly string[] =>
      talk(steps, { profile })
        .got('a', steps.length - 1)
        .map(briefly);
    expect(told('prosody')).toEqual(['presence item-not-found/cancel']);
    expect(told('rfc')).toEqual(['-Alice none/none 110 307 333']);
  });
  test.each(PROFILES)('[M12] it is no join, and nobody else hears of it (%s)', (profile) => {
    const seen = talk(steps, { profile });
    expect(seen.got('a', steps.length).map(briefly)).toEqual(['message not-acceptable/cancel']);
    for (const other of ['q', 'm']) expect(seen.got(other, steps.length - 1)).toEqual([]);
  });
});

describe.each(PROFILES)('nicks that have to be used (%s)', (profile) => {
  const modules = ['muc-registered-nicks'];
  const registered = [...open, affiliate('q', 'a', 'member'), register('a', 'Hare')];
  const lines = (steps: readonly Step[], who: string, more = modules): readonly string[] =>
    talk(steps, { profile, modules: more }).got(who, steps.length).map(briefly);

  test('§7.2.2, §7.10 [M05] who joins by another nick is given the registered one, and told so by 210', () => {
    const steps = [...registered, join('a', MUC, 'Alice')];
    expect(lines(steps, 'a').filter((line) => line.startsWith('+'))).toEqual([
      '+Queen owner/moderator',
      '+Hatter none/participant',
      '+Hare member/participant jid 110 210',
    ]);
    expect(lines(steps, 'm')).toEqual(['+Hare member/participant']);
    // Who says the nick that is kept has been given nothing else.
    expect(lines([...registered, join('a', MUC, 'Hare')], 'a')).toContain('+Hare member/participant jid 110');
    expect(lines(steps, 'a', [])).toContain('+Alice member/participant jid 110');
  });

  test('§7.6 [M26] and cannot change it: not-acceptable, and everything is as before', () => {
    const steps = [...registered, join('a', MUC, 'Hare'), presence('a', '', '', 'Alice')];
    expect(lines(steps, 'a')).toEqual(['presence not-acceptable/cancel']);
    expect(lines(steps, 'q')).toEqual([]);
    expect(lines([...steps, say('a')], 'q')).toEqual(['Hare: word']);
    expect(lines([...open, join('r'), presence('r', '', '', 'Bunny')], 'm')).toEqual([
      `-${NICKS.r} none/participant >Bunny 303`,
      '+Bunny none/participant',
    ]);
  });

  test('§7.10 who registers another nick than the one in use is put out, to come back by it', () => {
    const steps = [...open, affiliate('q', 'a', 'member'), join('a'), register('a', 'Hare')];
    expect(lines(steps, 'a')).toEqual(['-Alice member/none jid 110 307', 'iq result']);
  });
});

test('§17.3 presence of a type that is none, which only a server that breaks the rules passes on, does nothing, or comes back', () => {
  const [server, service, room] = ['wonderland.lit', 'rooms.wonderland.lit', 'tea@rooms.wonderland.lit'];
  const model = createXmppWorld(
    {
      format: 'stanzascope/scenario',
      version: 1,
      model: 'xmpp',
      id: 'types',
      title: '',
      summary: '',
      seed: '1',
      servers: [{ domain: server, components: [{ domain: service, service: 'muc', rooms: [{ name: 'tea', owner: `queen@${server}` }] }] }],
      clients: [{ jid: `alice@${server}/x`, acts: [] }],
      latency: { client: 1, federation: 1, component: 1 },
    },
    {},
  );
  const { entities, links } = model.stage;
  const [from, to] = [entities.jid.indexOf(server), entities.jid.indexOf(service)];
  const link = links.from.findIndex((f, i) => f === from && links.to[i] === to);
  const came = (type: string): readonly string[] => {
    const done: string[] = [];
    const host: Host = {
      tick: 1,
      send: ({ stanza }) => done.push(briefly(serialize(stanza, 'jabber:client'))),
      timer: () => undefined,
      silence: (_who, rule) => void done.push(rule),
      show: () => undefined,
      showLink: () => undefined,
      reached: () => undefined,
    };
    const stanza = parseXml(`<presence from='alice@${server}/x' to='${room}/Alice' type='${type}'>${MUC}</presence>`, 'jabber:client');
    model.arrive(host, { id: 0, from, to, link, kind: 0, stanza });
    return done;
  };
  expect(came('visible')).toEqual(['xep-0045/17.3/presence-type']);
  expect(came('subscribe')).toEqual(['presence bad-request/modify']);
  expect(came('available')).toEqual(['presence bad-request/modify']);
});
