/**
 * The plot of a sweep as SVG: a measure's means with their 95 % bands. Colours hold on light and on dark ground. A point at
 * which not every run completed is hollow. The axis begins at 0 unless everything lies close together far above it.
 */
import { log10 } from '../../base/math.ts';
import type { Summary } from '../../base/summary.ts';
import type { SweepPoint, SweepSpec } from '../../protocol/sweep.ts';

interface Shown {
  readonly point: SweepPoint;
  readonly runs: number;
  readonly completed: number;
  readonly metrics: Readonly<Record<string, Summary>>;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 420, 72, 24, 56, 56];
const COLOURS = ['#2386c2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
const DASHES = ['', '7 4', '2 3', '9 3 2 3'];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const short = (value: number): string => String(Number(value.toPrecision(4)));
const at = (value: number): string => value.toFixed(1);
/** More labels than this run into each other. */
const MOST_LABELS = 14;

/** About five round values that hold the range: steps of 1, 2 or 5 times a power of ten. */
function roundTicks(low: number, high: number): readonly number[] {
  const wanted = (high - low) / 5;
  let unit = 1;
  while (unit > wanted) unit /= 10;
  while (unit * 10 <= wanted) unit *= 10;
  const step = unit * ([1, 2, 5, 10].find((factor) => factor * unit >= wanted) ?? 10);
  const first = Math.floor(low / step);
  return Array.from({ length: Math.ceil(high / step) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(9)));
}

export function sweepSvg(spec: SweepSpec, shown: readonly Shown[], measure: { readonly id: string; readonly label: string }): string {
  const names = Object.keys(spec.over);
  const numeric = (name: string): boolean => shown.every(({ point }) => typeof point.values[name] === 'number');
  const x = names.find(numeric) ?? names[0] ?? '';
  const rest = names.filter((name) => name !== x);
  const range = spec.over[x];
  const log = range !== undefined && 'from' in range && range.scale === 'log';
  const words = [...new Set(shown.map(({ point }) => String(point.values[x])))];
  const place = ({ values }: SweepPoint): number => {
    if (!numeric(x)) return words.indexOf(String(values[x]));
    return log ? log10(values[x] as number) : (values[x] as number);
  };
  const usable = shown.filter(({ metrics }) => metrics[measure.id]);
  const summary = (one: Shown): Summary => one.metrics[measure.id]!;
  // Fewer runs than three have no interval that is worth its ink, and no measure is below 0.
  const interval = (one: Shown): readonly [number, number] => {
    const { mean, ci95 } = summary(one);
    return one.runs < 3 || !Number.isFinite(ci95[0]) ? [mean, mean] : [mean >= 0 ? Math.max(0, ci95[0]) : ci95[0], ci95[1]];
  };
  const places = usable.map(({ point }) => place(point));
  const [low, high] = [Math.min(...places, Infinity), Math.max(...places, -Infinity)];
  const most = Math.max(...usable.map((one) => interval(one)[1]), 0) || 1;
  const least = Math.max(0, Math.min(...usable.map((one) => interval(one)[0]), most));
  const ticks = roundTicks(least > most / 2 && least < most ? least : 0, most);
  const [bottom, top] = [ticks[0]!, ticks.at(-1)!];
  const px = (one: Shown): number => LEFT + (high > low ? (place(one.point) - low) / (high - low) : 0.5) * (WIDTH - LEFT - RIGHT);
  const py = (value: number): number => TOP + (1 - (Math.max(bottom, value) - bottom) / (top - bottom)) * (HEIGHT - TOP - BOTTOM);
  const title = escaped(spec.title ?? `${spec.algorithm} on ${spec.topology.file ?? spec.topology.id}`);
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#6f7c8a">`,
    `<title>${title}</title>`,
    `<text x="${LEFT}" y="20" font-size="15" font-weight="600">${title}</text>`,
    `<text x="${LEFT}" y="38">${escaped(measure.label)}: mean and 95 % interval of ${spec.runs} runs</text>`,
  ];
  for (const value of ticks) {
    out.push(
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(py(value))}" y2="${at(py(value))}" stroke="#6f7c8a" stroke-opacity=".3"/>`,
      `<text x="${LEFT - 8}" y="${at(py(value) + 4)}" text-anchor="end">${short(value)}</text>`,
    );
  }
  const labels = [...new Map(usable.map((one) => [String(one.point.values[x]), one] as const))];
  const every = Math.ceil(labels.length / MOST_LABELS);
  labels.forEach(([word, one], i) => {
    if (i % every === 0) out.push(`<text x="${at(px(one))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escaped(word)}</text>`);
  });
  const below = `${escaped(x)}${log ? ' (logarithmic)' : ''}`;
  out.push(`<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 14}" text-anchor="middle">${below}</text>`);
  const lines = new Map<string, Shown[]>();
  for (const one of usable) {
    const label = rest.map((name) => `${name} ${String(one.point.values[name])}`).join(', ');
    lines.set(label, [...(lines.get(label) ?? []), one]);
  }
  [...lines].forEach(([label, own], i) => {
    const colour = COLOURS[i % COLOURS.length]!;
    const line = own.toSorted((a, b) => place(a.point) - place(b.point));
    const points = (some: readonly Shown[], value: (one: Shown) => number): string[] =>
      some.map((one) => `${at(px(one))},${at(py(value(one)))}`);
    const band = [...points(line, (one) => interval(one)[1]), ...points(line.toReversed(), (one) => interval(one)[0])];
    const means = points(line, (one) => summary(one).mean);
    const dashes = DASHES[i % DASHES.length]!;
    out.push(
      `<polygon points="${band.join(' ')}" fill="${colour}" fill-opacity=".18"/>`,
      `<polyline points="${means.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dashes && ` stroke-dasharray="${dashes}"`}/>`,
      ...line.map((one) => {
        const fill = one.completed < one.runs ? 'none' : colour;
        const title = `${one.completed} of ${one.runs} runs completed`;
        return `<circle cx="${at(px(one))}" cy="${at(py(summary(one).mean))}" r="3.5" fill="${fill}" stroke="${colour}"><title>${title}</title></circle>`;
      }),
    );
    const y = TOP + 6 + 16 * i;
    if (label !== '')
      out.push(
        `<line x1="${WIDTH - RIGHT - 28}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2"${dashes && ` stroke-dasharray="${dashes}"`}/>`,
        `<text x="${WIDTH - RIGHT - 34}" y="${y + 4}" text-anchor="end" fill="${colour}">${escaped(label)}</text>`,
      );
  });
  if (usable.some(({ completed, runs }) => completed < runs))
    out.push(`<text x="${WIDTH - RIGHT}" y="${HEIGHT - 14}" text-anchor="end">hollow: not every run completed</text>`);
  return `${out.join('\n')}\n</svg>\n`;
}
