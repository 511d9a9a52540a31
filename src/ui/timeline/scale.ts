/** Speed on a slider: equal ways are equal ratios, and the upper end is as fast as the run is computed. The scene's own speed is the middle. */
export const SPEED_STEPS = 100;
/** A hundred times slower and faster than the scene suggests. */
const SPAN = 100;

export const speedAt = (position: number, natural: number): number =>
  position >= SPEED_STEPS ? Infinity : roundFigures(natural * SPAN ** ((2 * position) / SPEED_STEPS - 1));

export function positionOf(speed: number, natural: number): number {
  if (speed === Infinity) return SPEED_STEPS;
  const position = (SPEED_STEPS / 2) * (1 + Math.log(speed / natural) / Math.log(SPAN));
  return Math.round(Math.min(SPEED_STEPS - 1, Math.max(0, position)));
}

/** Three figures, as many as are printed: what is printed is what is meant. */
function roundFigures(value: number): number {
  return Number(value.toPrecision(3));
}
