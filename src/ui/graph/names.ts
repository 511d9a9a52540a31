/** Names of entities on the canvas: clients' beside their circles and thinned out where they would lie on each other. */
import { EntityKind, type Scene } from '../../protocol/scene.ts';
import { Side } from './federation.ts';
import type { Picture } from './overlay.ts';
import type { Placement } from './placement.ts';

export const FONT = '"Inter Variable", system-ui, sans-serif';
/** Names need this many pixels of a node, or they are left out. */
export const ROOM_FOR_NAMES = 9;
/** A client's name stands beside its circle, and may do so when that is a dot. */
const ROOM_FOR_CLIENT = 3;
/** Smaller letters no one reads. */
const SMALLEST = 10;
const LETTER = 6.4;

/** Half the width that an entity takes with its name, in model units. */
export function nameReach({ entities }: Scene, { halfWidth, sides }: Placement, i: number): number {
  const own = halfWidth[i] ?? 0;
  if (entities.kind[i] !== EntityKind.client) return own;
  const side = sides?.[i] ?? Side.below;
  const length = (entities.name[i] ?? '').length * LETTER;
  return side === Side.left || side === Side.right ? own + Math.min(120, length + 8) : Math.max(own, 46);
}

/** Short names stand inside their nodes, long ones below. */
const shortNames = new WeakMap<Scene, boolean>();
export function namesAreShort(scene: Scene): boolean {
  let short = shortNames.get(scene);
  if (short === undefined) {
    short = scene.entities.name.every((name) => name.length <= 4);
    shortNames.set(scene, short);
  }
  return short;
}

/** @param only these. */
export function paintNames(c: CanvasRenderingContext2D, picture: Picture, only?: ReadonlySet<number>): void {
  const { scene, placement, frame, viewport, palette } = picture;
  const { panX, panY, zoom } = viewport;
  const { name, kind } = scene.entities;
  const size = Math.min(13, Math.max(SMALLEST, 11.5 * zoom));
  const taken: Box[] = circles(picture);
  c.textBaseline = 'middle';
  // What is lit or acts next is named before all others.
  for (const first of [picture.lit.entity, picture.next])
    if (kind[first] === EntityKind.client && (!only || only.has(first))) paintClient(c, picture, first, size, taken);
  for (let i = 0; i < kind.length; i++) {
    if (kind[i] === EntityKind.server || kind[i] === EntityKind.component || (only && !only.has(i))) continue;
    if (kind[i] === EntityKind.client) {
      if (i !== picture.lit.entity && i !== picture.next) paintClient(c, picture, i, size, taken);
      continue;
    }
    const radius = zoom * (placement.halfWidth[i] ?? 0);
    if (radius < ROOM_FOR_NAMES) continue;
    const x = panX + zoom * (placement.x[i] ?? 0);
    const y = panY + zoom * (placement.y[i] ?? 0);
    if (x < -60 || y < -30 || x > viewport.width + 60 || y > viewport.height + 30) continue;
    const look = scene.states[frame.states[i] ?? 0]?.look;
    const label = name[i] ?? '';
    c.textAlign = 'center';
    if (namesAreShort(scene)) {
      const filled = look === 'infective' || look === 'removed';
      c.font = `600 ${Math.min(13, radius * (label.length > 3 ? 0.72 : 0.9))}px ${FONT}`;
      c.fillStyle = filled ? (palette.light && look === 'removed' ? '#fff' : '#0b1015') : palette.ink;
      c.fillText(label, x, y + (look === 'removed' ? -radius * 0.06 : 0.5));
    } else {
      c.font = `500 ${size}px ${FONT}`;
      c.fillStyle = palette.muted;
      c.fillText(label, x, y + radius + size * 1.2);
    }
  }
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** A name keeps clear of circles as well; of very many, which are close together, only of other names. */
const MOST_CIRCLES = 400;
function circles({ scene, placement: { x, y, halfWidth, sides }, viewport: { panX, panY, zoom } }: Picture): Box[] {
  const { kind } = scene.entities;
  if (!sides || kind.length > MOST_CIRCLES) return [];
  return [...kind.keys()].map((i) => {
    const [cx, cy, r] = [panX + zoom * (x[i] ?? 0), panY + zoom * (y[i] ?? 0), zoom * (halfWidth[i] ?? 0) * 0.9];
    return kind[i] === EntityKind.client
      ? { left: cx - r, right: cx + r, top: cy - r, bottom: cy + r }
      : { left: 0, right: 0, top: 0, bottom: 0 };
  });
}

/** In a ring, names above and below lean outwards: −1 to the left, 1 to the right. */
function leanOf({ scene, placement: { x, y, sides } }: Picture, i: number): number {
  const server = scene.entities.parent[i] ?? -1;
  if (!sides || server < 0) return 0;
  const [dx, dy] = [(x[i] ?? 0) - (x[server] ?? 0), (y[i] ?? 0) - (y[server] ?? 0)];
  return dx / (Math.hypot(dx, dy) || 1);
}

/** Its initial inside, its name beside; the resource only where there is room for it. */
function paintClient(c: CanvasRenderingContext2D, picture: Picture, i: number, size: number, taken: Box[]): void {
  const { scene, placement, frame, viewport, palette } = picture;
  const radius = viewport.zoom * (placement.halfWidth[i] ?? 0);
  const x = viewport.panX + viewport.zoom * (placement.x[i] ?? 0);
  const y = viewport.panY + viewport.zoom * (placement.y[i] ?? 0);
  if (radius < ROOM_FOR_CLIENT || x < -120 || y < -30 || x > viewport.width + 120 || y > viewport.height + 30) return;
  const look = scene.states[frame.states[i] ?? 0]?.look;
  const label = scene.entities.name[i] ?? '';
  const ink = look === 'offline' ? palette.muted : palette.ink;
  c.textAlign = 'center';
  if (radius >= ROOM_FOR_NAMES) {
    c.font = `650 ${Math.min(size + 0.5, radius)}px ${FONT}`;
    c.fillStyle = ink;
    c.fillText((Array.from(label)[0] ?? '').toUpperCase(), x, y + 0.5);
  }
  c.font = `500 ${size}px ${FONT}`;
  c.textAlign = 'left';
  const first = c.measureText(label).width;
  const lean = leanOf(picture, i);
  for (const rest of [scene.entities.detail[i] ?? '', '']) {
    const box = boxOf(placement.sides?.[i] ?? Side.below, x, y, radius, first + (rest === '' ? 0 : c.measureText(rest).width), size, lean);
    if (taken.some((other) => meet(box, other))) continue;
    // What would leave the picture is left out, the name last.
    if (rest !== '' && (box.left < 4 || box.right > viewport.width - 4)) continue;
    taken.push(box);
    const middle = (box.top + box.bottom) / 2;
    c.fillStyle = ink;
    c.fillText(label, box.left, middle);
    c.fillStyle = palette.muted;
    if (rest !== '') c.fillText(rest, box.left + first, middle);
    return;
  }
}

function boxOf(side: number, x: number, y: number, radius: number, width: number, size: number, lean: number): Box {
  const away = radius + 5;
  const half = size * 0.7;
  const left = side === Side.right ? x + away : side === Side.left ? x - away - width : x - (width / 2) * (1 - lean);
  const middle = side === Side.below ? y + radius + size * 1.5 : side === Side.above ? y - radius - size * 1.1 : y;
  return { left, right: left + width, top: middle - half, bottom: middle + half };
}
