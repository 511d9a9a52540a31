/** XEP-0289: rooms that federate, primary–primary. Primary–replica: fmuc-replica.test.ts; what goes wrong: fmuc-failures.test.ts. */
import { expect, test } from 'vitest';
import { federate, join, leave, roomAt, say, xml } from './fmuc.ts';

const PAIR = { with: { a: undefined, b: 'a' }, subject: { a: 'of a', b: 'of b' } };
const pair = federate(
  PAIR,
  ['ada@a.lit', join(100, 'a', 'Ada'), say(500, 'a', 'a1'), say(3000, 'a', 'a2')],
  ['bob@b.lit', join(1000, 'b', 'Bob'), say(3500, 'b', 'b1'), leave(6000, 'b', 'Bob')],
  ['bea@b.lit', join(2000, 'b', 'Bea'), leave(5000, 'b', 'Bea')],
);

test('XEP-0289 §5.1 (F01): the room joins the other one for its first user, who then is shown both rooms as one', () => {
  const [ask] = pair.between('b', 'a');
  expect(ask?.xml).toBe(
    `<presence to='${roomAt('a')}/Bob' from='${roomAt('b')}/Bob'><x xmlns='vcard-temp:x:update'><photo/></x>` +
      "<fmuc xmlns='http://isode.com/protocol/fmuc' from='bob@b.lit/x'/><x xmlns='http://jabber.org/protocol/muc'/>" +
      "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' role='participant'/></x></presence>",
  );
  const answer = pair.between('a', 'b', 0, 1900).map(({ stanza }) => `${stanza.name} ${stanza.attrs['from']} ${stanza.attrs['to']}`);
  expect(answer).toEqual([
    `presence ${roomAt('a')}/Ada ${roomAt('b')}`,
    `presence ${roomAt('a')}/Bob ${roomAt('b')}`,
    `message ${roomAt('a')}/Ada ${roomAt('b')}`,
    `message ${roomAt('a')} ${roomAt('b')}`,
  ]);
  expect(pair.saw('bob@b.lit', 0, 1900)).toEqual(['+Ada', '+Bob 110']);
  expect(pair.heard('bob@b.lit')).toEqual(['~a1', 'a2', 'b1']);
});

test('XEP-0289 §5.1: the subject of the joined room replaces that of the room that joins', () => {
  const subjects = pair.got('bob@b.lit').filter((x) => x.includes('<subject'));
  expect(subjects).toHaveLength(1);
  expect(subjects[0]).toContain('<subject>of a</subject>');
});

test('XEP-0289 §5.1: clients are never shown the fmuc element', () => {
  const shown = ['ada@a.lit', 'bob@b.lit', 'bea@b.lit'].flatMap((who) => pair.got(who));
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter((x) => x.includes('fmuc'))).toEqual([]);
});

test('XEP-0289 §5.2 (F02): a message crosses once to each room, with its author, and is not sent back', () => {
  const b1 = pair.between('b', 'a').filter((r) => r.stanza.attrs['id'] === 'b1');
  expect(b1).toHaveLength(1);
  expect(b1[0]?.xml).toContain("<fmuc xmlns='http://isode.com/protocol/fmuc' from='bob@b.lit/x'/>");
  expect(pair.between('a', 'b').filter((r) => r.stanza.attrs['id'] === 'b1')).toEqual([]);
  expect(pair.heard('ada@a.lit')).toEqual(['a1', 'a2', 'b1']);
});

test('XEP-0289 §5.2: the speaker does not wait for the other room', () => {
  const at = (who: string): number => pair.sent.find((r) => r.to === `${who}/x` && r.stanza.attrs['id'] === 'b1')!.tick;
  expect(at('bob@b.lit')).toBeLessThan(at('ada@a.lit'));
});

