/** Where nodes are drawn: x and y of node u at 2u and 2u + 1, in the unit square, y downwards. */
import { cos } from '../../base/math.ts';
import { derive } from '../kernel/random.ts';
import { Chance } from './chance.ts';

/** The point at part `turn` of the way around a circle, clockwise from its top. */
function onCircle(turn: number, x: number, y: number, radius: number, out: Float64Array, node: number): void {
  const angle = 2 * Math.PI * turn;
  out[2 * node] = x + radius * cos(angle - Math.PI / 2);
  out[2 * node + 1] = y - radius * cos(angle);
}

/** Nodes `first` … `first + count - 1` around a circle; the first of them at part `turn` of the way. */
export function around(
  out: Float64Array,
  first: number,
  count: number,
  circle: { readonly x: number; readonly y: number; readonly radius: number; readonly turn?: number },
): void {
  for (let i = 0; i < count; i++) onCircle((circle.turn ?? 0) + i / count, circle.x, circle.y, circle.radius, out, first + i);
  clamp(out, first, count);
}

/** All nodes around one circle, node 0 at its top. */
export function circle(nodes: number): Float64Array {
  const out = new Float64Array(2 * nodes);
  around(out, 0, nodes, { x: 0.5, y: 0.5, radius: 0.5 });
  return out;
}

/** A last bit of rounding must not leave the square. */
function clamp(out: Float64Array, first: number, count: number): void {
  for (let i = 2 * first; i < 2 * (first + count); i++) out[i] = Math.min(1, Math.max(0, out[i]!));
}

/** Moves and scales a drawing of any size into the middle of the unit square, keeping its shape. */
export function fitted(out: Float64Array): Float64Array {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let i = 0; i < out.length; i++) {
    low[i & 1] = Math.min(low[i & 1]!, out[i]!);
    high[i & 1] = Math.max(high[i & 1]!, out[i]!);
  }
  const wide = high[0]! - low[0]!;
  const tall = high[1]! - low[1]!;
  const span = Math.max(wide, tall) || 1;
  for (let i = 0; i < out.length; i++) out[i] = (out[i]! - low[i & 1]!) / span + (1 - (i & 1 ? tall : wide) / span) / 2;
  clamp(out, 0, out.length / 2);
  return out;
}

/** Random positions for a topology that has none of its own, from the stream `position`. */
export function scattered(nodes: number, seed: string): Float64Array {
  const chance = new Chance(derive(seed, 'position'));
  return new Float64Array(2 * nodes).map(() => chance.unit());
}

/** Euclidean distances in the drawing. */
export const distances =
  (positions: Float64Array) =>
  (u: number, v: number): number => {
    const dx = positions[2 * u]! - positions[2 * v]!;
    const dy = positions[2 * u + 1]! - positions[2 * v + 1]!;
    return Math.sqrt(dx * dx + dy * dy);
  };
