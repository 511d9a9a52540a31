/**
 * An element as lines for reading: one element a line, one attribute a line where the tag would be long, in coloured pieces.
 * `indent` is a level of two spaces. The lines' texts one after the other are the well-formed XML of the element: where an
 * element has text, nothing is put on a line of its own, so reading adds no white space to it.
 */
import { escapeAttribute, escapeText } from './codec.ts';
import type { Element } from './element.ts';

export type Mark = 'added' | 'changed' | 'removed';
export interface Piece {
  readonly kind: 'punctuation' | 'tag' | 'attribute' | 'value' | 'text';
  readonly text: string;
}
/** The same shape as `XmlLine` of the protocol, which this layer does not know. */
export interface Line {
  readonly indent: number;
  readonly pieces: readonly Piece[];
  readonly mark?: Mark | undefined;
}

/** An element with what became of each of its parts; without marks, simply an element. */
export interface Marked {
  readonly name: string;
  readonly mark?: Mark | undefined;
  readonly attrs: readonly { readonly name: string; readonly value: string; readonly mark?: Mark | undefined }[];
  readonly children: readonly (Marked | { readonly text: string; readonly mark?: Mark | undefined })[];
}

/** A tag wider than this gets one line for each attribute: the inspector shows about 46 characters. */
const WIDE = 46;

export function formatXml(element: Element, defaultNs = ''): Line[] {
  return formatMarked(markAll(element, defaultNs));
}

/** Lets a whole element carry one mark; `xmlns` is shown where it differs from the parent's. */
export function markAll(element: Element, defaultNs: string, mark?: Mark): Marked {
  const attrs = Object.entries(element.attrs).map(([name, value]) => ({ name, value, mark }));
  if (element.ns !== defaultNs) attrs.unshift({ name: 'xmlns', value: element.ns, mark });
  const children = element.children.map((c) => (typeof c === 'string' ? { text: c, mark } : markAll(c, element.ns, mark)));
  return { name: element.name, mark, attrs, children };
}

export function formatMarked(element: Marked): Line[] {
  const lines: Line[] = [];
  write(element, 0, lines);
  return lines;
}

function write(element: Marked, indent: number, lines: Line[]): void {
  const empty = element.children.length === 0;
  const inline = element.children.some((c) => 'text' in c);
  const rest = inline ? [...insides(element), ...endTag(element)] : [];
  const opening = startTag(element, empty);
  const uneven = element.attrs.some((a) => a.mark !== element.mark);
  const wide = indent * 2 + widthOf(opening) + (inline ? Math.min(widthOf(rest), 12) : 0) > WIDE;
  const broken = element.attrs.length > 0 && (uneven || (wide && element.attrs.length > 1));
  const mark = element.mark ?? (inline ? innerMark(element) : undefined);

  if (!broken) lines.push({ indent, pieces: [...opening, ...rest], mark });
  else {
    lines.push({ indent, pieces: [punctuation('<'), tag(element.name)], mark: element.mark });
    // What was removed is shown but is no part of the XML, so it must not hold the end of the tag.
    const order = [...element.attrs.filter((a) => a.mark === 'removed'), ...element.attrs.filter((a) => a.mark !== 'removed')];
    const closing = punctuation(empty ? '/>' : '>');
    order.forEach((a, i) => {
      const last = i === order.length - 1 && (a.mark !== 'removed' || element.mark === 'removed');
      lines.push({
        indent: indent + 2,
        pieces: [...attribute(a), ...(last ? [closing, ...rest] : [])],
        mark: a.mark ?? (last ? mark : undefined),
      });
      if (i === order.length - 1 && !last) lines.push({ indent, pieces: [closing, ...rest], mark });
    });
  }
  if (empty || inline) return;
  for (const c of element.children) if (!('text' in c)) write(c, indent + 1, lines);
  lines.push({ indent, pieces: endTag(element), mark: element.mark });
}

function innerMark(element: Marked): Mark | undefined {
  return element.children.some((c) => c.mark !== undefined || (!('text' in c) && innerMark(c))) ? 'changed' : undefined;
}

/** Everything inside the element on one line; what was removed is left out, since a line has one mark only. */
function insides(element: Marked): Piece[] {
  return element.children
    .filter((c) => c.mark !== 'removed' || element.mark === 'removed')
    .flatMap((c) => {
      if ('text' in c) return [{ kind: 'text', text: escapeText(c.text) } as const];
      return c.children.length === 0 ? startTag(c, true) : [...startTag(c, false), ...insides(c), ...endTag(c)];
    });
}

function startTag(element: Marked, empty: boolean): Piece[] {
  const attrs = element.attrs.filter((a) => a.mark !== 'removed' || element.mark === 'removed');
  return [punctuation('<'), tag(element.name), ...attrs.flatMap(attribute), punctuation(empty ? '/>' : '>')];
}

/** The space before an attribute belongs to it: a line break with indentation may follow it, and the XML stays the same. */
function attribute(a: { readonly name: string; readonly value: string }): Piece[] {
  return [
    punctuation(' '),
    { kind: 'attribute', text: a.name },
    punctuation('='),
    { kind: 'value', text: `'${escapeAttribute(a.value)}'` },
  ];
}

const endTag = (element: Marked): Piece[] => [punctuation('</'), tag(element.name), punctuation('>')];
const tag = (text: string): Piece => ({ kind: 'tag', text });
const punctuation = (text: string): Piece => ({ kind: 'punctuation', text });
const widthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, p) => sum + p.text.length, 0);
