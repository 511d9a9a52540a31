/** What a kernel is made of: the program that runs on it, and how it is to run. */
import type { Intervention } from '../../protocol/intervention.ts';
import type { ChurnKind, ChurnOptions } from './churn.ts';
import type { Faults } from './disturbances.ts';
import type { Journal } from './journal.ts';
import type { Kernel } from './kernel.ts';
import type { Stage } from './model.ts';
import type { StateColumn } from './patches.ts';
import type { PoppedEvent } from './pool.ts';
import type { Ties } from './order.ts';
import type { EventQueue } from './queue.ts';
import type { Rounds } from './rounds.ts';
import type { Watch } from './watch.ts';

/** What runs on the kernel. The event is valid until the handler is done. */
export interface Program {
  readonly stage: Stage;
  begin(kernel: Kernel): void;
  arrive(kernel: Kernel, event: PoppedEvent): void;
  timer(kernel: Kernel, event: PoppedEvent): void;
  /** Somebody has typed this for the entity to send; absent where nobody can. */
  typed?(kernel: Kernel, entity: number, text: string): void;
  /** The entity crashes, or comes up again; false where it is down, or up, already. */
  power?(kernel: Kernel, entity: number, on: boolean): boolean;
  /** Message `id` will not arrive: a person, or the network, has taken it away. */
  gone?(id: number): void;
  /** Message `copy` travels in the place of message `id`, or beside it. */
  repeated?(id: number, copy: number): void;
  /** Nothing has gone over this cut link for a while: whoever is at its beginning may send a sign of life. */
  idle?(kernel: Kernel, link: number): void;
  /** TCP has given up the connection of this link at its beginning. */
  broken?(kernel: Kernel, link: number): void;
  /** By chance the entity goes away in that manner, false where it is not there; and comes back. */
  away?(kernel: Kernel, entity: number, kind: ChurnKind): boolean;
  back?(kernel: Kernel, entity: number, kind: ChurnKind): void;
  /** Bytes of the XML of the message in this slot. */
  bytes(kernel: Kernel, slot: number): number;
  /** Columns of its state, always the same ones. */
  readonly columns?: readonly StateColumn[];
  /** The rest of it. */
  save(): unknown;
  load(saved: unknown): void;
  /** Bytes that `save` copies; what it shares costs nothing. */
  readonly stateBytes: number;
}

export interface KernelOptions {
  readonly program: Program;
  readonly rounds: Rounds;
  readonly entities: number;
  readonly latency: (link: number) => number;
  readonly ties?: Ties;
  /** A queue that an earlier run is done with, instead of a new one. */
  readonly queue?: EventQueue | undefined;
  readonly interventions?: readonly Intervention[];
  /** What chance does to messages, and the seed of its streams, which are those of lossy links, too. */
  readonly faults?: Faults | undefined;
  readonly seed?: string | undefined;
  /** Who goes away and comes back by chance. */
  readonly churn?: ChurnOptions | undefined;
  /** The run ends before an event later than this tick. */
  readonly until?: number | undefined;
  /** Where what is done by hand may keep a run from falling silent: then it goes on for so many ticks, at least from tick `since`. */
  readonly patience?: { readonly since: number; readonly ticks: number } | undefined;
  /** Ticks that a run goes on at least after trouble by hand: until it has ended in one way or the other. */
  readonly aftermath?: number | undefined;
  /** Absent: nothing is recorded; the run is the same. */
  readonly journal?: Journal | undefined;
  /** Told of every stanza that is put on a link. */
  readonly watch?: Watch | undefined;
}
