/** Where the letters of a name go, and what of it is left where there is little room. */
import { Side } from './federation.ts';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
/** Names side by side are two words, with a space between them. */
const SPACE = 4;
export const meet = (a: Box, b: Box): boolean =>
  a.left < b.right + SPACE && b.left < a.right + SPACE && a.top < b.bottom && b.top < a.bottom;

export const OTHER_SIDES = [Side.below, Side.above, Side.right, Side.left];
/** Of more entities, a name that has no room where it belongs is left out at once. */
export const FEW = 80;
/** Fewer letters than this, and one would have to guess. */
const FEWEST = 4;
/** With its resource; without; with its last letters left out. The pointer tells the whole of it. */
export function* shorterAndShorter(name: string, rest: string, shorten: boolean): Generator<readonly [string, string]> {
  if (rest !== '') yield [name, rest];
  yield [name, ''];
  const letters = shorten ? Array.from(name) : [];
  // A number at the end is what tells it from others.
  const tail = /\d+$/.exec(name)?.[0] ?? '';
  for (const count of tail === '' ? [10, 8, 6, FEWEST] : [FEWEST, 1])
    if (letters.length > count + tail.length + 1) yield [`${letters.slice(0, count).join('')}…${tail}`, ''];
}

export function boxOf(side: number, x: number, y: number, radius: number, width: number, size: number, lean: number): Box {
  const away = radius + 5;
  const half = size * 0.7;
  const left = side === Side.right ? x + away : side === Side.left ? x - away - width : x - (width / 2) * (1 - lean);
  const middle = side === Side.below ? y + radius + size * 1.5 : side === Side.above ? y - radius - size * 1.1 : y;
  return { left, right: left + width, top: middle - half, bottom: middle + half };
}
