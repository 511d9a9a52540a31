/** Paints what is followed: all else under a veil, its links as arrows by what became of each stanza, in their order and with their delays. */
import { Fate } from '../../protocol/causality.ts';
import { formatSpan } from '../shared/format.ts';
import type { Palette } from '../shared/palette.ts';
import type { Story } from '../state/followed.ts';
import { laneInto, type Segment } from './geometry.ts';
import type { Picture } from './overlay.ts';

/** Several stanzas of a story may take one lane. */
interface Lane {
  readonly from: number;
  readonly to: number;
  /** Rows of the tree, in the order of sending. */
  readonly rows: number[];
  /** What became of the one that came farthest. */
  fate: number;
}

/** With more stanzas than this, numbers would lie on each other. */
const MOST_LABELLED = 48;
/** The first of these that any stanza of a lane came to is the lane's. */
const RANK = [Fate.delivered, Fate.duplicate, Fate.refused, Fate.lost, Fate.underWay].map(Number);
const VEIL = 0.62;
const GAP = 5;

const kept = new WeakMap<Story, readonly Lane[]>();
function lanesOf(story: Story): readonly Lane[] {
  const found = kept.get(story);
  if (found) return found;
  const lanes = new Map<string, Lane>();
  const { from, to, fate } = story.tree;
  for (let row = 0; row < from.length; row++) {
    const key = `${from[row]} ${to[row]}`;
    const lane = lanes.get(key);
    if (!lane) lanes.set(key, { from: from[row]!, to: to[row]!, rows: [row], fate: fate[row]! });
    else {
      lane.rows.push(row);
      if (RANK.indexOf(fate[row]!) < RANK.indexOf(lane.fate)) lane.fate = fate[row]!;
    }
  }
  const list = [...lanes.values()];
  kept.set(story, list);
  return list;
}

export function paintVeil(c: CanvasRenderingContext2D, { placement, viewport, palette }: Picture, story: Pick<Story, 'entities'>): void {
  const { panX, panY, zoom, width, height } = viewport;
  c.beginPath();
  c.rect(0, 0, width, height);
  for (const i of story.entities) {
    const w = zoom * (placement.halfWidth[i] ?? 0) + GAP;
    const h = zoom * (placement.halfHeight[i] ?? 0) + GAP;
    c.roundRect(panX + zoom * (placement.x[i] ?? 0) - w, panY + zoom * (placement.y[i] ?? 0) - h, 2 * w, 2 * h, Math.min(w, h, 14));
  }
  c.globalAlpha = VEIL;
  c.fillStyle = palette.bg;
  c.fill('evenodd');
  c.globalAlpha = 1;
}

const segment: Segment = { ax: 0, ay: 0, bx: 0, by: 0 };

export function paintStory(c: CanvasRenderingContext2D, picture: Picture, story: Story): void {
  const { tree } = story;
  const lanes = lanesOf(story);
  for (const lane of lanes) paintLane(c, picture, lane, (tree.sent[lane.rows[0]!] ?? 0) <= picture.t);
  if (tree.total > MOST_LABELLED) return;
  const taken: (readonly [x: number, y: number, half: number])[] = [];
  for (const lane of lanes) paintLabel(c, picture, story, lane, taken);
}

function onScreen(picture: Picture, { from, to }: Lane): Segment {
  const { panX, panY, zoom } = picture.viewport;
  laneInto(segment, picture.scene, picture.placement, from, to);
  return { ax: panX + zoom * segment.ax, ay: panY + zoom * segment.ay, bx: panX + zoom * segment.bx, by: panY + zoom * segment.by };
}

const colourOf = (palette: Palette, fate: number): string =>
  fate === Fate.duplicate ? palette.kinds.iq : fate === Fate.lost || fate === Fate.refused ? palette.kinds.error : palette.accent;

