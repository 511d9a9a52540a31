/**
 * Moves the cursor and the displayed time. At most one `frame` request is out, and the next is asked for only after the
 * last was taken; of several wishes that pile up meanwhile the latest wins.
 */
import type { Target } from '../../protocol/parts.ts';
import type { Frame, RequestName, Requests, StepBy } from '../../protocol/protocol.ts';
import type { Scheduler } from '../shared/scheduler.ts';
import { atEnd, cursorOf, type LiveStore } from '../state/frame.ts';
import { paceOf } from '../state/pace.ts';
import { sameTarget } from '../state/store.ts';

export interface PlayerHost {
  readonly live: LiveStore;
  readonly scheduler: Scheduler;
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']>;
  /** Time goes on to here after the last event, as long as others that are compared have something to show. */
  horizon?(): number;
  /** As far as may be played: to where a breakpoint stops it, or to where nobody has looked for one yet. */
  barrier?(): { readonly tick: number; readonly stop: { readonly ordinal: number } | null } | null;
  /** Time begins to run, from the cursor. */
  began?(): void;
  /** Ticks for one second; Infinity: as fast as it is computed. */
  speed(): number;
  /** Playing began or ended by itself. */
  playingChanged(playing: boolean): void;
  failed(error: unknown): void;
  /** The picture moves at once instead of gliding. */
  reducedMotion(): boolean;
}

export interface Player {
  play(): void;
  pause(): void;
  /** The frame at the cursor anew, as it is now: nothing moves. */
  refresh(): void;
  /** Everything that was asked for has been shown. */
  settled(): Promise<void>;
  /** `about`: what the steps of some kinds go along. */
  step(by: StepBy, back: boolean, about?: Target): Promise<void>;
  /** `t`: the displayed time, where it is later than the event's own. */
  seekOrdinal(ordinal: number, t?: number): Promise<void>;
  seekTick(tick: number): Promise<void>;
  /** Another scene: forget what was asked of the last one. */
  reset(): void;
}

interface Wish {
  readonly args: Requests['frame']['args'];
  readonly take: (frame: Frame) => void;
}
/** A step made, so that the step back undoes exactly it, in whatever order the two are made. */
interface Made {
  readonly by: StepBy;
  readonly back: boolean;
  readonly about: Target | undefined;
  readonly from: { readonly ordinal: number; readonly t: number };
  readonly to: { readonly ordinal: number; readonly t: number };
}

const GLIDE_MS = 250;
/** A hidden tab or a long task must not make time jump. */
const LONGEST_FRAME_MS = 100;

