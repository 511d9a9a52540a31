/**
 * Frames a stream: RFC 6120 §4 and §11. Text comes in pieces of any size and leaves as a stream's header, whole elements, its end, or white space.
 * It runs on saxes, which is incremental and knows namespaces; each whole element then goes to the codec. Nothing is kept in here: what is
 * not complete comes back as text, to stand in front of the next piece, so that a stream's state is plain data.
 */
import { SaxesParser } from 'saxes';
import { InputError } from '../result.ts';
import { parseXml } from './codec.ts';
import { el, type Element } from './element.ts';
import { MAX_DEPTH, type Prefixes } from './tokenizer.ts';

const STREAMS = 'http://etherx.jabber.org/streams';

export type Framed =
  /** Its attributes; `element.ns` is the namespace of the tag, `content` the default one that it declares. */
  | { readonly type: 'header'; readonly element: Element; readonly content: string; readonly prefixes: Prefixes }
  | { readonly type: 'element'; readonly element: Element; readonly text: string }
  /** Text between elements, white space or not. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'end' };

/** The stream error that the text deserves, as a condition of RFC 6120 §4.9.3, and why. */
export interface FramingError {
  readonly condition: 'not-well-formed' | 'restricted-xml' | 'policy-violation';
  readonly message: string;
  /** The text from where it went wrong. */
  readonly rest: string;
}

/** What the header declared for the elements inside; `undefined` before it has come. */
export interface Opened {
  readonly content: string;
  readonly prefixes: Prefixes;
}

export interface Framing {
  readonly items: readonly Framed[];
  readonly rest: string;
  readonly opened: Opened | undefined;
  readonly error?: FramingError;
}

/** Thrown out of the parser's handlers. */
class Refusal extends Error {
  readonly condition: FramingError['condition'];
  constructor(condition: FramingError['condition'], message: string) {
    super(message);
    this.condition = condition;
  }
}

/** @param text what was not complete before, with what has come since. @param limit most characters of one element (its policy). */
export function frame(text: string, opened: Opened | undefined, limit = Infinity): Framing {
  const items: Framed[] = [];
  let now = opened;
  let from = 0;
  const failed = (error: unknown): Framing => {
    if (error instanceof Refusal) {
      return { items, rest: '', opened: now, error: { condition: error.condition, message: error.message, rest: text.slice(from) } };
    }
    if (error instanceof InputError)
      return {
        items,
        rest: '',
        opened: now,
        error: { condition: 'not-well-formed', message: error.problem.message, rest: text.slice(from) },
      };
    throw error;
  };
  try {
    if (!now) {
      const header = headerOf(text);
      if (!header) return { items, rest: text, opened: now };
      items.push(header.item);
      from = header.end;
      now = { content: header.item.content, prefixes: header.item.prefixes };
    }
    for (const { end, kind } of pieces(text.slice(from), now, limit)) {
      const part = text.slice(from, from + end);
      if (kind === 'element') items.push({ type: 'element', element: parseXml(part.trim(), now.content, now.prefixes), text: part });
      else if (kind === 'text') items.push({ type: 'text', text: part });
      else {
        items.push({ type: 'end' });
        return { items, rest: '', opened: undefined };
      }
      from += end;
    }
    return { items, rest: text.slice(from), opened: now };
  } catch (error) {
    return failed(error);
  }
}

/** One WebSocket frame: a document of its own (RFC 7395 §3.3). @throws InputError */
export const frameDocument = (text: string): Element => parseXml(text.trim());

const isOpening = (tag: string): boolean => /^<[^/?!]/.test(tag);