test('XEP-0289 §5.3: whoever joins later is told to the other room once, and its people see them come and go', () => {
  expect(
    pair
      .between('b', 'a')
      .filter((r) => r.stanza.attrs['from']?.endsWith('/Bea'))
      .map((r) => r.stanza.attrs['type']),
  ).toEqual([undefined, 'unavailable']);
  expect(pair.saw('ada@a.lit')).toEqual(['+Ada 110', '+Bob', '+Bea', '-Bea', '-Bob']);
});

test('XEP-0289 §5.4 (F03): with its last occupant the room has left, and the joined room confirms it by `left`', () => {
  const last = pair.between('a', 'b').at(-1);
  expect(last?.xml).toBe(
    `<presence from='${roomAt('a')}' to='${roomAt('b')}'><fmuc xmlns='http://isode.com/protocol/fmuc'><left/></fmuc></presence>`,
  );
  expect(pair.rulesAt('b', 6000)).toContain('xep-0289/5.4/left');
});

test('XEP-0289 §5.1: presence, and a change of nick, are seen in the other room as XEP-0045 has them', () => {
  const t = federate(
    PAIR,
    ['ada@a.lit', join(100, 'a', 'Ada')],
    [
      'bob@b.lit',
      join(1000, 'b', 'Bob'),
      xml(2000, `<presence to='${roomAt('b')}/Bob'><show>away</show></presence>`),
      xml(3000, `<presence to='${roomAt('b')}/Robert'/>`),
      say(4000, 'b', 'b1'),
    ],
  );
  expect(t.got('ada@a.lit', 2000, 2900).join('')).toContain('<show>away</show>');
  expect(t.saw('ada@a.lit', 2900)).toEqual(['-Bob 303', '+Robert']);
  expect(t.got('ada@a.lit', 4000)[0]).toContain(`from='${roomAt('a')}/Robert'`);
});

test('XEP-0289 §5.2: a new subject is that of both rooms', () => {
  const t = federate(
    PAIR,
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['owner@b.lit', join(1000, 'b', 'Own'), xml(2000, `<message to='${roomAt('b')}' type='groupchat'><subject>new</subject></message>`)],
  );
  expect(t.got('ada@a.lit', 2000).join('')).toContain(`from='${roomAt('a')}/Own' to='ada@a.lit/x'><subject>new</subject>`);
});

test('XEP-0289 §5.5: a kick in one room takes the occupant out of their own, and is told in both', () => {
  const kick = `<iq to='${roomAt('a')}' type='set' id='k'><query xmlns='http://jabber.org/protocol/muc#admin'><item nick='Bob' role='none'><reason>loud</reason></item></query></iq>`;
  const t = federate(
    PAIR,
    ['owner@a.lit', join(100, 'a', 'Own'), xml(3000, kick)],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(4000, 'b', 'late')],
    ['bea@b.lit', join(1500, 'b', 'Bea')],
  );
  expect(t.saw('bob@b.lit', 3000)).toEqual(['-Bob 307 110']);
  expect(t.saw('bea@b.lit', 3000)).toEqual(['-Bob 307']);
  expect(t.saw('owner@a.lit', 3000)).toEqual(['-Bob 307']);
  expect(t.got('bea@b.lit', 3000).join('')).toContain('<reason>loud</reason>');
  expect(t.got('bob@b.lit', 4000).join('')).toContain('not-acceptable');
});

test('XEP-0289 §5.5: a change of role elsewhere is shown, and has no effect', () => {
  const mute = `<iq to='${roomAt('a')}' type='set' id='k'><query xmlns='http://jabber.org/protocol/muc#admin'><item nick='Bob' role='visitor'/></query></iq>`;
  const t = federate(
    PAIR,
    ['owner@a.lit', join(100, 'a', 'Own'), xml(3000, mute)],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(4000, 'b', 'still')],
    ['bea@b.lit', join(1500, 'b', 'Bea')],
  );
  expect(t.got('bea@b.lit', 3000, 3900).join('')).toContain("role='visitor'");
  expect(t.heard('bea@b.lit')).toEqual(['still']);
});