function paintLane(c: CanvasRenderingContext2D, picture: Picture, lane: Lane, past: boolean): void {
  const { ax, ay, bx, by } = onScreen(picture, lane);
  const length = Math.hypot(bx - ax, by - ay);
  if (length < 1) return;
  const [dx, dy] = [(bx - ax) / length, (by - ay) / length];
  const isLost = lane.fate === Fate.lost;
  // What is lost does not come all the way.
  const end = isLost ? length * 0.72 : length;
  const [ex, ey] = [ax + dx * end, ay + dy * end];
  const colour = colourOf(picture.palette, lane.fate);
  c.globalAlpha = past ? 0.95 : 0.42;
  c.strokeStyle = colour;
  c.fillStyle = colour;
  c.lineCap = 'round';
  c.lineWidth = past ? 2.2 : 1.6;
  c.setLineDash(lane.fate === Fate.duplicate ? [6, 5] : lane.fate === Fate.underWay ? [1, 5] : []);
  c.beginPath();
  c.moveTo(ax, ay);
  c.lineTo(ex, ey);
  c.stroke();
  c.setLineDash([]);
  c.beginPath();
  if (isLost) {
    const r = 4.5;
    c.moveTo(ex - r, ey - r);
    c.lineTo(ex + r, ey + r);
    c.moveTo(ex - r, ey + r);
    c.lineTo(ex + r, ey - r);
    c.stroke();
  } else {
    const r = Math.min(8, length * 0.3);
    c.moveTo(ex, ey);
    c.lineTo(ex - dx * r - dy * r * 0.5, ey - dy * r + dx * r * 0.5);
    c.lineTo(ex - dx * r + dy * r * 0.5, ey - dy * r - dx * r * 0.5);
    c.closePath();
    c.fill();
    if (lane.fate === Fate.refused) {
      // A bar before the receiver: it came there, and no further.
      c.beginPath();
      c.moveTo(ex - dy * 6, ey + dx * 6);
      c.lineTo(ex + dy * 6, ey - dx * 6);
      c.stroke();
    }
  }
  c.lineCap = 'butt';
  c.globalAlpha = 1;
}

/** `2 · waits 1 s, 24 ms`: which stanza of the story it is, by the order of sending, how long it waited before and how long it took. */
function paintLabel(
  c: CanvasRenderingContext2D,
  picture: Picture,
  story: Story,
  lane: Lane,
  taken: (readonly [x: number, y: number, half: number])[],
): void {
  const { tree } = story;
  const { ax, ay, bx, by } = onScreen(picture, lane);
  const [first] = lane.rows;
  if (first === undefined) return;
  const numbers = lane.rows.length > 3 ? `${first + 1} … ${lane.rows.at(-1)! + 1}` : lane.rows.map((row) => row + 1).join(', ');
  const took = tree.end[first]! - tree.sent[first]!;
  const { unit } = picture.scene;
  // How long its sender had waited with what it follows from.
  const parent = lane.rows.length === 1 ? story.rowOf(tree.parent[first]!) : undefined;
  const waited = parent === undefined ? 0 : tree.sent[first]! - tree.end[parent]!;
  const wait = waited > 0 && Number.isFinite(waited) ? `waits ${formatSpan(unit, waited)}, ` : '';
  const text = Number.isFinite(took) ? `${numbers} · ${wait}${formatSpan(unit, took)}` : numbers;
  c.font = '500 10.5px "Inter Variable", system-ui, sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  const half = c.measureText(text).width / 2 + 5;
  // Along its lane, where no other lies; off the middle first, so that the two directions of a link do not meet.
  const places = [0.3, 0.45, 0.6, 0.75, 0.18].map((part) => [ax + (bx - ax) * part, ay + (by - ay) * part] as const);
  const free = places.find(([px, py]) => taken.every(([tx, ty, other]) => Math.abs(tx - px) > half + other + 2 || Math.abs(ty - py) > 17));
  if (!free || Math.hypot(bx - ax, by - ay) < half) return;
  const [x, y] = free;
  taken.push([x, y, half]);
  c.beginPath();
  c.roundRect(x - half, y - 8, 2 * half, 16, 6);
  c.globalAlpha = 0.92;
  c.fillStyle = picture.palette.panel;
  c.fill();
  c.globalAlpha = 1;
  c.fillStyle = picture.palette.ink;
  c.fillText(text, x, y + 0.5);
}
