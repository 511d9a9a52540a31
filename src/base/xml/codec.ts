/**
 * Text ↔ element. In: the guard of tokenizer.ts, then fast-xml-parser in its order-preserving mode, then namespaces
 * resolved. References are decoded here and not by fast-xml-parser: it limits their number, and it cannot tell a line
 * break written in an attribute (a space, XML 1.0 §3.3.3) from one written as `&#10;` (a line break).
 * Out: our own writer. The builder of fast-xml-parser leaves `\r`, and line breaks in attributes, bare, so they would come back changed;
 * and every stanza's bytes are counted on what this writes, so it has to be exact.
 */
import { XMLParser } from 'fast-xml-parser';
import { InputError } from '../result.ts';
import { utf8Length } from '../utf8.ts';
import { lengthsOf, type Element } from './element.ts';
import { guard, MAX_DEPTH, type Prefixes } from './tokenizer.ts';

const XML_NS = 'http://www.w3.org/XML/1998/namespace';
const ATTRS = ':@';
const TEXT = '#text';
const CDATA = '#cdata';

type RawValue = string | readonly RawNode[] | Readonly<Record<string, string>>;
type RawNode = Readonly<Record<string, RawValue>>;
/** Prefix → namespace; the empty prefix is the default namespace. */
type Scope = ReadonlyMap<string, string>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: CDATA,
  maxNestedTags: MAX_DEPTH + 2,
  onDangerousProperty: (name: string) => name,
});

/** One element; `defaultNs` and `prefixes` are what the stream around it declared. Throws `InputError` with line and column. */
export function parseXml(text: string, defaultNs = '', prefixes: Prefixes = {}): Element {
  guard(text, prefixes);
  const nodes = parser.parse(text.replace(/\r\n?/g, '\n')) as readonly RawNode[];
  const scope: Scope = new Map([...Object.entries(prefixes), ['', defaultNs], ['xml', XML_NS]]);
  for (const node of nodes) {
    const made = convert(node, scope);
    if (made !== undefined && typeof made !== 'string') return made;
  }
  throw new InputError('XML line 1, column 1: there is no element.');
}

function convert(node: RawNode, outer: Scope): Element | string | undefined {
  const key = Object.keys(node).find((k) => k !== ATTRS);
  if (key === undefined) return undefined;
  const content = node[key];
  if (key === TEXT) return decode(String(content));
  // CDATA is text that nothing in it can end or refer out of.
  if (key === CDATA) return (content as readonly RawNode[]).map((part) => String(part[TEXT] ?? '')).join('');

  const attrs: Record<string, string> = {};
  const scope = new Map(outer);
  for (const [name, raw] of Object.entries((node[ATTRS] ?? {}) as Record<string, string>)) {
    const value = decode(raw.replace(/[\t\n]/g, ' '));
    if (name === 'xmlns') scope.set('', value);
    else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value);
    else attrs[name] = value;
  }
  const colon = key.indexOf(':');
  const ns = scope.get(colon < 0 ? '' : key.slice(0, colon)) ?? '';
  const children: (Element | string)[] = [];
  for (const inner of content as readonly RawNode[]) {
    const made = convert(inner, scope);
    const last = children.length - 1;
    if (made === undefined || made === '') continue;
    if (typeof made === 'string' && typeof children[last] === 'string') children[last] += made;
    else children.push(made);
  }
  return { name: colon < 0 ? key : key.slice(colon + 1), ns, attrs, children };
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** References only; that each is allowed, the guard has seen to. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) =>
    name !== undefined ? (NAMED[name] ?? whole) : String.fromCodePoint(hex !== undefined ? parseInt(hex, 16) : Number(decimal)),
  );
}

/** The text of an element; `xmlns` stands where it differs from the parent's, `defaultNs` being that of the stream around it. */
export function serialize(element: Element, defaultNs = ''): string {
  let out = `<${element.name}`;
  if (element.ns !== defaultNs) out += ` xmlns='${escapeAttribute(element.ns)}'`;
  for (const [name, value] of Object.entries(element.attrs)) out += ` ${name}='${escapeAttribute(value)}'`;
  if (element.children.length === 0) return `${out}/>`;
  out += '>';
  for (const c of element.children) out += typeof c === 'string' ? escapeText(c) : serialize(c, element.ns);
  return `${out}</${element.name}>`;
}

/** Bytes in UTF-8 of what `serialize` makes of it, without making it. */
export function serializedLength(element: Element, defaultNs = ''): number {
  const { name, ns, attrs, children } = element;
  const named = utf8Length(name);
  let bytes = 1 + named;
  if (ns !== defaultNs) bytes += 9 + attributeLength(ns);
  for (const key in attrs) bytes += 4 + utf8Length(key) + attributeLength(attrs[key]!);
  return children.length === 0 ? bytes + 2 : bytes + 4 + named + contentLength(children, ns);
}

function contentLength(children: Element['children'], ns: string): number {
  const known = lengthsOf(children);
  const before = known?.get(ns);
  if (before !== undefined) return before;
  let bytes = 0;
  for (const c of children) bytes += typeof c !== 'string' ? serializedLength(c, ns) : isPlain(c) ? c.length : utf8Length(escapeText(c));
  known?.set(ns, bytes);
  return bytes;
}

const attributeLength = (text: string): number => (isPlain(text) ? text.length : utf8Length(escapeAttribute(text)));

/** One byte a character, and none of them escaped anywhere. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (PLAIN[text.charCodeAt(i)] !== 1) return false;
  return true;
}
/** By code unit. */
const PLAIN = Uint8Array.from({ length: 0x80 }, (_, unit) =>
  unit >= 0x20 && unit < 0x7f && !`&'<>`.includes(String.fromCharCode(unit)) ? 1 : 0,
);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

export function escapeText(text: string): string {
  checkText(text);
  return /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (c) => ESCAPES[c]!) : text;
}

export function escapeAttribute(text: string): string {
  checkText(text);
  return /[&<>'\t\n\r]/.test(text) ? text.replace(/[&<>'\t\n\r]/g, (c) => ESCAPES[c]!) : text;
}

const FORBIDDEN =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Throws where the text has a character that XML 1.0 §2.2 has no place for, not even as a reference. */
function checkText(text: string): void {
  const found = FORBIDDEN.exec(text);
  if (!found) return;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  throw new InputError({
    message: `The character U+${code} at position ${found.index + 1} cannot stand in XML.`,
    column: found.index + 1,
    hint: 'Leave it out.',
  });
}
