/**
 * The files of the program of 2011 (f6m6/gossip), from a recorded run, in its own columns: parted by a tab, no heading.
 * `propagation`: for every tick from 0 to the one at which the last node was reached, the tick and the number of nodes that
 * had received by then. (The program wrote tick 0 only if not everyone was reached; here the curve goes as far as it came.)
 * `traffic`: for every event, its tick and the number of messages in the queue when it was taken out and before it had any
 * effect: `maxInFlight`, which is taken after each event, may be larger than the largest of these.
 * `dot`: the graph, directed, labels the lengths in ticks; a vertex is its name with the tick of receipt, such as `55 (110)`,
 * and the originator is `orig (0)`. One that was never reached has its name only.
 */
import { What } from '../kernel/journal.ts';
import type { Topology } from '../topology/topology.ts';
import type { Run } from './run.ts';

/** Beyond so many ticks only those are written at which the number changes. */
const MOST_TICKS = 5_000_000;

export function* propagationLines({ journal }: Run): Generator<string> {
  const { tick, reached } = journal.events;
  const end = journal.eventCount;
  const most = end === 0 ? journal.reachedAtStart : reached.get(end - 1);
  let row = 0;
  let count = journal.reachedAtStart;
  for (let at = 0; ; at++) {
    const before = count;
    while (row < end && tick.get(row) === at) count = reached.get(row++);
    if (at < MOST_TICKS || count !== before) yield `${at}\t${count}`;
    if (count >= most || row >= end) return;
    if (at >= MOST_TICKS) at = tick.get(row) - 1;
  }
}

export function* trafficLines({ journal }: Run): Generator<string> {
  const { tick, what, inFlight } = journal.events;
  let before = journal.messagesAtStart;
  for (let row = 0; row < journal.eventCount; row++) {
    const kind = what.get(row);
    if (kind === What.arrival) yield `${tick.get(row)}\t${before - 1}`;
    else if (kind === What.timer) yield `${tick.get(row)}\t${before}`;
    before = inFlight.get(row);
  }
}

/** @param origin the node at which the update entered. */
export function* dotLines(run: Run, topology: Topology, origin: number): Generator<string> {
  const { reachedAt } = run.at(run.journal.eventCount).kernel;
  const taken = new Set<string>();
  const names = Array.from({ length: topology.nodes }, (_, node) => {
    // A file of the program itself has the ticks of its own run in its names.
    const plain = node === origin ? 'orig' : (topology.names?.[node] ?? String(node)).replace(/ \(\d+\)$/, '');
    let name = reachedAt[node]! < 0 ? plain : `${plain} (${reachedAt[node]})`;
    while (taken.has(name)) name = `${plain}'${name.slice(plain.length)}`;
    taken.add(name);
    return `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  });
  yield 'digraph G {';
  for (const name of names) yield `  ${name};`;
  for (let link = 0; link < topology.links; link++)
    yield `  ${names[topology.source(link)]} -> ${names[topology.target(link)]} [label="${topology.length(link)}"];`;
  yield '}';
}
