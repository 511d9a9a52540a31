/** Where entities stand, as a pure function of the scene: the same scene always looks the same. */
import { EntityKind, type Scene } from '../../protocol/scene.ts';
import { placeFederation } from './federation.ts';
import { placeRadially } from './radial.ts';

export interface Placement {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly halfWidth: Float32Array;
  readonly halfHeight: Float32Array;
  /** `spread` and `settling`: this is only where a force layout begins; that of many nodes is computed in a worker. */
  readonly style: 'federation' | 'circle' | 'spread' | 'settling' | 'grid';
  /** Where each client's name stands (`Side`); absent: below. */
  readonly sides?: Uint8Array | undefined;
}

/** More nodes than this are dots on the canvas and no Cytoscape elements, whatever they are. */
export const MOST_ELEMENTS = 3000;
/** A force layout of more takes longer than a person waits. */
const MOST_SPREAD = 400;
/** A force layout of more is a ball of wool. */
const MOST_SETTLED = 10_000;
export const MOST_LINKS = 60_000;
const DENSE = 0.5;

const textHalfWidth = (name: string, perLetter: number, padding: number): number => (name.length * perLetter) / 2 + padding;

/**
 * Cytoscape has no part in the picture: the canvas draws nodes and links. Servers and clients have names and shapes of their own, plain nodes
 * have not, and of many of those Cytoscape's elements would cost the first second and every frame in which the camera moves.
 */
export const isBare = ({ entities: { kind } }: Scene): boolean =>
  kind.length > MOST_ELEMENTS || (kind.length > MOST_SPREAD && kind.every((one) => one === EntityKind.node));

/** Undirected pairs, each once, as `low * n + high`. */
export function pairsOf(scene: Scene): Set<number> {
  const { from, to } = scene.links;
  const n = scene.entities.name.length;
  const pairs = new Set<number>();
  for (let i = 0; i < from.length; i++) {
    const a = from[i] ?? 0;
    const b = to[i] ?? 0;
    if (a !== b) pairs.add(Math.min(a, b) * n + Math.max(a, b));
  }
  return pairs;
}

/** What a picture has for itself, in CSS pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}
/** That of one picture in a small window. */
export const USUAL_ROOM: Room = { width: 620, height: 340 };

/** @param room for which names are to be legible @param more by which those of servers are larger than that takes at first sight */
export function place(scene: Scene, room = USUAL_ROOM, more = 1): Placement {
  const { name, kind } = scene.entities;
  const n = name.length;
  const blank = { x: new Float32Array(n), y: new Float32Array(n), halfWidth: new Float32Array(n), halfHeight: new Float32Array(n) };
  if (scene.entities.position) return placeDrawn(scene, blank, scene.entities.position);
  if (kind.includes(EntityKind.server)) return placeFederation(scene, blank, room, more);
  const pairs = scene.linksOmitted === undefined ? pairsOf(scene).size : (n * n) / 2;
  const radius = radiusOf(n);
  blank.halfWidth.fill(radius);
  blank.halfHeight.fill(radius);
  if (n > MOST_SPREAD && n <= MOST_SETTLED && pairs > n / 4 && pairs <= MOST_LINKS && !isRing(scene, pairs))
    return placeRoughly(scene, blank, n);
  if (n > MOST_SPREAD && pairs > n * 1.5) return placeGrid(blank, n);
  const dense = n < 4 || pairs > (DENSE * n * (n - 1)) / 2 || n > MOST_SPREAD || isRing(scene, pairs);
  return n > MOST_ELEMENTS ? placeGrid(blank, n) : placeCircle(blank, n, dense ? 'circle' : 'spread');
}

/** Both ends of each pair, the lower one first. */
export function endsOf(scene: Scene): readonly [from: Uint32Array, to: Uint32Array] {
  const n = scene.entities.name.length;
  const pairs = Float64Array.from(pairsOf(scene));
  return [Uint32Array.from(pairs, (pair) => Math.floor(pair / n)), Uint32Array.from(pairs, (pair) => pair % n)];
}

