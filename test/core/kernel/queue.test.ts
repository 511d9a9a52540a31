import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PendingEvents } from '../../../src/core/kernel/pending.ts';
import { mergedLists } from '../../../src/core/kernel/pending-read.ts';
import type { Ties } from '../../../src/core/kernel/order.ts';
import { EventQueue } from '../../../src/core/kernel/queue.ts';

interface Entry {
  readonly tick: number;
  readonly priority: number;
  readonly order: number;
  readonly id: number;
}

type Act =
  | { readonly do: 'schedule'; readonly delay: number; readonly priority: number }
  | { readonly do: 'pop' | 'peek' | 'keep' | 'frame' }
  | { readonly do: 'turn back'; readonly which: number }
  | { readonly do: 'cancel'; readonly which: number };

/** Delays around the span of the wheel (2048), far beyond it, and many equal ones. */
const delay = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: 2047 }),
  fc.integer({ min: 2045, max: 2050 }),
  fc.integer({ min: 2048, max: 100_000 }),
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('schedule' as const), delay, priority: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pop' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('peek' as const, 'keep' as const, 'frame' as const, 'frame' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('turn back' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(40) }) },
);

interface Frame {
  readonly pending: PendingEvents;
  readonly model: readonly Entry[];
  readonly now: number;
}
/** As it is when the frames before have gone. */
const mergedInto = ({ lists, ...rest }: PendingEvents): PendingEvents => ({
  ...rest,
  lists: [lists.reduce((one, other) => mergedLists(one, other, rest.now))],
});

/** The queue beside the plainest model that there is: a list, sorted whenever something is taken. */
class Both {
  queue: EventQueue;
  private readonly ties: Ties;
  private model: Entry[] = [];
  private now = 0;
  private count = 0;
  /** What was pending when each was made, and the model of it. */
  private frames: Frame[] = [];

  constructor(ties: Ties) {
    this.ties = ties;
    this.queue = new EventQueue(ties);
  }
  private sort(): void {
    const turn = this.ties === 'lifo' ? -1 : 1;
    this.model.sort((x, y) => x.tick - y.tick || x.priority - y.priority || turn * (x.order - y.order));
  }
  apply(next: Act): void {
    switch (next.do) {
      case 'schedule': {
        const entry = { tick: this.now + next.delay, priority: next.priority, order: this.count, id: this.count };
        this.model.push(entry);
        this.queue.schedule(entry.tick, 0, 0, 0, 0, 0, 0, 0, 0, this.count++, -1, entry.priority);
        break;
      }
      case 'pop':
        this.pop();
        break;
      case 'peek': {
        this.sort();
        expect(this.queue.nextTick).toBe(this.model[0]?.tick ?? Infinity);
        break;
      }
      case 'keep': {
        this.frame();
        const kept = [this.frames.at(-1)!.pending, this.queue.dump()];
        this.frames = [];
        this.queue = new EventQueue(this.ties);
        this.queue.restore(kept[this.count % 2]!);
        break;
      }
      case 'frame':
        this.frame();
        break;
      case 'turn back': {
        // Whatever was done since, a keyframe says what was pending then; one in the place of two says the same.
        const frame = this.frames[next.which % Math.max(1, this.frames.length)];
        if (!frame) break;
        this.sort();
        for (const pending of [frame.pending, mergedInto(frame.pending)]) {
          const queue = new EventQueue(this.ties);
          queue.restore(pending);
          expect(queue.size).toBe(frame.model.length);
          expect(queue.rows().map(({ id }) => id)).toEqual(frame.model.map(({ id }) => id));
          expect(queue.dump().now).toBe(frame.now);
        }
        break;
      }
      case 'cancel': {
        const id = this.model[next.which]?.id ?? 1_000_000;
        expect(this.queue.take(id) !== undefined).toBe(this.model.some((entry) => entry.id === id));
        this.model = this.model.filter((entry) => entry.id !== id);
      }
    }
    expect(this.queue.size).toBe(this.model.length);
  }
  private frame(): void {
    const { list, whole, pending } = this.queue.keep();
    const lists = whole ? [list] : [...(this.frames.at(-1)?.pending.lists ?? []), list];
    this.sort();
    this.frames.push({ pending: { ...pending, lists }, model: [...this.model], now: this.now });
  }
  pop(): boolean {
    this.sort();
    expect(this.queue.nextTick).toBe(this.model[0]?.tick ?? Infinity);
    const expected = this.model.shift();
    const some = this.queue.pop();
    const { id, tick } = this.queue.event;
    expect(some ? [id, tick] : undefined).toEqual(expected && [expected.id, expected.tick]);
    if (some) this.now = tick;
    return some;
  }
}

