/** Tokens of XPath 1.0 (§3.7), each with its place in the text. */
export interface XToken {
  readonly type: 'number' | 'literal' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** What is wrong with an expression, and where: an index from 0. */
export interface XFault {
  readonly at: number;
  readonly message: string;
}
export class XPathError extends Error {
  readonly fault: XFault;
  constructor(at: number, message: string) {
    super(message);
    this.fault = { at, message };
  }
}

const NAME = '[\\p{L}_][\\p{L}\\p{N}_.\\-]*';
const PATTERNS: readonly (readonly [XToken['type'], RegExp])[] = [
  ['number', /\d+(?:\.\d*)?|\.\d+/uy],
  ['literal', /"[^"]*"|'[^']*'/uy],
  ['sign', /\/\/|::|\.\.|!=|<=|>=|[/.@[\](),|=<>+\-*$]/uy],
  // A name may have a prefix, or `*` after one; `::` is no prefix.
  ['name', new RegExp(`${NAME}(?::(?!:)(?:${NAME}|\\*))?`, 'uy')],
];

export function tokensOf(text: string): XToken[] {
  const tokens: XToken[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++;
    if (at >= text.length) break;
    const token = next(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ type: 'end', text: '', at: text.length });
  return tokens;
}

function next(text: string, at: number): XToken {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { type, text: found[0], at };
  }
  if (/["']/.test(text[at]!)) throw new XPathError(at, 'this quotation has no end');
  throw new XPathError(at, `${JSON.stringify(text[at])} means nothing in XPath`);
}
