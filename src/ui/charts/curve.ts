/** Geometry of a plot whose width and height are 1: the browser stretches it. */

/** Counts hold until they change: stairs, not slopes. Up is less, as on the screen. */
export function stairs(ticks: Float64Array, values: Float64Array, most: number, end = ticks.at(-1) ?? 0): string {
  if (end <= 0 || most <= 0) return '';
  const figure = (value: number) => Number(value.toFixed(4));
  let path = '';
  let before = NaN;
  for (let i = 0; i < ticks.length; i++) {
    const x = figure((ticks[i] ?? 0) / end);
    const y = figure(1 - (values[i] ?? 0) / most);
    path += i === 0 ? `M${x} ${y}` : `H${x}`;
    if (i > 0 && y !== before) path += `V${y}`;
    before = y;
  }
  return path;
}

/** A curve through its points, as far as the plot goes. */
export function slopes(ticks: Float64Array, values: Float64Array, most: number, end: number): string {
  if (end <= 0 || most <= 0) return '';
  let path = '';
  ticks.forEach((tick, i) => {
    const value = values[i] ?? NaN;
    if (tick <= end && Number.isFinite(value))
      path += `${path === '' ? 'M' : 'L'}${(tick / end).toFixed(4)} ${(1 - value / most).toFixed(4)}`;
  });
  return path;
}

/** `count` places spread evenly over `length`, both ends among them. */
export function sampled(length: number, count: number): readonly number[] {
  const rows = Math.min(length, count);
  return Array.from({ length: rows }, (_, i) => (rows === 1 ? 0 : Math.round((i * (length - 1)) / (rows - 1))));
}
