/** The message archive: XEP-0313 with XEP-0059 and XEP-0441, checklist Q04. What Prosody 0.12 does was recorded with the harness of the conformance set. */
import { describe, expect, test } from 'vitest';
import { connect, message, send, talk, type Step } from './conversation.ts';

const A = 'alice@wonderland.lit';
const M = 'madhatter@wonderland.lit';
const modules = ['mam'];
const field = (name: string, ...values: readonly string[]) =>
  `<field var='${name}'>${values.map((v) => `<value>${v}</value>`).join('')}</field>`;
const query = (id: string, fields = '', set = '', more = '') =>
  send(
    'alice',
    `<iq type='set' id='${id}'><query xmlns='urn:xmpp:mam:2'>${fields === '' ? '' : `<x xmlns='jabber:x:data' type='submit'>${field('FORM_TYPE', 'urn:xmpp:mam:2')}${fields}</x>`}${set === '' ? '' : `<set xmlns='http://jabber.org/protocol/rsm'>${set}</set>`}${more}</query></iq>`,
  );
const save = (pattern: string, name: string): Step => ({ op: 'save', as: 'alice', re: pattern, var: name });
/** Steps 1 to 7: m1 to m4 between the two, w1 to another. */
const begin: readonly Step[] = [
  connect('alice', 'alice', 'tea'),
  connect('m', 'madhatter', 'hat'),
  send('alice', message(M, 'm1')),
  send('m', message(A, 'm2')),
  send('alice', message(`${M}/hat`, 'm3')),
  send('m', message(`${A}/tea`, 'm4')),
  send('alice', message('whiterabbit@wonderland.lit', 'w1')),
];
const bodies = (got: readonly string[]): string[] => got.flatMap((x) => /<body>(\w+)<\/body>/.exec(x)?.[1] ?? []);
const asked = (...steps: readonly Step[]) => {
  const t = talk([...begin, ...steps], { modules });
  return t.got('alice', begin.length + steps.length);
};

describe('queries (§4)', () => {
  test('the whole archive: each message with its id and time, then the end', () => {
    const got = asked(query('q'));
    expect(bodies(got)).toEqual(['m1', 'm2', 'm3', 'm4', 'w1']);
    expect(got[0]).toMatch(
      /<result xmlns='urn:xmpp:mam:2' id='[^']+'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='T'\/><message xmlns='jabber:client'/,
    );
    expect(got[5]).toMatch(
      /<fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='http:\/\/jabber.org\/protocol\/rsm'><first>[^<]+<\/first><last>[^<]+<\/last><count>5<\/count>/,
    );
  });
  test('with one account, whatever the resource', () => {
    expect(bodies(asked(query('q', field('with', `${M}/elsewhere`))))).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(bodies(asked(query('q', field('with', 'whiterabbit@wonderland.lit'))))).toEqual(['w1']);
  });
  test('by time', () => {
    expect(bodies(asked(query('q', field('start', '2099-01-01T00:00:00Z'))))).toEqual([]);
    expect(bodies(asked(query('q', field('end', '2099-01-01T00:00:00Z'))))).toHaveLength(5);
    expect(asked(query('q', field('start', 'yesterday'))).join('')).toContain('<bad-request');
  });
  test('by ids', () => {
    expect(bodies(asked(query('a'), save('<last>([^<]+)</last>', 'last'), query('q', field('ids', '{{last}}'))))).toEqual(['w1']);
  });
  test('a form of something else is refused', () => {
    const other = send(
      'alice',
      `<iq type='set' id='q'><query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data' type='submit'>${field('with', M)}</x></query></iq>`,
    );
    expect(asked(other).join('')).toContain("Unexpected FORM_TYPE, expected 'urn:xmpp:mam:2'");
  });
  test('the form names its fields', () => {
    const form = asked(send('alice', "<iq type='get' id='f'><query xmlns='urn:xmpp:mam:2'/></iq>")).join('');
    for (const name of ['with', 'start', 'end', 'before-id', 'after-id', 'ids']) expect(form).toContain(`var='${name}'`);
  });
  test('another user’s archive is closed', () => {
    expect(asked(send('alice', `<iq type='set' id='q' to='${M}'><query xmlns='urn:xmpp:mam:2'/></iq>`))).toEqual([
      expect.stringContaining('<service-unavailable'),
    ]);
  });
  test('without the module nobody answers', () => {
    expect(talk([connect('alice', 'alice', 'tea'), query('q')]).got('alice', 2)).toEqual([expect.stringContaining('<service-unavailable')]);
  });
  test('the ends of the archive', () => {
    expect(asked(send('alice', "<iq type='get' id='f'><metadata xmlns='urn:xmpp:mam:2'/></iq>")).join('')).toMatch(
      /<metadata xmlns='urn:xmpp:mam:2'><start id='[^']+' timestamp='[^']+'\/><end /,
    );
  });
});

