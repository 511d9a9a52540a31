/** Paints the still part of the diagram: rounds, lines with their states, stanzas, events, the ruler. A pure function of its picture. */
import type { Look, Scene } from '../../protocol/scene.ts';
import type { Palette } from '../shared/palette.ts';
import type { Sprites } from '../shared/sprites.ts';
import { paintArrows } from './arrows.ts';
import type { Held } from './cache.ts';
import { alongOf, breadthOf, linesInView, overOf, placeAt, rulerOf, type Sheet } from './geometry.ts';
import { paintMarks } from './marks.ts';
import { rulerMarks } from './ruler.ts';

export interface Lit {
  /** The selected message, entity or event; -1 for none. */
  readonly message: number;
  readonly entity: number;
  readonly event: number;
  /** Of what is followed, or of the way between two events: the rest is dimmed. Null: nothing is. */
  readonly messages: ((id: number) => boolean) | null;
  /** Breaks the cut. */
  readonly broken: ReadonlySet<number>;
}
export interface Picture {
  readonly sheet: Sheet;
  readonly held: Held;
  readonly scene: Scene;
  readonly palette: Palette;
  readonly sprites: Sprites;
  readonly ratio: number;
  readonly lit: Lit;
  /** Events with a warning (2) or an error (3) among the notes, by ordinal. */
  readonly notes: ReadonlyMap<number, number>;
}

export type Pen = CanvasRenderingContext2D;
/** A point by its place along time and over the lines. */
export const moveTo = (c: Pen, across: boolean, along: number, over: number): void =>
  across ? c.moveTo(along, over) : c.moveTo(over, along);
export const lineTo = (c: Pen, across: boolean, along: number, over: number): void =>
  across ? c.lineTo(along, over) : c.lineTo(over, along);
const fillBand = (c: Pen, { across, width, height }: Sheet, from: number, to: number, low = 0): void =>
  across ? c.fillRect(from, low, to - from, height - low) : c.fillRect(low, from, width - low, to - from);

export function paint(c: Pen, picture: Picture): void {
  const { sheet, ratio } = picture;
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, sheet.width, sheet.height);
  paintRounds(c, picture);
  c.save();
  c.beginPath();
  const ruler = rulerOf(sheet);
  if (sheet.across) c.rect(0, ruler, sheet.width, sheet.height);
  else c.rect(ruler, 0, sheet.width, sheet.height);
  c.clip();
  paintLines(c, picture);
  if (picture.held.data.density) paintDensity(c, picture);
  paintArrows(c, picture);
  paintMarks(c, picture);
  c.restore();
  paintRuler(c, picture);
}

/** Rounds are bands in turn, as long as they are wide enough to be told apart. */
const LEAST_BAND = 7;

function paintRounds(c: Pen, { sheet, held, palette }: Picture): void {
  const { rounds } = held.data;
  const ends = rounds.map(({ at }, i) => [alongOf(sheet, at), alongOf(sheet, rounds[i + 1]?.at ?? Infinity)] as const);
  const length = sheet.across ? sheet.width : sheet.height;
  const inView = ends.filter(([from, to]) => to > 0 && from < length);
  if (inView.length === 0 || length / inView.length < LEAST_BAND) return;
  c.fillStyle = palette.raised;
  c.globalAlpha = palette.light ? 0.8 : 0.6;
  rounds.forEach(({ round }, i) => {
    const [from, to] = ends[i]!;
    if (round % 2 === 1 && to > 0 && from < length) fillBand(c, sheet, Math.max(0, from), Math.min(length, to));
  });
  c.globalAlpha = 1;
}

/** A state is a colour and a dash of the line, so that it needs no colour to be told. */
const STROKES: Readonly<Record<Look, { readonly width: number; readonly dash: readonly number[]; readonly alpha: number }>> = {
  hollow: { width: 1, dash: [], alpha: 0.55 },
  infective: { width: 2.6, dash: [], alpha: 1 },
  removed: { width: 2.6, dash: [7, 3], alpha: 1 },
  offline: { width: 1, dash: [1.5, 4], alpha: 0.7 },
  online: { width: 1.4, dash: [], alpha: 0.75 },
  active: { width: 2.6, dash: [], alpha: 0.9 },
};

