/** What a room sends, in short: stanzas of conversations as lines that a test can be read by. */
import { child, childText, elements, type Element } from '../../../src/base/xml/element.ts';
import { parseXml } from '../../../src/base/xml/codec.ts';

const USER = 'http://jabber.org/protocol/muc#user';

/**
 * `+nick affiliation/role`, or `-nick …` where it is unavailable, then `>new nick`, `by actor`, `jid` where a real address is shown, and status codes;
 * `nick: text`, `subject “text” by nick`, `notice codes`, `iq result`; of an error `message condition/type`.
 */
export function briefly(xml: string): string {
  const stanza = parseXml(xml, 'jabber:client');
  const { type = '', from = '' } = stanza.attrs;
  const error = child(stanza, 'error');
  if (type === 'error' && error) return `${stanza.name} ${elements(error)[0]?.name}/${error.attrs['type']}`;
  if (stanza.name === 'iq') return `iq ${type}`;
  const nick = /\/(.*)$/.exec(from)?.[1] ?? '';
  return stanza.name === 'message' ? message(stanza, nick) : presence(stanza, nick, type);
}

function message(stanza: Element, nick: string): string {
  const before = child(stanza, 'delay', 'urn:xmpp:delay') ? ' (before)' : '';
  const body = childText(stanza, 'body');
  if (body !== undefined) return `${nick}: ${body}${before}`;
  const subject = childText(stanza, 'subject');
  if (subject !== undefined) return `subject “${subject}”${nick === '' ? '' : ` by ${nick}`}${before}`;
  return `notice ${codes(child(stanza, 'x', USER))}`;
}

function presence(stanza: Element, nick: string, type: string): string {
  const x = child(stanza, 'x', USER);
  const item = x && child(x, 'item');
  if (!x || !item) return `presence ${type}`;
  const actor = child(item, 'actor')?.attrs['nick'];
  const parts = [
    `${type === 'unavailable' ? '-' : '+'}${nick}`,
    `${item.attrs['affiliation']}/${item.attrs['role']}`,
    item.attrs['nick'] === undefined ? '' : `>${item.attrs['nick']}`,
    actor === undefined ? '' : `by ${actor}`,
    item.attrs['jid'] === undefined ? '' : 'jid',
    codes(x),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const codes = (x: Element | undefined): string =>
  elements(x ?? EMPTY)
    .filter((c) => c.name === 'status')
    .map((c) => c.attrs['code'])
    .toSorted()
    .join(' ');
const EMPTY: Element = { name: 'x', ns: USER, attrs: {}, children: [] };