test.each(['fifo', 'lifo'] as const)('what is pending leaves in total order, ties %s, near and far, kept and cancelled', (ties) => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
      const both = new Both(ties);
      for (const next of acts) both.apply(next);
      while (both.pop());
    }),
    { numRuns: 300 },
  );
});

test('a kept queue goes on as the original does: sequence numbers continue', () => {
  const original = new EventQueue();
  const put = (queue: EventQueue, tick: number, id: number): number => queue.schedule(tick, 0, 0, 0, 0, 0, 0, 0, 0, id, -1);
  for (let id = 0; id < 1000; id++) put(original, (id * 7919) % 5000, id);
  for (let i = 0; i < 300; i++) original.pop();
  const copy = new EventQueue();
  copy.restore(original.dump());
  for (const queue of [original, copy]) for (let id = 1000; id < 1100; id++) put(queue, 5000, id);
  const rest = (queue: EventQueue): number[] => {
    const ids: number[] = [];
    while (queue.pop()) ids.push(queue.event.id);
    return ids;
  };
  const ids = rest(original);
  expect(ids).toHaveLength(800);
  expect(rest(copy)).toEqual(ids);
});

test('all that was scheduled comes back, through a keyframe too: large links, negative codes and numbers, what it answers', () => {
  const rows = [
    [7, 0, 2 ** 40 + 3, 5, 6, 7, 300, -1, 2 ** 31 - 1, 11, -1],
    [7, 1, -1, 5, 5, 0, -7, -(2 ** 31), 9, -1, -1],
    [9000, 0, 12, 1, 2, 3, 1, 4, 0, 12, 8],
  ] as const;
  const queue = new EventQueue();
  for (const [tick, type, link, to, from, kind, code, a, b, id, answers] of rows)
    queue.schedule(tick, type, link, to, from, kind, code, a, b, id, answers);
  const copy = new EventQueue();
  copy.restore(queue.dump());
  for (const one of [queue, copy])
    for (const row of rows) {
      expect(one.pop()).toBe(true);
      const { tick, type, link, to, from, kind, code, a, b, id, answers } = one.event;
      expect([tick, type, link, to, from, kind, code, a, b, id, answers]).toEqual(row);
    }
});

test('stanzas travel with their event, and the next one in its place has none', () => {
  const queue = new EventQueue();
  const stanza = { name: 'message', ns: 'jabber:client', attrs: {}, children: [] };
  queue.carry(queue.schedule(10, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1), stanza, [1, 2]);
  const copy = new EventQueue();
  copy.restore(queue.dump());
  copy.pop();
  expect([copy.event.stanza, copy.event.data]).toEqual([stanza, [1, 2]]);
  copy.schedule(20, 0, 0, 0, 0, 0, 0, 0, 0, 1, -1);
  copy.pop();
  expect([copy.event.stanza, copy.event.data]).toEqual([undefined, undefined]);
});

test('an event knows how long it was under way, kept or not, up to the longest link', () => {
  let queue = new EventQueue();
  const delays = [0, 5, 3000, 0x80000000];
  for (const delay of delays) queue.schedule(delay, 0, 0, 0, 0, 0, 0, 0, 0, delay % 100, -1);
  for (const kept of [false, true]) {
    if (kept) {
      const copy = new EventQueue();
      copy.restore(queue.dump());
      queue = copy;
    }
    queue.pop();
    expect(queue.event.took).toBe(queue.event.tick);
  }
  while (queue.pop()) expect(queue.event.took).toBe(queue.event.tick);
  expect(queue.event.tick).toBe(0x80000000);
});

test.each([5, 3000])('an event taken out can be read until the next one is, whatever is scheduled meanwhile, %d ticks ahead', (ahead) => {
  const queue = new EventQueue();
  for (let id = 0; id < 40; id++) queue.schedule(ahead, 0, 7e9 + id, id, 2, 1, 3, 4, 5, id, -1);
  for (let id = 0; id < 40; id++) {
    queue.pop();
    for (let i = 0; i < 40; i++) queue.schedule(2 * ahead, 0, 1, 99, 99, 0, 0, 99, 99, 99, 99);
    const { to, from, link, type, kind, code, a, b, answers, took } = queue.event;
    expect([queue.event.id, to, from, link, type, kind, code, a, b, answers, took]).toEqual([
      id,
      id,
      2,
      7e9 + id,
      0,
      1,
      3,
      4,
      5,
      -1,
      ahead,
    ]);
  }
});
