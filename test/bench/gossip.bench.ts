/** The engine against one core's limit, the journal's hash, and seeking in a run of a million events. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { experimentOf, gossipScenario } from '../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../src/core/simulation/lab.ts';
import { Run } from '../../src/core/simulation/run.ts';
import { createWorld } from '../../src/core/simulation/scenario.ts';
import { complete } from '../../src/core/topology/complete.ts';
import { sparse } from '../../src/core/topology/topology.ts';
import type { GossipScenario } from '../../src/protocol/scenario.ts';

interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly ratioTo?: string;
}

const LIMIT = join('..', 'shared', 'gossip', 'limit.cpp');
const COMPILER = process.env['CXX'] ?? 'g++';
const RUNS = 300;

const seconds = (work: () => void): number => {
  const since = performance.now();
  work();
  return (performance.now() - since) / 1000;
};

/** Million events a second of the C++ timing wheel on the same configuration, where its source and a compiler are there. */
function limit(): number | undefined {
  if (!existsSync(LIMIT) || spawnSync(COMPILER, ['--version']).status !== 0) return undefined;
  const program = join(mkdtempSync(join(tmpdir(), 'limit-')), 'limit');
  execFileSync(COMPILER, ['-O3', '-march=native', LIMIT, '-o', program]);
  const out = execFileSync(program, ['wheel', '100', '0', '3', '1', '2000'], { encoding: 'utf8' });
  return Number(/ev\/s=(\d+)/.exec(out)?.[1]) / 1e6;
}

/** N = 100, F = 3, T = 1 on a complete graph with lengths 0 … 999, many runs, nothing recorded. */
function speed(): number {
  const drawn = complete.generate({ nodes: 100, latency: 'uniform(0,999)' }, 'bench');
  const links = Array.from({ length: drawn.links }, (_, link) => link);
  // In columns, as a graph that was read from a file is.
  const topology = sparse(100, links.map(drawn.source), links.map(drawn.target), drawn.length, { directed: true });
  const experiment = experimentOf(gossipScenario('uniform', { id: 'file' }), '1', { tolerance: 3, period: 1 }, undefined, topology);
  const lab = (runs: number): number => gossipLab(experiment, '1', runs).events;
  lab(30);
  let events = 0;
  const time = seconds(() => (events = lab(RUNS)));
  return events / time / 1e6;
}

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

export default async function gossip(): Promise<Record<string, Figure>> {
  const ours = speed();
  const wheel = limit();
  const small = recorded(100, 155);
  const hash = seconds(() => small.run.hash());
  const large = recorded(1000, 150);
  const events = large.run.journal.eventCount;
  const p95 = seek(large.run);
  return {
    'gossip engine, N=100 F=3 T=1': {
      value: ours,
      unit: 'million events/s',
      ...(wheel === undefined ? {} : { ratioTo: `C++ timing wheel: ${(ours / wheel).toFixed(2)}` }),
    },
    'recorded run': { value: events / large.time / 1e6, unit: 'million events/s' },
    [`hash of ${small.run.journal.eventCount.toLocaleString('en')} events`]: { value: hash, unit: 's' },
    [`seek in ${events.toLocaleString('en')} events, 95th percentile`]: { value: p95, unit: 'ms' },
  };
}
