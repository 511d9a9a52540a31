/** Axes of a plot: where values stand, and which of them are written. */
export type ScaleKind = 'linear' | 'log' | 'category';

export interface Axis {
  /** 0 … 1 along the axis. */
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** A step of 1, 2 or 5 times a power of ten that divides the span into about `count` parts. */
function niceStep(span: number, count: number): number {
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
}

/** @param whole only whole numbers are written. */
function linear(low: number, high: number, count: number, whole = false): Axis {
  const span = high - low || 1;
  const step = whole ? Math.max(1, niceStep(span, count)) : niceStep(span, count);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + span * 1e-9; i++) ticks.push(Number((i * step).toPrecision(12)));
  return { at: (value) => (value - low) / span, ticks };
}

function log(low: number, high: number, count: number): Axis {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const span = to - from || 1;
  const ticks: number[] = [];
  const factors = span > count ? [1] : span > count / 3 ? [1, 3] : [1, 2, 5];
  for (let power = Math.floor(from); power <= Math.ceil(to); power++)
    for (const factor of factors) {
      const tick = Number((factor * 10 ** power).toPrecision(12));
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  return { at: (value) => (Math.log10(value) - from) / span, ticks };
}

/** @param values what must fit on it. */
export function axisOf(kind: ScaleKind, values: readonly number[], count: number): Axis {
  const finite = values.filter((value) => Number.isFinite(value) && (kind !== 'log' || value > 0));
  const low = Math.min(...finite, Infinity);
  const high = Math.max(...finite, -Infinity);
  if (low > high) return linear(0, 1, count);
  if (kind === 'category') {
    const places = Math.max(1, high);
    return { at: (value) => (value + 0.5) / (places + 1), ticks: Array.from({ length: places + 1 }, (_, i) => i) };
  }
  if (kind === 'log') return log(low, low === high ? low * 10 : high, count);
  return linear(low, low === high ? low + 1 : high, count, finite.every(Number.isInteger));
}

interface ValueAxis extends Axis {
  /** Where it begins. */
  readonly low: number;
}

/** From 0 where that is not far, with a little air above. */
export function valueAxis(values: readonly number[], count: number): ValueAxis {
  const finite = values.filter(Number.isFinite);
  const high = Math.max(...finite, -Infinity);
  const low = Math.min(...finite, Infinity);
  if (high < low) return { ...linear(0, 1, count), low: 0 };
  const span = high - low;
  const floor = low >= 0 && low < Math.max(span * 2, high * 0.5) ? 0 : low - span * 0.1;
  const top = high + (high - floor || 1) * 0.06;
  return { ...linear(floor, top, count), low: floor };
}