function paintLines(c: Pen, { sheet, held, scene, palette, lit }: Picture): void {
  const { data, lines } = held;
  const [first, last] = linesInView(sheet);
  const length = sheet.across ? sheet.width : sheet.height;
  const end = Math.min(length, Math.max(0, alongOf(sheet, data.end)));
  /** State of each line from where it was drawn up to. */
  const state = new Uint8Array(last - first + 1);
  const from = new Float64Array(last - first + 1);
  for (let line = first; line <= last; line++) {
    state[line - first] = data.states[lines.list[line]?.entity ?? 0] ?? 0;
    from[line - first] = Math.max(0, alongOf(sheet, 0));
  }
  const stroke = (line: number, to: number) => {
    const begin = Math.max(0, from[line - first]!);
    const { look } = scene.states[state[line - first]!] ?? { look: 'hollow' as const };
    const { width, dash, alpha } = STROKES[look];
    if (to <= begin) return;
    c.globalAlpha = alpha;
    c.strokeStyle = palette.looks[look];
    c.lineWidth = lit.entity >= 0 && lines.list[line]?.entity === lit.entity ? width + 1.2 : width;
    c.setLineDash([...dash]);
    c.beginPath();
    moveTo(c, sheet.across, begin, overOf(sheet, line));
    lineTo(c, sheet.across, to, overOf(sheet, line));
    c.stroke();
  };
  const { at, entity, state: after } = data.changes;
  for (let i = 0; i < at.length; i++) {
    const line = lines.of[entity[i]!]!;
    // A line that stands for several shows whom it is named by.
    if (line < first || line > last || lines.list[line]?.entity !== entity[i]) continue;
    const place = alongOf(sheet, at[i]!);
    if (place > end) break;
    stroke(line, place);
    state[line - first] = after[i]!;
    from[line - first] = place;
  }
  for (let line = first; line <= last; line++) stroke(line, end);
  c.setLineDash([]);
  c.globalAlpha = 1;
}

/** Bars of events along each line: as high as the most crowded column fills its lane. */
function paintDensity(c: Pen, { sheet, held, palette }: Picture): void {
  const { data } = held;
  const { density } = data;
  if (!density || density.highest === 0) return;
  const [first, last] = linesInView(sheet);
  c.fillStyle = palette.looks.online;
  c.globalAlpha = 0.62;
  const width = (data.to - data.from) / density.columns;
  for (let line = Math.max(first, data.first); line <= Math.min(last, data.last); line++) {
    const over = overOf(sheet, line);
    const room = sheet.gap * 0.8;
    for (let column = 0; column < density.columns; column++) {
      const count = density.counts[(line - data.first) * density.columns + column]!;
      if (count === 0) continue;
      // Roots, so that one event beside a thousand is seen as well.
      const high = Math.max(1.5, Math.sqrt(count / density.highest) * room);
      const from = alongOf(sheet, data.from + column * width);
      const long = Math.max(1, alongOf(sheet, data.from + (column + 1) * width) - from - 0.4);
      if (sheet.across) c.fillRect(from, over - high, long, high);
      else c.fillRect(over, from, high, long);
    }
  }
  c.globalAlpha = 1;
}

function paintRuler(c: Pen, { sheet, held, scene, palette }: Picture): void {
  const ruler = rulerOf(sheet);
  c.fillStyle = palette.panel;
  if (sheet.across) c.fillRect(0, 0, sheet.width, ruler);
  else c.fillRect(0, 0, ruler, sheet.height);
  c.fillStyle = palette.line;
  if (sheet.across) c.fillRect(0, ruler - 1, sheet.width, 1);
  else c.fillRect(ruler - 1, 0, 1, sheet.height);
  const { fontFamily } = getComputedStyle(c.canvas);
  c.font = `500 11px ${fontFamily}`;
  c.textBaseline = 'middle';
  const last = placeAt(sheet, sheet.across ? sheet.width : sheet.height);
  for (const { at, text } of rulerMarks(sheet, held.data.axis, scene.unit)) {
    if (at < 0 || at > Math.max(held.data.end, 0) * 1.0001 || at > last) continue;
    const along = alongOf(sheet, at);
    c.fillStyle = palette.line;
    if (sheet.across) c.fillRect(Math.round(along), ruler - 6, 1, 5);
    else c.fillRect(ruler - 6, Math.round(along), 5, 1);
    c.fillStyle = palette.muted;
    c.textAlign = sheet.across ? 'left' : 'right';
    c.fillText(text, sheet.across ? along + 4 : ruler - 10, sheet.across ? 10 : along);
  }
  c.textAlign = 'left';
  // Where nothing is known yet, or nothing happens any more.
  const end = alongOf(sheet, held.data.end);
  const length = sheet.across ? sheet.width : sheet.height;
  if (end >= length || breadthOf(sheet) <= 0) return;
  c.globalAlpha = 0.5;
  c.fillStyle = palette.bg;
  fillBand(c, sheet, Math.max(0, end + 1), length, ruler);
  c.globalAlpha = 1;
}
