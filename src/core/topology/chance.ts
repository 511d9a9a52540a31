/** One random stream for whoever draws a graph: whole numbers beyond the 2²¹ that the algorithms' streams give, and 53 bits. */
import { Streams } from '../kernel/random.ts';

export class Chance {
  private readonly streams: Streams;

  constructor(words: Uint32Array) {
    this.streams = new Streams(words);
  }
  /** 53 random bits as a whole number. */
  private bits53(): number {
    return (this.streams.bits(0) >>> 11) * 4294967296 + this.streams.bits(0);
  }
  /** A number in [0, 1) with 53 random bits. */
  unit(): number {
    return this.bits53() / 9007199254740992;
  }
  /** A whole number in 0 … n-1, every one exactly as likely. */
  below(n: number): number {
    if (n <= 0x200000) return this.streams.below(0, n);
    const whole = 9007199254740992 - (9007199254740992 % n);
    let x = this.bits53();
    while (x >= whole) x = this.bits53();
    return x % n;
  }
}
