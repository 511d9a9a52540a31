/** What differs between two inspections of one thing: by the keys of parts, fields, rows and nodes, which are stable. */
import type { Inspection, Part, TreeNode } from '../../protocol/parts.ts';

/** From the place of a value to words about what it was. */
export type Changes = ReadonlyMap<string, string>;
export const NO_CHANGES: Changes = new Map();

/** The place of a value, from the keys that lead to it. */
export const place = (...keys: readonly (string | number)[]): string => JSON.stringify(keys);

export function changesOf(before: Inspection, after: Inspection): Changes {
  const changes = new Map<string, string>();
  const old = new Map(before.parts.map((part) => [part.key, valuesOf(part)]));
  for (const part of after.parts) {
    // This one says itself what was before.
    if (part.key === 'step-changes') continue;
    // A part that was not there is not marked value by value: all of it would be.
    const then = old.get(part.key);
    if (!then) continue;
    for (const [at, value] of valuesOf(part)) {
      const was = then.get(at);
      if (was === undefined) changes.set(at, 'new since the moment shown before');
      else if (was !== value) changes.set(at, `was ${was === '' ? 'empty' : `“${was}”`} at the moment shown before`);
    }
  }
  return changes;
}

function valuesOf(part: Part): Map<string, string> {
  const values = new Map<string, string>();
  switch (part.type) {
    case 'fields':
      for (const field of part.fields) values.set(place(part.key, field.key), field.value);
      break;
    case 'form':
      for (const field of part.fields) values.set(place(part.key, field.key), field.values.join('\n'));
      break;
    case 'table':
      for (const row of part.rows) row.cells.forEach((cell, column) => values.set(place(part.key, row.key, column), cell.text));
      break;
    case 'tree':
      addNodes(values, [part.key], part.nodes);
      break;
    case 'xml':
    case 'note':
    case 'hops':
      break;
  }
  return values;
}

function addNodes(values: Map<string, string>, path: readonly string[], nodes: readonly TreeNode[]): void {
  for (const node of nodes) {
    const here = [...path, node.key];
    values.set(place(...here), node.value ?? '');
    addNodes(values, here, node.children);
  }
}
