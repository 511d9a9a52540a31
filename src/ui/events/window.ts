/**
 * Which rows of a long list are in view. Browsers cap the height of an element (Firefox at 17.9 million pixels), so the list
 * that is scrolled may be shorter than the list that is meant: then a way on the scroll bar stands for a longer one.
 */
export const ROW = 22;
/** Well under every browser's cap. */
const TALLEST = 8_000_000;

export interface ListShape {
  /** Rows there are. */
  readonly total: number;
  /** Height of what is seen at once, in pixels. */
  readonly height: number;
}

/** Height of the element that is scrolled. */
export const scrolledHeight = ({ total }: ListShape): number => Math.min(total * ROW, TALLEST);

/** How far the list itself, and the element, can be scrolled. */
const longest = ({ total, height }: ListShape): number => Math.max(0, total * ROW - height);
const farthest = (shape: ListShape): number => Math.max(0, scrolledHeight(shape) - shape.height);

/** The element's scroll position as a place in the list, in pixels of the list. */
export function placeOf(shape: ListShape, scrollTop: number): number {
  const far = farthest(shape);
  return far === 0 ? 0 : Math.min(longest(shape), (Math.max(0, scrollTop) * longest(shape)) / far);
}

/** The scroll position that shows that place. */
export function scrollOf(shape: ListShape, place: number): number {
  const long = longest(shape);
  return long === 0 ? 0 : (Math.min(Math.max(0, place), long) * farthest(shape)) / long;
}

/** Rows to be there, `extra` more above and below those seen: ordinals from 1, none when `last < first`. */
export function rowsInView(shape: ListShape, place: number, extra: number): { readonly first: number; readonly last: number } {
  const first = Math.max(1, Math.floor(place / ROW) + 1 - extra);
  const last = Math.min(shape.total, Math.ceil((place + shape.height) / ROW) + extra);
  return { first, last };
}

/** The place to go to so that a row is seen, `margin` rows clear of both edges; the same place if it is already. */
export function placeToShow(shape: ListShape, place: number, ordinal: number, margin: number): number {
  const clear = Math.min(margin * ROW, Math.max(0, (shape.height - ROW) / 2));
  const top = (ordinal - 1) * ROW;
  if (top - clear < place) return Math.max(0, top - clear);
  if (top + ROW + clear > place + shape.height) return Math.min(longest(shape), top + ROW + clear - shape.height);
  return place;
}
