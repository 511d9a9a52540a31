import { expect, test } from 'vitest';
import type { Frame, RequestName, Requests } from '../../src/protocol/protocol.ts';
import { createPlayer, type PlayerHost } from '../../src/ui/client/player.ts';
import { createScheduler, type FrameTask } from '../../src/ui/shared/scheduler.ts';
import { createLive, cursorOf } from '../../src/ui/state/frame.ts';

const LAST = 20;
const GAP = 10;
const NO_FLIGHTS = {
  id: new Int32Array(),
  from: new Uint32Array(),
  to: new Uint32Array(),
  kind: new Uint8Array(),
  sent: new Float64Array(),
  due: new Float64Array(),
  bytes: new Uint32Array(),
  total: 0,
};
/** A world in which event i happens at tick 10 i, and every second event is a visible change. */
const frameAt = (ordinal: number): Frame => ({
  ordinal,
  tick: ordinal * GAP,
  nextTick: ordinal < LAST ? (ordinal + 1) * GAP : Infinity,
  round: 0,
  states: new Uint8Array(),
  flights: NO_FLIGHTS,
  reached: 0,
  next: null,
});

/** A player over that world, with a clock of the test's own. */
function stage(reducedMotion = true, horizon?: number, barrier?: PlayerHost['barrier']) {
  const live = createLive();
  live.reset(1);
  live.patch({ progress: { run: 1, events: LAST, messages: 0, tick: LAST * GAP, ended: 'drained' } });
  let queued: FrameTask[] = [];
  let now = 0;
  let out = 0;
  let most = 0;
  const asked: string[] = [];
  const switches: boolean[] = [];
  const ask = async <N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']> => {
    asked.push(name);
    most = Math.max(most, ++out);
    await Promise.resolve();
    out--;
    const reply = () => {
      if (name === 'frame') {
        const wanted = args as Requests['frame']['args'];
        return frameAt('ordinal' in wanted ? wanted.ordinal : Math.min(LAST, Math.floor(wanted.tick / GAP)));
      }
      const { from, by, back } = args as Requests['move']['args'];
      const stride = by === 'change' ? 2 : 1;
      const to = back ? Math.ceil(from / stride) * stride - stride : Math.floor(from / stride) * stride + stride;
      const ordinal = Math.min(LAST, Math.max(0, to));
      return { ordinal, tick: ordinal * GAP };
    };
    return reply() as Requests[N]['reply'];
  };
  const player = createPlayer({
    live,
    scheduler: createScheduler((task) => queued.push(task)),
    ask,
    ...(horizon === undefined ? {} : { horizon: () => horizon }),
    ...(barrier && { barrier }),
    speed: () => 100,
    playingChanged: (playing) => switches.push(playing),
    failed: (error) => {
      throw error;
    },
    reducedMotion: () => reducedMotion,
  });
  const pass = async (ms: number) => {
    for (let at = 0; at < ms; at += 10) {
      now += 10;
      const due = queued;
      queued = [];
      for (const task of due) task(now);
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  return { live, player, pass, asked, switches, most: () => most, resting: () => queued.length === 0 };
}

test('playing moves time by the speed, and one frame request is out at most', async () => {
  const { live, player, pass, most } = stage();
  await player.seekOrdinal(0);
  player.play();
  await pass(510);
  expect(live.get().t).toBeCloseTo(50, 5);
  expect(cursorOf(live.get())).toBe(5);
  expect(most()).toBe(1);
});

test('pausing stops the time exactly, mid-link, and the loop rests', async () => {
  const { live, player, pass, resting } = stage();
  await player.seekOrdinal(0);
  player.play();
  await pass(260);
  player.pause();
  await player.settled();
  const { t } = live.get();
  expect(t % GAP).not.toBe(0);
  await pass(200);
  expect(live.get().t).toBe(t);
  expect(live.get().frame?.ordinal).toBe(Math.floor(t / GAP));
  expect(resting()).toBe(true);
});

test('a step forward and a step back lead back to the same event and the same displayed time', async () => {
  const { live, player } = stage();
  // A quiet event, displayed between two ticks: no step of its own leads there.
  await player.seekTick(34.5);
  const before = { ordinal: cursorOf(live.get()), t: live.get().t };
  expect(before).toEqual({ ordinal: 3, t: 34.5 });
  await player.step('change', false);
  await player.step('change', false);
  expect(cursorOf(live.get())).toBe(6);
  await player.step('change', true);
  await player.step('change', true);
  expect({ ordinal: cursorOf(live.get()), t: live.get().t }).toEqual(before);
});

test('steps that are asked for faster than they are answered are all made', async () => {
  const { live, player } = stage();
  await player.seekOrdinal(0);
  await Promise.all([1, 2, 3, 4, 5].map(() => player.step('event', false)));
  expect(cursorOf(live.get())).toBe(5);
});

test('stepping pauses; playing on from the end begins again', async () => {
  const { live, player, pass, switches } = stage();
  await player.seekOrdinal(0);
  player.play();
  await pass(50);
  await player.step('event', false);
  expect(switches.at(-1)).toBe(false);
  await player.seekOrdinal(LAST);
  player.play();
  await pass(30);
  expect(live.get().t).toBeLessThan(GAP);
  await pass(3000);
  expect(switches.at(-1)).toBe(false);
  expect(live.get().t).toBe(LAST * GAP);
});

test('a step glides: the cursor is there at once, the picture a quarter of a second later', async () => {
  const { live, player, pass } = stage(false);
  await player.seekOrdinal(2);
  await player.step('event', false);
  expect(cursorOf(live.get())).toBe(3);
  expect(live.get().shown?.ordinal).toBe(2);
  await pass(120);
  expect(live.get().t).toBeGreaterThan(20);
  expect(live.get().t).toBeLessThan(30);
  await pass(200);
  expect(live.get()).toMatchObject({ t: 30, shown: { ordinal: 3 } });
});

test('of many places asked for while one is fetched only the last is fetched', async () => {
  const { live, player, asked } = stage();
  await Promise.all([1, 2, 3, 4, 5, 6, 7].map((ordinal) => player.seekOrdinal(ordinal)));
  expect(cursorOf(live.get())).toBe(7);
  expect(asked.length).toBe(2);
});

test('another scene begins anew, even if it is opened while the last one plays', async () => {
  const { live, player, pass } = stage();
  await player.seekOrdinal(0);
  player.play();
  await pass(95);
  player.reset();
  live.reset(2);
  live.patch({ progress: { run: 2, events: LAST, messages: 0, tick: LAST * GAP, ended: 'drained' } });
  await player.seekOrdinal(0);
  player.play();
  await pass(210);
  expect(live.get().t).toBeCloseTo(20, 5);
});

test('time goes on after the last event for as long as another run that is compared lasts', async () => {
  const { live, player, pass, switches } = stage(true, LAST * GAP + 100);
  await player.seekOrdinal(LAST - 1);
  player.play();
  await pass(700);
  expect(live.get().t).toBeGreaterThan(LAST * GAP);
  expect(switches.at(-1)).toBe(true);
  await pass(1000);
  expect(live.get().t).toBe(LAST * GAP + 100);
  expect(switches.at(-1)).toBe(false);
});

test('playing stops at a breakpoint, exactly at its event, and waits where nobody has looked yet', async () => {
  let barrier: { tick: number; stop: { ordinal: number } | null } | null = { tick: 45, stop: null };
  const { live, player, pass, switches } = stage(true, undefined, () => barrier);
  await player.seekOrdinal(0);
  player.play();
  await pass(900);
  expect(live.get().t).toBe(45);
  expect(switches).toEqual([true]);
  barrier = { tick: 70, stop: { ordinal: 7 } };
  await pass(900);
  expect(switches).toEqual([true, false]);
  expect([cursorOf(live.get()), live.get().t]).toEqual([7, 70]);
});
