/**
 * Changes over time, as CSV: `tick,node,join|leave|crash`, or `tick,from,to,up|down` for links. With or without a header;
 * in any order; changes of one tick keep the order in which they stand.
 */
import { InputError } from '../../../base/result.ts';
import type { Change } from '../../../protocol/scenario.ts';
import { isNumber } from './collect.ts';
import { eachRow, firstRow, separatorOf, type Row } from './table.ts';

const HINT = 'Each line should look like: 1000,alice,join (or leave, crash), or: 1000,alice,bob,down (or up)';
const OF_NODES = ['join', 'leave', 'crash'] as const;
const OF_LINKS = ['up', 'down'] as const;

/** Whether this first row of a table is one of a trace. */
export function isTrace({ cells }: Row): boolean {
  const words = cells.map((cell) => cell.toLowerCase());
  if (words[0] === 'tick') return true;
  if (!isNumber(cells[0] ?? '')) return false;
  return (words.length === 3 && among(OF_NODES, words[2]!)) || (words.length === 4 && among(OF_LINKS, words[3]!));
}

/** Whether this text is a trace and no graph: that begins with a tick or the word for it, where other formats have signs or other words. */
export function holdsTrace(text: string, name: string): boolean {
  if (!/^(?:[^\S\n]*(?:#.*)?\n)*\s*"?(?:\d|tick)/i.test(text.replace(/^\ufeff/, '').slice(0, 4000))) return false;
  const separator = separatorOf(text);
  return separator !== undefined && isTrace(firstRow(text, separator, name));
}

const among = <T extends string>(words: readonly T[], word: string): word is T => (words as readonly string[]).includes(word);

/** @throws InputError that names the line. */
export function readTrace(text: string, name: string): readonly Change[] {
  const separator = separatorOf(text);
  const changes: Change[] = [];
  let first = true;
  if (separator !== undefined)
    eachRow(text, separator, name, ({ cells, line }) => {
      const header = first && cells[0]!.toLowerCase() === 'tick';
      first = false;
      if (!header) changes.push(changeOf(cells, line, name));
    });
  if (changes.length === 0) throw new InputError({ message: `${name}: there is no change in this file`, hint: HINT });
  return changes.sort((a, b) => a.at - b.at);
}

function changeOf(cells: readonly string[], line: number, name: string): Change {
  const refuse = (what: string): never => {
    throw new InputError({ message: `${name}, line ${line}: ${what}`, line, hint: HINT });
  };
  const at = isNumber(cells[0] ?? '') ? Math.round(Number(cells[0])) : -1;
  if (!(at >= 0 && at <= Number.MAX_SAFE_INTEGER)) return refuse(`the tick must be a number, 0 or more, got ${JSON.stringify(cells[0])}`);
  const what = (cells.at(-1) ?? '').toLowerCase();
  const [, node = '', to = ''] = cells;
  if (node === '') return refuse('there is no node');
  if (cells.length === 3 && among(OF_NODES, what)) return { at, do: what, node };
  if (cells.length === 4 && among(OF_LINKS, what)) return to === '' ? refuse('there is no second node') : { at, do: what, node, to };
  return refuse(`join, leave or crash of a node, or up or down of a link, was expected, got ${JSON.stringify(cells.slice(1).join(','))}`);
}
