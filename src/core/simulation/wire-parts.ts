/** What of a row is seen on the wire: a stream's own items as the text that they are, and how many of the bytes are payload. */
import { utf8Length } from '../../base/utf8.ts';
import { serialize } from '../../base/xml/codec.ts';
import type { Element } from '../../base/xml/element.ts';
import { formatXml } from '../../base/xml/format.ts';
import type { Field, Part, XmlLine } from '../../protocol/parts.ts';

/** @param text as `Stage.wireText` has it; nothing for what is the connection's own. */
export function wirePart(key: string, item: Element, ns: string, text: string): Part {
  if (text === '') {
    const value = 'nothing of XMPP: this is the connection’s own';
    return { type: 'fields', key, title: 'On the wire', fields: [{ key: 'nothing', label: 'Text', value }] };
  }
  return { type: 'xml', key, title: 'On the wire', xml: text, lines: isWhole(item, text) ? formatXml(item, ns) : tokens(text) };
}

/** What somebody typed for a client to send. */
export const typedPart = (key: string, text: string): Part => ({
  type: 'xml',
  key,
  title: 'As it was sent',
  xml: text,
  lines: tokens(text),
});

/** An element with its end; a header has none, and text is no element. */
const isWhole = (item: Element, text: string): boolean =>
  text.startsWith('<') && !text.startsWith('<?') && (text.endsWith('/>') || text.endsWith(`${item.name}>`)) && !text.startsWith('</');

/** What is no whole element, for reading: each attribute of a tag on a line of its own. */
function tokens(text: string): readonly XmlLine[] {
  const lines: XmlLine[] = [];
  for (const [part] of text.matchAll(/<[^>]*>|[^<]+/g)) {
    const [, open, name, attributes, close] = /^(<[/?]?)([^\s>/?]+)([\s\S]*?)([/?]?>)$/.exec(part) ?? [];
    if (open === undefined || name === undefined || close === undefined) {
      lines.push({ indent: 0, pieces: [{ kind: 'text', text: part.trim() === '' ? JSON.stringify(part) : part }] });
      continue;
    }
    const found = [...(attributes ?? '').matchAll(/([^\s=]+)=('[^']*'|"[^"]*")/g)];
    const start = [{ kind: 'punctuation', text: open } as const, { kind: 'tag', text: name } as const];
    const pair = ([, key = '', value = '']: RegExpExecArray, lead: string) =>
      [
        { kind: 'attribute', text: lead + key },
        { kind: 'punctuation', text: '=' },
        { kind: 'value', text: value },
      ] as const;
    const end = { kind: 'punctuation', text: close } as const;
    const [first] = found;
    if (found.length <= 1) lines.push({ indent: 0, pieces: [...start, ...(first ? pair(first, ' ') : []), end] });
    else {
      lines.push({ indent: 0, pieces: start });
      found.forEach((one, i) => lines.push({ indent: 1, pieces: [...pair(one, ''), ...(i === found.length - 1 ? [end] : [])] }));
    }
  }
  return lines;
}

/** Bytes of a stanza on the wire against what it is about: its children are its payload, the text in them what people read. */
export function byteFields(stanza: Element, ns: string, bytes: number, text: string | undefined): readonly Field[] {
  const count = (n: number): string => `${n.toLocaleString('en')} ${n === 1 ? 'byte' : 'bytes'}`;
  const size: Field = { key: 'bytes', label: 'size', value: count(bytes), mono: true };
  if (text !== undefined || bytes === 0) return [size];
  const payload = stanza.children.reduce(
    (sum, c) => sum + utf8Length(typeof c === 'string' ? c : serialize(c, stanza.ns === '' ? ns : stanza.ns)),
    0,
  );
  const words = textOf(stanza);
  const help = `${count(Math.max(0, bytes - payload))} of it are the stanza’s own tags and attributes.`;
  return [
    size,
    {
      key: 'payload',
      label: 'payload',
      value: `${count(payload)}${words > 0 ? `, ${words.toLocaleString('en')} of them text` : ''}`,
      help,
      mono: true,
    },
  ];
}

const textOf = ({ children }: Element): number => children.reduce((sum, c) => sum + (typeof c === 'string' ? utf8Length(c) : textOf(c)), 0);
