/** Mean, standard deviation and 95 % confidence interval of a measure over independent runs. */
export interface Summary {
  readonly mean: number;
  readonly sd: number;
  readonly ci95: readonly [number, number];
}

/** Two-sided 97.5 % quantiles of Student's t for 1 … 30 degrees of freedom; beyond, the expansion about the normal's 1.96. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** NaN throughout for no values; no spread for one. */
export function summarize(values: readonly number[]): Summary {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, sd: n === 0 ? NaN : 0, ci95: [mean, mean] };
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1));
  const quantile = T[n - 2] ?? 1.95996 + 2.3722 / (n - 1);
  const half = (quantile * sd) / Math.sqrt(n);
  return { mean, sd, ci95: [mean - half, mean + half] };
}
