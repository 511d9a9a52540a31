/** Data forms, the client's side: XEP-0004 §3.2 to §3.4 — every type of field as something to fill in, and its submission. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inWords, reportedTable } from '../../../src/core/xmpp/client/form-results.ts';
import { childText, elements, textOf, type Element } from '../../../src/base/xml/element.ts';
import { parseXml } from '../../../src/base/xml/codec.ts';
import { Filled } from '../../../src/core/xmpp/actions/contract.ts';
import { fieldsOf, submitted, titleOf } from '../../../src/core/xmpp/client/form-fields.ts';
import type { ActionValues } from '../../../src/protocol/actions.ts';

const FORM = parseXml(`<x xmlns='jabber:x:data' type='form'>
  <title>Tea</title>
  <field type='hidden' var='FORM_TYPE'><value>urn:tea</value></field>
  <field type='fixed'><value>About the tea</value></field>
  <field type='text-single' var='name' label='Name'><required/><value>Assam</value></field>
  <field type='text-multi' var='story'><value>one</value><value>two</value></field>
  <field type='text-private' var='secret'/>
  <field type='boolean' var='milk'><value>true</value></field>
  <field type='list-single' var='size'><value>cup</value><option label='A cup'><value>cup</value></option><option><value>pot</value></option></field>
  <field type='list-multi' var='with'><value>a</value><option><value>a</value></option><option><value>b</value></option></field>
  <field type='jid-single' var='host'/>
  <field type='jid-multi' var='guests'><value>a@x.lit</value><value>b@x.lit</value></field>
  <field type='colour-picker' var='colour'><value>red</value><value>green</value></field>
  <field var='plain'><value>as text</value></field>
  <field type='text-single' var='count'>
    <validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='xs:integer'><range min='1' max='9'/></validate>
    <value>3</value>
  </field>
</x>`);

const fill = (values: ActionValues) => {
  const filled = new Filled(fieldsOf(FORM), values);
  const x = submitted(FORM, filled);
  const sent = Object.fromEntries(elements(x).map((f) => [f.attrs['var'], elements(f).map(textOf)]));
  return { x, sent, faults: filled.faults };
};

test('XEP-0004 §3.3: each type is what a person can fill in; hidden fields are not shown, and an unknown type is a line of text', () => {
  expect(titleOf(FORM)).toBe('Tea');
  const kinds = Object.fromEntries(fieldsOf(FORM).map((f) => [f.name, f.kind]));
  expect(kinds).toEqual({
    'words-1': 'words',
    name: 'text',
    story: 'paragraph',
    secret: 'password',
    milk: 'switch',
    size: 'choice',
    with: 'choices',
    host: 'text',
    guests: 'lines',
    colour: 'text',
    plain: 'text',
    count: 'text',
  });
  const field = (name: string) => fieldsOf(FORM).find((f) => f.name === name)!;
  expect(field('name')).toMatchObject({ label: 'Name', required: true, values: ['Assam'] });
  expect(field('size').options).toEqual([
    { value: 'cup', label: 'A cup' },
    { value: 'pot', label: 'pot' },
  ]);
  expect(field('count').help).toBe('A number, 1 to 9');
});

test('XEP-0004 §3.2 [Q09]: untouched, every named field goes back as it came, of whatever type', () => {
  const { x, sent, faults } = fill({});
  expect(faults).toEqual([]);
  expect(x.attrs).toEqual({ type: 'submit' });
  expect(sent).toEqual({
    FORM_TYPE: ['urn:tea'],
    name: ['Assam'],
    story: ['one', 'two'],
    secret: [],
    milk: ['1'],
    size: ['cup'],
    with: ['a'],
    host: [],
    guests: ['a@x.lit', 'b@x.lit'],
    colour: ['red', 'green'],
    plain: ['as text'],
    count: ['3'],
  });
});

test('what was filled in takes the form of its type; what is wrong is told at its field', () => {
  const { sent, faults } = fill({ story: ['a\nb\n\nc'], milk: ['0'], guests: [' c@x.lit ', ''], with: ['a', 'b'] });
  expect(faults).toEqual([]);
  expect(sent).toMatchObject({ story: ['a', 'b', '', 'c'], milk: ['0'], guests: ['c@x.lit'], with: ['a', 'b'] });
  const wrong = fill({ name: [' '], guests: ['ok@x.lit', '@'], host: ['@@'], size: ['bucket'], count: ['ten'] });
  expect(wrong.faults.map((f) => f.field)).toEqual(['name', 'size', 'host', 'guests', 'count']);
  expect(fill({ count: ['10'] }).faults[0]?.message).toBe('10 is not between 1 and 9.');
});

test('any text in any field comes out as it went in, and nothing but the fields of the form is sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.dictionary(fc.string(), fc.array(fc.string())), (text, more) => {
      const { x } = fill({ ...more, name: [text], plain: [text] });
      const plain = elements(x).find((f) => f.attrs['var'] === 'plain') as Element;
      expect(childText(plain, 'value')).toBe(text);
      expect(elements(x).map((f) => f.attrs['var'])).toEqual(elements(fill({}).x).map((f) => f.attrs['var']));
    }),
  );
});

const form = (type: string, content: string): Element => parseXml(`<x xmlns='jabber:x:data' type='${type}'>${content}</x>`);
const named = (name: string, ...values: readonly string[]): string =>
  `<field var='${name}'>${values.map((v) => `<value>${v}</value>`).join('')}</field>`;

test('XEP-0004 §3.1, §3.4 [Q09]: a result is told in words, and what it reports as a table: columns as they are named, items in any order', () => {
  const plain = form(
    'result',
    `<field type='hidden' var='FORM_TYPE'><value>urn:x</value></field>${named('cups', '3')}${named('who', 'a', 'b')}`,
  );
  expect(inWords(plain)).toBe('cups: 3; who: a, b');
  expect(reportedTable(plain, 'k', 'T')).toBeUndefined();
  const table = form(
    'result',
    `<reported><field var='who' label='Who' type='text-single'/><field var='cups'/><field var='h' type='hidden'/></reported>
     <item>${named('cups', '3')}${named('who', 'Hatter')}${named('h', 'x')}</item><item>${named('who', 'Hare')}${named('other', '?')}</item>`,
  );
  const part = reportedTable(table, 'k', 'T');
  expect(part).toMatchObject({ type: 'table', key: 'k', title: 'T', columns: ['Who', 'cups'] });
  expect(part?.type === 'table' ? part.rows.map((r) => r.cells.map((c) => c.text)) : []).toEqual([
    ['Hatter', '3'],
    ['Hare', ''],
  ]);
  expect(reportedTable(form('result', "<reported><field var='who'/></reported>"), 'k', 'T')).toMatchObject({ rows: [] });
});
