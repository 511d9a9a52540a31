/**
 * Churn: who goes away and comes back by chance, clients and servers each at a rate of their own. Times between are exponential (a Poisson process for each),
 * from a stream for each kind, so that neither moves any other draw. What going away means is the program's affair; a connection that dies is cut here,
 * and mended when its owner is back. Who is down already when the turn comes is passed over until the next one.
 */
import { ln } from '../../base/math.ts';
import type { Kernel } from './kernel.ts';
import type { PoppedEvent } from './pool.ts';
import { Streams } from './random.ts';

/** Code of its timer, which no program has; the argument says whether the entity goes or comes back. */
export const CHURN = 251;
const [GOES, COMES] = [0, 1];

/** `crash`: the process dies. `offline`: it leaves in good order. `connection`: the network between it and its machine's other end dies unnoticed. */
export const CHURN_KINDS = ['crash', 'offline', 'connection'] as const;
export type ChurnKind = (typeof CHURN_KINDS)[number];

/** Of one kind of entity. */
export interface ChurnOf {
  readonly entities: readonly number[];
  readonly kind: ChurnKind;
  /** Ticks, on the mean: until it goes, until it comes back. */
  readonly stays: number;
  readonly away: number;
}
export interface ChurnOptions {
  readonly clients?: ChurnOf | undefined;
  readonly servers?: ChurnOf | undefined;
}

const NAMES = ['fault/churn', 'fault/server-churn'];

export class Churn {
  private readonly of: readonly (ChurnOf | undefined)[];
  private readonly streams: Streams;

  constructor({ clients, servers }: ChurnOptions, seed: string) {
    this.of = [clients, servers];
    this.streams = Streams.named(seed, NAMES);
  }
  get words(): Uint32Array {
    return this.streams.words;
  }

  begin(kernel: Kernel): void {
    this.of.forEach((kind, index) => kind?.entities.forEach((entity) => this.next(kernel, entity, index, GOES, kind.stays)));
  }
  /** Its timer runs; false where it is another one's. */
  runs(kernel: Kernel, { code, to: entity, a: what, b: index }: PoppedEvent): boolean {
    const kind = this.of[index];
    if (code !== CHURN || !kind) return false;
    if (what === COMES) {
      kernel.program.back?.(kernel, entity, kind.kind);
      kernel.silence(entity, 'fault/back', -1, false);
      this.next(kernel, entity, index, GOES, kind.stays);
    } else if (kernel.program.away?.(kernel, entity, kind.kind) === true) {
      kernel.silence(entity, `fault/${kind.kind}`, -1, false);
      this.next(kernel, entity, index, COMES, kind.away);
    } else this.next(kernel, entity, index, GOES, kind.stays);
    return true;
  }
  private next(kernel: Kernel, entity: number, index: number, what: number, mean: number): void {
    // 1 − u is never 0.
    const ticks = Math.max(1, Math.round(-ln(1 - this.streams.unit(index)) * mean));
    kernel.queue.wake(kernel.tick + ticks, entity, CHURN, what, index);
  }
}
