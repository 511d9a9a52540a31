/** What of the picture has to fit: shapes with their names, and the rows of rooms beside their services. */
import type { Scene } from '../../protocol/scene.ts';
import { Side } from './federation.ts';
import { ROW_REACH, scaleOf, sideOf } from './groupPlaces.ts';
import { nameReach } from './names.ts';
import type { Placement } from './placement.ts';

/** Names below the nodes belong to the picture. */
const NAME_ROOM = 30;

/** In model coordinates. */
export function boundsOf(scene: Scene, placement: Placement) {
  const { x, y, halfWidth, halfHeight, style, sides } = placement;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    const w = Math.max(halfWidth[i] ?? 0, style === 'federation' ? nameReach(scene, placement, i) : 0);
    left = Math.min(left, (x[i] ?? 0) - w);
    right = Math.max(right, (x[i] ?? 0) + w);
    top = Math.min(top, (y[i] ?? 0) - (halfHeight[i] ?? 0) - (sides?.[i] === Side.above ? NAME_ROOM * 0.8 : 0));
    bottom = Math.max(bottom, (y[i] ?? 0) + (halfHeight[i] ?? 0) + (x.length <= 60 ? NAME_ROOM : 0));
  }
  for (const host of scene.groups ?? []) {
    const reach = (halfHeight[host] ?? 0) + ROW_REACH * scaleOf(scene, placement, host);
    if (sideOf(scene, placement, host) < 0) top = Math.min(top, (y[host] ?? 0) - reach);
    else bottom = Math.max(bottom, (y[host] ?? 0) + reach);
  }
  return { left, right, top, bottom };
}
