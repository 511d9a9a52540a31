/** Flooding, infect-and-die and spatial choice: what is known of them without a simulation. */
import { expect, test } from 'vitest';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { gossipLab, type LabResult } from '../../../src/core/simulation/lab.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

const lab = (algorithm: string, topology: string, params: ParamValues, runs: number): LabResult =>
  gossipLab(experimentOf(gossipScenario(algorithm, { id: topology }), 's', params), 's', runs);

test('flooding: along every link but the way back, and no faster than the farthest node is away', () => {
  // A hypercube of d dimensions: 2^d nodes of d links, the farthest d hops away.
  const { metrics } = lab('flood', 'hypercube', { dimension: 6, latency: 'constant(10)' }, 1);
  expect(metrics['time']!.mean).toBe(60);
  // The origin sends 6; each of the 63 others all but one.
  expect(metrics['traffic']!.mean * 64).toBe(6 + 63 * 5);
  expect(metrics['treeDepth']!.mean).toBe(6);
});

test('flooding with a hop limit reaches the ball around the origin and no more', () => {
  const { residue } = lab('flood', 'ring', { nodes: 20, latency: 'constant(1)', ttl: 3 }, 1).metrics;
  expect(residue!.mean).toBeCloseTo(1 - 7 / 20, 12);
});

test('several updates flood side by side', () => {
  const e = experimentOf(gossipScenario('flood', { id: 'ring' }), 's', { nodes: 12, latency: 'constant(5)', updates: 4, updateEvery: 7 });
  const { kernel, world } = playExperiment(e, 'run', { stage: bareStage, bytes: () => 0 });
  kernel.run(10_000);
  expect(Array.from(world.spread.entered)).toEqual([0, 7, 14, 21]);
  for (let u = 0; u < 4; u++) {
    const after = Array.from({ length: 12 }, (_, node) => world.spread.learnedAt[node * 4 + u]! - world.spread.entered[u]!);
    expect(Math.max(...after)).toBe(30);
    expect(after.filter((ticks) => ticks === 0)).toHaveLength(1);
  }
});

test('infect and die leaves a share s = exp(-f(1-s)) of those whom the giant component misses', () => {
  // Kermarrec, Massoulié and Ganesh 2003: the random graph of the choices; runs that die at once are not of it.
  const missed = (fanout: number): number => {
    let s = 0.5;
    for (let i = 0; i < 200; i++) s = Math.exp(-fanout * (1 - s));
    return s;
  };
  for (const fanout of [2, 4]) {
    const { residue } = lab('infect-and-die', 'complete', { nodes: 2000, latency: 'constant(1)', fanout }, 20).metrics;
    expect(Math.abs(residue!.mean / missed(fanout) - 1)).toBeLessThan(0.08);
  }
});

test('push without losing interest informs n nodes in log₂n + ln n rounds, give or take a constant (Pittel 1987)', () => {
  // So many contacts take longer than everybody’s hearing of it: nobody has lost interest by then.
  for (const nodes of [256, 4096]) {
    const { tLast, residue } = lab('rumour', 'complete', { nodes, latency: 'constant(1)', k: 60 }, nodes > 1000 ? 4 : 20).metrics;
    expect(residue!.mean).toBe(0);
    expect(Math.abs(tLast!.mean - (Math.log2(nodes) + Math.log(nodes)))).toBeLessThan(2);
  }
});

test('the spatial choice stays near: the larger a, the shorter the way of the mean message', () => {
  const way = (a: number): number => {
    const e = experimentOf(gossipScenario('neighbour', { id: 'complete' }), 's', {
      nodes: 60,
      choice: 'spatial',
      a,
      period: 50,
      tolerance: 10,
    });
    const { kernel } = playExperiment(e, 'run', { stage: bareStage, bytes: () => 0 });
    let [sum, count] = [0, 0];
    while (kernel.step()) {
      const { type, link } = kernel.queue.event;
      if (type === 0) [sum, count] = [sum + e.topology.length(link), count + 1];
    }
    return sum / count;
  };
  const [uniform, near, nearer] = [way(0), way(1), way(3)];
  // Links are uniform on 1 … 1000 ticks.
  expect(Math.abs(uniform / 500 - 1)).toBeLessThan(0.1);
  expect(near).toBeLessThan(0.6 * uniform);
  expect(nearer).toBeLessThan(0.3 * near);
});
