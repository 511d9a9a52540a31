/** The engine against one core's limit, a recorded run, the journal's hash, and seeking in a run of a million events. */
import { Run } from '../../src/core/simulation/run.ts';
import { createWorld } from '../../src/core/simulation/scenario.ts';
import type { GossipScenario } from '../../src/protocol/scenario.ts';
import { figure, type Figures } from './figure.ts';
import { speed } from './speed.ts';

const seconds = (work: () => void): number => {
  const since = performance.now();
  work();
  return (performance.now() - since) / 1000;
};

const scenario = (nodes: number, tolerance: number): GossipScenario => ({
  format: 'stanzascope/scenario',
  version: 1,
  model: 'gossip',
  id: 'bench',
  title: 'Bench',
  summary: '',
  seed: '1',
  algorithm: 'uniform',
  algorithmParams: { tolerance, period: 20 },
  topology: { id: 'complete', params: { nodes, latency: 'uniform(1,1000)' } },
});

function recorded(nodes: number, tolerance: number): { readonly run: Run; readonly time: number } {
  const run = new Run(createWorld({ scenario: scenario(nodes, tolerance) }, undefined));
  return { run, time: seconds(() => run.finish()) };
}

/** Milliseconds within which 95 of 100 looks at places all over a run are answered, going to and fro. */
function seek(run: Run): number {
  const end = run.journal.eventCount;
  const times = Array.from({ length: 400 }, (_, i) => {
    const ordinal = (i * 7_368_787) % end;
    return seconds(() => run.at(ordinal)) * 1000;
  });
  return times.sort((x, y) => x - y)[Math.floor(times.length * 0.95)]!;
}

export default async function gossip(): Promise<Figures> {
  const figures = await speed();
  const small = recorded(100, 155);
  const hash = seconds(() => small.run.hash());
  const large = recorded(1000, 150);
  const events = large.run.journal.eventCount;
  return {
    ...figures,
    'recorded run': figure(events / large.time / 1e6, 'million events/s'),
    [`hash of ${small.run.journal.eventCount.toLocaleString('en')} events`]: figure(hash, 's'),
    [`seek in ${events.toLocaleString('en')} events, 95th percentile`]: figure(seek(large.run), 'ms'),
  };
}
