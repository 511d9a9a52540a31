/**
 * XPath 1.0 (W3C recommendation of 1999-11-16) on a stanza. Two things differ, both on purpose: a name without a prefix means
 * that local name in *any* namespace (`//x[@node]`), as people think of stanzas; prefixes are given and not declared.
 * Left out: the namespace axis, variables, comments and processing instructions (a stream has none), `id` and `lang`.
 */
import type { Element } from '../xml/element.ts';
import type { Axis, Compare, NodeTest, Step, XExpr } from './ast.ts';
import { asBoolean, asNumber, asString, FUNCTIONS, type Context, type XValue } from './functions.ts';
import { documentOf, stringOf, XML_NS, type XNode } from './nodes.ts';
import { parseXPath } from './parser.ts';

/** A test of stanzas: whether the expression, as a boolean, holds at the document whose only child is the stanza. */
export type XPath = (stanza: Element) => XValue;

/** @throws XPathError with the place in the text. */
export function compileXPath(text: string, prefixes: Readonly<Record<string, string>> = {}): XPath {
  const expr = parseXPath(text, { xml: XML_NS, ...prefixes });
  return (stanza) => evaluate(expr, { node: documentOf(stanza), position: 1, size: 1 });
}

/** Whether the expression, as a boolean, holds. */
export const holds = (xpath: XPath, stanza: Element): boolean => asBoolean(xpath(stanza));

function evaluate(expr: XExpr, context: Context): XValue {
  switch (expr.type) {
    case 'or':
      return asBoolean(evaluate(expr.left, context)) || asBoolean(evaluate(expr.right, context));
    case 'and':
      return asBoolean(evaluate(expr.left, context)) && asBoolean(evaluate(expr.right, context));
    case 'compare':
      return compare(expr.op, evaluate(expr.left, context), evaluate(expr.right, context));
    case 'arithmetic':
      return arithmetic(expr.op, asNumber(evaluate(expr.left, context)), asNumber(evaluate(expr.right, context)));
    case 'minus':
      return -asNumber(evaluate(expr.of, context));
    case 'union':
      return inOrder([...nodesOf(expr.left, context), ...nodesOf(expr.right, context)]);
    case 'literal':
      return expr.value;
    case 'call':
      return FUNCTIONS.get(expr.name)!.run(
        expr.args.map((arg) => evaluate(arg, context)),
        context,
      );
    case 'path':
      return path(expr, context);
  }
}
/** The parser lets nothing else stand where nodes are needed. */
const nodesOf = (expr: XExpr, context: Context): readonly XNode[] => evaluate(expr, context) as readonly XNode[];

const inOrder = (nodes: readonly XNode[]): XNode[] => [...new Set(nodes)].sort((a, b) => a.order - b.order);

function path(expr: Extract<XExpr, { type: 'path' }>, context: Context): readonly XNode[] {
  let nodes: readonly XNode[] = expr.from ? nodesOf(expr.from, context) : [expr.absolute ? rootOf(context.node) : context.node];
  nodes = expr.predicates.reduce(filtered, nodes);
  for (const step of expr.steps) nodes = inOrder(nodes.flatMap((node) => taken(step, node)));
  return nodes;
}
function taken({ axis, test, predicates }: Step, node: XNode): readonly XNode[] {
  return predicates.reduce(
    filtered,
    along(axis, node).filter((other) => passes(test, other, axis)),
  );
}
/** A number as a predicate means the position (§2.4). */
function filtered(nodes: readonly XNode[], predicate: XExpr): readonly XNode[] {
  return nodes.filter((node, i) => {
    const value = evaluate(predicate, { node, position: i + 1, size: nodes.length });
    return typeof value === 'number' ? value === i + 1 : asBoolean(value);
  });
}

function rootOf(node: XNode): XNode {
  return node.parent ? rootOf(node.parent) : node;
}
const below = (node: XNode): XNode[] => node.children.flatMap((child) => [child, ...below(child)]);
const above = ({ parent }: XNode): XNode[] => (parent ? [parent, ...above(parent)] : []);
const siblings = ({ parent, kind }: XNode): readonly XNode[] => (kind === 'attribute' ? [] : (parent?.children ?? []));

/** Nodes on an axis, nearest first: the order in which positions count (§2.4). */
function along(axis: Axis, node: XNode): readonly XNode[] {
  switch (axis) {
    case 'self':
      return [node];
    case 'child':
      return node.children;
    case 'attribute':
      return node.attributes;
    case 'parent':
      return node.parent ? [node.parent] : [];
    case 'descendant':
      return below(node);
    case 'descendant-or-self':
      return [node, ...below(node)];
    case 'ancestor':
      return above(node);
    case 'ancestor-or-self':
      return [node, ...above(node)];
    case 'following-sibling':
      return siblings(node).filter(({ order }) => order > node.order);
    case 'preceding-sibling':
      return siblings(node)
        .filter(({ order }) => order < node.order)
        .reverse();
    case 'following': {
      const own = new Set(below(node));
      return below(rootOf(node)).filter((other) => other.order > node.order && !own.has(other));
    }
    case 'preceding': {
      const over = new Set(above(node));
      return below(rootOf(node))
        .filter((other) => other.order < node.order && !over.has(other))
        .reverse();
    }
  }
}
function passes(test: NodeTest, node: XNode, axis: Axis): boolean {
  if (test.type === 'node') return true;
  if (test.type === 'text') return node.kind === 'text';
  if (node.kind !== (axis === 'attribute' ? 'attribute' : 'element')) return false;
  if (test.type === 'any') return true;
  return (test.name === undefined || node.name === test.name) && (test.ns === undefined || node.ns === test.ns);
}

function arithmetic(op: '+' | '-' | '*' | 'div' | 'mod', a: number, b: number): number {
  if (op === '+') return a + b;
  if (op === '-') return a - b;
  if (op === '*') return a * b;
  return op === 'div' ? a / b : a % b;
}

/** §3.4: a node-set compares as any of its nodes does. */
function compare(op: Compare, a: XValue, b: XValue): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean')
    return op === '=' || op === '!='
      ? (asBoolean(a) === asBoolean(b)) === (op === '=')
      : ordered(op, asNumber(asBoolean(a)), asNumber(asBoolean(b)));
  if (typeof a === 'object') return a.some((node) => compare(op, stringOf(node), b));
  if (typeof b === 'object') return b.some((node) => compare(op, a, stringOf(node)));
  if (op !== '=' && op !== '!=') return ordered(op, asNumber(a), asNumber(b));
  const equal = typeof a === 'number' || typeof b === 'number' ? asNumber(a) === asNumber(b) : asString(a) === asString(b);
  return equal === (op === '=');
}
function ordered(op: Compare, a: number, b: number): boolean {
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  return op === '>' ? a > b : a >= b;
}
