/**
 * Reads the expression language by recursive descent. What binds more tightly stands lower:
 *   or: and ('||' and)*    and: not ('&&' not)*    not: '!' not | operand
 *   operand: '(' or ')' | word | field [op value] | call '(' text ')' | 'count' '(' or ')' op number | 'first' not | 'no' not 'for' duration
 */
import { closest } from '../closest.ts';
import { OPERATORS, UNITS, type Expr, type Fault, type Operator, type Unit, type Value } from './ast.ts';
import { QueryError, tokensOf, type Token } from './lexer.ts';
import { fieldOf, STRUCTURE, type FieldSpec, type Vocabulary } from './vocabulary.ts';

/** What may stand where the text ends: for completion. */
export type Expects =
  | { readonly type: 'operand' | 'connective' | 'for' | 'bracket' | 'duration' | 'amount' | 'close' }
  | { readonly type: 'operator'; readonly field: string; readonly done: boolean }
  | { readonly type: 'value'; readonly field: string }
  | { readonly type: 'text'; readonly call: string };

export type Parsed = { readonly ok: true; readonly expr: Expr } | { readonly ok: false; readonly fault: Fault };

export function parseQuery(text: string, vocabulary: Vocabulary): Parsed {
  try {
    return { ok: true, expr: new Parser(tokensOf(text), vocabulary).whole() };
  } catch (error) {
    if (error instanceof QueryError) return { ok: false, fault: error.fault };
    throw error;
  }
}
/** What may follow these tokens; nothing where they are wrong already. */
export function expectedAfter(tokens: readonly Token[], vocabulary: Vocabulary): readonly Expects[] {
  const parser = new Parser(tokens, vocabulary);
  try {
    parser.whole();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    if (!parser.ended) return [];
  }
  return parser.expected;
}

/** Deeper than this was not written by hand, and would exhaust the stack. */
const DEEPEST = 60;
const NUMBER = new RegExp(`^(\\d+(?:\\.\\d+)?)(%|${UNITS.join('|')})?$`);
const ORDERED: ReadonlySet<Operator> = new Set(['<', '<=', '>', '>=']);

class Parser {
  /** Of the latest operand, with what else could follow it: filled in at the end of the text only. */
  expected: Expects[] = [];
  private at = 0;
  private depth = 0;
  private brackets = 0;
  private readonly tokens: readonly Token[];
  private readonly vocabulary: Vocabulary;

  constructor(tokens: readonly Token[], vocabulary: Vocabulary) {
    this.tokens = tokens;
    this.vocabulary = vocabulary;
  }
  get ended(): boolean {
    return this.token.type === 'end';
  }
  whole(): Expr {
    const expr = this.or();
    if (!this.ended) {
      const what = this.is(')') ? 'There is a “)” too many.' : `${this.found()} expected &&, || or the end.`;
      this.no(what, this.is('=') ? 'Equality is written ==.' : undefined);
    }
    return expr;
  }

  private get token(): Token {
    return this.tokens[this.at]!;
  }
  private get before(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }
  private found(): string {
    return this.ended ? 'Found the end,' : `Found “${this.token.text}”,`;
  }
  private no(message: string, hint?: string, { at, end } = this.token): never {
    throw new QueryError({ at, end: Math.max(end, at), message, hint });
  }
  private may(...what: Expects[]): void {
    if (this.ended) this.expected.push(...what);
  }
  private is(text: string): boolean {
    return this.token.text === text && this.token.type !== 'quoted';
  }
  private take(...texts: string[]): boolean {
    if (!texts.some((text) => this.is(text))) return false;
    this.at++;
    return true;
  }

