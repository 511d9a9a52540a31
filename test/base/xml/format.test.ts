import { expect, test } from 'vitest';
import { parseXml, serialize } from '../../../src/base/xml/codec.ts';
import { diffXml } from '../../../src/base/xml/diff.ts';
import { formatXml, type Line } from '../../../src/base/xml/format.ts';
import type { XmlLine } from '../../../src/protocol/parts.ts';

const textOf = (line: Line): string => line.pieces.map((p) => p.text).join('');
const shown = (lines: readonly Line[]): string[] =>
  lines.map(
    (l) => `${{ added: '+', changed: '~', removed: '-' }[l.mark ?? 'changed'].repeat(l.mark ? 1 : 0)}${'  '.repeat(l.indent)}${textOf(l)}`,
  );
/** What is left when lines that stand there only for reading are taken out. */
const joined = (lines: readonly Line[]): string =>
  lines
    .filter((l) => l.mark !== 'removed')
    .map(textOf)
    .join('');

const BEFORE = `<message to='teaparty@rooms.wonderland.lit' type='groupchat' id='s1'><body>tea?</body><x xmlns='urn:x'/></message>`;
const AFTER = `<message xmlns='jabber:server' to='sister@realworld.lit/bank' type='groupchat' id='s1' from='teaparty@rooms.wonderland.lit/Alice'><body>tea?</body><occupant-id xmlns='urn:xmpp:occupant-id:0' id='5xG3A04'/></message>`;

test('long tags are broken by attribute, text stays inside its element, and the lines together are the XML', () => {
  const message = parseXml(AFTER);
  const lines: readonly XmlLine[] = formatXml(message, 'jabber:server');
  expect(shown(lines)).toEqual([
    '<message',
    "     to='sister@realworld.lit/bank'",
    "     type='groupchat'",
    "     id='s1'",
    "     from='teaparty@rooms.wonderland.lit/Alice'>",
    '  <body>tea?</body>',
    '  <occupant-id',
    "       xmlns='urn:xmpp:occupant-id:0'",
    "       id='5xG3A04'/>",
    '</message>',
  ]);
  expect(joined(lines)).toBe(serialize(message, 'jabber:server'));
});

test('mixed content is kept on one line, white space and all', () => {
  const mixed = parseXml(`<p> a <b c='1'><d/></b> &lt;e </p>`);
  expect(joined(formatXml(mixed))).toBe(serialize(mixed));
});

test('between in and out, only what the server changed is marked', () => {
  const lines = diffXml(parseXml(BEFORE, 'jabber:client'), parseXml(AFTER), 'jabber:server');
  expect(shown(lines)).toEqual([
    '<message',
    "~     to='sister@realworld.lit/bank'",
    "     type='groupchat'",
    "     id='s1'",
    "+     from='teaparty@rooms.wonderland.lit/Alice'>",
    '  <body>tea?</body>',
    '+  <occupant-id',
    "+       xmlns='urn:xmpp:occupant-id:0'",
    "+       id='5xG3A04'/>",
    "-  <x xmlns='urn:x'/>",
    '</message>',
  ]);
  expect(joined(lines)).toBe(serialize(parseXml(AFTER), 'jabber:server'));
});

test('a removed attribute stands alone and the tag still ends', () => {
  const lines = diffXml(parseXml(`<presence to='a' id='1'/>`), parseXml(`<presence id='1'/>`));
  expect(shown(lines)).toEqual(['<presence', "-     to='a'", "     id='1'/>"]);
  const emptied = diffXml(parseXml(`<a b='1'><c/></a>`), parseXml('<a>x</a>'));
  expect(joined(emptied)).toBe('<a>x</a>');
});

test('a changed text marks its line', () => {
  expect(diffXml(parseXml('<a><b>1</b></a>'), parseXml('<a><b>2</b></a>')).map((l) => l.mark)).toEqual([undefined, 'changed', undefined]);
});
