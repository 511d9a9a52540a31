/** Names of entities on the canvas: clients' beside their circles and thinned out where they would lie on each other. */
import { EntityKind, type Look, type Scene } from '../../protocol/scene.ts';
import type { Palette } from '../shared/palette.ts';
import { Side } from './federation.ts';
import { boxOf, FEW, meet, OTHER_SIDES, shorterAndShorter, type Box } from './letters.ts';
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

/** Half the width that an entity takes with its name, in model units. @param pixel in model units: letters do not get smaller with the picture */
export function nameReach({ entities }: Scene, { halfWidth, sides }: Placement, i: number, pixel: number): number {
  const own = halfWidth[i] ?? 0;
  if (entities.kind[i] !== EntityKind.client) return own;
  const side = sides?.[i] ?? Side.below;
  const length = (entities.name[i] ?? '').length * LETTER;
  return side === Side.left || side === Side.right ? own + Math.min(120, length + 8) * pixel : Math.max(own, 46);
}

/** Short names stand inside their nodes, long ones below. */
const shortNames = new WeakMap<Scene, boolean>();
export function namesAreShort(scene: Scene): boolean {
  let short = shortNames.get(scene);
  if (short === undefined) {
    const { name, kind } = scene.entities;
    // A client has an address, and only a number in its place says as much.
    const most = (one: number | undefined) => (one === EntityKind.node ? 4 : one === EntityKind.client ? 3 : Infinity);
    short = name.every((text, i) => text.length <= most(kind[i]));
    shortNames.set(scene, short);
  }
  return short;
}

/** How large the name of a server or service stands inside it, in model units; beyond this in pixels, it does. */
export const fontOf = ({ entities }: Scene, { halfHeight }: Placement, i: number): number =>
  ((halfHeight[i] ?? 8) * (entities.kind[i] === EntityKind.server ? 12.5 : 15.5)) / 24;
export const SMALLEST_INSIDE = 9;

/** @param only these. */
export function paintNames(c: CanvasRenderingContext2D, picture: Picture, only?: ReadonlySet<number>): void {
  const { scene, placement, frame, viewport, palette } = picture;
  const { panX, panY, zoom } = viewport;
  const { name, kind } = scene.entities;
  const size = Math.min(13, Math.max(SMALLEST, 11.5 * zoom));
  const taken: Box[] = circles(picture);
  c.textBaseline = 'middle';
  const servers: Box[] = [];
  for (let i = 0; i < kind.length; i++)
    if ((kind[i] === EntityKind.server || kind[i] === EntityKind.component) && (!only || only.has(i))) paintServer(c, picture, i, servers);
  taken.push(...servers);
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
    const meant = i === picture.lit.entity || i === picture.next;
    if (radius < ROOM_FOR_NAMES && !meant) continue;
    const x = panX + zoom * (placement.x[i] ?? 0);
    const y = panY + zoom * (placement.y[i] ?? 0);
    if (x < -60 || y < -30 || x > viewport.width + 60 || y > viewport.height + 30) continue;
    const look = scene.states[frame.states[i] ?? 0]?.look;
    const label = name[i] ?? '';
    c.textAlign = 'center';
    if (namesAreShort(scene) && radius >= ROOM_FOR_NAMES) {
      paintInside(c, label, look, x, y, radius, palette);
    } else {
      c.font = `500 ${size}px ${FONT}`;
      const box = boxOf(Side.below, x, y, radius, c.measureText(label).width, size, 0);
      if (!meant && taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      c.fillStyle = meant ? palette.ink : palette.muted;
      c.fillText(label, x, (box.top + box.bottom) / 2);
    }
  }
}

function paintInside(
  c: CanvasRenderingContext2D,
  label: string,
  look: Look | undefined,
  x: number,
  y: number,
  radius: number,
  palette: Palette,
): void {
  const filled = look === 'infective' || look === 'removed';
  c.textAlign = 'center';
  c.font = `600 ${Math.min(13, radius * (label.length > 3 ? 0.72 : 0.9))}px ${FONT}`;
  c.fillStyle = filled ? (palette.light && look === 'removed' ? '#fff' : '#0b1015') : palette.ink;
  c.fillText(label, x, y + (look === 'removed' ? -radius * 0.06 : 0.5));
}

