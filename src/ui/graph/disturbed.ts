/** What is out of order because somebody made it so, in a word on each link and entity: cut, lossy, slow, paused, one side of a partition. */
import type { Disturbed } from '../../protocol/intervention.ts';
import type { Scene } from '../../protocol/scene.ts';
import { formatNumber } from '../shared/format.ts';
import { paintBadge } from './badge.ts';
import type { Picture } from './overlay.ts';

/** More words than this would hide the picture; the sides of a partition are outlined all the same. */
const MOST_WORDS = 60;

interface Word {
  readonly text: string;
  readonly grave: boolean;
}
type Pair = readonly [number, number];

const keyOf = ([a, b]: Pair): string => `${Math.min(a, b)} ${Math.max(a, b)}`;

/** Links that cross between the sides, each pair once. */
function crossing({ links: { from, to } }: Scene, side: ReadonlySet<number>): Map<string, Pair> {
  const found = new Map<string, Pair>();
  if (side.size === 0) return found;
  for (let i = 0; i < from.length; i++) {
    const pair: Pair = [from[i] ?? 0, to[i] ?? 0];
    if (side.has(pair[0]) !== side.has(pair[1])) found.set(keyOf(pair), pair);
  }
  return found;
}

/** What is to be said of each link, by its ends. */
export function linkWords(
  scene: Scene,
  { cuts, slowLinks, lossy, side }: Disturbed,
): readonly { readonly pair: Pair; readonly words: Word[] }[] {
  const all = new Map<string, { readonly pair: Pair; readonly words: Word[] }>();
  const say = (pair: Pair, word: Word) => {
    const key = keyOf(pair);
    const known = all.get(key);
    if (!known) all.set(key, { pair, words: [word] });
    else if (!known.words.some(({ text }) => text === word.text)) known.words.push(word);
  };
  for (const pair of cuts) say(pair, { text: 'cut', grave: true });
  for (const { between, share } of lossy) say(between, { text: `loses ${formatNumber(100 * share)} %`, grave: true });
  for (const { between, factor } of slowLinks) say(between, { text: `× ${formatNumber(factor)} as long`, grave: false });
  const across = crossing(scene, new Set(side));
  if (across.size <= MOST_WORDS) for (const pair of across.values()) say(pair, { text: 'cut off', grave: true });
  return [...all.values()].slice(0, MOST_WORDS);
}

export function paintDisturbed(c: CanvasRenderingContext2D, picture: Picture): void {
  const { disturbed } = picture.frame;
  if (!disturbed) return;
  const { scene, placement, palette, viewport } = picture;
  const { panX, panY, zoom } = viewport;
  const { x, y, halfWidth, halfHeight } = placement;
  const at = (i: number): readonly [number, number] => [panX + zoom * (x[i] ?? 0), panY + zoom * (y[i] ?? 0)];
  c.strokeStyle = palette.kinds.error;
  c.lineWidth = 1.6;
  c.setLineDash([2, 4]);
  c.beginPath();
  for (const i of disturbed.side) {
    const [px, py] = at(i);
    const [w, h] = [zoom * (halfWidth[i] ?? 0) + 5, zoom * (halfHeight[i] ?? 0) + 5];
    c.roundRect(px - w, py - h, 2 * w, 2 * h, 6);
  }
  c.stroke();
  c.setLineDash([]);
  for (const { pair, words } of linkWords(scene, disturbed)) {
    const [[ax, ay], [bx, by]] = [at(pair[0]), at(pair[1])];
    pill(c, picture, (ax + bx) / 2, (ay + by) / 2, words);
  }
  const above = (i: number, word: Word) => {
    const [px, py] = at(i);
    pill(c, picture, px, py - zoom * (halfHeight[i] ?? 0) - 10, [word]);
  };
  for (const i of disturbed.paused.slice(0, MOST_WORDS)) above(i, { text: 'paused', grave: false });
  for (const { entity, factor } of disturbed.slow.slice(0, MOST_WORDS))
    above(entity, { text: `× ${formatNumber(factor)} as long`, grave: false });
}

function pill(c: CanvasRenderingContext2D, picture: Picture, x: number, y: number, words: readonly Word[]): void {
  const text = words.map((word) => word.text).join(' · ');
  const colour = words.some((word) => word.grave) ? picture.palette.kinds.error : picture.palette.muted;
  paintBadge(c, picture, x, y, { text, colour, font: '600 10.5px' });
}
