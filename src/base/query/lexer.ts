/** Tokens of the expression language, each with its place. */
import type { Fault } from './ast.ts';

export interface Token {
  /** `plain`: a word, a number or an address without quotation marks. */
  readonly type: 'plain' | 'quoted' | 'sign' | 'end';
  /** As meant: of a quotation, what stands in it. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

export class QueryError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

const PLAIN = /[\p{L}\p{N}_.\-@/:*?#%+]+/uy;
const SIGN = /&&|\|\||==|!=|!~|<=|>=|[!~<>()=]/y;

/** @param open a quotation without an end is taken as it is: somebody is still writing it. */
export function tokensOf(text: string, open = false): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++;
    if (at >= text.length) break;
    const token = next(text, at, open);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ type: 'end', text: '', at: text.length, end: text.length });
  return tokens;
}

function next(text: string, at: number, open: boolean): Token {
  const sign = text[at]!;
  if (sign === '"' || sign === "'") return quoted(text, at, open);
  for (const [type, pattern] of [['plain', PLAIN] as const, ['sign', SIGN] as const]) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { type, text: found, at, end: at + found.length };
  }
  const hint =
    sign === '&' ? 'Write &&, or: and.' : sign === '|' ? 'Write ||, or: or.' : 'Write text with such a character in quotation marks.';
  throw new QueryError({ at, end: at + 1, message: `“${sign}” means nothing here.`, hint });
}

/** In quotation marks `\"` and `\\` stand for themselves. */
function quoted(text: string, at: number, open: boolean): Token {
  const mark = text[at];
  let meant = '';
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === mark) return { type: 'quoted', text: meant, at, end: i + 1 };
    if (text[i] === '\\' && (text[i + 1] === mark || text[i + 1] === '\\')) i++;
    meant += text[i];
  }
  if (open) return { type: 'quoted', text: meant, at, end: text.length };
  throw new QueryError({ at, end: text.length, message: `This quotation has no end: a ${mark} is missing.` });
}

/** So that it is read back as this text; without quotation marks where it needs none. */
export function quote(text: string, reserved: (word: string) => boolean): string {
  PLAIN.lastIndex = 0;
  const plain = PLAIN.exec(text)?.[0] === text && !reserved(text);
  return plain ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
