/** Nodes that are very many and alike but for their state: dots, and beyond what can be told apart squares of many, each filled by the shares. */
import { EntityKind, type Scene } from '../../protocol/scene.ts';
import type { Look } from '../../protocol/scene.ts';
import type { Picture } from './overlay.ts';
import type { Placement } from './placement.ts';
import { beginSwarm, endSwarm, stamp, stampOf, type Stamp } from './swarm.ts';

/** Larger dots are drawn, with their bars and names. */
const LARGEST_DOT = 8;
/** Of more nodes than this, those that lie together are drawn as one square while the camera is far. */
const MOST_DOTS = 10_000;
/** Pixels between two nodes that can be told apart. */
const APART = 3.5;
const CELLS = 1600;

const isFilled = (look: Look | undefined): boolean => look === 'infective' || look === 'removed';

const plain = new WeakMap<Scene, boolean>();
/** Nothing but nodes, and none of them as large as to hold a name. */
export function areDots({ scene, placement, viewport, bodies }: Picture): boolean {
  let only = plain.get(scene);
  if (only === undefined) plain.set(scene, (only = scene.entities.kind.every((kind) => kind === EntityKind.node)));
  return bodies && only && viewport.zoom * (placement.halfWidth[0] ?? 6) < LARGEST_DOT;
}

/** Squares over the whole picture, in its own units. */
interface Cells {
  readonly left: number;
  readonly top: number;
  readonly side: number;
  readonly columns: number;
  readonly count: number;
  /** In which square each node lies, and how many lie in each. */
  readonly of: Uint16Array;
  readonly size: Uint32Array;
}
const kept = new WeakMap<Placement, Cells>();
function cellsOf(placement: Placement): Cells {
  const known = kept.get(placement);
  if (known) return known;
  const { x, y } = placement;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    left = Math.min(left, x[i] ?? 0);
    right = Math.max(right, x[i] ?? 0);
    top = Math.min(top, y[i] ?? 0);
    bottom = Math.max(bottom, y[i] ?? 0);
  }
  const side = Math.max(1, Math.sqrt(((right - left) * (bottom - top)) / CELLS), (right - left) / CELLS, (bottom - top) / CELLS);
  const columns = Math.floor((right - left) / side) + 1;
  const count = columns * (Math.floor((bottom - top) / side) + 1);
  const of = Uint16Array.from(x, (at, i) => Math.floor((at - left) / side) + columns * Math.floor(((y[i] ?? 0) - top) / side));
  const size = new Uint32Array(count);
  for (const cell of of) size[cell] = (size[cell] ?? 0) + 1;
  const cells = { left, top, side, columns, count, of, size };
  kept.set(placement, cells);
  return cells;
}

/** What the picture has to say of itself. */
export function dotsNote(nodes: number): string {
  return nodes > MOST_DOTS
    ? `${nodes.toLocaleString('en')} nodes, without their links: each square is all that lie there, filled by their shares. Zoom in for single ones.`
    : `${nodes.toLocaleString('en')} nodes: drawn as dots, without their links.`;
}

export function paintDots(c: CanvasRenderingContext2D, picture: Picture): void {
  const { placement, viewport } = picture;
  const nodes = placement.x.length;
  if (nodes > MOST_DOTS) {
    const cells = cellsOf(placement);
    const apart = viewport.zoom * cells.side * Math.sqrt(cells.count / nodes);
    if (apart < APART) {
      paintCells(c, picture, cells);
      return;
    }
  }
  paintSingly(c, picture, viewport.zoom * (placement.halfWidth[0] ?? 6));
}

function paintCells(c: CanvasRenderingContext2D, { scene, frame, viewport, palette }: Picture, cells: Cells): void {
  const { panX, panY, zoom } = viewport;
  const states = scene.states.length;
  const counts = new Uint32Array(cells.count * states);
  for (let i = 0; i < cells.of.length; i++) {
    const at = (cells.of[i] ?? 0) * states + (frame.states[i] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const side = zoom * cells.side;
  const inner = Math.max(1, side - Math.min(2, side * 0.16));
  // One path for each state, over all squares: what is filled stands on the ground of each.
  const height = new Float32Array(cells.count);
  const order = [...scene.states.keys()].sort((a, b) => Number(isFilled(scene.states[b]?.look)) - Number(isFilled(scene.states[a]?.look)));
  for (const code of order) {
    const look = scene.states[code]?.look;
    c.beginPath();
    for (let cell = 0; cell < cells.count; cell++) {
      const part = (counts[cell * states + code] ?? 0) / Math.max(1, cells.size[cell] ?? 0);
      if (part === 0) continue;
      const x = panX + zoom * cells.left + side * (cell % cells.columns);
      const foot = panY + zoom * cells.top + side * Math.floor(cell / cells.columns) + inner - (height[cell] ?? 0);
      height[cell] = (height[cell] ?? 0) + inner * part;
      if (x < -side || foot < -side || x > viewport.width || foot > viewport.height + 2 * side) continue;
      c.rect(x, foot - inner * part, inner, inner * part);
    }
    c.fillStyle = look && (isFilled(look) || look === 'offline') ? palette.looks[look] : palette.raised;
    c.fill();
    if (look && !isFilled(look)) {
      c.strokeStyle = palette.looks[look];
      c.globalAlpha = 0.25;
      c.lineWidth = 1;
      c.stroke();
      c.globalAlpha = 1;
    }
  }
}

/** How a dot of each state looks at this size: kept as long as neither it nor the colours change. */
let dots: { readonly key: string; readonly stamps: readonly Stamp[] } = { key: '', stamps: [] };
function dotsOf({ scene, palette, ratio }: Picture, radius: number): readonly Stamp[] {
  const key = `${radius} ${ratio} ${palette.light} ${scene.states.map(({ look }) => look).join(' ')}`;
  if (dots.key !== key)
    dots = {
      key,
      stamps: scene.states.map(({ look }) =>
        stampOf(2 * radius * ratio + 2, (c) => {
          const filled = isFilled(look);
          c.scale(ratio, ratio);
          c.beginPath();
          c.arc(0, 0, radius, 0, 2 * Math.PI);
          c.fillStyle = filled ? palette.looks[look] : palette.raised;
          c.fill();
          c.strokeStyle = filled && palette.light ? '#222' : palette.looks[look];
          // A rim of less than a pixel is no rim.
          c.lineWidth = Math.max(0.9, Math.min(1.6, radius * 0.3));
          c.stroke();
          if (look !== 'removed') return;
          c.strokeStyle = palette.light ? '#fff' : palette.bg;
          c.lineWidth = Math.max(0.8, radius * 0.3);
          c.beginPath();
          c.moveTo(-radius * 0.62, 0);
          c.lineTo(radius * 0.62, 0);
          c.stroke();
        }),
      ),
    };
  return dots.stamps;
}

function paintSingly(c: CanvasRenderingContext2D, picture: Picture, radius: number): void {
  const { placement, frame, viewport, ratio } = picture;
  const { panX, panY, zoom } = viewport;
  const stamps = dotsOf(picture, Math.max(1.5, Math.round(2 * radius) / 2));
  beginSwarm(viewport.width * ratio, viewport.height * ratio);
  for (let i = 0; i < frame.states.length; i++) {
    const x = panX + zoom * (placement.x[i] ?? 0);
    const y = panY + zoom * (placement.y[i] ?? 0);
    if (x < -radius || y < -radius || x > viewport.width + radius || y > viewport.height + radius) continue;
    const one = stamps[frame.states[i] ?? 0];
    if (one) stamp(one, x * ratio, y * ratio);
  }
  endSwarm(c, ratio);
}
