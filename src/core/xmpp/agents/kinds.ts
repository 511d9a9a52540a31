/**
 * What people tell of themselves, as clients read it: tune (XEP-0118 1.3.0 §2), mood (XEP-0107 1.2.2 §2), activity (XEP-0108 1.3.2 §2), location (XEP-0080 1.9.1 §3), avatar
 * (XEP-0084 1.1.4 §4.2), nickname (XEP-0172 1.1.1 §4.3), bookmarks (XEP-0402 1.2.0 §3). Simplified: one line of each is kept, no picture is fetched and no room joined by itself.
 */
import { childText, elements, textOf, type Element } from '../../../base/xml/element.ts';
import { AVATAR_METADATA } from '../modules/xep0084.ts';

export interface EventKind {
  readonly id: string;
  readonly title: string;
  readonly spec: string;
  readonly version: string;
  /** Of the node, and of its payload. */
  readonly ns: string;
  readonly payload: string;
  /** In a line; empty: there is nothing to be told any more. */
  describe(payload: Element, item: string): string;
}

const texts = (e: Element, ...names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const text = childText(e, name);
    return text === undefined || text === '' ? [] : [text];
  });
/** What an element names by its first child, which is no text in words. */
const named = (e: Element): Element | undefined => elements(e).find((c) => c.name !== 'text');
const spelled = (name: string): string => name.replaceAll('_', ' ');
const inWords = (what: string, e: Element): string => [what, ...texts(e, 'text').map((t) => `“${t}”`)].filter((t) => t !== '').join(', ');

export const KINDS: readonly EventKind[] = [
  {
    id: 'tune',
    title: 'Tune',
    spec: 'XEP-0118',
    version: '1.3.0',
    ns: 'http://jabber.org/protocol/tune',
    payload: 'tune',
    describe: (tune) => texts(tune, 'title', 'artist').join(', by '),
  },
  {
    id: 'mood',
    title: 'Mood',
    spec: 'XEP-0107',
    version: '1.2.2',
    ns: 'http://jabber.org/protocol/mood',
    payload: 'mood',
    describe: (mood) => inWords(spelled(named(mood)?.name ?? ''), mood),
  },
  {
    id: 'activity',
    title: 'Activity',
    spec: 'XEP-0108',
    version: '1.3.2',
    ns: 'http://jabber.org/protocol/activity',
    payload: 'activity',
    describe(activity) {
      const general = named(activity);
      const special = general && named(general);
      return inWords([general, special].flatMap((e) => (e ? [spelled(e.name)] : [])).join(': '), activity);
    },
  },
  {
    id: 'location',
    title: 'Location',
    spec: 'XEP-0080',
    version: '1.9.1',
    ns: 'http://jabber.org/protocol/geoloc',
    payload: 'geoloc',
    describe: (geoloc) => texts(geoloc, 'text', 'locality', 'country', 'lat', 'lon').join(', '),
  },
  {
    id: 'avatar',
    title: 'Avatar',
    spec: 'XEP-0084',
    version: '1.1.4',
    ns: AVATAR_METADATA,
    payload: 'metadata',
    describe(metadata) {
      const info = elements(metadata)[0]?.attrs;
      return info === undefined ? '' : `${info['type'] ?? 'image/png'}, ${info['bytes'] ?? '?'} bytes`;
    },
  },
  {
    id: 'nickname',
    title: 'Nickname',
    spec: 'XEP-0172',
    version: '1.1.1',
    ns: 'http://jabber.org/protocol/nick',
    payload: 'nick',
    describe: textOf,
  },
  {
    id: 'bookmarks',
    title: 'Bookmarks',
    spec: 'XEP-0402',
    version: '1.2.0',
    ns: 'urn:xmpp:bookmarks:1',
    payload: 'conference',
    describe: (conference, item) => [item, ...texts(conference, 'nick')].join(', as '),
  },
];
