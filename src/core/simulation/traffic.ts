/** How many stanzas went between whom in a while: what links show where single stanzas would be faster than the eye. */
import type { Traffic, TrafficArgs } from '../../protocol/timeline.ts';
import type { Run } from './run.ts';

/** No more lines can be told apart. */
const MOST_PAIRS = 3000;

/** Costs as much as was sent in that while: messages stand in the order of sending. */
export function trafficOf({ journal, world }: Run, { from, to }: TrafficArgs): Traffic {
  const n = world.stage.entities.name.length;
  const m = journal.messages;
  const first = from < 0 ? 0 : journal.sentBy(journal.ordinalAt(from))[1];
  const end = to < 0 ? first : journal.sentBy(journal.ordinalAt(to))[1];
  const counts = new Map<number, number>();
  let flight = 0;
  for (let id = first; id < end; id++) {
    const [a, b] = [m.from.get(id), m.to.get(id)];
    const pair = a < b ? a * n + b : b * n + a;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
    flight += m.due.get(id) - m.sent.get(id);
  }
  const total = Math.max(0, end - first);
  const listed = [...counts].sort(([p, x], [q, y]) => y - x || p - q).slice(0, MOST_PAIRS);
  return {
    a: Uint32Array.from(listed, ([pair]) => Math.floor(pair / n)),
    b: Uint32Array.from(listed, ([pair]) => pair % n),
    count: Uint32Array.from(listed, ([, count]) => count),
    total,
    pairs: counts.size,
    flight: total === 0 ? 0 : flight / total,
  };
}
