/** Command-line words against what a command takes. Misuse is one line that says what, and exit code 2. */
export class Misuse extends Error {}

export interface Options {
  readonly positional: readonly string[];
  /** Last value of an option. */
  one(name: string): string | undefined;
  /** Whether an option without a value is there. */
  has(name: string): boolean;
  /** `k=v` pairs of a repeated option. */
  pairs(name: string): Readonly<Record<string, string>>;
  /** A whole number within a range. */
  whole(name: string, low: number, high: number, otherwise: number): number;
}

/**
 * @param allowed names of the options, each of which takes one value.
 * @param flags names of those that take none.
 */
export function readArguments(words: readonly string[], allowed: readonly string[], flags: readonly string[] = []): Options {
  const positional: string[] = [];
  const values = new Map<string, string[]>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (!word.startsWith('--')) {
      positional.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = word.slice(2, equals < 0 ? undefined : equals);
    if (flags.includes(name)) {
      if (equals >= 0) throw new Misuse(`--${name} takes no value`);
      values.set(name, ['']);
      continue;
    }
    if (!allowed.includes(name))
      throw new Misuse(`unknown option --${name}; there are ${[...allowed, ...flags].map((a) => `--${a}`).join(', ') || 'none'}`);
    const value = equals < 0 ? words[++i] : word.slice(equals + 1);
    if (value === undefined) throw new Misuse(`--${name} needs a value`);
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const one = (name: string): string | undefined => values.get(name)?.at(-1);
  return {
    positional,
    one,
    has: (name) => values.has(name),
    pairs(name) {
      const pairs: Record<string, string> = {};
      for (const value of values.get(name) ?? []) {
        const at = value.indexOf('=');
        if (at < 1) throw new Misuse(`--${name} takes name=value, got ${JSON.stringify(value)}`);
        pairs[value.slice(0, at)] = value.slice(at + 1);
      }
      return pairs;
    },
    whole(name, low, high, otherwise) {
      const value = one(name);
      if (value === undefined) return otherwise;
      const number = value.trim() === '' ? NaN : Number(value);
      if (Number.isInteger(number) && number >= low && number <= high) return number;
      throw new Misuse(`--${name} must be a whole number from ${low} to ${high}, got ${JSON.stringify(value)}`);
    },
  };
}
