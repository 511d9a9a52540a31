/** How long a sweep will take, from a few of its runs. */
import { pow } from '../../base/math.ts';
import type { SweepRun, SweepSpec } from '../../protocol/sweep.ts';

/** Points that are tried, and how long trying may take in all before the rest is guessed. */
const TRIED = 12;
const BUDGET_MS = 2000;
/** Quick runs are tried several times: the first ones are slower than those that follow. */
const LEAST_MS = 40;
/** Until the machine is warm: what runs then is not counted. */
const WARM_MS = 300;

/** Every so many of them, the ends first, then the middles of what lies between. */
function sample(points: number): readonly number[] {
  const count = Math.min(TRIED, points);
  const all = Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (points - 1)) / (count - 1))));
  const order = [count - 1, 0];
  for (let gap = 1; order.length < count; gap *= 2)
    for (let i = 1; i < 2 * gap; i += 2) order.push(Math.round((i * (count - 1)) / (2 * gap)));
  return [...new Set(order)].map((i) => all[i]!);
}

interface Cost {
  readonly point: number;
  readonly drawing: number;
  readonly run: number;
}

function costAt(costs: readonly Cost[], point: number): Cost {
  const below = costs.reduce<Cost | undefined>((a, b) => (b.point <= point && b.point >= (a?.point ?? 0) ? b : a), undefined);
  const above = costs.reduce<Cost | undefined>((a, b) => (b.point >= point && b.point <= (a?.point ?? Infinity) ? b : a), undefined);
  const [low, high] = [below ?? above!, above ?? below!];
  if (low.point === high.point) return low;
  const part = (point - low.point) / (high.point - low.point);
  const between = (a: number, b: number): number => (a > 0 && b > 0 ? a * pow(b / a, part) : a + (b - a) * part);
  return { point, drawing: between(low.drawing, high.drawing), run: between(low.run, high.run) };
}

/**
 * Seconds of one core for `runs` runs at each of `points` points. What a point costs that was not tried lies between
 * those of its tried neighbours, geometrically: costs of sweeps over sizes differ by orders of magnitude.
 * @param now a clock, in milliseconds: the core has none.
 */
export function estimateSweep(
  sweeper: { run(point: number, run: number): SweepRun },
  { runs, redraw }: Pick<SweepSpec, 'runs' | 'redraw'>,
  points: number,
  now: () => number,
): number {
  const began = now();
  const [warm = 0] = sample(points);
  const costs: Cost[] = [];
  for (let run = 0; run === 0 || (now() - began < WARM_MS && run < runs); run++) sweeper.run(warm, run);
  // A run as slow as that is a measurement, cold or not: nobody waits for a second one.
  const slow = now() - began > BUDGET_MS;
  if (slow) costs.push({ point: warm, run: now() - began, drawing: 0 });
  for (const point of sample(points).slice(slow ? 1 : 0)) {
    if (costs.length > 1 && now() - began > BUDGET_MS) break;
    const start = now();
    sweeper.run(point, 0);
    const first = now() - start;
    let [more, spent] = [0, 0];
    // The first run of a point draws its graph, too, unless another point has it already.
    while (more + 1 < runs && more < 20 && (more === 0 ? first < BUDGET_MS : spent < LEAST_MS)) {
      sweeper.run(point, ++more);
      spent = now() - start - first;
    }
    const run = more > 0 ? spent / more : first;
    costs.push({ point, run, drawing: redraw ? 0 : Math.max(0, first - run) });
  }
  let milliseconds = 0;
  for (let point = 0; point < points; point++) {
    const cost = costAt(costs, point);
    milliseconds += cost.drawing + runs * cost.run;
  }
  return milliseconds / 1000;
}