/** The start tag of the stream; `undefined` while it is not complete. */
function headerOf(text: string): { readonly item: Extract<Framed, { type: 'header' }>; readonly end: number } | undefined {
  const declared = /^\s*<\?xml\s[^>]*\?>/.exec(text)?.[0] ?? '';
  const start = declared.length + (/^\s*/.exec(text.slice(declared.length))?.[0].length ?? 0);
  const rest = text.slice(start);
  if (rest === '' || (rest.startsWith('<?xml') && !rest.includes('>'))) return undefined;
  if (!rest.startsWith('<')) throw new Refusal('not-well-formed', 'a stream begins with its header');
  if (rest.length > 1 && !isOpening(rest.slice(0, 2))) throw new Refusal('not-well-formed', 'a stream begins with its header');
  let item: Extract<Framed, { type: 'header' }> | undefined;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw new Refusal('not-well-formed', error.message.replace(/^\d+:\d+:\s*/, ''));
  });
  parser.on('opentag', (tag) => {
    if (item) return;
    const attrs: Record<string, string> = {};
    for (const a of Object.values(tag.attributes)) if (a.prefix !== 'xmlns' && a.name !== 'xmlns') attrs[a.name] = a.value;
    const { '': content = '', ...prefixes } = tag.ns;
    item = { type: 'header', element: el(tag.local, tag.uri, attrs), content, prefixes };
  });
  for (const [i, c] of chunksOf(rest)) {
    parser.write(c);
    if (item) return { item, end: start + i + c.length };
  }
  return undefined;
}

/** Up to and with each `>`: a tag is complete with one. */
function* chunksOf(text: string): Generator<readonly [number, string]> {
  let from = 0;
  while (from < text.length) {
    const close = text.indexOf('>', from);
    const to = close < 0 ? text.length : close + 1;
    yield [from, text.slice(from, to)];
    from = to;
  }
}

/** Where each whole piece ends, in order, counted from the piece before. */
function* pieces(
  text: string,
  { content, prefixes }: Opened,
  limit: number,
): Generator<{ readonly end: number; readonly kind: 'element' | 'text' | 'end' }> {
  const parser = new SaxesParser({ xmlns: true });
  const declared = Object.entries({ stream: STREAMS, ...prefixes }).map(([prefix, ns]) => ` xmlns:${prefix}='${ns}'`);
  let depth = 0;
  let closed = false;
  parser.on('error', (error) => {
    // saxes says of a document type declaration only that it stands in a wrong place.
    if (error.message.includes('doctype')) restricted('a document type declaration');
    throw new Refusal('not-well-formed', error.message.replace(/^\d+:\d+:\s*/, ''));
  });
  const restricted = (what: string): never => {
    throw new Refusal('restricted-xml', `${what} is not allowed in a stream (RFC 6120 §11.1)`);
  };
  parser.on('doctype', () => restricted('a document type declaration'));
  parser.on('processinginstruction', () => restricted('a processing instruction'));
  parser.on('comment', () => restricted('a comment'));
  parser.on('opentag', () => {
    if (++depth > MAX_DEPTH + 1) throw new Refusal('policy-violation', `elements are nested more than ${MAX_DEPTH} deep`);
  });
  let whole = false;
  parser.on('closetag', () => {
    depth--;
    if (depth === 0) closed = true;
    whole = depth === 1;
  });
  parser.write(`<stream:stream xmlns='${content}'${declared.join('')}>`);
  let since = 0;
  for (const [i, chunk] of chunksOf(text)) {
    const outside = depth === 1 && since === i;
    // Characters between elements end a piece of their own before the next tag begins.
    const tag = chunk.indexOf('<');
    if (outside && tag !== 0) {
      const length = tag < 0 ? chunk.length : tag;
      parser.write(chunk.slice(0, length));
      yield { end: i + length - since, kind: 'text' };
      since = i + length;
      if (tag < 0) continue;
      parser.write(chunk.slice(length));
    } else parser.write(chunk);
    const at = i + chunk.length;
    if (at - since > limit) throw new Refusal('policy-violation', `a stanza of more than ${limit} bytes`);
    if (closed) {
      yield { end: at - since, kind: 'end' };
      return;
    }
    if (whole) {
      whole = false;
      yield { end: at - since, kind: 'element' };
      since = at;
    }
  }
  if (text.length - since > limit) throw new Refusal('policy-violation', `a stanza of more than ${limit} bytes`);
}
