/**
 * The strict guard on the way in: what RFC 6120 §11.1 and §11.4 keep out of XMPP is refused here, with line and column.
 * It runs on saxes, a conforming and namespace-aware parser, because the parser of the codec is neither.
 * Our own limits, each named in its message: nesting of at most 200 elements; no attributes in a namespace other than
 * that of `xml:`, which no XMPP extension uses; not the three names that JavaScript objects reserve.
 */
import { SaxesParser } from 'saxes';
import { InputError } from '../result.ts';

export const MAX_DEPTH = 200;
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** Namespaces by prefix. */
export type Prefixes = Readonly<Record<string, string>>;

/** Throws an `InputError` unless the text is exactly one element that XMPP allows; `outer` are prefixes that the stream declared. */
export function guard(text: string, outer: Prefixes = {}): void {
  // saxes takes a lone surrogate for a character of its own.
  const lone = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text);
  if (lone) throw placed('half of a surrogate pair is not a character (XML 1.0 §2.2)', ...positionOf(text, lone.index));

  const parser = new SaxesParser({ xmlns: true, additionalNamespaces: outer });
  const refuse = (message: string): never => {
    throw placed(message, parser.line, parser.column + 1);
  };
  let depth = 0;
  parser.on('error', (error) => {
    refuse(`${plain(error.message)} (not-well-formed, RFC 6120 §4.9.3.13)`);
  });
  parser.on('doctype', () => refuse('a document type declaration is not allowed (RFC 6120 §11.1)'));
  parser.on('processinginstruction', () => refuse('a processing instruction is not allowed (RFC 6120 §11.1)'));
  parser.on('comment', () => refuse('a comment is not allowed (RFC 6120 §11.1)'));
  parser.on('xmldecl', () => refuse('an XML declaration is not allowed in front of a stanza (RFC 6120 §11.1)'));
  parser.on('opentag', (tag) => {
    if (++depth > MAX_DEPTH) refuse(`elements are nested more than ${MAX_DEPTH} deep`);
    if (RESERVED.has(tag.local) || RESERVED.has(tag.name)) refuse(`the element name "${tag.name}" cannot be carried here`);
    for (const attribute of Object.values(tag.attributes)) {
      if (RESERVED.has(attribute.local) || RESERVED.has(attribute.name))
        refuse(`the attribute name "${attribute.name}" cannot be carried here`);
      if (attribute.prefix !== '' && attribute.prefix !== 'xml' && attribute.prefix !== 'xmlns')
        refuse(`the attribute "${attribute.name}" is in a namespace of its own, which cannot be carried here`);
    }
  });
  parser.on('closetag', () => depth--);
  parser.write(text).close();
}

/** saxes begins its messages with a position of its own, counted from zero. */
function plain(message: string): string {
  return message.replace(/^\d+:\d+:\s*/, '').replace(/\.$/, '');
}

function placed(message: string, line: number, column: number): InputError {
  return new InputError({
    message: `XML line ${line}, column ${column}: ${message}`,
    line,
    column,
    hint: 'Correct the XML at this place.',
  });
}

function positionOf(text: string, index: number): [line: number, column: number] {
  const before = text.slice(0, index).split('\n');
  return [before.length, (before.at(-1) ?? '').length + 1];
}
