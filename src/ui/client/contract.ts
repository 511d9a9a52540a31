/** What a person can do: the views know the controller by this alone. */
import type { Problem } from '../../base/result.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { Target } from '../../protocol/parts.ts';
import type { OpenArgs, RequestName, Requests, StepBy } from '../../protocol/protocol.ts';
import type { Watch } from './aside.ts';
import type { Comparison } from './compare.ts';
import type { Breaking } from './breaking.ts';
import type { Acts } from './interventions.ts';

export interface Controller {
  /** Catalogue, then the link in the address bar or the default scene. */
  start(fragment: string): Promise<void>;
  /** Opens and plays from the beginning; on failure says so and the open scene stays. Answers whether it opened. */
  open(args: OpenArgs): Promise<boolean>;
  /**
   * Opens paused at its most telling moment: when the last one that is reached is, or where the watch says. It is computed aside, while what is open
   * stays; rejects if it cannot be opened, answers false if it was no longer wanted.
   */
  openAtMoment(args: OpenArgs, watch: Watch): Promise<boolean>;
  /** The link of another moment, pasted into this tab. */
  openLink(fragment: string): Promise<void>;
  play(): void;
  pause(): void;
  replay(): void;
  /** What the one button and Space do. */
  playOrPause(): void;
  step(by: StepBy, back: boolean): Promise<void>;
  /** Next or previous event of the selected entity, or of the conversation that the selected stanza belongs to. */
  stepSelected(back: boolean): Promise<void>;
  /** Next or previous hop of what is followed, or else of the selection. */
  stepHop(back: boolean): Promise<void>;
  /** Lights all that a stanza or event follows from and all that follows from it; null: nothing any more. */
  follow(target: Target | null): void;
  /** To the next mark of the scrubber, or the previous one. */
  jump(back: boolean): Promise<void>;
  seekOrdinal(ordinal: number): Promise<void>;
  seekTick(tick: number): Promise<void>;
  setSpeed(ticksPerSecond: number): void;
  /** The same scene with another seed or other parameters, from the beginning. */
  setSeed(seed: string): Promise<boolean>;
  /** Answers why not, for the form to say it beside the field; null where the scene was opened. */
  setParams(values: ParamValues): Promise<Problem | null>;
  /** One parameter as it would be had nobody touched it. */
  resetParam(name: string): Promise<boolean>;
  /** Another gossip algorithm on the same graph and seed; it keeps the values that it has a place for. */
  setAlgorithm(id: string): Promise<boolean>;
  /** Another generated topology, or undefined for the scene's own graph; likewise. */
  setTopology(id: string | undefined): Promise<boolean>;
  /** Configurations side by side: a copy of this one, one less, another one as what the page is about, and back to one. */
  readonly compare: Pick<Comparison, 'add' | 'branch' | 'remove' | 'choose' | 'leave'>;
  /** What is done to the run by hand, at the cursor. */
  readonly acts: Acts;
  /** Breakpoints, and running to them. */
  readonly breaks: Breaking;
  select(target: Target | null): void;
  /** Select what an event is about and go there. */
  goTo(ordinal: number, target: Target): Promise<void>;
  openFile(file: File): void;
  /** Yes to a large file. */
  confirmImport(): void;
  cancelImport(): void;
  /** The link to what is on show now: a fragment without `#`. */
  link(): string;
  /** Ask the source; rejects with an error for which `isStale` holds when another scene was opened meanwhile. */
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']>;
}
