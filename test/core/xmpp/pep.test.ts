/** Personal eventing: XEP-0163 by the checklist (E01–E09), entity capabilities (XEP-0115, C01–C04), bookmarks (XEP-0402), vCards and avatars (XEP-0054, XEP-0084, XEP-0292, XEP-0398). What Prosody 0.12 does was recorded with the harness of the conformance set. */
import { describe, expect, test } from 'vitest';
import { sha1 } from '@noble/hashes/legacy.js';
import { base64 } from '../../../src/base/base64.ts';
import { utf8 } from '../../../src/base/utf8.ts';
import { parseXml } from '../../../src/base/xml/codec.ts';
import { capsHash, capsOf, interestsOf } from '../../../src/core/xmpp/modules/xep0115.ts';
import { connect, send, talk, type Step } from './conversation.ts';
import {
  A,
  affiliate,
  configure,
  disco,
  form,
  items,
  M,
  owner,
  publish,
  pubsub,
  retract,
  subscribe,
  type Profile,
} from './pubsub-steps.ts';

const INFO = 'http://jabber.org/protocol/disco#info';
const TUNE = 'http://jabber.org/protocol/tune';
const profiles = ['prosody', 'rfc'] as const;
const refused = (condition: string) => [expect.stringContaining(`<${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>`)];

/** Software that wants to be told of these nodes: what it answers, and the hash of that. */
function software(...nodes: readonly string[]): { readonly query: string; readonly ver: string } {
  const features = nodes.map((node) => `<feature var='${node}+notify'/>`).join('');
  const query = `<query xmlns='${INFO}'><identity category='client' type='pc' name='tea'/><feature var='${INFO}'/>${features}</query>`;
  return { query, ver: capsHash(parseXml(query)) };
}
const caps = (ver: string): string =>
  `<presence><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='http://tea.example' ver='${ver}'/></presence>`;
const ofTunes = software(TUNE);

const ROSTERS: readonly Step[] = [
  { ...connect('a', 'alice', 'tea'), roster: true },
  { ...connect('m', 'madhatter', 'hat'), roster: true },
];
/** The hatter may see alice's presence, and she his. */
const friends: readonly Step[] = [
  send('a', `<presence to='${M}' type='subscribe'/>`),
  send('m', [`<presence to='${A}' type='subscribed'/>`, `<presence to='${A}' type='subscribe'/>`]),
  send('a', `<presence to='${M}' type='subscribed'/>`),
];
const listens = (who: 'a' | 'm', to: string, { query, ver } = ofTunes): readonly Step[] => [
  send(who, caps(ver)),
  send(who, `<iq type='result' id='disco' to='${to}'>${query}</iq>`),
];
const tune = (who: 'a' | 'm', title: string, to = ''): Step =>
  publish(who, 'current', `<tune xmlns='${TUNE}'><title>${title}</title></tune>`, to, TUNE);
const begin = [...ROSTERS, ...friends, ...listens('m', A)];
const opened = owner('a', 'set', `<configure node='${TUNE}'>${form('node_config', { access_model: 'open' })}</configure>`, '');
const play = (profile: Profile, ...steps: readonly Step[]) => talk(steps, { profile });
/** What `who` gets in the last of the steps. */
const last = (profile: Profile, who: string, ...steps: readonly Step[]) => play(profile, ...steps).got(who, steps.length);
const events = (got: readonly string[]): string[] => got.flatMap((xml) => /<title>(.*?)<\/title>/.exec(xml)?.[1] ?? []);

