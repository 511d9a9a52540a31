/**
 * Latency distributions, drawn once for each link, as a pure function of the link's number: no table, whatever the size.
 * `constant(a)`, and `uniform(a,b)`: an integer, both ends included.
 */
import { InputError } from '../../base/result.ts';
import { derive, mix32 } from '../kernel/random.ts';

export function latency(text: string, seed: string, where: string): (link: number) => number {
  const match = /^\s*([a-z]+)\s*\(\s*([^)]*)\)\s*$/.exec(text);
  const values = (match?.[2] ?? '').split(',').map((value) => Number(value.trim() === '' ? NaN : value));
  const whole = (value: number | undefined): boolean =>
    value !== undefined && Number.isSafeInteger(value) && value >= 0 && value < 0x7fffffff;
  if (match?.[1] === 'constant' && values.length === 1 && whole(values[0])) {
    const [a] = values as [number];
    return () => a;
  }
  if (match?.[1] === 'uniform' && values.length === 2 && whole(values[0]) && whole(values[1]) && values[0]! <= values[1]!) {
    const [a, b] = values as [number, number];
    const [w0, w1] = derive(seed, 'latency') as unknown as [number, number];
    // The bias of the multiplication is below 2⁻⁹ of a tick for spans up to 2²³; links need no exactness beyond that.
    return (link) => a + Math.floor((mix32(mix32(w0, link), w1) * (b - a + 1)) / 4294967296);
  }
  throw new InputError({
    message: `${where}: \`latency\` must be constant(a) or uniform(a,b) with whole ticks 0 ≤ a ≤ b, got ${JSON.stringify(text)}`,
    hint: 'For example latency=uniform(1,1000).',
  });
}