/** A name keeps clear of circles as well; of very many, which are close together, only of other names. */
const MOST_CIRCLES = 400;
function circles({ scene, placement: { x, y, halfWidth, halfHeight, style }, viewport: { panX, panY, zoom } }: Picture): Box[] {
  const { kind } = scene.entities;
  if (style !== 'federation' || kind.length > MOST_CIRCLES) return [];
  return [...kind.keys()].map((i) => {
    const [cx, cy] = [panX + zoom * (x[i] ?? 0), panY + zoom * (y[i] ?? 0)];
    const [w, h] = [zoom * (halfWidth[i] ?? 0) * 0.9, zoom * (halfHeight[i] ?? 0) * 0.9];
    return { left: cx - w, right: cx + w, top: cy - h, bottom: cy + h };
  });
}

/** In a ring, names above and below lean outwards: −1 to the left, 1 to the right. */
function leanOf({ scene, placement: { x, y, sides } }: Picture, i: number): number {
  const server = scene.entities.parent[i] ?? -1;
  if (!sides || server < 0) return 0;
  const [dx, dy] = [(x[i] ?? 0) - (x[server] ?? 0), (y[i] ?? 0) - (y[server] ?? 0)];
  return dx / (Math.hypot(dx, dy) || 1);
}

/** Over its shape, where letters inside would be too small. */
function paintServer(c: CanvasRenderingContext2D, { scene, placement, viewport, palette }: Picture, i: number, taken: Box[]): void {
  const { zoom, panX, panY } = viewport;
  if (zoom * fontOf(scene, placement, i) >= SMALLEST_INSIDE) return;
  const [x, y] = [panX + zoom * (placement.x[i] ?? 0), panY + zoom * (placement.y[i] ?? 0)];
  c.font = `600 ${SMALLEST}px ${FONT}`;
  c.textAlign = 'center';
  const name = scene.entities.name[i] ?? '';
  // A service is told from others by its first label, a server by its first letters.
  for (const text of [name, name.slice(0, name.indexOf('.') + 1), ...Array.from(shorterAndShorter(name, '', true), ([short]) => short)]) {
    if (text === '') continue;
    const half = c.measureText(text).width / 2 + 2;
    const box = { left: x - half, right: x + half, top: y - SMALLEST * 0.7, bottom: y + SMALLEST * 0.7 };
    if (taken.some((other) => meet(box, other))) continue;
    taken.push(box);
    c.lineWidth = 3;
    c.lineJoin = 'round';
    c.strokeStyle = palette.panel;
    c.strokeText(text, x, y);
    c.fillStyle = palette.ink;
    c.fillText(text, x, y);
    return;
  }
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
  if (radius >= ROOM_FOR_NAMES && namesAreShort(scene)) {
    paintInside(c, label, look, x, y, radius, palette);
    return;
  }
  if (radius >= ROOM_FOR_NAMES && look !== 'removed') {
    c.font = `650 ${Math.min(size + 0.5, radius)}px ${FONT}`;
    c.fillStyle = ink;
    c.fillText((Array.from(label)[0] ?? '').toUpperCase(), x, y + 0.5);
  }
  c.font = `500 ${size}px ${FONT}`;
  c.textAlign = 'left';
  const own = placement.sides?.[i] ?? Side.below;
  const lean = leanOf(picture, i);
  const few = scene.entities.kind.length <= FEW;
  for (const [name, rest] of shorterAndShorter(label, scene.entities.detail[i] ?? '', few))
    for (const side of few && rest === '' ? [own, ...OTHER_SIDES] : [own]) {
      const first = c.measureText(name).width;
      const box = boxOf(side, x, y, radius, first + (rest === '' ? 0 : c.measureText(rest).width), size, side === own ? lean : 0);
      // A name keeps within the picture, unless its circle leaves it as well.
      const leaves = (box.left < 4 && x > 4) || (box.right > viewport.width - 4 && x < viewport.width - 4);
      if (leaves || taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      const middle = (box.top + box.bottom) / 2;
      c.fillStyle = ink;
      c.fillText(name, box.left, middle);
      c.fillStyle = palette.muted;
      if (rest !== '') c.fillText(rest, box.left + first, middle);
      return;
    }
}
