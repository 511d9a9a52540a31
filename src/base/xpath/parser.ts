/** Reads XPath 1.0 into its tree by recursive descent; the grammar's names stand beside the functions. */
import { closest } from '../closest.ts';
import { AXES, COMPARE, type Axis, type Compare, type NodeTest, type Step, type XExpr } from './ast.ts';
import { FUNCTIONS } from './functions.ts';
import { tokensOf, XPathError, type XToken } from './lexer.ts';

const NODE_SET: ReadonlySet<XExpr['type']> = new Set(['path', 'union']);
/** An expression deeper than this was not written by hand, and would exhaust the stack. */
const DEEPEST = 60;
const ANYWHERE: Step = { axis: 'descendant-or-self', test: { type: 'node' }, predicates: [] };

/** @param prefixes namespaces by prefix. @throws XPathError with the place. */
export function parseXPath(text: string, prefixes: Readonly<Record<string, string>>): XExpr {
  const parser = new Parser(tokensOf(text), prefixes);
  return parser.whole();
}

class Parser {
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly XToken[];
  private readonly prefixes: Readonly<Record<string, string>>;

  constructor(tokens: readonly XToken[], prefixes: Readonly<Record<string, string>>) {
    this.tokens = tokens;
    this.prefixes = prefixes;
  }
  whole(): XExpr {
    const expr = this.or();
    if (this.token.type !== 'end') this.no('an operator or the end');
    return expr;
  }

