import type { Places } from './placed.ts';

export type Way = 'left' | 'right' | 'up' | 'down';

/** The nearest entity that way: within a quarter circle, sideways distance counting double. Undefined at the rim. */
export function neighbour({ x, y }: Places, from: number, way: Way, count: number): number | undefined {
  let best = Infinity;
  let found: number | undefined;
  for (let i = 0; i < count; i++) {
    if (i === from) continue;
    const dx = (x[i] ?? 0) - (x[from] ?? 0);
    const dy = (y[i] ?? 0) - (y[from] ?? 0);
    const along = way === 'right' ? dx : way === 'left' ? -dx : way === 'down' ? dy : -dy;
    const across = Math.abs(way === 'left' || way === 'right' ? dy : dx);
    if (along <= 0 || across > along) continue;
    const distance = along + 2 * across;
    if (distance < best) {
      best = distance;
      found = i;
    }
  }
  return found;
}
