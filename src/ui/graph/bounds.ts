/** What of the picture has to fit: shapes with their names, and the rows of rooms beside their services. */
import type { Scene } from '../../protocol/scene.ts';
import { Side } from './federation.ts';
import { ROW_REACH, scaleOf, sideOf } from './groupPlaces.ts';
import { nameReach } from './names.ts';
import type { Placement, Room } from './placement.ts';

/** Names below the nodes belong to the picture. */
const NAME_ROOM = 30;

/** In model coordinates. @param zoom names are not smaller in a smaller picture */
export function boundsOf(scene: Scene, placement: Placement, zoom = 1) {
  const pixel = 1 / Math.min(1, zoom);
  const { x, y, halfWidth, halfHeight, style, sides } = placement;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    const w = Math.max(halfWidth[i] ?? 0, style === 'federation' ? nameReach(scene, placement, i, pixel) : 0);
    left = Math.min(left, (x[i] ?? 0) - w);
    right = Math.max(right, (x[i] ?? 0) + w);
    top = Math.min(top, (y[i] ?? 0) - (halfHeight[i] ?? 0) - (sides?.[i] === Side.above ? NAME_ROOM * 0.8 * pixel : 0));
    bottom = Math.max(bottom, (y[i] ?? 0) + (halfHeight[i] ?? 0) + (x.length <= 60 ? NAME_ROOM * (style === 'federation' ? pixel : 1) : 0));
  }
  for (const host of scene.groups ?? []) {
    const reach = (halfHeight[host] ?? 0) + ROW_REACH * scaleOf(scene, placement, host);
    if (sideOf(scene, placement, host) < 0) top = Math.min(top, (y[host] ?? 0) - reach);
    else bottom = Math.max(bottom, (y[host] ?? 0) + reach);
  }
  return { left, right, top, bottom };
}

const LARGEST_FIT = 1.6;
const ROUNDS = 6;
/** However small it gets: beyond this there is nothing to see. */
const SMALLEST_FIT = 0.01;

/** How all of it fits, with its names, which take the more of a picture the smaller it is. */
export function fitOf(scene: Scene, placement: Placement, room: Room) {
  let zoom = LARGEST_FIT;
  let bounds = boundsOf(scene, placement, zoom);
  // Each time as small as the last bounds ask for: from above to where both agree.
  for (let i = 0; i < ROUNDS; i++) {
    const { left, right, top, bottom } = bounds;
    zoom = Math.max(SMALLEST_FIT, Math.min(LARGEST_FIT, room.width / (right - left), room.height / (bottom - top)));
    bounds = boundsOf(scene, placement, zoom);
  }
  return { ...bounds, zoom };
}
