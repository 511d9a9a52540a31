/** Where two branches part: the first event that one of them has and the other has not, beside what was done by hand. */
import { serialize } from '../../base/xml/codec.ts';
import { What, type Journal } from '../kernel/journal.ts';
import type { Comparison } from '../../protocol/branches.ts';
import type { Run } from './run.ts';
import { rowsOf } from './views.ts';

/** Rows and ids are counted differently once somebody has acted, so events are compared by what they were. */
export function compareRuns(a: Run, b: Run, names: readonly [string, string]): Comparison {
  const complete = a.ended !== 'running' && b.ended !== 'running';
  return { divergence: divergence(a, b, names, complete), metrics: metricsOf(a, b), complete };
}

function divergence(a: Run, b: Run, [first, second]: readonly [string, string], complete: boolean): Comparison['divergence'] {
  let [i, j] = [0, 0];
  for (;;) {
    i = nextOwn(a.journal, i + 1);
    j = nextOwn(b.journal, j + 1);
    const [isA, isB] = [i <= a.journal.eventCount, j <= b.journal.eventCount];
    if (!isA && !isB) return null;
    // What is not computed yet differs in nothing.
    if ((!isA || !isB) && !complete) return null;
    if (isA && isB && isSame(a.journal, i, b.journal, j)) continue;
    const [rowA, rowB] = [isA ? rowsOf(a, i, 1)[0]! : null, isB ? rowsOf(b, j, 1)[0]! : null];
    const words = (row: typeof rowA, name: string): string =>
      row ? `${[row.from, row.to].filter(Boolean).join(' → ')}: ${row.what} (“${name}”)` : `“${name}” has ended`;
    return { a: rowA, b: rowB, text: `${words(rowA, first)}; ${words(rowB, second)}` };
  }
}

/** Passing over what was done by hand, and the rows that say what came of it. */
function nextOwn({ events, eventCount }: Journal, from: number): number {
  let ordinal = from;
  while (ordinal <= eventCount && events.what.get(ordinal - 1) === What.intervention) {
    ordinal++;
    while (ordinal <= eventCount && events.what.get(ordinal - 1) === What.nothing) ordinal++;
  }
  return ordinal;
}

function isSame(a: Journal, i: number, b: Journal, j: number): boolean {
  const [e, f] = [a.events, b.events];
  const [x, y] = [i - 1, j - 1];
  const what = e.what.get(x);
  if (what !== f.what.get(y) || e.tick.get(x) !== f.tick.get(y) || e.entity.get(x) !== f.entity.get(y)) return false;
  const [s, t] = [e.subject.get(x), f.subject.get(y)];
  if (what === What.timer) return s === t;
  if (a.ruleName(e.rule.get(x)) !== b.ruleName(f.rule.get(y)) || s < 0 !== t < 0) return false;
  return s < 0 || isSameMessage(a, s, b, t);
}

function isSameMessage(a: Journal, s: number, b: Journal, t: number): boolean {
  const [m, n] = [a.messages, b.messages];
  for (const column of ['from', 'to', 'kind', 'code', 'a', 'b', 'outcome', 'sent'] as const)
    if (m[column].get(s) !== n[column].get(t)) return false;
  const [p, q] = [a.stanzas.get(s), b.stanzas.get(t)];
  // Rows up to the fork share their stanzas.
  if (p !== q) return p !== undefined && q !== undefined && serialize(p) === serialize(q);
  return JSON.stringify(a.data.get(s)) === JSON.stringify(b.data.get(t));
}

function metricsOf(a: Run, b: Run): Comparison['metrics'] {
  const [left, right] = [a.metrics(), b.metrics()];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names.map((name) => ({ name, a: left[name] ?? null, b: right[name] ?? null }));
}
