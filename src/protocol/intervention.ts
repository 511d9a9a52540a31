/**
 * What a person does to a run, as data (shared contract, "Interventions"): applied right after event `after`, before the next. A run is a
 * function of scenario, seed and this list. Entities and links are named by number, messages by what caused them.
 */

/** A message by its cause, so that it means the same after an earlier change. */
export interface CausalTarget {
  /** Ordinal of the event whose handler sent it; 0 for what was sent at the beginning. */
  readonly event: number;
  /** Which of the messages that it sent, from 1. */
  readonly nth: number;
}

/** Done to a message while it is on its way. */
export type MessageAct =
  /** It is taken off its link. */
  | { readonly type: 'drop' }
  /** It comes so many ticks later. */
  | { readonly type: 'delay'; readonly by: number }
  /** It comes twice, the copy right behind it. */
  | { readonly type: 'duplicate' }
  /** It comes right behind the next one on its link; where there is none, behind the next one for the same receiver. */
  | { readonly type: 'reorder' }
  /** Another stanza in its place: XML in the namespace of its stream. */
  | { readonly type: 'edit'; readonly xml: string };

/** The link between two entities, in both directions, whatever streams it carries. */
type Between = readonly [number, number];

/** Done to an entity, to a link, or to all. */
export type WorldAct =
  /** The entity sends what was typed for it, in whatever way its program takes it. */
  | { readonly type: 'inject'; readonly entity: number; readonly text: string }
  /** Without a word: what it had in memory is gone. `restart` brings it up again with what it had stored. A server takes its services along in this and in what follows. */
  | { readonly type: 'crash' | 'restart'; readonly entity: number }
  /** What comes to it, and its timers, wait until it is resumed. */
  | { readonly type: 'pause' | 'resume'; readonly entity: number }
  /** What it sends and sets itself to do takes so many times as long; 1: as before. */
  | { readonly type: 'slow'; readonly entity: number; readonly factor: number }
  /** Nothing gets through until it is mended: single messages are lost, TCP tries again (`core/kernel/tcp.ts`). Between machines: a service is on its server's. */
  | { readonly type: 'cut' | 'mend'; readonly between: Between }
  | { readonly type: 'slow-link'; readonly between: Between; readonly factor: number }
  /** Each message, or attempt of TCP, is lost with this probability; 0: as before. */
  | { readonly type: 'lossy'; readonly between: Between; readonly share: number }
  /** Whatever crosses between these entities and the others is cut, until it is healed. One partition at a time. */
  | { readonly type: 'partition'; readonly side: readonly number[] }
  | { readonly type: 'heal' };
export type Act = MessageAct | WorldAct;

interface Placed {
  readonly after: number;
  /** Tick at which it is done, between that event and the next one; absent: at that event's. */
  readonly at?: number | undefined;
}
export type Intervention = Placed & ({ readonly target: CausalTarget; readonly do: MessageAct } | { readonly do: WorldAct });

/** What is out of order at one moment, because somebody made it so. */
export interface Disturbed {
  /** Pairs of entities, each as `[from, to]`, in both directions. */
  readonly cuts: readonly Between[];
  readonly slowLinks: readonly { readonly between: Between; readonly factor: number }[];
  readonly lossy: readonly { readonly between: Between; readonly share: number }[];
  readonly paused: readonly number[];
  readonly slow: readonly { readonly entity: number; readonly factor: number }[];
  /** One side of the partition; empty where there is none. */
  readonly side: readonly number[];
}
