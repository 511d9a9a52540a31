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

/** What was typed as a time, in ticks; a reason where it is none. */
export function readTime(text: string, unitTicks: number, last: number): { readonly tick: number } | { readonly problem: string } {
  const plain = text.trim().replace(/\s*(s|ticks?)$/i, '');
  if (!/^\d+([.,]\d+)?$|^[.,]\d+$/.test(plain)) return { problem: 'Not a time: type a number such as 12.5' };
  const tick = Number(plain.replace(',', '.')) * unitTicks;
  if (tick > last) return { problem: `The run ends at ${Number((last / unitTicks).toFixed(3))}` };
  return { tick };
}
