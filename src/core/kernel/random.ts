/**
 * Named random streams. A seed is any string; a stream is derived from the seed and its own name, so that a new stream
 * shifts no other. Generator: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 47, 2021), state of four 32-bit words; names are hashed to that state by seedrandom's Alea.
 */
import alea from 'seedrandom/lib/alea.js';

/** Four 32-bit words for a stream; never all zero. */
export function derive(seed: string, name: string): Uint32Array {
  const hash = alea(`${seed}\u0000${name}`);
  const words = new Uint32Array(4);
  for (let k = 0; k < 4; k++) words[k] = hash.int32();
  if ((words[0]! | words[1]! | words[2]! | words[3]!) === 0) words[0] = 1;
  return words;
}

/** A seed that names a part of another one: run 12 of seed S. */
export const subSeed = (seed: string, name: string): string => `${seed}\u0000${name}`;

/** Mixes two 32-bit words into one that looks independent of both (the finaliser of MurmurHash3, public domain constants). */
export function mix32(a: number, b: number): number {
  let z = (a ^ Math.imul(b + 1, 0x9e3779b9)) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/** As many streams as there are entities, in one array of words: stream `i` at words 4i … 4i+3. */
export class Streams {
  readonly words: Uint32Array;

  constructor(words: Uint32Array) {
    this.words = words;
  }
  /** One stream for each name: stream `i` is that of `names[i]`. */
  static named(seed: string, names: readonly string[]): Streams {
    const words = new Uint32Array(4 * names.length);
    names.forEach((name, i) => words.set(derive(seed, name), 4 * i));
    return new Streams(words);
  }
  /** Stream `i` of `count` is a pure function of the seed, the name and `i`. */
  static derived(seed: string, name: string, count: number): Streams {
    const base = derive(seed, name);
    const words = new Uint32Array(4 * count);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < 4; k++) words[4 * i + k] = mix32(base[k]!, Math.imul(i, 4) + k);
      if ((words[4 * i]! | words[4 * i + 1]! | words[4 * i + 2]! | words[4 * i + 3]!) === 0) words[4 * i] = 1;
    }
    return new Streams(words);
  }
  /** The next 32 bits of stream `i`. */
  bits(i: number): number {
    const w = this.words;
    const o = i << 2;
    const s0 = w[o]!;
    const s1 = w[o + 1]!;
    const s2 = w[o + 2]! ^ s0;
    const s3 = w[o + 3]! ^ s1;
    const five = Math.imul(s1, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9);
    w[o + 1] = s1 ^ s2;
    w[o] = s0 ^ s3;
    w[o + 2] = s2 ^ (s1 << 9);
    w[o + 3] = (s3 << 11) | (s3 >>> 21);
    return result >>> 0;
  }
  /** A whole number in 0 … n-1, every one as likely; n is at most 2²¹ (Lemire's rejection method, ACM TOMACS 29, 2019). */
  below(i: number, n: number): number {
    let x = this.bits(i);
    let low = Math.imul(x, n) >>> 0;
    if (low < n) {
      const threshold = (0x100000000 - n) % n;
      while (low < threshold) {
        x = this.bits(i);
        low = Math.imul(x, n) >>> 0;
      }
    }
    return Math.floor((x * n) / 4294967296);
  }
  /** A number in [0, 1) with 32 random bits. */
  unit(i: number): number {
    return this.bits(i) / 4294967296;
  }
}