export function createPlayer(host: PlayerHost): Player {
  const { live, scheduler } = host;
  let epoch = 0;
  let playing = false;
  /** How often it was made to play: steps asked for before that are no longer wanted. */
  let plays = 0;
  let stopLoop: (() => void) | undefined;
  let stopGlide: (() => void) | undefined;
  let wish: Wish | undefined;
  let pump: Promise<void> | undefined;
  let steps: Promise<void> = Promise.resolve();
  let made: Made[] = [];

  const want = (next: Wish): Promise<void> => {
    wish = next;
    if (!pump) {
      const mine = run().finally(() => {
        // After a reset it is another one's place.
        if (pump === mine) pump = undefined;
      });
      pump = mine;
    }
    return pump;
  };
  const run = async () => {
    const mine = epoch;
    while (wish !== undefined) {
      const { args, take } = wish;
      wish = undefined;
      try {
        const frame = await host.ask('frame', args);
        if (epoch !== mine) return;
        take(frame);
      } catch (error) {
        if (epoch !== mine) return;
        wish = undefined;
        pause();
        host.failed(error);
      }
    }
  };
  const takeAt = (t: number | undefined) => (frame: Frame) => {
    const shown = t === undefined ? frame.tick : Math.min(Math.max(t, frame.tick), Math.max(frame.tick, frame.nextTick));
    live.patch({ frame, shown: frame, t: shown });
  };

  const endGlide = () => {
    if (!stopGlide) return;
    stopGlide();
    stopGlide = undefined;
    const { frame } = live.get();
    if (frame) live.patch({ shown: frame, t: frame.tick });
  };
  const glideTo = (frame: Frame, to: number) => {
    const { t: from, shown } = live.get();
    if (host.reducedMotion() || from === to || !shown) {
      live.patch({ frame, shown: frame, t: to });
      return;
    }
    // Forwards, the stanzas in flight travel on until the event; backwards, the earlier ones travel home.
    live.patch({ frame, shown: to > from ? shown : frame });
    let began: number | undefined;
    stopGlide = scheduler.every((now) => {
      began ??= now;
      const part = Math.min(1, (now - began) / GLIDE_MS);
      if (part >= 1) endGlide();
      else live.patch({ t: from + (to - from) * (1 - (1 - part) ** 3) });
    });
  };

  const advance = () => {
    let before: number | undefined;
    return (now: number) => {
      const passed = before === undefined ? 0 : Math.min(LONGEST_FRAME_MS, now - before);
      before = now;
      const { t, progress, frame } = live.get();
      if (!progress || !frame) return;
      // What is not computed yet cannot be shown: wait there for it.
      const free = Math.min(t + (passed / 1000) * paceOf(host.speed(), progress.tick), Math.max(progress.tick, host.horizon?.() ?? 0, t));
      const barrier = host.barrier?.();
      if (barrier?.stop && free >= barrier.tick) {
        pause();
        void want({ args: { ordinal: barrier.stop.ordinal }, take: takeAt(undefined) });
        return;
      }
      const next = barrier ? Math.max(t, Math.min(free, barrier.tick)) : free;
      if (next !== t) live.patch({ t: next });
      // A frame of what was the last event when it was made knows of no next one.
      const grown = frame.nextTick === Infinity && frame.ordinal < progress.events;
      const stale = grown || next >= frame.nextTick || next < frame.tick;
      if (stale && wish === undefined && pump === undefined) {
        void want({ args: { tick: Math.floor(next) }, take: (taken) => live.patch({ frame: taken, shown: taken }) });
      }
      if (!stale && atEnd(live.get()) && next >= (host.horizon?.() ?? 0)) pause();
    };
  };

  const halt = () => {
    playing = false;
    stopLoop?.();
    stopLoop = undefined;
  };
  function freeze() {
    if (!playing) return;
    halt();
    const { t, frame } = live.get();
    // The picture that stands still must be the one of exactly this time.
    if (frame && (t >= frame.nextTick || t < frame.tick)) void want({ args: { tick: Math.floor(t) }, take: takeAt(t) });
  }
  function pause() {
    if (!playing) return;
    freeze();
    host.playingChanged(false);
  }

  const settled = async () => {
    while (pump) await pump;
  };

  const seek = (args: Requests['frame']['args'], t: number | undefined) => {
    pause();
    endGlide();
    made = [];
    return want({ args, take: takeAt(t) });
  };

  const makeStep = async (by: StepBy, back: boolean, about: Target | undefined) => {
    // That time stands still is said when the step is made, so that nobody reads the cursor between the two.
    const wasPlaying = playing;
    freeze();
    endGlide();
    try {
      await settled();
      await moveBy(by, back, about);
    } finally {
      if (wasPlaying && !playing) host.playingChanged(false);
    }
  };
  const moveBy = async (by: StepBy, back: boolean, about: Target | undefined) => {
    const mine = epoch;
    const before = plays;
    const here = { ordinal: cursorOf(live.get()), t: live.get().t };
    const last = made.at(-1);
    const undoes =
      last?.by === by && sameTarget(last.about, about) && last.back !== back && last.to.ordinal === here.ordinal && last.to.t === here.t;
    if (undoes) {
      made.pop();
      await want({ args: { ordinal: last.from.ordinal }, take: (frame) => glideTo(frame, last.from.t) });
      return;
    }
    const entity = about?.type === 'entity' ? about.index : undefined;
    const to = await host.ask('move', { from: here.ordinal, by, back, entity, about });
    if (epoch !== mine || plays !== before || to.ordinal === here.ordinal) return;
    made.push({ by, back, about, from: here, to: { ordinal: to.ordinal, t: to.tick } });
    await want({ args: { ordinal: to.ordinal }, take: (frame) => glideTo(frame, frame.tick) });
  };

  return {
    play() {
      if (playing) return;
      endGlide();
      made = [];
      plays++;
      playing = true;
      host.playingChanged(true);
      const begin = () => {
        if (!playing) return;
        host.began?.();
        stopLoop ??= scheduler.every(advance());
      };
      if (atEnd(live.get())) void want({ args: { ordinal: 0 }, take: takeAt(0) }).then(begin);
      else begin();
    },
    pause,
    refresh() {
      const { frame, t } = live.get();
      if (frame && !playing && !stopGlide && wish === undefined && pump === undefined)
        void want({ args: { ordinal: frame.ordinal }, take: takeAt(t) });
    },
    settled,
    step(by, back, about) {
      const before = plays;
      steps = steps.then(() => (plays === before ? makeStep(by, back, about) : undefined)).catch(host.failed);
      return steps;
    },
    seekOrdinal: (ordinal, t) => seek({ ordinal }, t),
    seekTick: (tick) => seek({ tick: Math.floor(tick) }, tick),
    reset() {
      epoch++;
      wish = undefined;
      pump = undefined;
      made = [];
      stopGlide?.();
      stopGlide = undefined;
      halt();
      host.playingChanged(false);
    },
  };
}
