/**
 * A list longer than any element may be. The list's offset counts its real pixels; the scrollbar's track is capped, and
 * beyond the cap the two are mapped onto each other.
 */
export const ROW = 24;
/** Firefox caps elements at about 17.8 million pixels, Chrome at 33 million. */
const MOST_PIXELS = 12_000_000;

export interface Reach {
  readonly total: number;
  /** Of the window onto the rows, in pixels. */
  readonly height: number;
}

export const trackOf = ({ total }: Reach): number => Math.min(total * ROW, MOST_PIXELS);

export const clampOffset = ({ total, height }: Reach, offset: number): number =>
  Math.min(Math.max(0, offset), Math.max(0, total * ROW - height));

const ratioOf = (reach: Reach): number => {
  const far = reach.total * ROW - reach.height;
  return far > 0 ? (trackOf(reach) - reach.height) / far : 1;
};

/** Where the scrollbar stands at an offset. */
export const scrollOf = (reach: Reach, offset: number): number => clampOffset(reach, offset) * ratioOf(reach);

/** The offset after the scrollbar went from where it belongs to `scroll`. A wheel moves by pixels, a dragged knob by its share of the track. */
export function offsetAfter(reach: Reach, offset: number, scroll: number): number {
  const ratio = ratioOf(reach);
  if (ratio >= 1) return clampOffset(reach, scroll);
  if (scroll <= 0) return 0;
  const moved = scroll - scrollOf(reach, offset);
  const end = scroll >= trackOf(reach) - reach.height - 1;
  return clampOffset(reach, end || Math.abs(moved) > reach.height * 3 ? scroll / ratio : offset + moved);
}

/** Margin, in rows, between a row that is brought into view and the edge. */
const MARGIN = 2;

/** The offset at which the row is in view; the same one if it is already. `ahead`: rows that should be in view beyond it. */
export function revealed(reach: Reach, offset: number, ordinal: number, ahead: number): number {
  const top = (ordinal - 1) * ROW;
  const room = ahead * ROW;
  if (top - room >= offset && top + ROW + room <= offset + reach.height) return offset;
  const far = Math.abs(top - offset) > 2 * reach.height;
  const edge = Math.min(MARGIN * ROW, Math.max(0, (reach.height - ROW) / 2));
  const above = top < offset + reach.height / 2;
  const wanted = far ? top - (reach.height - ROW) / 2 : above ? top - edge : top + ROW + edge - reach.height;
  // A whole row at the top: up where that leaves this one in view, else down.
  const whole = above || far ? Math.floor(wanted / ROW) * ROW : Math.ceil(wanted / ROW) * ROW;
  return clampOffset(reach, Math.min(whole, top));
}
