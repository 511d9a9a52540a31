/** Paints rooms and nodes, who is around the one that is pointed out, and what they spread while it is under way: to many at once, seen as that. */
import type { Fan, Groups, MemberMark } from '../../protocol/groups.ts';
import { EntityKind, KINDS } from '../../protocol/scene.ts';
import { GROUP_PATHS, MARK_PATHS } from '../shared/GroupIcon.tsx';
import { shortTitle, type GroupPlace } from './groupPlaces.ts';
import { paintBadge } from './badge.ts';
import { FONT } from './names.ts';
import type { Picture } from './overlay.ts';

export interface GroupPicture {
  readonly groups: Groups;
  readonly places: readonly GroupPlace[];
  /** Key of the one that is pointed out, by a click or by the pointer. */
  readonly picked: string | null;
}

/** To more than this a line each is no picture any more: then one to each server, with how many it stands for. */
const MOST_LINES = 200;

const paths = new Map<string, Path2D>();
function pathOf(text: string): Path2D {
  const known = paths.get(text);
  if (known) return known;
  const path = new Path2D(text);
  paths.set(text, path);
  return path;
}
const placeOf = (places: readonly GroupPlace[], key: string) => places.find((p) => p.together.some((g) => g.key === key));

/** Below the nodes: lines from groups to people. */
export function paintFans(c: CanvasRenderingContext2D, picture: Picture, { groups, places, picked }: GroupPicture): void {
  const group = groups.groups.find((g) => g.key === picked);
  const at = group && placeOf(places, group.key);
  c.save();
  behindHosts(c, picture);
  c.lineCap = 'round';
  if (group && at) {
    const around = group.members.map((m) => m.entity).filter((i) => i >= 0);
    lines(c, picture, at, around, { colour: picture.palette.accent, alpha: 0.5, dash: [] });
  }
  for (const g of groups.groups)
    for (const peer of g.peers) {
      const [a, b] = [placeOf(places, g.key), placeOf(places, peer)];
      if (a && b) bridge(c, picture, a, b);
    }
  if (picture.traffic?.fast !== true)
    for (const fan of groups.fans) {
      const from = placeOf(places, fan.group);
      const colour = picture.palette.kinds[KINDS[fan.kind] ?? 'message'];
      if (from) lines(c, picture, from, fan.ends, { colour, alpha: 0.75, dash: [1, 4] });
    }
  c.restore();
}

/** Lines pass behind servers and services, whose names would be crossed out else. */
function behindHosts(c: CanvasRenderingContext2D, { scene, placement, viewport: { panX, panY, zoom, width, height } }: Picture): void {
  const { kind } = scene.entities;
  c.beginPath();
  c.rect(0, 0, width, height);
  for (let i = 0; i < kind.length; i++) {
    if (kind[i] !== EntityKind.server && kind[i] !== EntityKind.component) continue;
    const w = zoom * (placement.halfWidth[i] ?? 0);
    const h = zoom * (placement.halfHeight[i] ?? 0);
    const x = panX + zoom * (placement.x[i] ?? 0);
    const y = panY + zoom * (placement.y[i] ?? 0);
    c.roundRect(x - w, y - h, 2 * w, 2 * h, kind[i] === EntityKind.server ? 10 * zoom : h);
  }
  c.clip('evenodd');
}

interface Stroke {
  readonly colour: string;
  readonly alpha: number;
  readonly dash: number[];
}
function lines(
  c: CanvasRenderingContext2D,
  picture: Picture,
  from: GroupPlace,
  ends: readonly number[],
  { colour, alpha, dash }: Stroke,
): void {
  const { placement, viewport, scene } = picture;
  const { panX, panY, zoom } = viewport;
  const many = ends.length > MOST_LINES;
  const drawn = many ? byServer(picture, ends) : ends.map((entity) => [entity, 1] as const);
  const [x, y] = [panX + zoom * from.x, panY + zoom * from.y];
  c.strokeStyle = colour;
  c.globalAlpha = many ? alpha : drawn.length > 40 ? alpha * 0.45 : alpha;
  c.lineWidth = many ? 3 : drawn.length > 40 ? 1 : 1.6;
  c.setLineDash(dash);
  c.beginPath();
  for (const [entity] of drawn) {
    const ex = panX + zoom * (placement.x[entity] ?? 0);
    const ey = panY + zoom * (placement.y[entity] ?? 0);
    // To the edge of its circle; a little beside the straight line, so that it is no link.
    const length = Math.hypot(ex - x, ey - y) || 1;
    const edge = scene.entities.kind[entity] === EntityKind.client ? zoom * (placement.halfWidth[entity] ?? 0) : 0;
    const [tx, ty] = [ex - ((ex - x) / length) * edge, ey - ((ey - y) / length) * edge];
    const bend = (ex < x ? -1 : 1) * Math.min(40, length * 0.12);
    c.moveTo(x, y);
    c.quadraticCurveTo((x + tx) / 2 + bend * ((ey - y) / length), (y + ty) / 2 - bend * ((ex - x) / length), tx, ty);
  }
  c.stroke();
  if (!many) return;
  c.setLineDash([]);
  c.globalAlpha = 1;
  for (const [entity, count] of drawn) {
    const ex = panX + zoom * (placement.x[entity] ?? 0);
    const ey = panY + zoom * (placement.y[entity] ?? 0);
    paintBadge(c, picture, (x + ex) / 2, (y + ey) / 2, { text: `${count.toLocaleString('en')} people`, colour, font: '650 11px' });
  }
}