test('XEP-0289 §5.6: private messages go to the occupant by way of both rooms, and errors come back', () => {
  const pm = (nick: string, id: string): string =>
    `<message to='${roomAt('b')}/${nick}' type='chat' id='${id}'><body>psst</body></message>`;
  const t = federate(
    PAIR,
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), xml(2000, pm('Ada', 'p1')), xml(3000, pm('Nobody', 'p2'))],
  );
  expect(t.got('ada@a.lit', 2000)).toEqual([
    expect.stringMatching(
      new RegExp(
        `<message to='ada@a.lit/x' type='chat' id='p1' from='${roomAt('a')}/Bob'><body>psst</body><x xmlns='http://jabber.org/protocol/muc#user'/>`,
      ),
    ),
  ]);
  expect(t.got('bob@b.lit', 3000).join('')).toContain('item-not-found');
});

test('XEP-0289 §5.6 (left open): a request cannot go from room to room, and says so', () => {
  const ask = `<iq to='${roomAt('b')}/Ada' type='get' id='q'><query xmlns='jabber:iq:version'/></iq>`;
  const t = federate(PAIR, ['ada@a.lit', join(100, 'a', 'Ada')], ['bob@b.lit', join(1000, 'b', 'Bob'), xml(2000, ask)]);
  expect(t.got('bob@b.lit', 2000).join('')).toContain('feature-not-implemented');
});

test('XEP-0289 §1.1: a chain of rooms is one room: each message once to everybody', () => {
  const t = federate(
    { with: { a: undefined, b: 'a', c: 'b' } },
    ['ada@a.lit', join(100, 'a', 'Ada'), say(6000, 'a', 'a1')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(7000, 'b', 'b1')],
    ['cid@c.lit', join(2000, 'c', 'Cid'), say(8000, 'c', 'c1')],
  );
  for (const who of ['ada@a.lit', 'bob@b.lit', 'cid@c.lit']) expect(t.heard(who), who).toEqual(['a1', 'b1', 'c1']);
  expect(t.saw('cid@c.lit')).toEqual(['+Ada', '+Bob', '+Cid 110']);
  expect(t.saw('ada@a.lit')).toEqual(['+Ada 110', '+Bob', '+Cid']);
});

test.each(['primary-primary', 'primary-replica'] as const)(
  'XEP-0289 §1.1, %s: in a chain the room in the middle joins for those who come by another room',
  (mode) => {
    const t = federate(
      { with: { a: undefined, b: 'a', c: 'b' }, mode },
      ['ada@a.lit', join(100, 'a', 'Ada'), say(5000, 'a', 'a1')],
      ['cid@c.lit', join(1000, 'c', 'Cid'), say(6000, 'c', 'c1'), leave(8000, 'c', 'Cid')],
      ['cia@c.lit', join(2000, 'c', 'Cia'), leave(2200, 'c', 'Cia')],
      ['bob@b.lit', join(9000, 'b', 'Bob')],
    );
    for (const who of ['ada@a.lit', 'cid@c.lit']) expect(t.heard(who), who).toEqual(['a1', 'c1']);
    expect(t.saw('ada@a.lit')).toEqual(['+Ada 110', '+Cid', '+Cia', '-Cia', '-Cid', '+Bob']);
    expect(t.saw('bob@b.lit')).toEqual(['+Ada', '+Bob 110']);
    expect(t.rulesAt('b', 8000)).toContain('xep-0289/5.4/left');
    expect(t.rulesAt('c', 8000)).toContain('xep-0289/5.4/left');
  },
);

test('XEP-0289 §2: nothing crosses for rooms without local occupants', () => {
  const t = federate(PAIR, ['ada@a.lit', join(100, 'a', 'Ada'), say(500, 'a', 'a1')]);
  expect(t.between('a', 'b')).toEqual([]);
  expect(t.between('b', 'a')).toEqual([]);
});

