/** What is different between two inspections of the same thing: keys of fields, rows and tree nodes whose words changed. */
import type { Inspection, Part, TreeNode } from '../../protocol/parts.ts';
import { sameTarget } from '../state/store.ts';

/** `part/field`, `part/row`, `part/node/child`. */
type Words = ReadonlyMap<string, string>;

export const NO_CHANGES: ReadonlySet<string> = new Set();

export function changesBetween(before: Inspection | null, after: Inspection): ReadonlySet<string> {
  if (!before || !sameTarget(before.target, after.target)) return NO_CHANGES;
  const old = wordsOf(before);
  const changed = new Set<string>();
  for (const [key, words] of wordsOf(after)) if (old.get(key) !== words) changed.add(key);
  return changed;
}

function wordsOf({ parts }: Inspection): Words {
  const words = new Map<string, string>();
  for (const part of parts) addPart(words, part);
  return words;
}

function addPart(words: Map<string, string>, part: Part): void {
  switch (part.type) {
    case 'fields':
      for (const { key, value } of part.fields) words.set(`${part.key}/${key}`, value);
      break;
    case 'table':
      for (const { key, cells } of part.rows) words.set(`${part.key}/${key}`, cells.map(({ text }) => text).join('\n'));
      break;
    case 'form':
      for (const { key, values } of part.fields) words.set(`${part.key}/${key}`, values.join('\n'));
      break;
    case 'tree':
      addNodes(words, part.key, part.nodes);
      break;
    case 'xml':
    case 'note':
      break;
  }
}

function addNodes(words: Map<string, string>, path: string, nodes: readonly TreeNode[]): void {
  for (const { key, value, children } of nodes) {
    words.set(`${path}/${key}`, value ?? '');
    addNodes(words, `${path}/${key}`, children);
  }
}
