/** Results as files: CSV with a row for each way under each fault, JSON with everything, and a table of plain text. */
import { FIGURES } from './figures.ts';
import { ways } from './index.ts';
import { claimsOf } from './claims.ts';
import type { WayResult, WaysSpec } from '../../../protocol/ways.ts';

const shown = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(Number(value.toPrecision(6)));

function csv(results: readonly WayResult[]): string {
  const head = ['way', 'fault', ...FIGURES.map(({ id }) => id), 'order', 'reachBefore', 'reachDuring', 'reachAfter', 'events'];
  const rows = results.map(({ way, fault, figures, order, reach, events }) =>
    [
      way,
      fault,
      ...FIGURES.map(({ id }) => shown(figures[id])),
      order.verdict,
      ...['before', 'during', 'after'].map((at) => shown(reach[at as keyof typeof reach])),
      events,
    ].join(','),
  );
  return `${[head.join(','), ...rows].join('\n')}\n`;
}

/** Figures down, ways across, one block for each fault. */
function text(results: readonly WayResult[]): string {
  const faults = [...new Set(results.map(({ fault }) => fault))];
  return faults
    .map((fault) => {
      const mine = results.filter((result) => result.fault === fault);
      const lines = [
        [`fault: ${fault}`, ...mine.map(({ way }) => ways.find(({ id }) => id === way)?.short ?? way)],
        ...FIGURES.map(({ id, label, unit }) => [
          unit === undefined ? label : `${label} (${unit})`,
          ...mine.map(({ figures }) => round(figures[id])),
        ]),
        ['Order', ...mine.map(({ order }) => order.verdict)],
        ['Seen before the fault', ...mine.map(({ reach }) => percent(reach.before))],
        ['Seen during it', ...mine.map(({ reach }) => percent(reach.during))],
        ['Seen after it', ...mine.map(({ reach }) => percent(reach.after))],
      ];
      const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
      return lines
        .map((line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
        .join('\n');
    })
    .join('\n\n');
}
const round = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : (Math.round(value * 10) / 10).toLocaleString('en');
const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(1000 * share) / 10} %`);

export function exportWays(
  spec: WaysSpec,
  results: readonly WayResult[],
  format: 'csv' | 'json' | 'text',
): { readonly name: string; readonly type: string; readonly text: string } {
  if (format === 'csv') return { name: 'ways.csv', type: 'text/csv', text: csv(results) };
  if (format === 'text') return { name: 'ways.txt', type: 'text/plain', text: text(results) };
  const whole = { format: 'stanzascope/ways-result', version: 1, spec, results, claims: claimsOf(results) };
  return { name: 'ways.json', type: 'application/json', text: `${JSON.stringify(whole, null, 2)}\n` };
}