  private get token(): XToken {
    return this.tokens[this.at]!;
  }
  private no(expected: string): never {
    const { type, text, at } = this.token;
    throw new XPathError(at, `found ${type === 'end' ? 'the end' : `“${text}”`}, expected ${expected}`);
  }
  private is(text: string): boolean {
    return this.token.text === text && this.token.type !== 'literal';
  }
  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }
  private need(text: string): void {
    if (!this.take(text)) this.no(`“${text}”`);
  }

  private or(): XExpr {
    if (++this.depth > DEEPEST) throw new XPathError(this.token.at, 'this is nested too deeply');
    let left = this.and();
    while (this.take('or')) left = { type: 'or', left, right: this.and() };
    this.depth--;
    return left;
  }
  private and(): XExpr {
    let left = this.equality();
    while (this.take('and')) left = { type: 'and', left, right: this.equality() };
    return left;
  }
  private equality(): XExpr {
    let left = this.relation();
    for (let op = this.comparison('=', '!='); op; op = this.comparison('=', '!='))
      left = { type: 'compare', op, left, right: this.relation() };
    return left;
  }
  private relation(): XExpr {
    let left = this.additive();
    for (let op = this.comparison('<', '<=', '>', '>='); op; op = this.comparison('<', '<=', '>', '>='))
      left = { type: 'compare', op, left, right: this.additive() };
    return left;
  }
  private comparison(...which: Compare[]): Compare | undefined {
    const op = COMPARE.find((sign) => which.includes(sign) && this.is(sign));
    if (op) this.at++;
    return op;
  }
  private additive(): XExpr {
    let left = this.multiplicative();
    for (;;) {
      const op = this.is('+') ? '+' : this.is('-') ? '-' : undefined;
      if (!op) return left;
      this.at++;
      left = { type: 'arithmetic', op, left, right: this.multiplicative() };
    }
  }
  private multiplicative(): XExpr {
    let left = this.unary();
    for (;;) {
      const op = (['*', 'div', 'mod'] as const).find((sign) => this.is(sign));
      if (!op) return left;
      this.at++;
      left = { type: 'arithmetic', op, left, right: this.unary() };
    }
  }
  private unary(): XExpr {
    let minus = false;
    while (this.take('-')) minus = !minus;
    const of = this.union();
    return minus ? { type: 'minus', of } : of;
  }
  private union(): XExpr {
    let left = this.path();
    while (this.is('|')) {
      if (!NODE_SET.has(left.type)) this.no('paths on both sides of “|”');
      this.at++;
      const right = this.path();
      if (!NODE_SET.has(right.type)) this.no('a path after “|”');
      left = { type: 'union', left, right };
    }
    return left;
  }

  /** PathExpr: a location path, or a filter expression that steps may follow. */
  private path(): XExpr {
    const { type, text } = this.token;
    const after = this.tokens[this.at + 1]?.text;
    const called = type === 'name' && after === '(' && text !== 'node' && text !== 'text' && text !== 'comment';
    const isPrimary = type === 'number' || type === 'literal' || called || this.is('(');
    if (!isPrimary) return this.location();
    const from = this.primary();
    const predicates = this.predicates();
    const steps: Step[] = [];
    if (this.is('/') || this.is('//')) {
      if (this.take('//')) steps.push(ANYWHERE);
      else this.at++;
      this.relative(steps);
    }
    if (predicates.length === 0 && steps.length === 0) return from;
    if (!NODE_SET.has(from.type)) this.no('a path before “[” or “/”');
    return { type: 'path', absolute: false, from, predicates, steps };
  }
  private location(): XExpr {
    const steps: Step[] = [];
    const absolute = this.is('/') || this.is('//');
    if (this.take('//')) {
      steps.push(ANYWHERE);
      this.relative(steps);
    } else if (this.take('/')) {
      if (this.beginsStep()) this.relative(steps);
    } else this.relative(steps);
    return { type: 'path', absolute, from: undefined, predicates: [], steps };
  }
  private beginsStep(): boolean {
    return this.token.type === 'name' || ['*', '.', '..', '@'].some((sign) => this.is(sign));
  }
  private relative(steps: Step[]): void {
    for (;;) {
      steps.push(this.step());
      if (this.take('//')) steps.push(ANYWHERE);
      else if (!this.take('/')) return;
    }
  }
  private step(): Step {
    if (this.take('.')) return { axis: 'self', test: { type: 'node' }, predicates: [] };
    if (this.take('..')) return { axis: 'parent', test: { type: 'node' }, predicates: [] };
    const axis = this.axis();
    return { axis, test: this.test(axis), predicates: this.predicates() };
  }
  private axis(): Axis {
    if (this.take('@')) return 'attribute';
    if (this.tokens[this.at + 1]?.text !== '::') return 'child';
    const { text, at } = this.token;
    const axis = AXES.find((name) => name === text);
    if (!axis) throw new XPathError(at, `there is no axis “${text}” here; there are ${AXES.join(', ')}`);
    this.at += 2;
    return axis;
  }
  private test(axis: Axis): NodeTest {
    const { type, text, at } = this.token;
    if (this.take('*')) return { type: 'any' };
    if (type !== 'name') this.no(axis === 'attribute' ? 'the name of an attribute' : 'the name of an element, “*”, “@”, “.” or “(”');
    this.at++;
    if (this.is('(')) {
      if (text !== 'node' && text !== 'text')
        throw new XPathError(at, `“${text}()” tests nothing in a stanza; there are node() and text()`);
      this.at++;
      this.need(')');
      return { type: text };
    }
    const [first = '', second] = text.split(':');
    if (second === undefined) return { type: 'name', name: first, ns: undefined };
    const ns = Object.hasOwn(this.prefixes, first) ? this.prefixes[first] : undefined;
    if (ns === undefined)
      throw new XPathError(at, `the prefix “${first}” stands for no namespace here; there are ${Object.keys(this.prefixes).join(', ')}`);
    return { type: 'name', name: second === '*' ? undefined : second, ns };
  }
  private predicates(): XExpr[] {
    const found: XExpr[] = [];
    while (this.take('[')) {
      found.push(this.or());
      this.need(']');
    }
    return found;
  }
  private primary(): XExpr {
    const { type, text } = this.token;
    if (type === 'name') return this.call();
    this.at++;
    if (type === 'number') return { type: 'literal', value: Number(text) };
    if (type === 'literal') return { type: 'literal', value: text.slice(1, -1) };
    const inner = this.or();
    this.need(')');
    return inner;
  }
  private call(): XExpr {
    const { text: name, at } = this.token;
    const known = FUNCTIONS.get(name);
    if (!known) {
      const near = closest(name, [...FUNCTIONS.keys()]);
      throw new XPathError(at, `there is no function “${name}”${near === undefined ? '' : `; did you mean “${near}”?`}`);
    }
    this.at += 2;
    const args: XExpr[] = [];
    if (!this.is(')'))
      do args.push(this.or());
      while (this.take(','));
    this.need(')');
    const [least, most] = known.takes;
    if (args.length < least || args.length > most)
      throw new XPathError(at, `“${name}” takes ${least === most ? least : `${least} to ${most}`} arguments, got ${args.length}`);
    if (known.nodes === true && args[0] && !NODE_SET.has(args[0].type)) throw new XPathError(at, `“${name}” takes a path`);
    return { type: 'call', name, args };
  }
}
