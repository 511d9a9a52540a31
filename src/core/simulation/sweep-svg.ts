/** The plot of a sweep as SVG: a measure's means with their 95 % bands. Colours hold on light and on dark ground. */
import { log10 } from '../../base/math.ts';
import type { Summary } from '../../base/summary.ts';
import type { SweepPoint, SweepSpec } from '../../protocol/sweep.ts';

interface Shown {
  readonly point: SweepPoint;
  readonly metrics: Readonly<Record<string, Summary>>;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 420, 72, 24, 56, 56];
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
const DASHES = ['', '7 4', '2 3', '9 3 2 3'];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const short = (value: number): string => String(Number(value.toPrecision(4)));
const at = (value: number): string => value.toFixed(1);

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
  const places = usable.map(({ point }) => place(point));
  const [low, high] = [Math.min(...places, Infinity), Math.max(...places, -Infinity)];
  const top = Math.max(...usable.map((one) => summary(one).ci95[1]), 0) * 1.05 || 1;
  const px = (one: Shown): number => LEFT + (high > low ? (place(one.point) - low) / (high - low) : 0.5) * (WIDTH - LEFT - RIGHT);
  const py = (value: number): number => TOP + (1 - Math.max(0, value) / top) * (HEIGHT - TOP - BOTTOM);
  const title = escaped(spec.title ?? `${spec.algorithm} on ${spec.topology.file ?? spec.topology.id}`);
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#7a8796">`,
    `<title>${title}</title>`,
    `<text x="${LEFT}" y="20" font-size="15" font-weight="600">${title}</text>`,
    `<text x="${LEFT}" y="38">${escaped(measure.label)}: mean and 95 % interval of ${spec.runs} runs</text>`,
  ];
  for (let i = 0; i <= 4; i++) {
    const value = (top * i) / 4;
    out.push(
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(py(value))}" y2="${at(py(value))}" stroke="#7a8796" stroke-opacity=".3"/>`,
      `<text x="${LEFT - 8}" y="${at(py(value) + 4)}" text-anchor="end">${short(value)}</text>`,
    );
  }
  for (const [word, one] of new Map(usable.map((one) => [String(one.point.values[x]), one] as const)))
    out.push(`<text x="${at(px(one))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escaped(word)}</text>`);
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
    const band = [...points(line, (one) => summary(one).ci95[1]), ...points(line.toReversed(), (one) => summary(one).ci95[0])];
    const means = points(line, (one) => summary(one).mean);
    const dashes = DASHES[i % DASHES.length]!;
    out.push(
      `<polygon points="${band.join(' ')}" fill="${colour}" fill-opacity=".18"/>`,
      `<polyline points="${means.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dashes && ` stroke-dasharray="${dashes}"`}/>`,
      ...line.map((one) => `<circle cx="${at(px(one))}" cy="${at(py(summary(one).mean))}" r="3" fill="${colour}"/>`),
    );
    if (label !== '')
      out.push(`<text x="${WIDTH - RIGHT}" y="${TOP + 14 * i}" text-anchor="end" fill="${colour}">${escaped(label)}</text>`);
  });
  return `${out.join('\n')}\n</svg>\n`;
}
