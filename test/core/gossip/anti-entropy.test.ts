/** Anti-entropy against the program of 2011, against the recurrences of Demers et al. (1987, §1.3), and its comparisons against each other. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { experimentOf, gossipScenario } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';
import { topologyOf } from '../../../src/core/topology/file.ts';
import { readGraph } from '../../../src/core/topology/formats/index.ts';
import type { Topology } from '../../../src/core/topology/topology.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { publicFile } from '../../support/scenes.ts';

const PATH = 'graphs/complete-100.dot';
const RESULTS = '../shared/gossip/seed-results.csv';

const experiment = (params: ParamValues, topology?: Topology) =>
  topology
    ? experimentOf(gossipScenario('anti-entropy', { id: 'file' }), '1', params, undefined, topology)
    : experimentOf(gossipScenario('anti-entropy', { id: 'complete' }), '1', { latency: 'constant(10)', ...params });

const printed = !existsSync(RESULTS)
  ? []
  : readFileSync(RESULTS, 'utf8')
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('anti-entropy,100,'))
      .map((line) => line.split(',').map(Number))
      .map(([, , period, , repeats, time, traffic, events]) => ({
        period: period!,
        repeats: repeats!,
        time: time!,
        traffic: traffic!,
        events: events!,
      }));
test.each(printed)('the global schedule of 2011, period $period', ({ period, repeats, time, traffic, events }) => {
  const runs = period === 100 ? 400 : 200;
  const e = experiment({ schedule: 'global', exchange: 'one-way', period }, topologyOf(readGraph(publicFile(PATH), PATH)));
  const lab = gossipLab(e, '1', runs);
  expect(lab.completed).toBe(runs);
  const ours = lab.metrics['time']!;
  expect(Math.abs(ours.mean - time)).toBeLessThan(3 * ours.sd * Math.sqrt(1 / runs + 1 / repeats));
  expect(Math.abs(ours.mean / time - 1)).toBeLessThan(0.05);
  expect(Math.abs(lab.metrics['maxInFlight']!.mean / traffic - 1)).toBeLessThan(0.05);
  // Theirs counts steps among its events too, as ours does not: two transfers a step.
  expect(Math.abs((1.5 * lab.events) / runs / events - 1)).toBeLessThan(0.6);
});
