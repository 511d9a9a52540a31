/**
 * What travels on a stream beside stanzas, as elements, so that everything is a row of the journal: headers (RFC 6120 §4.7), the end
 * (§4.4), text that is no element, and the connection itself. Those that are no XML stand in the namespace `WIRE`, which never leaves the simulation.
 */
import { el, type Element } from '../../base/xml/element.ts';
import { escapeAttribute, serialize, serializedLength } from '../../base/xml/codec.ts';
import { utf8Length } from '../../base/utf8.ts';
import { Kind } from '../../protocol/scene.ts';
import { NS } from './namespaces.ts';
import { isStanza, kindOf } from './stanza.ts';

export const WIRE = 'stanzascope:wire';

/** How a stream is carried: RFC 6120 §3 over TCP, RFC 7395 over WebSocket. */
export type Transport = 'tcp' | 'websocket';
export type StreamNs = 'jabber:client' | 'jabber:server' | 'jabber:component:accept';

export const CONNECT = el('connect', WIRE);
/** TCP is closed in good order (FIN), broken (RST), or nobody listens. */
export const CLOSE = el('close', WIRE);
export const RESET = el('reset', WIRE);
export const REFUSED = el('refused', WIRE);
/** The TLS handshake, whole. */
export const TLS = el('tls', WIRE);
/** `</stream:stream>`, or `<close/>` of RFC 7395 §3.6. */
export const END = el('end', WIRE);

/** Bytes that are no element: white space as a keep-alive (RFC 6120 §4.6.1), or what is no XML at all. */
export const textItem = (text: string): Element => el('text', WIRE, {}, escaped(text));

/** As a JSON string, because rows hold elements, and those no character that XML has no place for. */
const escaped = (text: string): string => JSON.stringify(text).replace(/[\uFFFE\uFFFF]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

/** A stream's header; its default namespace and prefixes are attributes of it here. */
export function headerItem(ns: StreamNs, attrs: Readonly<Record<string, string | undefined>>): Element {
  const db = ns === NS.server ? { 'xmlns:db': NS.dialback } : {};
  return el('stream', NS.streams, { xmlns: ns, 'xmlns:stream': NS.streams, ...db, ...attrs });
}

export const isWire = (item: Element, name: string): boolean => item.ns === WIRE && item.name === name;
export const isHeader = (item: Element): boolean => item.ns === NS.streams && item.name === 'stream';

/** It is written as it stands, with no prefix. */
const isPlainItem = ({ ns }: Element): boolean => ns !== WIRE && ns !== NS.streams && ns !== NS.dialback;

/** What of an item is seen on the wire; empty for what is the connection's own. */
export function wireText(item: Element, ns: StreamNs, transport: Transport = 'tcp'): string {
  const framed = transport === 'websocket';
  if (item.ns === WIRE) {
    if (item.name === 'text') return JSON.parse(String(item.children[0])) as string;
    if (item.name === 'end') return framed ? `<close xmlns='${NS.framing}'/>` : '</stream:stream>';
    return '';
  }
  if (isHeader(item)) {
    const shown = Object.entries(item.attrs).filter(([name]) => !framed || !name.startsWith('xmlns'));
    const attrs = shown.map(([name, value]) => ` ${name}='${escapeAttribute(value)}'`).join('');
    return framed ? `<open xmlns='${NS.framing}'${attrs}/>` : `<?xml version='1.0'?><stream:stream${attrs}>`;
  }
  // A frame is a document of its own, so it declares everything that it uses (RFC 7395 §3.3.3).
  const outer = framed ? '' : ns;
  if (isPlainItem(item)) return serialize(item, outer);
  const prefix = item.ns === NS.streams ? 'stream' : 'db';
  const name = `${prefix}:${item.name}`;
  const attrs = Object.entries(item.attrs).map(([key, value]) => ` ${key}='${escapeAttribute(value)}'`);
  const declared = framed ? ` xmlns:${prefix}='${item.ns}'` : '';
  return serialize(el(name, outer, {}, ...item.children), outer).replace(`<${name}`, () => `<${name}${declared}${attrs.join('')}`);
}

export function wireLength(item: Element, ns: StreamNs, transport?: Transport): number {
  return isPlainItem(item) ? serializedLength(item, transport === 'websocket' ? '' : ns) : utf8Length(wireText(item, ns, transport));
}

/** How it is drawn. */
export const kindOfItem = (item: Element): number => (isStanza(item) ? kindOf(item) : Kind.stream);

/** One line for the event list. */
export function itemSummary(item: Element): string {
  if (item.ns === WIRE) return item.name === 'text' ? textSummary(wireText(item, NS.client)) : (WORDS[item.name] ?? item.name);
  if (isHeader(item))
    return item.attrs['to'] === undefined ? `stream header from ${item.attrs['from'] ?? 'nobody'}` : `stream header to ${item.attrs['to']}`;
  const inside = item.children.filter((c): c is Element => typeof c !== 'string').map((c) => c.name);
  const what =
    item.ns === NS.streams
      ? `stream ${item.name}`
      : `${item.name}${item.attrs['mechanism'] === undefined ? '' : ` ${item.attrs['mechanism']}`}`;
  return inside.length > 0 && (item.ns === NS.streams || item.name === 'failure') ? `${what}: ${inside.join(', ')}` : what;
}
const WORDS: Readonly<Record<string, string>> = {
  connect: 'TCP connects',
  close: 'TCP closes',
  reset: 'TCP is reset',
  refused: 'TCP is refused',
  tls: 'TLS handshake',
  end: 'end of stream',
};
const textSummary = (text: string): string =>
  text.trim() === '' ? 'white space' : `text “${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`;
