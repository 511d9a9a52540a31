import { expect, test } from 'vitest';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { InputError } from '../../../src/base/result.ts';
import { parseXml, serialize, serializedLength } from '../../../src/base/xml/codec.ts';
import { append, el, renamespace, sharing, withAttrs, type Element } from '../../../src/base/xml/element.ts';
import { utf8Length } from '../../../src/base/utf8.ts';

/** Text that XML can carry; adjacent strings are one text node, so trees are made without them. */
const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((s) => s.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));
const name = fc.constantFrom('a', 'body', 'x-y', 'übung', 'toString', 'valueOf', '_1');
const ns = fc.constantFrom('', 'jabber:client', 'urn:x', "urn:o'clock&<");
const attrs = fc.dictionary(fc.constantFrom('id', 'to', 'xml:lang', 'é', 'hasOwnProperty'), text, { maxKeys: 3 });
const { tree } = fc.letrec<{ tree: Element; node: Element | string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    text.filter((t) => t !== ''),
    tie('tree'),
  ),
  tree: fc
    .tuple(name, ns, attrs, fc.array(tie('node'), { maxLength: 4 }))
    .map(([n, s, a, children]) => el(n, s, a, ...children.filter((c, i) => typeof c !== 'string' || typeof children[i - 1] !== 'string'))),
}));
const plain = (e: Element): unknown => JSON.parse(JSON.stringify(e));

/** A second opinion: the tree as saxes alone reads it. */
function bySaxes(xml: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const stack: { name: string; ns: string; attrs: Record<string, string>; children: (Element | string)[] }[] = [];
  let root: Element | undefined;
  parser.on('opentag', (tag) => {
    const own = Object.values(tag.attributes).filter((a) => a.prefix !== 'xmlns' && a.name !== 'xmlns');
    stack.push({ name: tag.local, ns: tag.uri, attrs: Object.fromEntries(own.map((a) => [a.name, a.value])), children: [] });
  });
  const add = (t: string): void => {
    const into = stack.at(-1)?.children;
    if (!into || t === '') return;
    if (typeof into.at(-1) === 'string') into[into.length - 1] += t;
    else into.push(t);
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const done = stack.pop()!;
    if (stack.length > 0) stack.at(-1)!.children.push(done);
    else root = done;
  });
  parser.write(xml).close();
  return root!;
}

test('what is written is read back as it was, by this codec and by saxes alone', () => {
  fc.assert(
    fc.property(tree, (t) => {
      const xml = serialize(t);
      expect(plain(parseXml(xml))).toEqual(plain(t));
      expect(plain(bySaxes(xml))).toEqual(plain(t));
    }),
    { numRuns: 300 },
  );
});

test.each([
  `<a x='1' y="tr'ue &amp;&lt;&#65;&#x1F600;"> t &amp;amp; <b/> <c xml:lang='en'>&#x41;&#10;</c><![CDATA[<x>&amp;]]></a>`,
  `<a x='a\nb\tc' z='&#10;'>x\r\ny\rz</a>`,
  `<p:a xmlns:p='urn:p' xmlns='urn:d'><b xmlns=''/><p:c xmlns:p='urn:q'><p:d/></p:c><e/></p:a>`,
  `<a>${'&amp;'.repeat(3000)}</a>`,
  `\n<a> <b/>]]&gt;</a>\n`,
  `<toString hasOwnProperty='1'/>`,
])('reads like saxes: %#', (xml) => expect(plain(parseXml(xml))).toEqual(plain(bySaxes(xml))));

test('the default namespace of the stream is the element’s unless it says another', () => {
  const m = parseXml(`<message><body>x</body><x xmlns='urn:x'/></message>`, 'jabber:client');
  expect(m.ns).toBe('jabber:client');
  expect(serialize(m, 'jabber:client')).toBe(`<message><body>x</body><x xmlns='urn:x'/></message>`);
  expect(serialize(m)).toBe(`<message xmlns='jabber:client'><body>x</body><x xmlns='urn:x'/></message>`);
});

