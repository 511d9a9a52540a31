/** Speed on a slider: equal ways are equal ratios. The scene's own speed is the middle. */
export const SPEED_STEPS = 100;
/** A hundred times slower and faster than the scene suggests. */
const SPAN = 100;

export const speedAt = (position: number, natural: number): number => roundFigures(natural * SPAN ** ((2 * position) / SPEED_STEPS - 1));

export function positionOf(speed: number, natural: number): number {
  const position = (SPEED_STEPS / 2) * (1 + Math.log(speed / natural) / Math.log(SPAN));
  return Math.round(Math.min(SPEED_STEPS, Math.max(0, position)));
}

/** Three figures, as many as are printed: what is printed is what is meant. */
function roundFigures(value: number): number {
  return Number(value.toPrecision(3));
}