test('a room that federates says so in its disco#info, others do not', () => {
  const ask = (letter: string): string =>
    `<iq to='${roomAt(letter)}' type='get' id='d'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`;
  const t = federate({ with: { a: undefined, b: 'a' }, accepts: [] }, ['ada@a.lit', xml(100, ask('a')), xml(1000, ask('b'))]);
  const [a, b] = t.got('ada@a.lit', 100).filter((x) => x.startsWith('<iq'));
  expect(a).not.toContain('isode');
  expect(b).toContain("<feature var='http://isode.com/protocol/fmuc'/>");
});

const FMUC = '{http://isode.com/protocol/fmuc}roomconfig_';
const form = (at: number, fields: Readonly<Record<string, string>>) => {
  const type = '<field var="FORM_TYPE"><value>http://jabber.org/protocol/muc#roomconfig</value></field>';
  const given = Object.entries(fields).map(([name, value]) => `<field var='${FMUC}${name}'><value>${value}</value></field>`);
  const x = `<x xmlns='jabber:x:data' type='submit'>${type}${given.join('')}</x>`;
  return xml(at, `<iq to='${roomAt('b')}' type='set' id='f'><query xmlns='http://jabber.org/protocol/muc#owner'>${x}</query></iq>`);
};

test('XEP-0289 §5.1: the owner says in the room’s form what it federates with, and it does so at once', () => {
  const ask = `<iq to='${roomAt('b')}' type='get' id='f'><query xmlns='http://jabber.org/protocol/muc#owner'/></iq>`;
  const t = federate(
    { with: { a: undefined, b: undefined, c: undefined } },
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['cid@c.lit', join(100, 'c', 'Cid')],
    [
      'owner@b.lit',
      join(200, 'b', 'Own'),
      xml(500, ask),
      form(1000, { federatewith: roomAt('a') }),
      say(2000, 'b', 'b1'),
      form(3000, { federatewith: roomAt('c') }),
      say(4000, 'b', 'b2'),
      form(5000, { federatewith: '' }),
      say(6000, 'b', 'b3'),
    ],
  );
  const offered = [
    ...t
      .got('owner@b.lit', 500, 900)
      .join('')
      .matchAll(/var='\{http:\/\/isode\.com\/protocol\/fmuc\}roomconfig_(\w+)'/g),
  ].map((m) => m[1]);
  expect(offered).toEqual(['federatewith', 'federatefrom', 'replica']);
  expect(t.saw('owner@b.lit', 900)).toEqual(['+Ada', '-Ada 333', '+Cid', '-Cid 333']);
  expect(t.saw('ada@a.lit', 900)).toEqual(['+Own', '-Own']);
  expect(t.saw('cid@c.lit', 900)).toEqual(['+Own', '-Own']);
  expect([t.heard('ada@a.lit'), t.heard('cid@c.lit')]).toEqual([['b1'], ['~b1', 'b2']]);
});

test('XEP-0289 §5.1: a form that names no room, or the room itself, changes nothing', () => {
  for (const federatewith of ['rooms.a.lit', 'x@y/z', roomAt('b')]) {
    const t = federate(
      { with: { a: undefined, b: undefined } },
      ['ada@a.lit', join(100, 'a', 'Ada')],
      ['owner@b.lit', join(200, 'b', 'Own'), form(1000, { federatewith })],
    );
    expect(t.between('b', 'a'), federatewith).toEqual([]);
    expect(t.rulesAt('b', 1000)).toContain('xep-0045/17.3/stumbles');
  }
});

test('XEP-0045 §10.2: a room that does not federate, on a host that is not set up for it, has no such fields', () => {
  const ask = `<iq to='${roomAt('b')}' type='get' id='f'><query xmlns='http://jabber.org/protocol/muc#owner'/></iq>`;
  const t = federate({ with: { a: undefined, b: undefined }, accepts: [] }, ['owner@b.lit', join(200, 'b', 'Own'), xml(500, ask)]);
  expect(t.got('owner@b.lit', 500).join('')).toContain('muc#roomconfig');
  expect(t.got('owner@b.lit', 500).join('')).not.toContain('isode');
});