function placeRoughly(scene: Scene, blank: Blank, n: number): Placement {
  placeRadially(blank.x, blank.y, ...endsOf(scene), Math.sqrt(n) * (blank.halfWidth[0] ?? 6) * 2.4);
  return { ...blank, style: 'settling' };
}

/** Turns a cloud of points so that its longest way is level: windows are wider than high. */
export function layDown(x: Float32Array, y: Float32Array): void {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const [mx, my] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] ?? 0) - mx;
    const dy = (y[i] ?? 0) - my;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] ?? 0) - mx;
    const dy = (y[i] ?? 0) - my;
    x[i] = cos * dx + sin * dy;
    y[i] = cos * dy - sin * dx;
  }
}

export type Blank = Omit<Placement, 'style' | 'sides'>;

const radiusOf = (n: number): number => (n <= 60 ? 19 : n <= 400 ? 9 : 6);

/** The graph's own drawing, so large that its nodes do not lie on each other. */
function placeDrawn(scene: Scene, blank: Blank, position: Float64Array): Placement {
  const { name, kind } = scene.entities;
  const n = name.length;
  const radius = radiusOf(n);
  blank.halfWidth.fill(radius);
  blank.halfHeight.fill(radius);
  const pitch = radius * 3.6;
  // Nodes in rows and columns need the lower bound, nodes around a circle the upper one.
  const size = Math.min(Math.max(pitch / gap(position, n), Math.sqrt(n) * pitch, 320), Math.max(320, (n * pitch) / 3));
  for (let i = 0; i < n; i++) {
    blank.x[i] = size * (position[2 * i] ?? 0);
    blank.y[i] = size * (position[2 * i + 1] ?? 0);
    if (kind[i] === EntityKind.server) blank.halfWidth[i] = Math.max(radius * 1.2, textHalfWidth(name[i] ?? '', 7.2, 8));
  }
  return { ...blank, style: 'circle' };
}

/** How far most nodes are from the one nearest to them; of very many, which are dots, as if they were spread evenly. */
function gap(position: Float64Array, n: number): number {
  if (n > MOST_ELEMENTS || n < 2) return 1 / Math.sqrt(n);
  const nearest = new Float64Array(n).fill(Infinity);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) {
      const dx = (position[2 * a] ?? 0) - (position[2 * b] ?? 0);
      const dy = (position[2 * a + 1] ?? 0) - (position[2 * b + 1] ?? 0);
      const square = dx * dx + dy * dy;
      if (square < (nearest[a] ?? 0)) nearest[a] = square;
      if (square < (nearest[b] ?? 0)) nearest[b] = square;
    }
  return Math.sqrt(nearest.sort()[Math.floor(n / 10)] ?? 1);
}

/** Every node has the two neighbours beside it: nothing shows a ring better than a ring. */
function isRing(scene: Scene, pairs: number): boolean {
  const n = scene.entities.name.length;
  const { from, to } = scene.links;
  return pairs === n && from.every((a, i) => [1, n - 1].includes(Math.abs(a - (to[i] ?? 0))));
}

function placeCircle(blank: Blank, n: number, style: 'circle' | 'spread'): Placement {
  const radius = Math.max(160, ((blank.halfWidth[0] ?? 8) * 3.6 * n) / (2 * Math.PI));
  for (let i = 0; i < n; i++) {
    const angle = (2 * Math.PI * i) / n - Math.PI / 2;
    blank.x[i] = radius * 1.25 * Math.cos(angle);
    blank.y[i] = radius * Math.sin(angle);
  }
  return { ...blank, style };
}

function placeGrid(blank: Blank, n: number): Placement {
  const columns = Math.ceil(Math.sqrt(n * 1.6));
  const pitch = (blank.halfWidth[0] ?? 6) * 3.6;
  for (let i = 0; i < n; i++) {
    // Odd rows are shifted, so that neighbours in a row are no line through other nodes.
    const row = Math.floor(i / columns);
    blank.x[i] = ((i % columns) + (row % 2) / 2) * pitch;
    blank.y[i] = row * pitch * 0.9;
  }
  return { ...blank, style: 'grid' };
}
