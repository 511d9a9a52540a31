/** Going anywhere in a run: the state there (a keyframe and a replay), and the picture (a fold over rows); and acting in its past. */
import { Run } from '../../src/core/simulation/run.ts';
import { inspect } from '../../src/core/simulation/inspect.ts';
import { createWorld } from '../../src/core/simulation/scenario.ts';
import { frameAt } from '../../src/core/simulation/views.ts';
import type { GossipScenario } from '../../src/protocol/scenario.ts';
import { figure, type Figures } from './figure.ts';

const LOOKS = 100;
const MB = 1024 * 1024;

const scenario = (nodes: number, tolerance: number, period = 20): GossipScenario => ({
  format: 'stanzascope/scenario',
  version: 1,
  model: 'gossip',
  id: 'bench',
  title: 'Bench',
  summary: '',
  seed: '1',
  algorithm: 'uniform',
  algorithmParams: { tolerance, period },
  topology: { id: 'complete', params: { nodes, latency: 'uniform(1,1000)' } },
});

/** Milliseconds within which 95 of 100 looks at places all over the run are answered, going to and fro. */
function slowest(run: Run, look: (ordinal: number) => unknown): number {
  const end = run.journal.eventCount;
  const times = Array.from({ length: LOOKS }, (_, i) => {
    const since = performance.now();
    look((i * 7_368_787) % end);
    return performance.now() - since;
  });
  return times.sort((x, y) => x - y)[Math.floor(LOOKS * 0.95)]!;
}

export default function seek(): Figures {
  const figures: Record<string, Figures[string]> = {};
  for (const [nodes, tolerance, goal, period, most] of [
    [1000, 150, 16, 20, 1_000_000],
    [100_000, 1, 50, 20, 1_000_000],
    // Of these rows most are not in memory: they are made again.
    [1000, 8000, 100, 500, undefined],
  ] as const) {
    const began = performance.now();
    const run = new Run(createWorld({ scenario: scenario(nodes, tolerance, period) }, undefined), [], { most }).finish();
    const took = performance.now() - began;
    const rows = `${nodes.toLocaleString('en')} entities, ${run.journal.eventCount.toLocaleString('en')} events`;
    const state = slowest(run, (ordinal) => run.at(ordinal));
    if (most !== undefined) {
      // What a click on an entity asks for: its state, and what its last event changed in it.
      inspect(run, { type: 'entity', index: 0 }, 1);
      const looked = slowest(run, (ordinal) => inspect(run, { type: 'entity', index: (ordinal * 7919) % nodes }, ordinal));
      figures[`seek, inspector of one entity, p95 (${rows})`] = figure(looked, 'ms', 'goal', looked / goal);
    }
    figures[`seek, keyframes (${rows})`] = figure(run.keyframeBytes / MB, 'MB', 'goal', run.keyframeBytes / MB / 64);
    const fold = run.fold.sibling();
    const picture = slowest(run, (ordinal) => frameAt(run, fold, ordinal));
    figures[`seek, state, p95 (${rows})`] = figure(state, 'ms', 'goal', state / goal);
    figures[`seek, picture, p95 (${rows})`] = figure(picture, 'ms', 'goal', picture / goal);
    if (!run.window.isWhole) {
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      figures[`recorded to its end (${rows})`] = figure(took / 1000, 's');
      figures[`memory of rows and keyframes (${rows})`] = figure((arrayBuffers + heapUsed) / 2 ** 20, 'MB');
    }
    const half = Math.floor(run.journal.eventCount / 2);
    const since = performance.now();
    const branch = new Run(run.world, [{ after: half, do: { type: 'crash', entity: 1 } }], undefined, { run, ordinal: half });
    while (branch.journal.eventCount <= half && branch.advance(256));
    figures[`branch in the middle, until it is shown (${rows})`] = figure(performance.now() - since, 'ms');
  }
  return figures;
}
