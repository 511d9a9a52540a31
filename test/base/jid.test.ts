import { expect, test } from 'vitest';
import fc from 'fast-check';
import { bareOf, formatJid, hasBare, parseJid, sameJid, tryParseJid } from '../../src/base/jid.ts';
import { escapeLocal, unescapeLocal } from '../../src/base/jid-escaping.ts';
import { InputError } from '../../src/base/result.ts';

test.each([
  ['Alice@Wonderland.LIT/Tea', 'alice@wonderland.lit/Tea'],
  ['wonderland.lit.', 'wonderland.lit'],
  ['wonderland.lit/a/b@c', 'wonderland.lit/a/b@c'],
  ['ＡＬＩＣＥ@wonderland.lit', 'alice@wonderland.lit'],
  ['stra\u00dfe@realworld.lit', 'straße@realworld.lit'],
  ['e\u0301@realworld.lit/e\u0301', 'é@realworld.lit/é'],
  ['a@b.lit/King\u00a0of Spades ♚', 'a@b.lit/King of Spades ♚'],
  ['a@[::1]/x', 'a@[::1]/x'],
  ['נסיכה@realworld.lit', 'נסיכה@realworld.lit'],
])('%s is %s', (text, prepared) => expect(formatJid(parseJid(text))).toBe(prepared));

// RFC 7622 §3.5, second table, and RFC 8265 §3.5: what is no JID.
test.each([
  ['', 'domainpart'],
  ['@b.lit', 'localpart'],
  ['a@', 'domainpart'],
  ['a@b.lit/', 'resourcepart'],
  ['"juliet"@example.com', 'localpart'],
  ['foo bar@example.com', 'localpart'],
  ["o'hara@b.lit", 'localpart'],
  ['a@b@c.lit', 'domainpart'],
  ['henry\u2163@example.com', 'localpart'],
  ['♚@example.com', 'localpart'],
  ['a\u200b@b.lit', 'localpart'],
  ['a@b.lit/\u0007', 'resourcepart'],
  ['a@b..lit', 'domainpart'],
  ['a@-b.lit', 'domainpart'],
  ['aא@b.lit', 'localpart'],
  [`${'a'.repeat(1024)}@b.lit`, 'localpart'],
  [`a@b.lit/${'é'.repeat(512)}`, 'resourcepart'],
])('%j is refused for its %s', (text, part) => {
  expect(() => parseJid(text)).toThrow(InputError);
  expect(() => parseJid(text)).toThrow(`its ${part} `);
  expect(tryParseJid(text)).toBeUndefined();
});

test('1023 bytes are allowed', () => expect(parseJid(`${'a'.repeat(1023)}@b.lit/${'a'.repeat(1023)}`).local).toHaveLength(1023));

test('preparing twice is preparing once, and case folds only in the bare part', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
      (local, resource) => {
        const jid = tryParseJid(`${local}@b.lit/${resource}`);
        fc.pre(jid !== undefined);
        expect(parseJid(formatJid(jid))).toEqual(jid);
        expect(bareOf(jid)).toBe(bareOf({ ...jid, resource: '' }));
      },
    ),
  );
  const jid = parseJid('a@b.lit/Tea');
  expect(sameJid(parseJid('A@B.LIT/Tea'), jid)).toBe(true);
  expect(sameJid(parseJid('a@b.lit/tea'), jid)).toBe(false);
});

// XEP-0106 §5, the examples.
test.each([
  ['space cadet', 'space\\20cadet'],
  ['call me "ishmael"', 'call\\20me\\20\\22ishmael\\22'],
  ['at&t guy', 'at\\26t\\20guy'],
  ["d'artagnan", 'd\\27artagnan'],
  ['/.fanboy', '\\2f.fanboy'],
  ['::foo::', '\\3a\\3afoo\\3a\\3a'],
  ['<foo>', '\\3cfoo\\3e'],
  ['user@host', 'user\\40host'],
  ['c:\\net', 'c\\3a\\net'],
  ['c:\\\\net', 'c\\3a\\\\net'],
  ['c:\\cool stuff', 'c\\3a\\cool\\20stuff'],
  ['c:\\5commas', 'c\\3a\\5c5commas'],
])('%s is escaped as %s', (plain, escaped) => {
  // The last one: `\5c` would be read as an escaped backslash, so its own backslash is escaped.
  expect(escapeLocal(plain)).toBe(escaped);
  expect(unescapeLocal(escaped)).toBe(plain);
});

test('escaping is undone by unescaping, and what it makes is a localpart', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), (text) => {
      fc.pre(text.trim() === text);
      expect(unescapeLocal(escapeLocal(text))).toBe(text);
      expect(parseJid(`${escapeLocal(text)}@b.lit`).local).toBe(escapeLocal(text).toLowerCase());
    }),
  );
  expect(() => escapeLocal(' a')).toThrow(InputError);
  expect(unescapeLocal('\\20a\\20b\\20')).toBe('\\20a b\\20');
});

test('whose address without the resource it is', () => {
  const texts = ['a@b.lit/r', 'b.lit/r', 'a@b.lit', 'b.lit', 'ab@b.lit', 'a@ab.lit', 'a@b.lit.lit', 'lit'];
  for (const text of texts)
    for (const other of texts) {
      const jid = parseJid(text);
      expect([text, other, hasBare(jid, other)]).toEqual([text, other, bareOf(jid) === other]);
    }
});
