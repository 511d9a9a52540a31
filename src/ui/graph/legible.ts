/** In a picture with little room servers and nodes are as large as their names need, as far as there is room for that. */
import { EntityKind, type Scene } from '../../protocol/scene.ts';
import { fitOf } from './bounds.ts';
import { namesAreShort, ROOM_FOR_NAMES } from './names.ts';
import { place, USUAL_ROOM, type Placement, type Room } from './placement.ts';

/** Nodes of more are dots, wherever they are. */
const MOST_NAMED = 60;
/** Pixels; a little more than is needed, as larger nodes make the picture smaller. */
const WANTED = ROOM_FOR_NAMES * 1.06;
/** Of the way to the nearest neighbour: circles do not touch. */
const SHARE = 0.46;

export function legible(scene: Scene, placement: Placement, room: Room): Placement {
  const { x, y, halfWidth } = placement;
  const { kind } = scene.entities;
  if (kind.length === 0 || kind.length > MOST_NAMED || !kind.every((one) => one === EntityKind.node) || !namesAreShort(scene))
    return placement;
  const { zoom } = fitOf(scene, placement, room);
  const usual = halfWidth[0] ?? 0;
  const half = Math.max(usual, Math.min(WANTED / zoom, SHARE * nearest(x, y)));
  return half === usual ? placement : { ...placement, halfWidth: halfWidth.map(() => half), halfHeight: halfWidth.map(() => half) };
}

function nearest(x: Float32Array, y: Float32Array): number {
  let best = Infinity;
  for (let a = 0; a < x.length; a++)
    for (let b = 0; b < a; b++) best = Math.min(best, Math.hypot((x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0)));
  return best;
}

/** Pixels that half a server and half a client need to be seen as what they are, and to hold letters; names beside or over them never get too small. */
const SERVER = 16;
const CLIENT = 8;
/** Servers larger than at first sight, or smaller so that clients are not. */
const TRIED = [1, 0.8, 0.65, 1.25, 1.6, 2, 2.6];
/** More are dots in any case. */
const MOST_TRIED = 400;

/** A scene laid out for this room: as large as servers and clients can both be. */
export function placeIn(scene: Scene, room: Room): Placement {
  const { kind } = scene.entities;
  const usual = place(scene, room);
  if (usual.style !== 'federation' || kind.length > MOST_TRIED) return usual;
  const [server, client] = [kind.indexOf(EntityKind.server), kind.indexOf(EntityKind.client)];
  const score = (placement: Placement): number => {
    const { zoom } = fitOf(scene, placement, room);
    const of = (i: number, wanted: number) => (i < 0 ? 1 : Math.min(1, ((placement.halfHeight[i] ?? 0) * zoom) / wanted));
    return Math.min(of(server, SERVER), of(client, CLIENT));
  };
  let [best, most] = [usual, score(usual)];
  for (const more of TRIED) {
    if (most === 1) break;
    const other = place(scene, room, more);
    const now = score(other);
    if (now > most) [best, most] = [other, now];
  }
  return room === USUAL_ROOM ? best : widened(scene, best, room);
}

const WIDEST = 2.2;
/** Where height is what is short, what stands side by side stands further apart. */
function widened(scene: Scene, placement: Placement, room: Room): Placement {
  const { left, right, zoom } = fitOf(scene, placement, room);
  const by = Math.min(WIDEST, (0.95 * room.width) / ((right - left) * zoom));
  return by < 1.1 ? placement : { ...placement, x: placement.x.map((x) => x * by) };
}
