/** Where in a text that somebody typed a fault is: line and column of the element, or of its attribute. */
import { guard, type Prefixes } from '../../../base/xml/tokenizer.ts';
import type { Fault } from './verdict.ts';

export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Text that looks like no tag, the end of an element, or its beginning with all attributes. */
const TOKEN = /<!\[CDATA\[[\s\S]*?\]\]>|<\/[^>]*>|<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')/g;

/** The text must be the one element in which the fault was found. Throws `InputError`, with line and column, where it is no XML. */
export function placeOf(text: string, fault: Pick<Fault, 'steps' | 'attribute'>, prefixes: Prefixes = {}): TextPlace {
  guard(text, prefixes);
  /** Where the elements that are open stand among their parent's children, and how many children each has had. */
  const way: number[] = [];
  const seen: number[] = [0];
  for (const found of text.matchAll(TOKEN)) {
    const [token, name, attributes = '', end] = found;
    if (name === undefined) {
      if (token.startsWith('</')) {
        way.pop();
        seen.pop();
      }
      continue;
    }
    way.push(seen.at(-1)!);
    seen[seen.length - 1]!++;
    seen.push(0);
    if (samePath(way.slice(1), fault.steps)) {
      const inside = [...attributes.matchAll(ATTRIBUTE)].find((a) => a[1] === fault.attribute);
      return lineAndColumn(text, found.index + (inside ? 1 + name.length + inside.index : 0));
    }
    if (end === '/') {
      way.pop();
      seen.pop();
    }
  }
  return { line: 1, column: 1 };
}

const samePath = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((step, i) => step === b[i]);

function lineAndColumn(text: string, index: number): TextPlace {
  const before = text.slice(0, index).split(/\r\n?|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
