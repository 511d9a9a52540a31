/** Causes in a run of a million rows: how long what a person asks for takes where the simulation runs. Times in ms, of what is asked for again and again the 95th percentile. */
import { Run } from '../../src/core/simulation/run.ts';
import { causes } from '../../src/core/simulation/causes.ts';
import { Streams } from '../../src/core/kernel/random.ts';
import { worldOf } from '../support/worlds.ts';
import { figure, type Figures } from './figure.ts';

const ROWS = 1_000_000;
const ASKED = 60;

const took = (what: () => unknown): number => {
  const began = performance.now();
  what();
  return performance.now() - began;
};
const often = (what: (i: number) => unknown): number => {
  const times = Array.from({ length: ASKED }, (_, i) => took(() => what(i))).sort((a, b) => a - b);
  return times[Math.floor(ASKED * 0.95)]!;
};

export default async function bench(): Promise<Figures> {
  const world = worldOf('gossip-laboratory', () => '', { params: { nodes: 60_000 } });
  const run = new Run(world, [], { most: ROWS }).finish();
  const rows = run.journal.eventCount;
  const { relation, cut, follow, notes, move } = causes(() => run);
  const chance = Streams.derived('causes', 'bench', 1);
  const below = (n: number): number => chance.below(0, n);
  const event = (): number => 1 + below(rows);

  const first = took(() => relation({ a: 1, b: rows }));
  const related = often(() => relation({ a: event(), b: event() }));
  const cuts = often(() => cut({ by: 'ordinal', at: rows / 2, frontier: [[below(60_000), event()]] }));
  const threads = took(() => follow({ target: { type: 'message', id: run.journal.messageCount - 1 } }));
  const followed = often(() => follow({ target: { type: 'message', id: below(run.journal.messageCount) } }));
  const hops = often((i) =>
    move({ from: event(), by: 'hop', back: i % 2 === 0, about: { type: 'message', id: below(run.journal.messageCount) } }),
  );
  let worst = 0;
  let all = 0;
  for (let done = false; !done;) {
    const time = took(() => {
      const { scanned, events } = notes({ from: 0, count: 100 });
      // A run that goes on beyond its rows is never looked at to the end.
      done = scanned >= events;
    });
    worst = Math.max(worst, time);
    all += time;
  }
  return {
    'order of 10⁶ events, once': figure(first, 'ms'),
    'causes of all their stanzas, once': figure(threads, 'ms'),
    'relation of two events': figure(related, 'ms'),
    'a cut': figure(cuts, 'ms'),
    'following a stanza': figure(followed, 'ms'),
    'a step by hop': figure(hops, 'ms'),
    'notes of 10⁶ events, in all': figure(all, 'ms'),
    'notes, the longest slice': figure(worst, 'ms'),
  };
}
