/** Where in a text an element or an attribute of it stands, for words about what is wrong there. */
import { SaxesParser } from 'saxes';
import type { Prefixes } from './tokenizer.ts';

export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export function placeAt(text: string, index: number): TextPlace {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/**
 * The index of the element that `steps` lead to from the first one (positions among child elements), or of that attribute in its tag.
 * The text is well-formed; where nothing stands there, the element around it is meant.
 */
export function indexOfElement(text: string, prefixes: Prefixes, steps: readonly number[], attribute?: string): number {
  const parser = new SaxesParser({ xmlns: true, additionalNamespaces: prefixes });
  const at: number[] = [];
  const counts: number[] = [0];
  let found = 0;
  let isHere = false;
  let depth = 0;
  parser.on('opentagstart', () => {
    at[depth] = counts[depth] ?? 0;
    counts[depth] = (counts[depth] ?? 0) + 1;
    depth++;
    counts[depth] = 0;
    // The first of `at` is the element itself, which no step leads to.
    isHere = depth - 1 <= steps.length && at.slice(1, depth).every((position, i) => position === steps[i]);
    if (isHere) found = text.lastIndexOf('<', parser.position - 1);
    isHere &&= depth - 1 === steps.length;
  });
  parser.on('opentag', () => {
    if (!isHere || attribute === undefined) return;
    const start = text.lastIndexOf('<', parser.position - 1);
    const name = new RegExp(`\\s${attribute.replaceAll(/[^\w:-]/g, '.')}\\s*=`).exec(text.slice(start, parser.position));
    if (name) found = start + name.index + 1;
  });
  parser.on('closetag', () => {
    depth--;
    isHere = false;
  });
  parser.write(text).close();
  return found;
}
