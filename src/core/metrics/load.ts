/** How evenly the work of a run is spread over its nodes. */
export interface Load {
  readonly max: number;
  readonly mean: number;
  readonly gini: number;
}

/**
 * The Gini coefficient (C. Gini, Variabilità e mutabilità, 1912) by the sorted values x₁ ≤ … ≤ xₙ:
 * 2 Σ i·xᵢ ⁄ (n Σ xᵢ) − (n + 1) ⁄ n. It is 0 where all carry the same and 1 − 1/n where one carries everything; where
 * nothing is carried at all, 0.
 */
export function loadOf(load: Uint32Array): Load {
  const sorted = load.slice().sort();
  const n = sorted.length;
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < n; i++) {
    sum += sorted[i]!;
    weighted += (i + 1) * sorted[i]!;
  }
  if (sum === 0) return { max: 0, mean: 0, gini: 0 };
  return { max: sorted[n - 1]!, mean: sum / n, gini: Math.max(0, (2 * weighted) / (n * sum) - (n + 1) / n) };
}
