/** What is under the pointer: a stanza before a room before an entity before a link. */
import { EntityKind, type Scene } from '../../protocol/scene.ts';
import type { Target } from '../../protocol/parts.ts';
import type { Frame } from '../../protocol/protocol.ts';
import { groupAt, type GroupPlace } from './groupPlaces.ts';
import { distanceToSegment, isUnderWay, laneInto, placeAlong, type Segment, type Viewport } from './geometry.ts';
import type { Placement } from './placement.ts';

/** Screen pixels around a stanza, an entity, a link. */
const NEAR_STANZA = 10;
const NEAR_ENTITY = 4;
const NEAR_LINK = 6;

export interface Ground {
  readonly scene: Scene;
  readonly placement: Placement;
  readonly viewport: Viewport;
  readonly frame: Frame | null;
  readonly t: number;
  readonly hops: boolean;
  readonly groups: readonly GroupPlace[];
  /** Single stanzas are not drawn, as they are faster than the eye. */
  readonly unseen?: boolean;
}

export interface Hit {
  readonly target: Target;
  /** Its row in `frame.flights`, for a stanza. */
  readonly flight: number;
  /** A room or node of that entity. */
  readonly group?: GroupPlace | undefined;
}

const lane: Segment = { ax: 0, ay: 0, bx: 0, by: 0 };

export function hitTest(ground: Ground, screenX: number, screenY: number): Hit | null {
  const { viewport } = ground;
  const x = (screenX - viewport.panX) / viewport.zoom;
  const y = (screenY - viewport.panY) / viewport.zoom;
  return nearestFlight(ground, x, y) ?? roomAt(ground, x, y) ?? entityAt(ground, x, y) ?? linkAt(ground, x, y);
}

function nearestFlight({ scene, placement, viewport, frame, t, hops, unseen }: Ground, x: number, y: number): Hit | null {
  if (!frame || unseen) return null;
  const { id, from, to, sent, due } = frame.flights;
  let best = NEAR_STANZA / viewport.zoom;
  let flight = -1;
  for (let i = 0; i < id.length; i++) {
    const s = sent[i] ?? 0;
    const d = due[i] ?? 0;
    if (!isUnderWay(t, s, d, frame)) continue;
    laneInto(lane, scene, placement, from[i] ?? 0, to[i] ?? 0);
    const part = placeAlong(frame, i, t, hops);
    const distance = Math.hypot(lane.ax + (lane.bx - lane.ax) * part - x, lane.ay + (lane.by - lane.ay) * part - y);
    // Of two on the same spot the later one is drawn on top, and is meant.
    if (distance <= best) {
      best = distance;
      flight = i;
    }
  }
  return flight < 0 ? null : { target: { type: 'message', id: id[flight] ?? 0 }, flight };
}

function roomAt({ groups, viewport }: Ground, x: number, y: number): Hit | null {
  const group = groupAt(groups, x, y, NEAR_ENTITY / viewport.zoom);
  return group ? { target: { type: 'entity', index: group.group.host }, flight: -1, group } : null;
}

function entityAt({ scene, placement, viewport }: Ground, x: number, y: number): Hit | null {
  const near = NEAR_ENTITY / viewport.zoom;
  const { kind } = scene.entities;
  for (let i = kind.length - 1; i >= 0; i--) {
    const dx = Math.abs(x - (placement.x[i] ?? 0));
    const dy = Math.abs(y - (placement.y[i] ?? 0));
    const w = (placement.halfWidth[i] ?? 0) + near;
    const h = (placement.halfHeight[i] ?? 0) + near;
    if (dx > w || dy > h) continue;
    const square = kind[i] === EntityKind.server || kind[i] === EntityKind.component;
    if (square || Math.hypot(dx, dy) <= w) return { target: { type: 'entity', index: i }, flight: -1 };
  }
  return null;
}

function linkAt({ scene, placement, viewport }: Ground, x: number, y: number): Hit | null {
  const { from, to } = scene.links;
  let best = NEAR_LINK / viewport.zoom;
  let index = -1;
  for (let i = 0; i < from.length; i++) {
    laneInto(lane, scene, placement, from[i] ?? 0, to[i] ?? 0);
    const distance = distanceToSegment(x, y, lane);
    if (distance < best) {
      best = distance;
      index = i;
    }
  }
  return index < 0 ? null : { target: { type: 'link', index }, flight: -1 };
}
