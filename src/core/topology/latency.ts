/**
 * Latency distributions. Each length is a pure function of the stream `latency` and of the link, drawn once: no table,
 * whatever the size. An undirected link has one length, that of its unordered pair of nodes, which is also what two nodes
 * without a link are apart (`pairLength`); where the directions are independent, a length goes by the link's number.
 *
 * `constant(a)`; `uniform(a,b)`, an integer, both ends included; `exponential(mean)`, by inversion;
 * `lognormal(median,sigma)`, the normal deviate by Box and Muller (Annals of Mathematical Statistics 29, 1958);
 * `distance(scale)`, how far the nodes stand apart times the scale. Real values are rounded to ticks at once. A draw rests
 * on 32 random bits (log-normal: 64), so that no exponential one is larger than 23 means.
 */
import { cos, exp, ln } from '../../base/math.ts';
import { InputError } from '../../base/result.ts';
import { derive, mix32 } from '../kernel/random.ts';
import { distances, scattered } from './drawing.ts';

/** More ticks than this do not fit the columns of journal and queue. */
const MOST = 0x7fffffff;
/** The largest normal deviate that 32 bits give: √(−2 ln 2⁻³³). */
const FARTHEST = 6.77;

interface Given {
  readonly seed: string;
  /** Named in errors, such as `topology/ring`. */
  readonly where: string;
  readonly nodes: number;
  readonly positions?: Float64Array | undefined;
  /** How far two nodes are apart where that is not what the drawing shows: in three dimensions, or around a torus. */
  readonly apart?: ((u: number, v: number) => number) | undefined;
}

interface Lengths {
  /** By the link's number; absent where lengths follow from where the nodes stand. */
  readonly byNumber?: (link: number) => number;
  /** By the unordered pair; 0 from a node to itself. */
  byPair(u: number, v: number): number;
  /** Those given, or those that were drawn because distances need some. */
  readonly positions: Float64Array | undefined;
  readonly notes: readonly string[];
}

/** @throws InputError that lists what there is and names the limits. */
export function latency(text: string, given: Given): Lengths {
  const match = /^\s*([a-z]+)\s*\(\s*([^)]*)\)\s*$/.exec(text);
  const values = (match?.[2] ?? '').split(',').map((value) => Number(value.trim() === '' ? NaN : value));
  const { seed, positions } = given;
  if (match?.[1] === 'distance' && values.length === 1 && values[0]! > 0 && values[0]! <= 1e9) return byDistance(values[0]!, given);
  const words = derive(seed, 'latency') as unknown as readonly [number, number, number, number];
  const draw = drawing(match?.[1], values, words);
  if (draw === undefined)
    throw new InputError({
      message: `${given.where}: \`latency\` must be constant(a), uniform(a,b), exponential(mean), lognormal(median,sigma) or distance(scale), got ${JSON.stringify(text)}`,
      hint: 'For example latency=uniform(1,1000). Ticks are whole, 0 ≤ a ≤ b < 2³¹; a mean is at most 9·10⁷; median · e^(6.77·sigma) must stay below 2³¹; a scale is above 0 and at most 10⁹.',
    });
  const [w0, , w2] = words;
  return {
    byNumber: (link) => draw(mix32(w0, link)),
    byPair: (u, v) => (u === v ? 0 : draw(mix32(mix32(w2, u < v ? u : v), u < v ? v : u))),
    positions,
    notes: [],
  };
}

function drawing(
  name: string | undefined,
  values: readonly number[],
  [, w1, , w3]: readonly [number, number, number, number],
): ((key: number) => number) | undefined {
  const [a = NaN, b = NaN] = values;
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < MOST;
  const one = values.length === 1;
  const two = values.length === 2;
  // Never 0 nor 1, so that its logarithm is finite.
  const unit = (key: number, word: number): number => (mix32(key, word) + 0.5) / 4294967296;
  if (name === 'constant' && one && whole(a)) return () => a;
  // The bias of the multiplication is below 2⁻⁹ of a tick for spans up to 2²³; links need no exactness beyond that.
  if (name === 'uniform' && two && whole(a) && whole(b) && a <= b)
    return (key) => a + Math.floor((mix32(key, w1) * (b - a + 1)) / 4294967296);
  if (name === 'exponential' && one && a > 0 && a <= 9e7) return (key) => Math.round(-a * ln(unit(key, w1)));
  if (name === 'lognormal' && two && a > 0 && b >= 0 && a * exp(FARTHEST * b) < MOST)
    return (key) => Math.round(a * exp(b * Math.sqrt(-2 * ln(unit(key, w1))) * cos(2 * Math.PI * unit(key, w3))));
  return undefined;
}

function byDistance(scale: number, given: Given): Lengths {
  const positions = given.positions ?? scattered(given.nodes, given.seed);
  const apart = given.apart ?? distances(positions);
  const drawn = 'Latency by distance: this topology has no positions of its own, so its nodes stand at random in a square.';
  return {
    byPair: (u, v) => (u === v ? 0 : Math.round(scale * apart(u, v))),
    positions,
    notes: given.positions ? [] : [drawn],
  };
}
