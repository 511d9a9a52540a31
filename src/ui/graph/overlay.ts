/** Paints node states, names and moving stanzas: a pure function of (scene, places, frame, time, viewport). */
import { EntityKind, LinkKind, type Scene } from '../../protocol/scene.ts';
import type { Frame } from '../../protocol/protocol.ts';
import { isUnderWay, laneInto, placeAlong, type Segment, type Viewport } from './geometry.ts';
import { namesAreShort, paintNames, ROOM_FOR_NAMES } from './names.ts';
import type { Palette } from '../shared/palette.ts';
import type { Live } from '../state/frame.ts';
import type { Story } from '../state/followed.ts';
import { paintDisturbed } from './disturbed.ts';
import { paintMarks, type Marks } from './marks.ts';
import type { Density } from './density.ts';
import { areDots, paintDots } from './dots.ts';
import { paintFans, paintGroups, type GroupPicture } from './groupPaint.ts';
import { paintStory, paintVeil } from './followed.ts';
import type { Placement } from './placement.ts';
import { beginSwarm, directionOf, endSwarm, stamp, stampsOf, SWARM } from './swarm.ts';
import type { Web } from './web.ts';
import { isTurned, type Sprites } from '../shared/sprites.ts';

/** What is lit: everything in indices, -1 for nothing. */
export interface Lit {
  readonly entity: number;
  readonly message: number;
  /** The link of the selected message, or the selected link. */
  readonly from: number;
  readonly to: number;
  readonly colour: string;
}

export interface Picture {
  readonly scene: Scene;
  readonly placement: Placement;
  readonly frame: Frame;
  readonly t: number;
  readonly viewport: Viewport;
  readonly ratio: number;
  readonly palette: Palette;
  readonly sprites: Sprites;
  readonly lit: Lit;
  /** Who acts next: -1 where it is not shown. */
  readonly next: number;
  /** Less motion: hops. */
  readonly hops: boolean;
  /** Cytoscape draws no bodies here; the canvas does. */
  readonly bodies: boolean;
  /** Rooms and nodes; null where there are none. */
  readonly groups: GroupPicture | null;
  /** Nor links; this does. */
  readonly web?: Web | undefined;
  readonly marks: Marks;
  /** Draws what went over links, where single stanzas cannot be seen or are too many; null where they are few and slow enough. */
  readonly density: Density;
  readonly traffic: Live['traffic'];
  /** What is followed: all else steps back. */
  readonly story: Story | null;
  /** 1 by entity that takes part in something that the filter lets through; null while nothing is filtered. */
  readonly involved: Uint8Array | null;
}

export function paint(c: CanvasRenderingContext2D, picture: Picture): void {
  const { viewport, ratio } = picture;
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, viewport.width, viewport.height);
  // What is faster than the eye is nowhere in particular.
  const singly = picture.traffic?.fast !== true;
  picture.web?.paint(c, viewport, ratio, picture.palette);
  if (picture.traffic) picture.density.paint(c, picture, picture.traffic);
  paintTrail(c, picture);
  if (picture.groups) paintFans(c, picture, picture.groups);
  paintStates(c, picture);
  paintHalo(c, picture);
  paintMarks(c, picture.marks, picture.placement, viewport, picture.palette);
  paintNames(c, picture);
  if (picture.groups) paintGroups(c, picture, picture.groups);
  paintDisturbed(c, picture);
  if (singly) paintStanzas(c, picture);
  const { story, involved } = picture;
  if (involved && !story) {
    // Stanzas that the filter lets through are drawn once more, over the veil.
    const shown = new Set(indicesOf(involved));
    paintVeil(c, picture, { entities: shown });
    paintNames(c, picture, shown);
    if (singly) paintStanzas(c, picture, undefined, picture.frame.filter?.flights);
  }
  if (!story) return;
  paintVeil(c, picture, story);
  paintStory(c, picture, story);
  paintNames(c, picture, story.entities);
  if (singly) paintStanzas(c, picture, story);
}

