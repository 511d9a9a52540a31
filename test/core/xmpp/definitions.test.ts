/** The verdict on the form of a stanza, as a person sees it. That it is the schemas' verdict is shown in test/conformance/definitions.test.ts. */
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../src/base/xml/codec.ts';
import { elements, type Element } from '../../../src/base/xml/element.ts';
import { contentOf } from '../../../src/core/xmpp/definitions/content.ts';
import { formParts, meaningOf } from '../../../src/core/xmpp/definitions/form.ts';
import { DEFINITIONS, PREFIXES } from '../../../src/core/xmpp/definitions/index.ts';
import { placeOf } from '../../../src/core/xmpp/definitions/place.ts';
import { attributeForms, judge, verdict } from '../../../src/core/xmpp/definitions/verdict.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';

const faults = (xml: string, ns: string = NS.client): string[] =>
  verdict(parseXml(xml, ns), ns).map((f) => `${f.path}: ${f.message} (${f.section})`);

describe('what a fault says', () => {
  test.each([
    ['<message to="a@b.lit"><body>x</body><later xmlns="urn:later"/></message>', []],
    ['<iq type="get"><ping xmlns="urn:xmpp:ping"/></iq>', ['/iq: <iq/> needs the attribute “id” (RFC 6120 §8.1.3)']],
    ['<iq type="put" id="1"/>', ['/iq/@type: “type” is “put”, which is none of error, get, result, set (RFC 6120 §8.1.4)']],
    [
      '<presence><priority>128</priority></presence>',
      ['/presence/priority: its text is “128”, which is no whole number from -128 to 127 (RFC 6121 §4.7.2.3)'],
    ],
    ['<message>hello</message>', ['/message: <message/> holds elements, and no text between them (RFC 6120 §8.2.1)']],
    [
      '<iq type="set" id="1"><query xmlns="jabber:iq:roster"><item jid="a@b.lit"/><item/></query></iq>',
      ['/iq/query/item[2]: <item/> needs the attribute “jid” (RFC 6121 §2.1.2.3)'],
    ],
    [
      '<iq type="result" id="1"><query xmlns="jabber:iq:version"><name>x</name></query></iq>',
      ['/iq/query: <query/> is not complete: <version/> is missing (XEP-0092 §2)'],
    ],
    [
      '<iq type="result" id="1"><query xmlns="jabber:iq:version"><version>1</version></query></iq>',
      ['/iq/query/version: <version/> has no place here; here may stand <name/> (XEP-0092 §2)'],
    ],
    ['<iq type="get" id="1"><ping xmlns="urn:xmpp:ping">x</ping></iq>', ['/iq/ping: <ping/> is empty, and here it has text (XEP-0199 §4)']],
    [
      '<iq type="get" id="1"><pong xmlns="urn:xmpp:ping"/></iq>',
      ['/iq/pong: urn:xmpp:ping has no element <pong/> to stand by itself (XEP-0199)'],
    ],
    ['<presence colour="red"/>', ['/presence/@colour: <presence/> has no attribute “colour” (RFC 6120 §8.2.2)']],
    ['<presence type="subscribe"/>', ['/presence: a presence of type subscribe is for somebody: it needs “to” (RFC 6121 §3, §4.3)']],
  ])('%s', (xml, expected) => {
    expect(faults(xml)).toEqual(expected);
  });

  test('an address is told with what is wrong in it', () => {
    expect(faults('<message to="a@b@c"><body/></message>')[0]).toMatch(
      /^\/message\/@to: “to” is “a@b@c”, which is no address: its .* \(RFC 7622\) \(RFC 6120 §8.1.1\)$/,
    );
  });

  test('stanzas of the other sort of stream are not in their place', () => {
    expect(faults('<message xmlns="jabber:server" from="a.lit" to="b.lit"/>')).toEqual([
      '/message: <message/> is in the namespace jabber:server, and this is a stream of jabber:client (RFC 6120 §4.8.3)',
    ]);
    expect(faults('<message to="b.lit"/>', NS.server)[0]).toContain('needs the attribute “from”');
  });

  test('dialback without an id of the stream', () => {
    expect(faults('<verify xmlns="jabber:server:dialback" from="a.lit" to="b.lit">key</verify>', NS.server)).toEqual([
      '/verify: <verify/> needs the attribute “id” (XEP-0220 §2.2)',
    ]);
  });
});

test('the order of the printed schemas is another question', () => {
  const stanza = parseXml('<message><later xmlns="urn:later"/><body>x</body></message>', NS.client);
  expect(verdict(stanza, NS.client)).toEqual([]);
  expect(verdict(stanza, NS.client, { printedOrder: true }).map((f) => f.path)).toEqual(['/message/body']);
});

test('unknown namespaces are named and not judged, but what is known inside them is', () => {
  const { faults: found, unknown } = judge(
    parseXml('<message><a xmlns="urn:a" x="y">text<b xmlns="urn:b"/><delay xmlns="urn:xmpp:delay"/></a></message>', NS.client),
    NS.client,
  );
  expect(unknown).toEqual(['urn:a', 'urn:b']);
  expect(found.map((f) => f.path)).toEqual(['/message/a/delay']);
});

