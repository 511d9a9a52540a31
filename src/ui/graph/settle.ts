/** The force layout of a large graph, computed in a worker while its first picture is already there. */
import type { LayoutReply, LayoutRequest } from '../../protocol/layout.ts';
import { prefersReducedMotion } from '../shared/motion.ts';
import type { Placement } from './placement.ts';

/** Moves of every node: fewer of many, which take longer. */
const iterationsFor = (n: number): number => (n <= 1500 ? 400 : 200);

/** Graphs whose layout has come to its end. */
const settled = new WeakSet<Float32Array>();
export const isSettled = ({ x }: Placement): boolean => settled.has(x);

/**
 * Moves the placement's own coordinates, several times, until it stands still.
 * @returns how to stop it
 */
export function settle(placement: Placement, from: Uint32Array, to: Uint32Array, moved: () => void): () => void {
  const { x, y } = placement;
  const worker = new Worker(new URL('../../worker/layout.ts', import.meta.url), { type: 'module', name: 'layout' });
  const size = spreadOf(x, y);
  worker.onmessage = ({ data }: MessageEvent<LayoutReply>) => {
    // With less motion only where it ends is shown.
    if (!data.done && prefersReducedMotion()) return;
    const scale = size / (spreadOf(data.x, data.y) || 1);
    for (let i = 0; i < x.length; i++) {
      x[i] = (data.x[i] ?? 0) * scale;
      y[i] = (data.y[i] ?? 0) * scale;
    }
    if (data.done) {
      settled.add(x);
      worker.terminate();
    }
    moved();
  };
  const request: LayoutRequest = { from, to, x: x.slice(), y: y.slice(), iterations: iterationsFor(x.length) };
  worker.postMessage(request, [request.x.buffer, request.y.buffer]);
  return () => worker.terminate();
}

/** Mean distance from the middle, so that the picture keeps its size while it moves. */
function spreadOf(x: Float32Array, y: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.hypot(x[i] ?? 0, y[i] ?? 0);
  return sum / Math.max(1, x.length);
}
