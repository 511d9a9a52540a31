/**
 * HyParView against what Leitão, Pereira and Rodrigues show of it (DSN 2007, section 5): a connected overlay of symmetric, full, evenly
 * known views, whose ways are as short as a random graph's, and which mends itself within a few membership cycles after most nodes
 * crashed at once. 10⁴ nodes, as in the paper, are in the full test.
 */
import { describe, expect, test } from 'vitest';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { distanceAtRandom, hyparviewAfter, largestComponent, liveNodes, meanDistance, oneSided, viewOf } from './overlay.ts';

const N = 500;
const ACTIVE = 5;
const RUNS = ['a', 'b', 'c'];
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('after the warm-up', () => {
  const worlds = RUNS.map((run) => hyparviewAfter(25, { nodes: N }, run));
  test('all are connected, by links that both ends hold', () => {
    for (const world of worlds) {
      expect(largestComponent(world)).toBe(1);
      expect(oneSided(world)).toBe(0);
    }
  });
  test('active views are full, but for a few, of others, each once', () => {
    for (const world of worlds) {
      const views = liveNodes(world).map((node) => viewOf(world, node));
      expect(views.filter((view) => view.length === ACTIVE).length).toBeGreaterThan(0.95 * N);
      for (const [node, view] of views.entries()) {
        expect(view).not.toContain(node);
        expect(new Set(view).size).toBe(view.length);
      }
    }
  });
  test('everybody is known to as many: nobody is in more views than its own has room for, nearly all are in as many', () => {
    for (const world of worlds) {
      const indegree = new Int32Array(N);
      for (const node of liveNodes(world)) for (const other of viewOf(world, node)) indegree[other]!++;
      expect(Math.max(...indegree)).toBe(ACTIVE);
      expect(Math.min(...indegree)).toBeGreaterThan(0);
      expect(meanOf(Array.from(indegree))).toBeGreaterThan(4.9);
    }
  });
  test('passive views are full of others that are no neighbours', () => {
    for (const world of worlds) {
      const { state } = world.layers.at(-1)!;
      const passive = state['passive'] as Int32Array;
      for (const node of liveNodes(world)) {
        const held = Array.from(passive.subarray(30 * node, 30 * node + 30), (entry) => entry - 1);
        expect(held).not.toContain(-1);
        expect(new Set([...held, ...viewOf(world, node), node]).size).toBe(31 + viewOf(world, node).length);
      }
    }
  });
  test('ways are as short as in a random graph of the same degree', () => {
    const from = Array.from({ length: 50 }, (_, i) => 10 * i);
    const ours = meanOf(worlds.map((world) => meanDistance(from, (node) => viewOf(world, node))));
    expect(Math.abs(ours / distanceAtRandom(N, ACTIVE, from) - 1)).toBeLessThan(0.03);
  });
});

describe('after a crash of most nodes at once (§5: in one or two cycles where 80 % fail, in a few where 90 % do)', () => {
  const connected = (crash: number, periods: number) =>
    meanOf(RUNS.map((run) => largestComponent(hyparviewAfter(26 + periods, { nodes: N, crash }, run))));
  test('80 %: in pieces at once, one again two periods later', () => {
    expect(connected(0.8, 0)).toBeLessThan(0.3);
    expect(connected(0.8, 2)).toBeGreaterThanOrEqual(0.99);
  });
  test('90 %: one again within five periods', () => {
    expect(connected(0.9, 0)).toBeLessThan(0.3);
    expect(connected(0.9, 5)).toBeGreaterThanOrEqual(0.99);
  });
  test('80 %: in ten periods the dead are forgotten and views are full again', () => {
    for (const run of RUNS) {
      const world = hyparviewAfter(36, { nodes: N, crash: 0.8 }, run);
      const views = liveNodes(world).map((node) => viewOf(world, node));
      expect(views).toHaveLength(N / 5);
      expect(views.flat().filter((other) => !world.isUp(other)).length).toBe(0);
      expect(oneSided(world)).toBeLessThan(0.01);
      expect(views.filter((view) => view.length === ACTIVE).length).toBeGreaterThan(0.85 * views.length);
    }
  });
  test('80 %: updates that enter two periods later reach all who are left', () => {
    const [updates, every, crashAt] = [100, 200, 5];
    const conditions = { membership: 'hyparview', nodes: N, updates, updateEvery: every, crash: 0.8, crashAt };
    const e = experimentOf(gossipScenario('flood', { id: 'complete' }), 's', { ...conditions, latency: 'uniform(10,100)', horizon: 10 });
    const { kernel, world } = playExperiment(e, 'a', { stage: bareStage, bytes: () => 0 });
    kernel.run(1e7);
    const live = liveNodes(world);
    const reached = (update: number) => meanOf(live.map((node) => Number(world.spread.knows(node, update))));
    const crashed = (crashAt * 1000) / every;
    expect(reached(crashed)).toBeLessThan(0.3);
    const later = Array.from({ length: updates }, (_, update) => reached(update)).slice(crashed + 2000 / every);
    expect(later).toHaveLength(65);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(0.99);
  });
});

describe('while nodes come and go, a fiftieth in each period', () => {
  // Half a period after the last ones left or came back.
  const worlds = RUNS.map((run) => hyparviewAfter(56.5, { nodes: N, churn: 0.02 }, run));
  test('those who are there are connected', () => {
    const live = meanOf(worlds.map((world) => liveNodes(world).length));
    expect(live).toBeGreaterThan(0.78 * N);
    expect(live).toBeLessThan(0.88 * N);
    expect(meanOf(worlds.map(largestComponent))).toBeGreaterThan(0.99);
    for (const world of worlds) expect(oneSided(world)).toBeLessThan(0.02);
  });
  test('who came back has neighbours again', () => {
    const back = worlds.flatMap((world) =>
      liveNodes(world)
        .filter((node) => world.population.life[node]! > 0)
        .map((node) => viewOf(world, node).length),
    );
    expect(back.length).toBeGreaterThan(100);
    expect(back.filter((neighbours) => neighbours > 0).length).toBeGreaterThan(0.97 * back.length);
    expect(meanOf(back)).toBeGreaterThan(4.5);
  });
});

test('lost messages do not leave one-sided links behind', () => {
  for (const run of RUNS) {
    const world = hyparviewAfter(30, { nodes: N, loss: 0.1 }, run);
    expect(oneSided(world)).toBeLessThan(0.005);
    expect(largestComponent(world)).toBe(1);
  }
});
