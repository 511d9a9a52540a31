/** Writes an expression so that it is read back as the same one, with as few brackets as that takes. */
import type { Expr, Value } from './ast.ts';
import { quote } from './lexer.ts';
import { STRUCTURE } from './vocabulary.ts';

const reserved = (word: string): boolean => Object.hasOwn(STRUCTURE, word);
const text = (value: string): string => quote(value, reserved);
const quoted = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** How tightly it binds: or 0, and 1, all else 2. */
const strength = ({ type }: Expr): number => (type === 'or' ? 0 : type === 'and' ? 1 : 2);
const inside = (expr: Expr, least: number): string => (strength(expr) < least ? `(${printQuery(expr)})` : printQuery(expr));
/** Digits only: no exponent is read. */
const digits = (value: number): string => (Number.isInteger(value) ? String(BigInt(value)) : decimal(value));
function decimal(value: number): string {
  const plain = String(value);
  return plain.includes('e') ? value.toFixed(20).replace(/0+$/, '') : plain;
}

function valueText(value: Value): string {
  return value.type === 'text' ? text(value.text) : `${digits(value.value)}${value.unit}`;
}

export function printQuery(expr: Expr): string {
  switch (expr.type) {
    case 'or':
      return `${inside(expr.left, 0)} || ${inside(expr.right, 1)}`;
    case 'and':
      return `${inside(expr.left, 1)} && ${inside(expr.right, 2)}`;
    case 'not':
      return `!${inside(expr.of, 2)}`;
    case 'word':
      return expr.word;
    case 'has':
      return expr.field;
    case 'compare':
      return `${expr.field} ${expr.op} ${valueText(expr.value)}`;
    case 'call':
      return `${expr.name}(${quoted(expr.text)})`;
    case 'count':
      return `count(${printQuery(expr.of)}) ${expr.op} ${digits(expr.value)}`;
    case 'first':
      return `first ${inside(expr.of, 2)}`;
    case 'quiet':
      return `no ${inside(expr.of, 2)} for ${digits(expr.value)}${expr.unit}`;
  }
}
