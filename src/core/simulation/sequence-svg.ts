/** A window of the run as SVG, time downwards: each arrow from where its stanza was sent to where it arrived. Colours hold on paper. */
import { End, ENDS, type Diagram } from '../../protocol/diagram.ts';
import { KINDS, type KindName } from '../../protocol/scene.ts';
import type { Run } from './run.ts';
import { messageView } from './views.ts';

const [COLUMN, LEFT, TOP, BOTTOM] = [150, 96, 72, 24];
/** Pixels an event, and for a window of time by how many events it holds. */
const STEP = 18;
const [LEAST, MOST] = [360, 24_000];
const LABEL = 12;
const LONGEST = 34;
const CROSS = 4.5;
/** Where a stanza that was lost on its way is crossed out. */
const LOST_PART = 0.82;
const STUB = [26, 12] as const;

const COLOURS: Readonly<Record<KindName, string>> = {
  message: '#2386c2',
  presence: '#00805d',
  iq: '#b87a00',
  result: '#8a7d00',
  error: '#d55e00',
  push: '#b0568a',
  pull: '#b0568a',
  digest: '#b0568a',
  stream: '#667481',
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const px = (value: number): string => String(Math.round(value * 10) / 10);

export function sequenceSvg(run: Run, diagram: Diagram, lines: Int32Array, names: readonly string[]): string {
  const { axis, messages, from, end, lastOrdinal, firstOrdinal, reasons, rounds } = diagram;
  const { unit, scenario, seed, stage } = run.world;
  const events = Math.max(1, lastOrdinal - firstOrdinal + 1);
  const to = Math.max(from + 1e-9, Math.min(diagram.to, end));
  const long = Math.min(MOST, Math.max(LEAST, events * STEP));
  const width = LEFT + names.length * COLUMN;
  const height = TOP + long + BOTTOM;
  const x = (line: number): number => LEFT + (line + 0.5) * COLUMN;
  const y = (at: number): number => TOP + ((at - from) / (to - from)) * long;
  const time = (at: number): string =>
    axis === 'events' ? String(Math.round(at)) : unit.label === 's' ? `${(at / unit.ticks).toFixed(3)} s` : String(Math.round(at));
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${px(height)}" width="${width}" height="${px(height)}" font-family="sans-serif" font-size="12" fill="#18212b">`,
    `<title>${escaped(scenario.title)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="12" y="22" font-size="15" font-weight="600">${escaped(scenario.title)}</text>`,
    `<text x="12" y="40" fill="#566370">seed ${escaped(seed)}, events ${firstOrdinal} to ${lastOrdinal}</text>`,
  ];
  rounds.forEach(({ round, at }, i) => {
    const [top, bottom] = [Math.max(TOP, y(at)), Math.min(TOP + long, y(rounds[i + 1]?.at ?? to))];
    if (bottom - top < 4) return;
    if (round % 2 === 1) out.push(`<rect x="0" y="${px(top)}" width="${width}" height="${px(bottom - top)}" fill="#f0f2f5"/>`);
  });
  const marks = 8;
  for (let i = 0; i <= marks; i++) {
    const at = from + ((to - from) * i) / marks;
    out.push(`<text x="12" y="${px(y(at) + 4)}" fill="#566370">${time(at)}</text>`);
  }
  names.forEach((name, line) => {
    out.push(
      `<text x="${x(line)}" y="${TOP - 10}" text-anchor="middle" font-weight="600">${escaped(name)}</text>`,
      `<path d="M${x(line)} ${TOP}V${px(TOP + long)}" stroke="#aab5c0"/>`,
    );
  });
  out.push(`<clipPath id="window"><rect y="${TOP}" width="${width}" height="${px(long + 4)}"/></clipPath>`, '<g clip-path="url(#window)">');
  const labels: { readonly x: number; readonly y: number; readonly half: number }[] = [];
  for (let i = 0; i < messages.id.length; i++) {
    const [a, b] = [lines[messages.from[i]!]!, lines[messages.to[i]!]!];
    const fate = messages.fate[i]!;
    const kind = KINDS[messages.kind[i]!]!;
    const colour = COLOURS[kind];
    let [ax, ay, bx, by] = [x(a), y(messages.sent[i]!), x(b), y(messages.due[i]!)];
    if (a < 0) [ax, ay] = [bx - STUB[0], by - STUB[1]];
    else if (b < 0) [bx, by] = [ax + STUB[0], ay + STUB[1]];
    else {
      const part = messages.part[i]! < 1 ? messages.part[i]! : fate === End.lost ? LOST_PART : 1;
      [bx, by] = [ax + (bx - ax) * part, ay + (by - ay) * part];
    }
    const text = stage.summary(messageView(run, messages.id[i]!));
    const reason = reasons[messages.reason[i]!]!;
    const words = `${kind}: ${text} (${ENDS[fate]}${reason === '' ? '' : `: ${reason}`})`;
    const dash = fate === End.underWay ? ' stroke-dasharray="5 3"' : '';
    out.push(
      `<g stroke="${colour}" fill="${colour}"><title>${escaped(words)}</title>`,
      `<path d="M${px(ax)} ${px(ay)}L${px(bx)} ${px(by)}" fill="none" stroke-width="1.4"${dash}/>${headOf(fate, ax, ay, bx, by)}</g>`,
    );
    const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
    const label = { x: (ax + bx) / 2, y: (ay + by) / 2 - 4, half: short.length * 3.1 };
    // A label that would lie on another one is left to the title.
    if (short === '' || labels.some((l) => Math.abs(l.y - label.y) < LABEL && Math.abs(l.x - label.x) < l.half + label.half)) continue;
    labels.push(label);
    out.push(
      `<text x="${px(label.x)}" y="${px(label.y)}" text-anchor="middle" font-size="11" paint-order="stroke" stroke="#fff" stroke-width="3">${escaped(short)}</text>`,
    );
  }
  return `${out.join('\n')}\n</g>\n</svg>\n`;
}

/** As in the page: full where it was taken in, open where nothing came of it, with a bar where it was refused, a cross where it was lost. */
function headOf(fate: number, ax: number, ay: number, bx: number, by: number): string {
  if (fate === End.underWay) return '';
  if (fate === End.lost) return `<path d="M${px(bx - CROSS)} ${px(by - CROSS)}l9 9m0 -9l-9 9" fill="none" stroke-width="2"/>`;
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay)) || 1;
  const [cos, sin] = [(bx - ax) / length, (by - ay) / length];
  const at = (back: number, aside: number): string => `${px(bx - back * cos + aside * sin)} ${px(by - back * sin - aside * cos)}`;
  const open = fate === End.idle || fate === End.duplicate;
  const head = `<path d="M${px(bx)} ${px(by)}L${at(9, 3.6)}L${at(9, -3.6)}z"${open ? ' fill="#fff"' : ''}/>`;
  return fate === End.refused ? `${head}<path d="M${at(0, 5)}L${at(0, -5)}" stroke-width="2"/>` : head;
}