function byServer({ scene }: Picture, ends: readonly number[]): readonly (readonly [number, number])[] {
  const counts = new Map<number, number>();
  for (const end of ends) {
    const server = scene.entities.parent[end] ?? -1;
    if (server >= 0) counts.set(server, (counts.get(server) ?? 0) + 1);
  }
  return [...counts];
}

/** Rooms that pass things on to each other. */
function bridge(c: CanvasRenderingContext2D, { viewport: { panX, panY, zoom }, palette }: Picture, a: GroupPlace, b: GroupPlace): void {
  c.strokeStyle = palette.ink;
  c.globalAlpha = 0.55;
  c.setLineDash([8, 4]);
  c.lineWidth = 2;
  c.beginPath();
  c.moveTo(panX + zoom * a.x, panY + zoom * a.y);
  const lift = Math.min(a.y, b.y) - 0.12 * Math.abs(a.x - b.x);
  c.quadraticCurveTo(panX + (zoom * (a.x + b.x)) / 2, panY + zoom * lift, panX + zoom * b.x, panY + zoom * b.y);
  c.stroke();
}

/** Above the nodes: the shapes, what is under way from each, and the marks of those around the one that is meant. */
export function paintGroups(c: CanvasRenderingContext2D, picture: Picture, groups: GroupPicture): void {
  for (const place of groups.places) shape(c, picture, groups, place);
  paintMarks(c, picture, groups);
}

function shape(c: CanvasRenderingContext2D, picture: Picture, { groups, picked }: GroupPicture, place: GroupPlace): void {
  const { viewport, palette, ratio } = picture;
  const { group, together, side } = place;
  const x = viewport.panX + viewport.zoom * place.x;
  const y = viewport.panY + viewport.zoom * place.y;
  const r = viewport.zoom * place.radius;
  if (r < 2 || x < -100 || y < -60 || x > viewport.width + 100 || y > viewport.height + 60) return;
  const isPicked = together.some((g) => g.key === picked);
  const scale = r / 7;
  c.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (x - 8 * scale), ratio * (y - 8 * scale));
  const path = pathOf(GROUP_PATHS[group.kind]);
  c.fillStyle = palette.panel;
  c.fill(path);
  c.strokeStyle = isPicked ? palette.accent : palette.ink;
  c.lineWidth = (isPicked ? 2.4 : 1.4) / scale;
  c.stroke(path);
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  const size = Math.min(13, Math.max(10, 11.5 * viewport.zoom));
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  if (r >= 8) {
    const inside = together.length > 1 ? `+${together.length}` : String(group.members.length);
    c.font = `650 ${Math.min(size, (r * 2.3) / (inside.length + 1))}px ${FONT}`;
    c.fillStyle = palette.ink;
    c.fillText(inside, x, y + (group.kind === 'pep' ? r * 0.15 : 0.5));
    c.font = `500 ${size}px ${FONT}`;
    c.fillStyle = isPicked ? palette.ink : palette.muted;
    c.fillText(together.length > 1 ? `${together.length} more` : shortTitle(group.title), x, y + side * (r + size * 0.85));
  }
  groups.fans
    .filter((fan) => picture.traffic?.fast !== true && together.some((g) => g.key === fan.group))
    .forEach((fan, i) => count(c, picture, fan, x + r + 4, y - r * 0.5 + i * 18));
}

function count(c: CanvasRenderingContext2D, picture: Picture, { kind, ends }: Fan, x: number, y: number): void {
  const colour = picture.palette.kinds[KINDS[kind] ?? 'message'];
  paintBadge(c, picture, x, y, { text: `× ${ends.length.toLocaleString('en')}`, colour, font: '650 11px', fromLeft: true });
}

/** How members stand to the one that is pointed out; to the only one there is, without being asked. */
function paintMarks(c: CanvasRenderingContext2D, picture: Picture, { groups: { groups }, picked }: GroupPicture): void {
  const { placement, viewport, palette, ratio } = picture;
  const { panX, panY, zoom } = viewport;
  const rooms = groups.filter((g) => g.kind !== 'pep');
  const meant = groups.find((g) => g.key === picked) ?? (rooms.length === 1 ? rooms[0] : undefined);
  for (const { entity, mark } of meant?.members ?? []) {
    if (mark === 'plain' || entity < 0) continue;
    const radius = zoom * (placement.halfWidth[entity] ?? 0);
    if (radius < 6) continue;
    const scale = Math.min(1, Math.max(0.6, radius / 18));
    const x = panX + zoom * (placement.x[entity] ?? 0) + radius * 0.74;
    const y = panY + zoom * (placement.y[entity] ?? 0) - radius * 0.74;
    c.beginPath();
    c.arc(x, y, 8.5 * scale, 0, 2 * Math.PI);
    c.fillStyle = palette.bg;
    c.fill();
    c.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (x - 8 * scale), ratio * (y - 8 * scale));
    markInto(c, mark, palette.ink);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
  }
}

function markInto(c: CanvasRenderingContext2D, mark: Exclude<MemberMark, 'plain'>, colour: string): void {
  const path = pathOf(MARK_PATHS[mark]);
  c.fillStyle = colour;
  c.strokeStyle = colour;
  c.lineCap = 'round';
  c.lineWidth = mark === 'waits' ? 3 : 1.6;
  if (mark === 'high') c.fill(path);
  else c.stroke(path);
  c.lineCap = 'butt';
}