test('a fault is found again in the text, by line and column', () => {
  const text =
    `<iq type='set' id='1'>\n  <query xmlns='jabber:iq:roster'>\n    <item jid='a@b.lit' name='<![CDATA['/>\n    <item jid='a@b.lit'\n      subscription='maybe'><group/></item>\n  </query>\n</iq>`.replace(
      '<![CDATA[',
      ']',
    );
  const [fault] = verdict(parseXml(text, NS.client), NS.client);
  expect(fault?.path).toBe('/iq/query/item[2]/@subscription');
  expect(placeOf(text, fault!)).toEqual({ line: 5, column: 7 });
  expect(placeOf(text, { ...fault!, attribute: undefined })).toEqual({ line: 4, column: 5 });
  expect(placeOf('<a><![CDATA[<b/>]]><c d="1"/><c\r\n e="2>"/><c e=\'3\'/></a>', { steps: [2], attribute: 'e' })).toEqual({
    line: 2,
    column: 13,
  });
  expect(() => placeOf('<a><b></a>', { steps: [] })).toThrow(/line 1, column/);
});

test('parts for the inspector', () => {
  const part = (xml: string) => {
    const [fields] = formParts(parseXml(xml, NS.client), NS.client);
    return fields?.type === 'fields' ? fields.fields.map((f) => `${f.label}: ${f.value}`) : [];
  };
  expect(part('<presence/>')).toEqual(['Form: valid']);
  expect(part('<presence><show>online</show></presence>')).toEqual([
    'Form: not valid: one fault',
    '/presence/show: its text is “online”, which is none of away, chat, dnd, xa',
  ]);
  expect(part('<message><tea xmlns="urn:tea"/></message>')).toEqual(['Form: valid', 'Not judged: urn:tea']);
  expect(part('<tea xmlns="urn:tea"/>')).toEqual(['Form: not judged: it is in no namespace that is defined here']);
  expect(part(`<message>${'<wrong/>'.repeat(20)}</message>`).at(-1)).toMatch(/^…: and \d+ more$|has no place here/);
});

test('meanings, by the way to an element and by attribute', () => {
  const iq = parseXml('<iq type="set" id="1"><query xmlns="jabber:iq:roster"><item jid="a@b.lit" colour="red"/></query></iq>', NS.client);
  const query = elements(iq)[0]!;
  const item = elements(query)[0]!;
  expect(meaningOf([iq, query, item])).toEqual({ text: 'One contact.', source: 'RFC 6121 §2.1.2' });
  expect(meaningOf([iq, query, item], 'jid')).toEqual({ text: 'Whom it is about.', source: 'RFC 6121 §2.1.2.3' });
  expect(meaningOf([iq, query, item], 'colour')).toBeUndefined();
  expect(meaningOf([parseXml('<tea xmlns="urn:tea"/>')])).toBeUndefined();
});

test('every definition can be read, and says what everything means and where it is written', () => {
  expect(DEFINITIONS.size).toBeGreaterThan(70);
  for (const { ns, source, elements: declared } of DEFINITIONS.values()) {
    expect(source, ns).toMatch(/^(RFC \d{4}|XEP-\d{4})$/);
    for (const [key, declaration] of Object.entries(declared)) {
      const [section, means, content, , printed] = declaration;
      const place = `${ns} ${key}`;
      expect(section, place).toMatch(/^(RFC 6121 )?§/);
      expect(means, place).toMatch(/^[A-Z].*\.$/s);
      for (const form of attributeForms(declaration).values()) expect(form.means, place).toMatch(/^[A-Z0-9].*\.$/s);
      for (const text of [content, printed ?? '']) expect(() => contentOf(text, ns, PREFIXES), place).not.toThrow();
    }
  }
});

test('every name in a content is declared', () => {
  const wrong: string[] = [];
  for (const { ns, elements: declared } of DEFINITIONS.values())
    for (const [key, [, , content]] of Object.entries(declared)) {
      if (content.startsWith('=')) continue;
      for (const [, prefix, name] of content.replace(/[a-z]+:\*/g, '').matchAll(/(?:([a-z]+):)?([A-Za-z_][\w.-]*)/g)) {
        if (['other', 'any', 'mixed'].includes(name!)) continue;
        const of = prefix === undefined ? declared : (DEFINITIONS.get(PREFIXES[prefix]!)?.elements ?? {});
        const keys = prefix === undefined ? [`${key}/${name}`, name!, `/${name}`] : [name!];
        if (!keys.some((k) => Object.hasOwn(of, k))) wrong.push(`${ns} ${key}: ${name}`);
      }
    }
  expect(wrong).toEqual([]);
});

test('ten thousand verdicts in a second or two', () => {
  const stanza: Element = parseXml(
    '<presence from="r@c.lit/n" to="a@b.lit/x"><show>away</show><x xmlns="http://jabber.org/protocol/muc#user"><item affiliation="member" role="participant"/><status code="110"/></x></presence>',
    NS.client,
  );
  // Of this process's own work: others may be busy, too.
  const begun = process.cpuUsage();
  let remarks = 0;
  for (let i = 0; i < 10_000; i++) remarks += verdict(stanza, NS.client).length;
  const { user } = process.cpuUsage(begun);
  expect(remarks).toBe(0);
  expect(user / 1e6).toBeLessThan(5);
});