function indicesOf(flags: Uint8Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < flags.length; i++) if (flags[i] === 1) found.push(i);
  return found;
}

const lane: Segment = { ax: 0, ay: 0, bx: 0, by: 0 };

function paintTrail(c: CanvasRenderingContext2D, { scene, placement, viewport, lit }: Picture): void {
  if (lit.from < 0) return;
  laneInto(lane, scene, placement, lit.from, lit.to);
  const { panX, panY, zoom } = viewport;
  c.beginPath();
  c.moveTo(panX + zoom * lane.ax, panY + zoom * lane.ay);
  c.lineTo(panX + zoom * lane.bx, panY + zoom * lane.by);
  c.globalAlpha = 0.32;
  c.strokeStyle = lit.colour;
  c.lineWidth = 6;
  c.lineCap = 'round';
  c.stroke();
  c.globalAlpha = 1;
}

/** Adds all nodes of a state to the current path; answers how many, and their radius. */
function traceNodes(c: CanvasRenderingContext2D, picture: Picture, code: number, bars: boolean): readonly [number, number] {
  const { scene, placement, frame, viewport } = picture;
  const { panX, panY, zoom } = viewport;
  const { kind } = scene.entities;
  const names = namesAreShort(scene);
  let radius = 6;
  let count = 0;
  c.beginPath();
  for (let i = 0; i < kind.length; i++) {
    if (frame.states[i] !== code || kind[i] === EntityKind.server || kind[i] === EntityKind.component) continue;
    const x = panX + zoom * (placement.x[i] ?? 0);
    const y = panY + zoom * (placement.y[i] ?? 0);
    radius = Math.max(1.5, zoom * (placement.halfWidth[i] ?? 6));
    if (x < -radius || y < -radius || x > viewport.width + radius || y > viewport.height + radius) continue;
    count++;
    if (bars) {
      // Through the middle, or under the name that stands there.
      const low = names && radius >= ROOM_FOR_NAMES ? y + radius * 0.6 : y;
      const half = radius * (low > y ? 0.44 : 0.62);
      c.moveTo(x - half, low);
      c.lineTo(x + half, low);
    } else if (radius < 3) c.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else {
      c.moveTo(x + radius, y);
      c.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
  return [count, radius];
}

/** One path per state, however many nodes there are. */
function paintStates(c: CanvasRenderingContext2D, picture: Picture): void {
  const { scene, placement, viewport, palette, lit, bodies } = picture;
  if (areDots(picture)) paintDots(c, picture);
  else
    scene.states.forEach(({ look }, code) => {
      const [count, radius] = traceNodes(c, picture, code, false);
      if (count === 0) return;
      const colour = palette.looks[look];
      const filled = look === 'infective' || look === 'removed';
      if (filled || bodies) {
        c.fillStyle = filled ? colour : palette.raised;
        c.fill();
      }
      c.strokeStyle = filled && palette.light ? '#222' : colour;
      c.lineWidth = look === 'active' ? 3 : look === 'online' ? 2 : Math.min(1.6, radius * 0.3);
      c.setLineDash(look === 'offline' ? [3, 3] : []);
      c.stroke();
      c.setLineDash([]);
      if (look === 'removed' && radius > 3) {
        traceNodes(c, picture, code, true);
        c.strokeStyle = palette.light ? '#fff' : palette.bg;
        c.lineWidth = Math.max(1.4, radius * 0.2);
        c.stroke();
      }
    });
  if (lit.entity >= 0) outline(c, { placement, viewport }, scene, lit.entity, 3.5, palette.accent, 2.5, []);
}

function paintHalo(c: CanvasRenderingContext2D, { scene, placement, viewport, palette, next }: Picture): void {
  if (next >= 0) outline(c, { placement, viewport }, scene, next, 6.5, palette.accent, 1.8, [0.1, 5]);
}

/** Round an entity, whatever its shape. */
function outline(
  c: CanvasRenderingContext2D,
  { placement, viewport: { panX, panY, zoom } }: Pick<Picture, 'placement' | 'viewport'>,
  scene: Scene,
  i: number,
  gap: number,
  colour: string,
  width: number,
  dash: number[],
): void {
  const x = panX + zoom * (placement.x[i] ?? 0);
  const y = panY + zoom * (placement.y[i] ?? 0);
  const w = zoom * (placement.halfWidth[i] ?? 0) + gap;
  const h = zoom * (placement.halfHeight[i] ?? 0) + gap;
  const round = scene.entities.kind[i] === EntityKind.server ? 10 * zoom + gap : h;
  c.beginPath();
  c.roundRect(x - w, y - h, 2 * w, 2 * h, round);
  c.strokeStyle = colour;
  c.lineWidth = width;
  c.lineCap = 'round';
  c.setLineDash(dash);
  c.stroke();
  c.setLineDash([]);
  c.lineCap = 'butt';
}

/** @param story of its stanzas alone. */
/** @param only 1 by flight of the frame that is painted; absent: all. */
function paintStanzas(c: CanvasRenderingContext2D, picture: Picture, story?: Story, only?: Uint8Array): void {
  const { scene, placement, frame, t, viewport, ratio, sprites, lit, hops } = picture;
  const { id, from, to, kind, sent, due } = frame.flights;
  const { panX, panY, zoom } = viewport;
  const { side, images } = sprites;
  const swarm = id.length > SWARM ? stampsOf(sprites, ratio) : null;
  if (swarm) beginSwarm(viewport.width * ratio, viewport.height * ratio);
  for (let i = 0; i < id.length; i++) {
    const s = sent[i] ?? 0;
    const d = due[i] ?? 0;
    if (!isUnderWay(t, s, d, frame) || (story && story.rowOf(id[i] ?? -1) === undefined)) continue;
    if (only && only[i] !== 1) continue;
    laneInto(lane, scene, placement, from[i] ?? 0, to[i] ?? 0);
    const part = placeAlong(frame, i, t, hops);
    const x = panX + zoom * (lane.ax + (lane.bx - lane.ax) * part);
    const y = panY + zoom * (lane.ay + (lane.by - lane.ay) * part);
    if (x < -side || y < -side || x > viewport.width + side || y > viewport.height + side) continue;
    const image = images[kind[i] ?? 0];
    if (!image) continue;
    if (swarm) {
      const stamps = swarm[kind[i] ?? 0] ?? [];
      const one = stamps[stamps.length > 1 ? directionOf(lane.bx - lane.ax, lane.by - lane.ay) : 0];
      if (one) stamp(one, x * ratio, y * ratio);
    } else if (isTurned(kind[i] ?? 0)) {
      const length = Math.hypot(lane.bx - lane.ax, lane.by - lane.ay) || 1;
      const cos = ((lane.bx - lane.ax) / length) * ratio;
      const sin = ((lane.by - lane.ay) / length) * ratio;
      c.setTransform(cos, sin, -sin, cos, x * ratio, y * ratio);
      c.drawImage(image, -side / 2, -side / 2, side, side);
      c.setTransform(ratio, 0, 0, ratio, 0, 0);
    } else c.drawImage(image, x - side / 2, y - side / 2, side, side);
    if (id[i] === lit.message) {
      c.beginPath();
      c.arc(x, y, side / 2 + 1, 0, 2 * Math.PI);
      c.strokeStyle = picture.palette.ink;
      c.lineWidth = 1.8;
      c.stroke();
    }
  }
  if (swarm) endSwarm(c, ratio);
}

/** A c2s line is thin, a federation line thick, the line to a component dotted. */
export const LINE_WIDTHS: Readonly<Record<number, number>> = {
  [LinkKind.edge]: 1.2,
  [LinkKind.c2s]: 1.3,
  [LinkKind.s2s]: 3,
  [LinkKind.component]: 1.5,
};
