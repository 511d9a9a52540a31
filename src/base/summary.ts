/** Mean, standard deviation, 95 % confidence interval, median and quartiles of a measure over independent runs. */
export interface Summary {
  readonly mean: number;
  readonly sd: number;
  readonly ci95: readonly [number, number];
  readonly median: number;
  readonly quartiles: readonly [number, number];
}

/** Two-sided 97.5 % quantiles of Student's t for 1 … 30 degrees of freedom; beyond, the expansion about the normal's 1.96. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** Between neighbours by linear interpolation, as spreadsheets do (Hyndman and Fan, The American Statistician 50, 1996, type 7). */
function quantile(sorted: readonly number[], part: number): number {
  const at = part * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below];
  const high = sorted[below + 1];
  if (low === undefined) return NaN;
  return high === undefined ? low : low + (at - below) * (high - low);
}

/** NaN throughout for no values. One value says nothing of an interval. */
export function summarize(values: readonly number[]): Summary {
  const n = values.length;
  const sorted = values.toSorted((a, b) => a - b);
  const [median, lower, upper] = [quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, sd: n === 0 ? NaN : 0, ci95: [NaN, NaN], median, quartiles: [lower, upper] };
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1));
  const width = T[n - 2] ?? 1.95996 + 2.3722 / (n - 1);
  const half = (width * sd) / Math.sqrt(n);
  return { mean, sd, ci95: [mean - half, mean + half], median, quartiles: [lower, upper] };
}