describe.each(profiles)('eventing, by the profile %s', (profile) => {
  test('§6.1 [E01] the account is the service, and says so', () => {
    const got = last(profile, 'a', ...ROSTERS, disco('a', 'info', '')).join('');
    expect(got).toContain("<identity category='pubsub' type='pep'/>");
    expect(got).toContain("<feature var='http://jabber.org/protocol/pubsub#auto-create'/>");
  });
  test('§3 [E02] publishing makes the node, for contacts', () => {
    const made = [...begin, tune('a', 'one')];
    expect(last(profile, 'a', ...made, owner('a', 'get', `<configure node='${TUNE}'/>`, '')).join('')).toMatch(
      /pubsub#access_model'[^>]*><value>presence<\/value>/,
    );
    expect(last(profile, 'm', ...made, items('m', '', A, '', TUNE)).join('')).toContain('<title>one</title>');
    const stranger = last(
      profile,
      'k',
      ...made,
      connect('k', 'king', 'crown'),
      send('k', `<iq type='get' id='x' to='${A}'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='${TUNE}'/></pubsub></iq>`),
    );
    expect(stranger).toEqual(refused(profile === 'prosody' ? 'forbidden' : 'not-authorized'));
  });
  test('XEP-0060 §7.1.5 [B17] a node that is made by publishing is made as the publisher wants it', () => {
    const item = `<publish node='urn:own'><item id='1'><own xmlns='urn:own'/></item></publish>`;
    const wanted = (model: string): Step =>
      pubsub('a', 'set', `${item}<publish-options>${form('publish-options', { access_model: model })}</publish-options>`, '');
    const shown = owner('a', 'get', "<configure node='urn:own'/>", '');
    for (const model of ['whitelist', 'open'])
      expect(last(profile, 'a', ...begin, wanted(model), shown).join('')).toMatch(
        new RegExp(`pubsub#access_model'[^>]*><value>${model}</value>`),
      );
    expect(last(profile, 'm', ...begin, wanted('whitelist'), items('m', '', A, '', 'urn:own'))[0]).toContain("type='error'");
  });
  test('§4.1, §4.2 [E03] [E04] contacts are told of what they are interested in, and of nothing else', () => {
    expect(last(profile, 'm', ...begin, tune('a', 'one'))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^<message from='${A}' to='${M}/hat' type='headline' id='[^']+'><event .*<items node='${TUNE}'><item id='current' publisher='${A}'>`,
        ),
      ),
    ]);
    expect(last(profile, 'm', ...begin, publish('a', 'current', "<mood xmlns='urn:mood'/>", '', 'urn:mood'))).toEqual([]);
    expect(events(last(profile, 'm', ...ROSTERS, ...friends, tune('a', 'one')))).toEqual([]);
  });
  test('§4.1 [E03] who may not see the presence is not told', () => {
    expect(last(profile, 'm', ...ROSTERS, ...listens('m', A), tune('a', 'one'))).toEqual([]);
    // Nor of a node that everybody may read, though the account has been shown the interest directly.
    const shown = send('m', caps(ofTunes.ver).replace('<presence', `<presence to='${A}'`));
    expect(last(profile, 'm', ...ROSTERS, send('m', caps(ofTunes.ver)), tune('a', 'one'), opened, shown, tune('a', 'two'))).toEqual([]);
    // conflicts.ts, pep-strangers-interests
    const unasked = last(profile, 'm', ...ROSTERS, ...listens('m', A), tune('a', 'one'), opened, shown, tune('a', 'two'));
    expect(events(unasked)).toEqual(profile === 'rfc' ? [] : ['two']);
  });
  test('§4.3 [E05] own resources are told, too', () => {
    const steps = [...ROSTERS, ...listens('a', A), tune('a', 'one')];
    expect(events(last(profile, 'a', ...steps))).toEqual(['one']);
    // The server asks for it, and knows it of the next one that says the same.
    expect(
      play(profile, ...steps)
        .got('a', 3)
        .join(''),
    ).toMatch(/<iq (?=[^>]*type='get')(?=[^>]*id='disco')/);
    const later = [...steps, { ...connect('a2', 'alice', 'bed'), presence: caps(ofTunes.ver) }, tune('a', 'two')];
    expect(events(last(profile, 'a2', ...later))).toEqual(['two']);
  });
  test('§4.3.4 [E06] who comes online is sent the last item, and a known hash is not asked for again', () => {
    const got = last(profile, 'm2', ...begin, tune('a', 'one'), tune('a', 'two'), {
      ...connect('m2', 'madhatter', 'table'),
      presence: caps(ofTunes.ver),
    });
    expect(events(got)).toEqual(['two']);
    expect(got.join('')).not.toContain("id='disco'");
  });
  test('§4.3.2 [E07] one message for each resource that is interested', () => {
    const steps = [...begin, connect('m2', 'madhatter', 'table'), send('m2', caps(ofTunes.ver)), tune('a', 'one')];
    const t = play(profile, ...steps);
    expect([t.got('m', steps.length).length, t.got('m2', steps.length).length]).toEqual([1, 1]);
  });
  test('§7.1 [E08] who is not a contact any more is not told any more', () => {
    expect(events(last(profile, 'm', ...begin, send('a', `<presence to='${M}' type='unsubscribed'/>`), tune('a', 'one')))).toEqual([]);
    expect(events(last(profile, 'm', ...begin, send('m', `<presence to='${A}' type='unsubscribe'/>`), tune('a', 'one')))).toEqual([]);
    // Of a node that everybody may read neither: it is contacts who are told without having asked.
    const left = [...begin, tune('a', 'one'), opened, send('m', `<presence to='${A}' type='unsubscribe'/>`), tune('a', 'two')];
    expect(events(last(profile, 'm', ...left))).toEqual([]);
  });
  test('§4.3 who goes offline is not told any more', () => {
    expect(last(profile, 'm', ...begin, send('m', "<presence type='unavailable'/>"), tune('a', 'one'))).toEqual([]);
  });
  test('[E09] an empty payload says that it has stopped', () => {
    expect(last(profile, 'm', ...begin, publish('a', 'current', `<tune xmlns='${TUNE}'/>`, '', TUNE)).join('')).toContain(
      `<tune xmlns='${TUNE}'/></item>`,
    );
  });
  test('a node can be closed, and opened for one; others may not publish in it', () => {
    const closed = [
      ...begin,
      tune('a', 'one'),
      owner('a', 'set', `<configure node='${TUNE}'>${form('node_config', { access_model: 'whitelist' })}</configure>`, ''),
    ];
    expect(events(last(profile, 'm', ...closed, tune('a', 'two')))).toEqual([]);
    expect(events(last(profile, 'm', ...closed, affiliate(M, 'member', 'a', '', TUNE), tune('a', 'two')))).toEqual(['two']);
    expect(last(profile, 'm', ...begin, tune('a', 'one'), tune('m', 'x', A))).toEqual(refused('forbidden'));
  });
  test('an account that does not exist has a service for nobody', () => {
    expect(last(profile, 'a', ...ROSTERS, subscribe('a', A, 'nobody@wonderland.lit'))).toEqual(refused('forbidden'));
  });
  test('nodes are told to contacts only', () => {
    expect(last(profile, 'm', ...ROSTERS, ...friends, tune('a', 'one'), disco('m', 'items', A)).join('')).toContain(`node='${TUNE}'`);
    expect(last(profile, 'm', ...ROSTERS, tune('a', 'one'), disco('m', 'items', A))).toEqual(refused('service-unavailable'));
  });
});

