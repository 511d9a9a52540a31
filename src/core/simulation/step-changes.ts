/**
 * What the last event of an entity changed in its state: every value that is another one now than right before that event. What befell it from
 * outside since (the conditions of a run make others’ timers crash it) is among them.
 */
import type { Cell, Part, TreeNode } from '../../protocol/parts.ts';
import { What } from '../kernel/journal.ts';
import { orderOf } from './causes.ts';
import type { Run } from './run.ts';

const MOST = 60;
const NONE = '—';

/** @param now the entity’s parts after event `at`. */
export function stepChanges(run: Run, entity: number, at: number, now: readonly Part[]): Part[] {
  const order = orderOf(run);
  const line = order.eventsOf(entity);
  let last = line[order.countUpTo(entity, at) - 1] ?? 0;
  // Rows that say why nothing happened belong to the event before them.
  while (last > 0 && run.journal.events.what.get(last - 1) === What.nothing) last = order.previous(last);
  if (last === 0) return [];
  const changes = differences(run.at(last - 1, 1).inspectEntity(entity), now);
  if (changes.length === 0) return [];
  const rows = changes.slice(0, MOST).map(({ what, was, is }, i) => {
    const cells: Cell[] = [{ text: what }, { text: was }, { text: is }];
    return { key: String(i), cells };
  });
  const more = changes.length > MOST ? ` (${MOST} of ${changes.length})` : '';
  const title = last === at ? `Changed at this step${more}` : `Changed since its last event, #${last}${more}`;
  return [{ type: 'table', key: 'step-changes', title, columns: ['what', 'before', 'now'], rows, empty: '' }];
}

interface Change {
  readonly what: string;
  readonly was: string;
  readonly is: string;
}

function differences(before: readonly Part[], after: readonly Part[]): Change[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  const changes: Change[] = [];
  for (const [key, { what, value }] of now) {
    const was = old.get(key)?.value;
    if (was !== value) changes.push({ what, was: was ?? NONE, is: value });
  }
  for (const [key, { what, value }] of old) if (!now.has(key)) changes.push({ what, was: value, is: NONE });
  return changes;
}

type Values = Map<string, { readonly what: string; readonly value: string }>;
function valuesOf(parts: readonly Part[]): Values {
  const values: Values = new Map();
  for (const part of parts) {
    const about = part.title === undefined ? '' : `${part.title}: `;
    const put = (keys: readonly string[], what: string, value: string): unknown =>
      values.set(JSON.stringify([part.key, ...keys]), { what: about + what, value });
    if (part.type === 'fields') for (const { key, label, value } of part.fields) put([key], label, value);
    else if (part.type === 'form') for (const { key, label, values: list } of part.fields) put([key], label, list.join(', '));
    else if (part.type === 'table')
      // A row is one thing: its first cell names it, the others are its value.
      for (const { key, cells } of part.rows)
        put(
          [key],
          cells[0]?.text ?? key,
          cells.length > 1
            ? cells
                .slice(1)
                .map(({ text }) => text)
                .join(' · ')
            : 'there',
        );
    else if (part.type === 'tree') nodes(part.nodes, [], '', put);
  }
  return values;
}
function nodes(
  list: readonly TreeNode[],
  path: readonly string[],
  above: string,
  put: (keys: readonly string[], what: string, value: string) => unknown,
): void {
  for (const { key, label, value, children } of list) {
    put([...path, key], above + label, value ?? 'there');
    nodes(children, [...path, key], `${above}${label} / `, put);
  }
}