test.each([
  ['<a><!-- no --></a>', /comment/, 1, 14],
  ['<a>\n <?pi x?></a>', /processing instruction/, 2, 10],
  ['<!DOCTYPE a><a/>', /document type/, 1, 13],
  [`<?xml version='1.0'?><a/>`, /declaration/, 1, 22],
  ['<a>&nbsp;</a>', /entity/, 1, 10],
  ['<a>&#0;</a>', /character/, 1, 8],
  ['<a><b></a>', /tag/i, 1, 11],
  ['<p:a/>', /namespace prefix/, 1, 7],
  ['<a/><b/>', /root/i, 1, 8],
  ['<a', /root/i, 1, 3],
  ['', /root/i, 1, 1],
  [`<a x='1' x='2'/>`, /duplicate/, 1, 17],
  ['<a>\u0008</a>', /character/, 1, 5],
  ['<a>\n\ud800</a>', /surrogate/, 2, 1],
  ['<a><__proto__/></a>', /cannot be carried/, 1, 16],
  [`<a xmlns:p='u' p:q='1'/>`, /namespace of its own/, 1, 25],
  [`${'<a>'.repeat(201)}${'</a>'.repeat(201)}`, /more than 200/, 1, 604],
])('refused with its place: %#', (xml, why, line, column) => {
  let problem;
  try {
    parseXml(xml);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    problem = (error as InputError).problem;
  }
  expect(problem?.message).toMatch(why);
  expect([problem?.line, problem?.column]).toEqual([line, column]);
});

test('what XML has no place for is not written', () => {
  expect(() => serialize(el('a', '', {}, 'x\u0001'))).toThrow(/U\+0001 at position 2/);
  expect(() => serialize(el('a', '', { b: '\ud800' }))).toThrow(InputError);
});

const BROKEN = '../shared/conformance/broken-stanzas.json';
test.runIf(existsSync(BROKEN))('of the broken stanzas, those that are not well-formed for XMPP are refused and the others read', () => {
  const cases = JSON.parse(readFileSync(BROKEN, 'utf8')) as { why: string; xml: string; errors: string[] }[];
  expect(cases.length).toBeGreaterThan(40);
  const mustFail = cases.filter((c) => c.errors.some((e) => e.startsWith('[xml]')));
  expect(mustFail.length).toBeGreaterThan(4);
  for (const c of cases) {
    const read = (): Element =>
      parseXml(c.xml, 'jabber:client', { db: 'jabber:server:dialback', stream: 'http://etherx.jabber.org/streams' });
    if (mustFail.includes(c)) expect(read, c.why).toThrow(InputError);
    else expect(read, c.why).not.toThrow();
  }
});

test('bytes are counted without writing, for content that is shared too, in whatever namespace it comes to stand', () => {
  fc.assert(
    fc.property(tree, ns, fc.array(text, { maxLength: 3 }), (t, around, addresses) => {
      const whole = append(el('message', 'jabber:client', { to: '?' }), t, 'told', t);
      const many = addresses.map((to) => withAttrs(sharing(whole), { to }));
      for (const each of [t, whole, ...many, ...many]) {
        expect(serializedLength(each, around)).toBe(utf8Length(serialize(each, around)));
        const plainCopy = plain(each) as Element;
        for (const to of ['jabber:server', 'jabber:client']) {
          const elsewhere = renamespace(each, 'jabber:client', to);
          expect(plain(elsewhere)).toEqual(plain(renamespace(plainCopy, 'jabber:client', to)));
          expect(serializedLength(elsewhere, to)).toBe(utf8Length(serialize(elsewhere, to)));
        }
      }
    }),
  );
});

test('what XML has no place for has no length either', () => {
  expect(() => serializedLength(el('a', '', { id: '\u0001' }))).toThrow(InputError);
  expect(() => serializedLength(el('a', '', {}, '\ud800'))).toThrow(InputError);
});
