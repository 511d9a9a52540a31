/**
 * Grammars of children: read once, then matched against a list of children. Matching follows all ways through the grammar at once
 * (sets of positions), so that no grammar is ambiguous to it, and remembers how far it came and what could have followed there.
 */
import type { Element } from '../../../base/xml/element.ts';
import { InputError } from '../../../base/result.ts';

export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly type: string }
  | { readonly kind: 'children'; readonly mixed: boolean; readonly grammar: Particle };

type Particle = { readonly low: number; readonly high: number } & (
  | { readonly is: 'name'; readonly ns: string; readonly name: string }
  | { readonly is: 'other' | 'any' }
  | { readonly is: 'sequence' | 'choice'; readonly of: readonly Particle[] }
);

const contents = new Map<string, Content>();

/** `ns` is the namespace of names without a prefix; `prefixes` those of the others. */
export function contentOf(text: string, ns: string, prefixes: Readonly<Record<string, string>>): Content {
  const key = `${ns} ${text}`;
  let content = contents.get(key);
  if (!content) contents.set(key, (content = read(text, ns, prefixes)));
  return content;
}

function read(text: string, ns: string, prefixes: Readonly<Record<string, string>>): Content {
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('=')) return { kind: 'text', type: text.slice(1) || 'string{0,0}' };
  const mixed = text.startsWith('mixed ');
  const tokens = (mixed ? text.slice(6) : text).match(/[\w-]+:\*|[\w.-]+(?::[\w.-]+)?|[(),|?*+]|\{\d+,\d+\}/g) ?? [];
  let at = 0;
  const wrong = (): never => {
    throw new InputError(
      `A stanza definition has the content ${JSON.stringify(text)}, which cannot be read at “${tokens[at] ?? 'its end'}”.`,
    );
  };
  const occurrence = (particle: Particle): Particle => {
    const sign = tokens[at] ?? '';
    const [, low, high] = /^\{(\d+),(\d+)\}$/.exec(sign) ?? [];
    const range = low === undefined ? OCCURRENCE[sign] : ([Number(low), Number(high)] as const);
    if (!range) return particle;
    at++;
    return { ...particle, low: range[0], high: range[1] };
  };
  const one = (): Particle => {
    const token = tokens[at++] ?? wrong();
    if (token === '(') {
      const inner = expression();
      if (tokens[at++] !== ')') wrong();
      // An occurrence of its own, beside those inside.
      return occurrence({ is: 'sequence', of: [inner], low: 1, high: 1 });
    }
    if (!/^[\w.:*-]+$/.test(token) || token === '*') wrong();
    return occurrence(name(token));
  };
  const name = (word: string): Particle => {
    if (word === 'other' || word === 'any') return { is: word, low: 1, high: 1 };
    const [prefix, local] = word.includes(':') ? word.split(':') : [undefined, word];
    const at = prefix === undefined ? ns : (prefixes[prefix] ?? wrong());
    return { is: 'name', ns: at, name: local!, low: 1, high: 1 };
  };
  const expression = (): Particle => {
    const of = [one()];
    const sign = tokens[at];
    if (sign !== ',' && sign !== '|') return { is: 'sequence', of, low: 1, high: 1 };
    while (tokens[at] === sign) {
      at++;
      of.push(one());
    }
    return { is: sign === ',' ? 'sequence' : 'choice', of, low: 1, high: 1 };
  };
  const grammar = expression();
  if (at < tokens.length) wrong();
  return { kind: 'children', mixed, grammar };
}
const OCCURRENCE: Readonly<Record<string, readonly [number, number]>> = { '?': [0, 1], '*': [0, Infinity], '+': [1, Infinity] };

export interface Mismatch {
  /** The first child that does not fit; the number of children where something is missing after them. */
  readonly at: number;
  /** What could stand there, as words. */
  readonly expected: readonly string[];
}

/** Whether the children fit; `undefined` if they do. */
export function mismatch(grammar: Particle, children: readonly Element[], ns: string): Mismatch | undefined {
  let furthest = 0;
  const expected = new Set<string>();
  const note = (position: number, particle: Particle): void => {
    if (position < furthest) return;
    if (position > furthest) expected.clear();
    furthest = position;
    expected.add(wordsOf(particle, ns));
  };
  const step = (particle: Particle, starts: ReadonlySet<number>): Set<number> => {
    const ends = new Set<number>();
    if (particle.is === 'choice') {
      for (const option of particle.of) for (const end of repeat(option, starts)) ends.add(end);
      return ends;
    }
    if (particle.is === 'sequence') return particle.of.reduce((from, next) => repeat(next, from), new Set(starts));
    for (const start of starts) {
      const child = children[start];
      if (child && fits(particle, child, ns)) {
        if (start + 1 > furthest) [furthest] = [start + 1, expected.clear()];
        ends.add(start + 1);
      } else note(start, particle);
    }
    return ends;
  };
  const repeat = (particle: Particle, starts: ReadonlySet<number>): Set<number> => {
    const ends = new Set(particle.low === 0 ? starts : []);
    let from: ReadonlySet<number> = starts;
    for (let count = 1; count <= particle.high && from.size > 0; count++) {
      const next = step(particle, from);
      // Only what leads on is followed again, so that an empty turn ends the loop.
      const news = new Set([...next].filter((end) => count < particle.low || !ends.has(end)));
      if (count >= particle.low) for (const end of next) ends.add(end);
      from = news;
    }
    return ends;
  };
  const ends = repeat(grammar, new Set([0]));
  return ends.has(children.length) ? undefined : { at: furthest, expected: [...expected] };
}

function fits(particle: Particle, child: Element, ns: string): boolean {
  if (particle.is === 'any') return true;
  if (particle.is === 'other') return child.ns !== ns && child.ns !== '';
  return particle.is === 'name' && child.ns === particle.ns && (particle.name === '*' || child.name === particle.name);
}

function wordsOf(particle: Particle, ns: string): string {
  if (particle.is === 'other') return 'an element of another namespace';
  if (particle.is !== 'name') return 'any element';
  if (particle.name === '*') return `an element of ${particle.ns}`;
  return particle.ns === ns ? `<${particle.name}/>` : `<${particle.name}/> of ${particle.ns}`;
}