  private or(): Expr {
    if (++this.depth > DEEPEST) this.no('This is nested too deeply.');
    let left = this.and();
    while (this.take('||', 'or')) {
      const right = this.and();
      left = { type: 'or', left, right, at: left.at, end: right.end };
    }
    this.depth--;
    return left;
  }
  private and(): Expr {
    let left = this.not();
    while (this.take('&&', 'and')) {
      const right = this.not();
      left = { type: 'and', left, right, at: left.at, end: right.end };
    }
    return left;
  }
  private not(): Expr {
    const { at } = this.token;
    if (!this.take('!', 'not')) return this.operand();
    if (++this.depth > DEEPEST) this.no('This is nested too deeply.');
    const of = this.not();
    this.depth--;
    return { type: 'not', of, at, end: of.end };
  }

  private operand(): Expr {
    this.may({ type: 'operand' });
    const { at, type, text } = this.token;
    if (this.take('(')) {
      const inner = this.bracketed();
      return this.done(inner);
    }
    if (type !== 'plain') this.no(`${this.found()} expected what is looked for, such as iq, from == …, or (.`);
    this.at++;
    if (text === 'count') return this.count(at);
    if (text === 'first') {
      const of = this.not();
      return { type: 'first', of, at, end: of.end };
    }
    if (text === 'no') return this.quiet(at);
    if (Object.hasOwn(this.vocabulary.calls, text) && (this.is('(') || !Object.hasOwn(this.vocabulary.words, text)))
      return this.call(text, at);
    const field = fieldOf(this.vocabulary, text);
    if (field) return this.comparison(text, field, at);
    if (Object.hasOwn(this.vocabulary.words, text)) {
      if (Object.hasOwn(this.vocabulary.calls, text)) this.may({ type: 'bracket' });
      return this.done({ type: 'word', word: text, at, end: this.before });
    }
    return this.unknown(text);
  }
  /** Up to the bracket's end. */
  private bracketed(): Expr {
    this.brackets++;
    const inner = this.or();
    this.brackets--;
    this.close();
    return inner;
  }
  private done(expr: Expr): Expr {
    this.may({ type: 'connective' }, ...(this.brackets > 0 ? [{ type: 'close' } as const] : []));
    return expr;
  }
  private unknown(text: string): never {
    const { words, fields, calls } = this.vocabulary;
    const near = closest(text, [...Object.keys(words), ...Object.keys(fields), ...Object.keys(calls), ...Object.keys(STRUCTURE)]);
    const hint = near === undefined ? `To look for an address, write: entity ~ "${text}"` : `Did you mean “${near}”?`;
    throw new QueryError({ at: this.tokens[this.at - 1]!.at, end: this.before, message: `There is no “${text}” here.`, hint });
  }
  private close(): void {
    if (!this.take(')')) this.no(`${this.found()} expected “)”.`);
  }
  private open(): void {
    this.may({ type: 'bracket' });
    if (!this.take('(')) this.no(`${this.found()} expected “(”.`);
  }
  private operator(field: string, spec: FieldSpec, optional: boolean): Operator | undefined {
    this.may({ type: 'operator', field, done: optional });
    const { text } = this.token;
    if (this.take('=')) this.no('Found “=”, expected ==.', 'Equality is written ==.', this.tokens[this.at - 1]);
    const op = this.take('contains') ? '~' : OPERATORS.find((sign) => this.take(sign));
    if (!op)
      return optional ? undefined : this.no(`${this.found()} expected ${spec.type === 'text' ? '==, != or ~' : '==, !=, <, <=, > or >='}.`);
    const fits = spec.type === 'text' ? !ORDERED.has(op) : op !== '~' && op !== '!~';
    if (!fits) {
      const hint =
        spec.type === 'text' ? 'Text is compared with ==, !=, ~ (contains) or !~.' : 'Numbers are compared with ==, !=, <, <=, > or >=.';
      this.no(`“${field}” cannot be compared with ${text}.`, hint, this.tokens[this.at - 1]);
    }
    return op;
  }
  private comparison(field: string, spec: FieldSpec, at: number): Expr {
    const attribute = field.startsWith('@');
    const op = this.operator(field, spec, attribute);
    if (!op) return this.done({ type: 'has', field, at, end: this.before });
    this.may({ type: 'value', field });
    const token = this.token;
    if (token.type !== 'plain' && token.type !== 'quoted') this.no(`${this.found()} expected a value for “${field}”.`);
    this.at++;
    const value = this.value(field, spec, token);
    return this.done({ type: 'compare', field, op, value, valueAt: token.at, at, end: token.end });
  }
  private value(field: string, spec: FieldSpec, token: Token): Value {
    const { text } = token;
    if (spec.type === 'text') {
      if (spec.values && !spec.values.includes(text) && !/[*?]/.test(text) && text !== '') {
        const near = closest(text, spec.values);
        const hint = `${near === undefined ? '' : `Did you mean “${near}”? `}There are ${spec.values.join(', ')}.`;
        const previous = this.tokens[this.at - 2]?.text;
        if (previous === '==' || previous === '!=') this.no(`“${field}” is never “${text}”.`, hint, token);
      }
      return { type: 'text', text };
    }
    const [, digits = '', unit = ''] =
      (token.type === 'plain' && NUMBER.exec(text)) || this.no(`“${text}” is no number, as “${field}” needs one.`, undefined, token);
    const allowed: readonly string[] = spec.type === 'time' ? UNITS : spec.type === 'share' ? ['%'] : [];
    if (unit !== '' && !allowed.includes(unit))
      this.no(`“${field}” has no unit “${unit}”.`, allowed.length ? `There is ${allowed.join(', ')}.` : undefined, token);
    return { type: 'number', value: Number(digits), unit: unit as '' | '%' | Unit };
  }
  private call(name: string, at: number): Expr {
    this.open();
    this.may({ type: 'text', call: name });
    const token = this.token;
    const { example, wrong } = this.vocabulary.calls[name]!;
    if (token.type !== 'quoted' && token.type !== 'plain')
      this.no(`${this.found()} expected a text in quotation marks.`, `Such as ${example}.`);
    this.at++;
    const fault = wrong(token.text);
    if (fault) {
      const from = token.at + (token.type === 'quoted' ? 1 : 0) + fault.at;
      const end = Math.max(from, token.end - (token.type === 'quoted' ? 1 : 0));
      this.no(`${name}: ${fault.message}${/[.?]$/.test(fault.message) ? '' : '.'}`, fault.hint, { ...token, at: Math.min(from, end), end });
    }
    this.may({ type: 'close' });
    this.close();
    return this.done({ type: 'call', name, text: token.text, textAt: token.at, at, end: this.before });
  }
  private count(at: number): Expr {
    this.open();
    const of = this.bracketed();
    const op = this.operator('count', { type: 'number', help: '' }, false)!;
    this.may({ type: 'amount' });
    const token = this.token;
    if (token.type !== 'plain' || !/^\d+$/.test(token.text)) this.no(`${this.found()} expected a whole number.`);
    this.at++;
    return this.done({ type: 'count', of, op, value: Number(token.text), at, end: token.end });
  }
  private quiet(at: number): Expr {
    const of = this.not();
    // Only the duration may follow what is waited for.
    this.expected = this.expected.filter(({ type }) => type !== 'connective' && type !== 'close');
    this.may({ type: 'for' });
    if (!this.take('for')) this.no(`${this.found()} expected “for” and a duration.`, 'Such as: no event for 2s');
    this.may({ type: 'duration' });
    const token = this.token;
    const [, digits = '', unit = ''] =
      (token.type === 'plain' && NUMBER.exec(token.text)) || this.no(`${this.found()} expected a duration such as 2s.`);
    if (unit === '%') this.no('A duration has no unit “%”.', `There are ${UNITS.join(', ')}.`);
    this.at++;
    return this.done({ type: 'quiet', of, value: Number(digits), unit: unit as '' | Unit, at, end: token.end });
  }
}
