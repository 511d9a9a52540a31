/** Which of a plot's marks a click is meant for. */
export interface Mark {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** Within reach of a finger. */
const REACH = 14;
const LARGEST = 11;
const SMALLEST = 4;
/** Marks that nobody can tell apart. */
const SAME = 3;

const apart = (a: { readonly x: number; readonly y: number }, b: { readonly x: number; readonly y: number }): number =>
  Math.hypot(a.x - b.x, a.y - b.y);

/** How large the circle around a mark may be before it covers its neighbour's. */
export function roomOf(mark: Mark, marks: readonly Mark[]): number {
  const near = marks.reduce((least, other) => {
    const distance = apart(mark, other);
    return other.index !== mark.index && distance > SAME && distance < least ? distance : least;
  }, Infinity);
  return Math.max(SMALLEST, Math.min(LARGEST, near / 2));
}

/** The nearest one; where several lie on each other, the one after the one that is open. */
export function markAt(
  marks: readonly Mark[],
  place: { readonly x: number; readonly y: number },
  opened: number | undefined,
): Mark | undefined {
  const nearest = marks.reduce<Mark | undefined>((a, b) => (a && apart(a, place) <= apart(b, place) ? a : b), undefined);
  if (!nearest || apart(nearest, place) > REACH) return undefined;
  const same = marks.filter((mark) => apart(mark, nearest) <= SAME);
  return same[(same.findIndex(({ index }) => index === opened) + 1) % same.length];
}