describe('entity capabilities (XEP-0115)', () => {
  const info = (content: string) => capsHash(parseXml(`<query xmlns='${INFO}'>${content}</query>`));
  const features = ['caps', 'disco#info', 'disco#items', 'muc']
    .map((f) => `<feature var='http://jabber.org/protocol/${f}'/>`)
    .reverse()
    .join('');
  test('§5.2 [C01] [C04] the simple example', () => {
    expect(info(`<identity category='client' name='Exodus 0.9.1' type='pc'/>${features}`)).toBe('QgayPKawpkPSDYmwT/WM94uAlu0=');
  });
  test('§5.3 [C01] [C04] the complex example, with a form and two languages', () => {
    const fields = [
      ['os', 'Mac'],
      ['ip_version', 'ipv6', 'ipv4'],
      ['os_version', '10.5.1'],
      ['software', 'Psi'],
      ['software_version', '0.11'],
    ].map(([name, ...values]) => `<field var='${name}'>${values.map((v) => `<value>${v}</value>`).join('')}</field>`);
    const x = `<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:dataforms:softwareinfo</value></field>${fields.join('')}</x>`;
    const identities =
      "<identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/><identity xml:lang='el' category='client' name='Ψ 0.11' type='pc'/>";
    expect(info(identities + features + x)).toBe('q07IKJEyjvHSyhy//CH0CxmKi8w=');
  });
  test('§5.4 [C02] a form without a hidden FORM_TYPE is left out', () => {
    const x = "<x xmlns='jabber:x:data' type='result'><field var='a'><value>b</value></field></x>";
    expect(info(features + x)).toBe(info(features));
    expect(info(features + x.replace('<field', "<field var='FORM_TYPE'><value>u</value></field><field"))).not.toBe(info(features));
  });
  test.each([
    ['a feature', `<feature var='${TUNE}+notify'/>`],
    ['an identity', "<identity category='client' type='pc' name='tea'/>"],
    [
      'a kind of form',
      ['a', 'b']
        .map(
          (v) =>
            `<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>u</value></field><field var='${v}'><value>1</value></field></x>`,
        )
        .join(''),
    ],
    [
      'a form’s type, with two values',
      "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>u</value><value>v</value></field></x>",
    ],
  ])('§5.4 [C02] an answer that says %s twice is not gone by, but by Prosody', (_name, more) => {
    const query = ofTunes.query.replace('</query>', `${more}</query>`);
    const steps = [...ROSTERS, ...friends, ...listens('m', A, { query, ver: capsHash(parseXml(query)) }), tune('a', 'one')];
    expect(profiles.map((profile) => events(last(profile, 'm', ...steps)))).toEqual([['one'], []]);
  });
  test('§5.1 [C02] the order is that of bytes, not of languages or of UTF-16', () => {
    const of = (...names: readonly string[]): string => info(names.map((n) => `<feature var='${n}'/>`).join(''));
    expect(of('\u{ff21}', '\u{1f3a9}', 'b', 'B')).toBe(of('B', 'b', '\u{ff21}', '\u{1f3a9}'));
    const bytes = sha1(utf8('B<b<\u{ff21}<\u{1f3a9}<'));
    expect(of('\u{1f3a9}', '\u{ff21}', 'b', 'B')).toBe(base64(bytes));
  });
  test('§4 what presence says: with a hash, of old without one, and by a hash that nobody knows', () => {
    const of = (attrs: string) =>
      capsOf(parseXml(`<presence xmlns='jabber:client'><c xmlns='http://jabber.org/protocol/caps' ${attrs}/></presence>`));
    expect(of("hash='sha-1' node='n' ver='v'")).toEqual({ hash: 'v', node: 'n#v' });
    expect(of("node='n' ver='1' ext='a b'")).toEqual({ hash: 'n#1#a b', node: 'n#1' });
    expect(of("hash='md5' node='n' ver='v'")).toBeUndefined();
    expect(of("hash='sha-1' node='n'")).toBeUndefined();
  });
  test('XEP-0163 §4.2 the interests of an answer', () => {
    expect(interestsOf(parseXml(software('a', 'b').query))).toEqual(['a', 'b']);
  });
  test('§5.4 [C03] an answer counts under the hash that it has, not under the one that was announced', () => {
    const liar: readonly Step[] = [send('m', caps('bm90IGl0')), send('m', `<iq type='result' id='disco' to='${A}'>${ofTunes.query}</iq>`)];
    const got = last(
      'prosody',
      'm',
      ...ROSTERS,
      ...friends,
      ...liar,
      send('m', "<presence type='unavailable'/>"),
      send('m', caps('bm90IGl0')),
    );
    expect(got.filter((xml) => xml.includes("id='disco'"))).toHaveLength(2);
  });
});