describe('pages (XEP-0059 §2)', () => {
  const first = query('a', '', '<max>2</max>');
  const last = save('<last>([^<]+)</last>', 'last');
  test('forwards', () => {
    expect(bodies(asked(first))).toEqual(['m1', 'm2']);
    expect(asked(first).join('')).not.toContain('complete');
    expect(bodies(asked(first, last, query('q', '', '<max>2</max><after>{{last}}</after>')))).toEqual(['m3', 'm4']);
    expect(asked(first, last, query('q', '', '<max>3</max><after>{{last}}</after>')).join('')).toContain("complete='true'");
  });
  test('backwards, in the order of time all the same', () => {
    const end = query('a', '', '<max>2</max><before/>');
    expect(bodies(asked(end))).toEqual(['m4', 'w1']);
    const before = save('<first>([^<]+)</first>', 'first');
    expect(bodies(asked(end, before, query('q', '', '<max>2</max><before>{{first}}</before>')))).toEqual(['m2', 'm3']);
  });
  test('the other way round on request (XEP-0313 §4.1.4)', () => {
    expect(bodies(asked(query('q', '', '<max>2</max><before/>', '<flip-page/>')))).toEqual(['w1', 'm4']);
  });
  test('none at all: only the count', () => {
    const got = asked(query('q', '', '<max>0</max>'));
    expect(got).toHaveLength(1);
    expect(got[0]).toContain('<count>5</count>');
  });
  test('an unknown item is item-not-found; its type is `cancel` by `rfc`', () => {
    const unknown = query('q', '', '<after>none</after>');
    expect(asked(unknown)).toEqual([expect.stringMatching(/type='modify'><item-not-found/)]);
    expect(talk([...begin, unknown], { modules, profile: 'rfc' }).got('alice', 8)).toEqual([
      expect.stringMatching(/type='cancel'><item-not-found/),
    ]);
  });
});

describe('what is kept (§5), and its ids (XEP-0359)', () => {
  test.each([
    ['a chat state', "<composing xmlns='http://jabber.org/protocol/chatstates'/>", 'chat', 0],
    ['a headline', '<body>x</body>', 'headline', 0],
    ['groupchat', '<body>x</body>', 'groupchat', 0],
    ['the hint no-store', "<body>x</body><no-store xmlns='urn:xmpp:hints'/>", 'chat', 0],
    ['the hint no-permanent-store', "<body>x</body><no-permanent-store xmlns='urn:xmpp:hints'/>", 'chat', 0],
    ['the hint store', "<store xmlns='urn:xmpp:hints'/>", 'chat', 1],
    ['a receipt', "<received xmlns='urn:xmpp:receipts' id='x'/>", 'normal', 1],
    ['a subject', '<subject>x</subject>', 'normal', 1],
  ])('%s', (_name, content, type, kept) => {
    const t = talk(
      [connect('alice', 'alice', 'tea'), connect('m', 'madhatter', 'hat'), send('m', message(`${A}/tea`, 'x', content, type)), query('q')],
      { modules },
    );
    expect(t.got('alice', 4)).toHaveLength(kept + 1);
    expect(t.got('alice', 3).join('').includes('<stanza-id')).toBe(kept === 1);
  });
  test('a forged id stays beside the true one; by `rfc` it is taken out', () => {
    const steps = [
      connect('alice', 'alice', 'tea'),
      connect('m', 'madhatter', 'hat'),
      send('m', message(A, 'x', `<body>x</body><stanza-id xmlns='urn:xmpp:sid:0' id='forged' by='${A}'/>`)),
    ];
    expect(talk(steps, { modules }).got('alice', 3)[0]).toMatch(/id='forged'.*<stanza-id/);
    expect(talk(steps, { modules, profile: 'rfc' }).got('alice', 3)[0]).toMatch(/^(?!.*forged).*<stanza-id/);
  });
  test('what the user does not want is not kept', () => {
    const prefs = (xml: string) => send('alice', `<iq type='set' id='p'><prefs xmlns='urn:xmpp:mam:2' ${xml}</prefs></iq>`);
    const kept = (xml: string) =>
      talk([connect('alice', 'alice', 'tea'), connect('m', 'madhatter', 'hat'), prefs(xml), send('m', message(A, 'x')), query('q')], {
        modules,
      }).got('alice', 5).length - 1;
    expect(kept("default='always'>")).toBe(1);
    expect(kept("default='never'>")).toBe(0);
    expect(kept("default='roster'>")).toBe(0);
    expect(kept(`default='never'><always><jid>${M}</jid></always>`)).toBe(1);
    expect(kept(`default='always'><never><jid>${M}</jid></never>`)).toBe(0);
  });
  test('who reads the archive gets nothing from offline storage', () => {
    const steps = [
      connect('m', 'madhatter', 'hat'),
      send('m', message(A, 'm1')),
      connect('alice', 'alice', 'tea', undefined),
      query('q'),
      send('alice', '<presence/>'),
    ];
    expect(bodies(talk(steps, { modules }).got('alice', 4))).toEqual(['m1']);
    expect(bodies(talk(steps, { modules }).got('alice', 5))).toEqual([]);
  });
});
