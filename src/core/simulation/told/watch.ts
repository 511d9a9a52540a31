/** Who knows which update since when, who was told in vain, and what it took: counted online, from the first update's time on. */
import type { Kernel } from '../../kernel/kernel.ts';
import type { Watch } from '../../kernel/watch.ts';

interface Saved {
  readonly numbers: readonly number[];
  readonly seen: readonly (readonly [number, readonly number[]])[];
}
const BYTES_A_READER = 64;
const BYTES_AN_UPDATE = 8;

export class ToldWatch implements Watch {
  private kernel: Kernel | undefined;
  private stanzas = 0;
  private bytes = 0;
  private setup = 0;
  /** Times that a client was told anything, asked or not, and those of them that nobody has anything of. */
  private told = 0;
  private inVain = 0;
  private known = 0;
  private delays = 0;
  private longest = 0;
  private readonly begins: number;
  private readonly at: readonly number[];
  private readonly readers: number;
  private readonly seen = new Map<number, Set<number>>();

  /** @param at ticks of the updates. @param readers how many are to know each. */
  constructor(begins: number, at: readonly number[], readers: number) {
    this.begins = begins;
    this.at = at;
    this.readers = readers;
  }
  attached(kernel: Kernel): void {
    this.kernel = kernel;
  }
  sent(tick: number, _from: number, _to: number, _link: number, bytes: number, stanza: boolean): void {
    if (tick < this.begins) {
      if (stanza) this.setup++;
      return;
    }
    this.bytes += bytes;
    if (stanza) this.stanzas++;
  }
  /** A client was told, perhaps of nothing. @param wants what it is told is of any interest to it. */
  gets(entity: number, updates: readonly number[], wants: boolean, tick: number): void {
    this.told++;
    const seen = this.seen.get(entity) ?? new Set<number>();
    const fresh = updates.filter((update) => !seen.has(update));
    if (!wants || fresh.length === 0) this.inVain++;
    if (!wants) return;
    this.seen.set(entity, seen);
    for (const update of fresh) {
      seen.add(update);
      const delay = tick - this.at[update]!;
      this.known++;
      this.delays += delay;
      this.longest = Math.max(this.longest, delay);
      if (update === this.at.length - 1) this.knows(entity);
    }
  }
  /** The last update. */
  knows(entity: number): void {
    this.kernel?.reached(entity);
  }
  save(): Saved {
    const { stanzas, bytes, setup, told, inVain, known, delays, longest } = this;
    const numbers = [stanzas, bytes, setup, told, inVain, known, delays, longest];
    return { numbers, seen: [...this.seen].map(([entity, updates]) => [entity, [...updates]]) };
  }
  load({ numbers: n, seen }: Saved): void {
    [this.stanzas, this.bytes, this.setup, this.told] = [n[0]!, n[1]!, n[2]!, n[3]!];
    [this.inVain, this.known, this.delays, this.longest] = [n[4]!, n[5]!, n[6]!, n[7]!];
    this.seen.clear();
    for (const [entity, updates] of seen) this.seen.set(entity, new Set(updates));
  }
  get stateBytes(): number {
    return this.seen.size * BYTES_A_READER + this.known * BYTES_AN_UPDATE;
  }
  metrics(): Readonly<Record<string, number>> {
    const { stanzas, bytes, setup, told, inVain, known } = this;
    return {
      toldStanzas: stanzas,
      toldBytes: bytes,
      setup,
      told,
      inVain,
      unseen: this.at.length * this.readers - known,
      ...(known > 0 ? { delayMean: this.delays / known, delayMax: this.longest } : {}),
    };
  }
}