describe('bookmarks (XEP-0402, XEP-0411)', () => {
  const NODE = 'urn:xmpp:bookmarks:1';
  const room = (name: string, more = ''): string => `<conference jid='${name}@rooms.wonderland.lit'${more}/>`;
  const stored = (...rooms: readonly string[]): Step =>
    send(
      'a',
      `<iq type='set' id='x'><query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'>${rooms.join('')}</storage></query></iq>`,
    );
  const asked = send('a', "<iq type='get' id='x'><query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query></iq>");
  const names = (got: readonly string[]): string[] => [...got.join('').matchAll(/(?:jid|item id)='(r\d)@/g)].map((m) => m[1]!).sort();
  test('§5 what is stored in the old place is in the new one', () => {
    expect(names(last('prosody', 'a', ...ROSTERS, stored(room('r1'), room('r2')), items('a', '', '', '', NODE)))).toEqual(['r1', 'r2']);
    expect(
      names(last('prosody', 'a', ...ROSTERS, stored(room('r1'), room('r2')), stored(room('r2'), room('r3')), items('a', '', '', '', NODE))),
    ).toEqual(['r2', 'r3']);
  });
  test('§5 and the other way round', () => {
    const bookmark = publish(
      'a',
      'r1@rooms.wonderland.lit',
      `<conference xmlns='${NODE}' name='R' autojoin='true'><nick>al</nick></conference>`,
      '',
      NODE,
    );
    expect(last('prosody', 'a', ...ROSTERS, bookmark, asked).join('')).toContain(
      "<storage xmlns='storage:bookmarks'><conference jid='r1@rooms.wonderland.lit' name='R' autojoin='true'><nick>al</nick></conference></storage>",
    );
    expect(last('prosody', 'a', ...ROSTERS, bookmark, pubsub('a', 'get', "<items node='storage:bookmarks'/>", '')).join('')).toContain(
      "<item id='current'>",
    );
  });
  test('XEP-0411: who listens at the old node is told of all', () => {
    const old = software('storage:bookmarks');
    expect(names(last('prosody', 'a', ...ROSTERS, ...listens('a', A, old), stored(room('r1'), room('r2'))))).toEqual(['r1', 'r1', 'r2']);
  });
  test('none at all, and an early draft', () => {
    expect(last('prosody', 'a', ...ROSTERS, asked).join('')).toContain("<storage xmlns='storage:bookmarks'/>");
    expect(names(last('prosody', 'a', ...ROSTERS, stored(room('r1')), stored(), asked))).toEqual([]);
    expect(last('prosody', 'a', ...ROSTERS, pubsub('a', 'set', "<publish node='urn:xmpp:bookmarks:0'/>", ''))).toEqual(
      refused('not-allowed'),
    );
  });
  test('they are nobody else’s', () => {
    expect(last('prosody', 'm', ...ROSTERS, ...friends, stored(room('r1')), items('m', '', A, '', NODE))).toEqual(refused('forbidden'));
  });
});

describe('vCards and pictures', () => {
  const card = (content: string): Step => send('a', `<iq type='set' id='x'><vCard xmlns='vcard-temp'>${content}</vCard></iq>`);
  const ask = send('m', `<iq type='get' id='x' to='${A}'><vCard xmlns='vcard-temp'/></iq>`);
  const photo = '<PHOTO><TYPE>image/png</TYPE><BINVAL>iVBORw0KGgo=</BINVAL></PHOTO>';
  const hash = '4caece539b039b16e16206ea2478f8c5ffb2ca05';
  test('XEP-0054 §3 what vCard4 has a place for comes back', () => {
    const full =
      '<FN>Alice</FN><N><FAMILY>Liddell</FAMILY><GIVEN>A</GIVEN><MIDDLE/><PREFIX/><SUFFIX/></N><NICKNAME>Al</NICKNAME><URL>http://a.example</URL><BDAY>1852-05-04</BDAY><TITLE>Miss</TITLE><TEL><NUMBER>1</NUMBER><HOME/></TEL><EMAIL><USERID>a@x</USERID><INTERNET/><WORK/></EMAIL><ADR><POBOX/><EXTADD/><STREET>s</STREET><LOCALITY/><REGION/><PCODE/><CTRY>UK</CTRY><HOME/></ADR><ORG><ORGNAME>O</ORGNAME></ORG><JABBERID>a@x</JABBERID>';
    expect(last('prosody', 'm', ...ROSTERS, card(full), ask).join('')).toContain(`<vCard xmlns='vcard-temp'>${full}</vCard>`);
    expect(
      last('prosody', 'm', ...ROSTERS, card('<FN>A</FN><DESC>girl</DESC><TEL><FAX/><NUMBER>1</NUMBER></TEL>'), ask).join(''),
    ).toContain('<NOTE>girl</NOTE><TEL><NUMBER>1</NUMBER></TEL>');
  });
  test('XEP-0398 §3 the picture is an avatar: told of, and asked for', () => {
    const t = play(
      'prosody',
      ...ROSTERS,
      ...friends,
      ...listens('m', A, software('urn:xmpp:avatar:metadata')),
      card(photo),
      items('m', '', A, '', 'urn:xmpp:avatar:data'),
    );
    expect(t.got('m', 8).join('')).toContain(`<info bytes='8' id='${hash}' type='image/png'/>`);
    expect(t.got('m', 9).join('')).toContain(`<item id='${hash}'><data xmlns='urn:xmpp:avatar:data'>iVBORw0KGgo=</data>`);
  });
  test('XEP-0084 §4 and an avatar is the picture', () => {
    const data = publish('a', hash, "<data xmlns='urn:xmpp:avatar:data'>iVBORw0KGgo=</data>", '', 'urn:xmpp:avatar:data');
    const meta = publish(
      'a',
      hash,
      `<metadata xmlns='urn:xmpp:avatar:metadata'><info id='${hash}' bytes='8' type='image/png'/></metadata>`,
      '',
      'urn:xmpp:avatar:metadata',
    );
    expect(last('prosody', 'm', ...ROSTERS, ...friends, data, meta, ask).join('')).toContain(photo);
    expect(last('prosody', 'm', ...ROSTERS, ...friends, card(photo), card('<FN>A</FN>'), ask).join('')).not.toContain('PHOTO');
  });
  test('XEP-0292 §5 as vCard4: for contacts, unless it was set in the old form', () => {
    const set = send('a', "<iq type='set' id='x'><vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'><fn><text>Al</text></fn></vcard></iq>");
    const ask4 = send('m', `<iq type='get' id='x' to='${A}'><vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'/></iq>`);
    expect(last('prosody', 'm', ...ROSTERS, set, ask4)).toEqual(refused('forbidden'));
    expect(last('prosody', 'm', ...ROSTERS, ...friends, set, ask4).join('')).toContain('<fn><text>Al</text></fn>');
    expect(last('prosody', 'm', ...ROSTERS, ...friends, ask4)).toEqual(refused('item-not-found'));
    expect(last('prosody', 'm', ...ROSTERS, card('<FN>Al</FN>'), ask4).join('')).toContain('<fn><text>Al</text></fn>');
  });
  test('XEP-0172: who has only a nick has a vCard with it', () => {
    const nick = publish(
      'a',
      'current',
      "<nick xmlns='http://jabber.org/protocol/nick'>Ally</nick>",
      '',
      'http://jabber.org/protocol/nick',
    );
    expect(last('prosody', 'm', ...ROSTERS, ...friends, nick, ask).join('')).toContain('<NICKNAME>Ally</NICKNAME>');
  });
});

test('what is taken back, and a node that is deleted, are told to who is interested', () => {
  expect(last('prosody', 'm', ...begin, tune('a', 'one'), retract('a', 'current', " notify='1'", TUNE, '')).join('')).toContain(
    "<retract id='current'/>",
  );
  expect(last('prosody', 'm', ...begin, tune('a', 'one'), owner('a', 'set', `<delete node='${TUNE}'/>`, '')).join('')).toContain(
    `<delete node='${TUNE}'/>`,
  );
  expect(last('prosody', 'a', ...ROSTERS, configure({ title: 'x' }, 'a', ''))).toEqual(refused('item-not-found'));
});
