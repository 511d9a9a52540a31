/** XPath 1.0 on stanzas: a table of expressions and their values. */
import { expect, test } from 'vitest';
import { parseXml } from '../../src/base/xml/codec.ts';
import { XPathError } from '../../src/base/xpath/lexer.ts';
import { compileXPath } from '../../src/base/xpath/xpath.ts';
import { stringOf } from '../../src/base/xpath/nodes.ts';

const PREFIXES = { muc: 'http://jabber.org/protocol/muc', roster: 'jabber:iq:roster' };
const STANZA = parseXml(
  `<iq xmlns="jabber:client" type="result" id="r1" to="alice@wonderland.lit/tea" xml:lang="en"><query xmlns="jabber:iq:roster" ver="7"><item jid="hatter@wonderland.lit" subscription="both"><group>Tea</group><group>Friends</group></item><item jid="queen@wonderland.lit" subscription="from"/><item jid="sister@realworld.lit"><group>Family</group></item></query><x xmlns="http://jabber.org/protocol/muc" node="n"> some <b>bold</b> text </x></iq>`,
);
const ask = (text: string) => {
  const value = compileXPath(text, PREFIXES)(STANZA);
  return typeof value === 'object' ? value.map(stringOf) : value;
};

test.each<readonly [string, unknown]>([
  ['//item/@jid', ['hatter@wonderland.lit', 'queen@wonderland.lit', 'sister@realworld.lit']],
  ['/iq/query/item[2]/@subscription', ['from']],
  ['iq/query/item[last()]/@jid', ['sister@realworld.lit']],
  ['//item[position() < 3]/@jid', ['hatter@wonderland.lit', 'queen@wonderland.lit']],
  ['count(//item)', 3],
  ['count(//item) > 1', true],
  ['//x[@node]/@node', ['n']],
  ['//muc:x/@node', ['n']],
  ['//roster:x', []],
  ['count(//roster:*)', 7],
  ['//item[group="Tea"]/@jid', ['hatter@wonderland.lit']],
  ['//item[not(@subscription)]/@jid', ['sister@realworld.lit']],
  ['//item[starts-with(@jid, "queen")]/@subscription', ['from']],
  ['//item[contains(@jid, "real") or @subscription="both"]/group', ['Tea', 'Friends', 'Family']],
  ['//group[.="Family"]/../@jid', ['sister@realworld.lit']],
  ['//group[.="Friends"]/preceding-sibling::group', ['Tea']],
  ['//group[.="Tea"]/following-sibling::*', ['Friends']],
  ['//group[.="Friends"]/preceding::group', ['Tea']],
  ['//group[.="Friends"]/following::group', ['Family']],
  ['//group[1]/ancestor::item/@jid', ['hatter@wonderland.lit', 'sister@realworld.lit']],
  ['(//group)[1]', ['Tea']],
  ['(//group)[last()]', ['Family']],
  ['//*[local-name()="x"]/@node', ['n']],
  ['namespace-uri(//x)', 'http://jabber.org/protocol/muc'],
  ['local-name(/*)', 'iq'],
  ['name(/iq/@xml:lang)', 'xml:lang'],
  ['/iq/@*', ['result', 'r1', 'alice@wonderland.lit/tea', 'en']],
  ['normalize-space(//x)', 'some bold text'],
  ['//x/text()', [' some ', ' text ']],
  ['string(//x/b)', 'bold'],
  ['substring-before(/iq/@to, "@")', 'alice'],
  ['substring-after(/iq/@to, "/")', 'tea'],
  ['substring("12345", 2, 3)', '234'],
  ['substring("12345", 1.5, 2.6)', '234'],
  ['string-length("Zürich")', 6],
  ['translate("bar", "abc", "AB")', 'BAr'],
  ['concat("a", 1, true())', 'a1true'],
  ['sum(//query/@ver) + 2 * 3', 13],
  ['7 div 2', 3.5],
  ['-7 mod 3', -1],
  ['floor(-1.5)', -2],
  ['ceiling(1.2)', 2],
  ['round(2.5)', 3],
  ['boolean(//nothing)', false],
  ['//item/@subscription = "from"', true],
  ['//item/@subscription != "from"', true],
  ['//nothing = ""', false],
  ['1 < 2 = true()', true],
  ['//b | //group[1]', ['Tea', 'Family', 'bold']],
  ['/', ['TeaFriendsFamily some bold text ']],
  ['//query/descendant::group', ['Tea', 'Friends', 'Family']],
  ['/iq/descendant-or-self::iq/@id', ['r1']],
  ['.//self::item[2]', []],
])('%s', (text, value) => {
  expect(ask(text)).toEqual(value);
});

test.each<readonly [string, number, RegExp]>([
  ['//item[', 7, /the end/],
  ['//item[@jid="x]', 12, /quotation/],
  ['//', 2, /name of an element/],
  ['cuont(//x)', 0, /did you mean “count”/],
  ['count(3)', 0, /takes a path/],
  ['contains("a")', 0, /takes 2 arguments/],
  ['foo:x', 0, /stands for no namespace/],
  ['namespace::x', 0, /no axis/],
  ['comment()', 0, /node\(\) and text\(\)|tests nothing/],
  ['1 + ', 4, /the end/],
  ['3 | //x', 2, /paths on both sides/],
  ['//x ! 3', 4, /means nothing/],
  [`${'('.repeat(200)}1${')'.repeat(200)}`, 60, /nested too deeply/],
])('%s is refused where it is wrong', (text, at, message) => {
  const attempt = (): unknown => compileXPath(text, PREFIXES);
  expect(attempt).toThrow(XPathError);
  try {
    attempt();
  } catch (error) {
    expect((error as XPathError).fault.at).toBe(at);
    expect((error as XPathError).message).toMatch(message);
  }
});
