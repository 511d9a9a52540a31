/**
 * XEP-0059 Result Set Management 1.0 (2006-09-20, https://xmpp.org/extensions/xep-0059.html) §2: pages of a list whose items have ids. Prosody’s answers have
 * `first`, `last` and `count`, and no index (§2.6 leaves it open). Simplified: no jump to an index (§2.3, which a server need not offer).
 */
import { child, childText, el, elements, type Element } from '../../../base/xml/element.ts';
import type { Module } from '../module.ts';

const RSM = 'http://jabber.org/protocol/rsm';

export interface PageWish {
  readonly max: number | undefined;
  /** Backwards: from the end where it is empty, else from that item. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a request asks for; `undefined` where it has no set, or an empty one. */
export function pageWish(payload: Element): PageWish | undefined {
  const set = child(payload, 'set', RSM);
  if (!set || elements(set).length === 0) return undefined;
  const max = childText(set, 'max')?.trim() ?? '';
  return { max: /^\d+$/.test(max) ? Number(max) : undefined, before: childText(set, 'before'), after: childText(set, 'after') };
}

export function pageSet(first: string | undefined, last: string | undefined, count: number): Element {
  const ends = [first === undefined ? [] : el('first', RSM, {}, first), last === undefined ? [] : el('last', RSM, {}, last)].flat();
  return el('set', RSM, {}, ...ends, el('count', RSM, {}, String(count)));
}

export const xep0059: Module = {
  id: 'xep-0059',
  title: 'Pages of results',
  spec: 'XEP-0059',
  version: '1.0',
  places: ['server'],
  rules: {},
  hooks: [],
};
