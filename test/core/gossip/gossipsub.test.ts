/** gossipsub against its specification: degrees of the mesh, repair by gossip, backoff. */
import { expect, test } from 'vitest';
import { methodOf } from '../../../src/core/rpc/xep0009.ts';
import { Journal } from '../../../src/core/kernel/journal.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

const N = 200;
const experiment = (params: ParamValues) =>
  experimentOf(gossipScenario('gossipsub', { id: 'complete' }), 's', { nodes: N, latency: 'constant(50)', horizon: 60, ...params });
const played = (params: ParamValues, journal?: Journal) => {
  const run = playExperiment(experiment(params), 'run', { stage: bareStage, bytes: () => 0, journal });
  run.kernel.run(2_000_000);
  return run;
};

test('after a while every mesh has between Dlo and Dhi peers, and almost every one of them is mutual', () => {
  // The last update comes late, so that the run goes on until then.
  const { world } = played({ updates: 2, updateEvery: 40_000 });
  const { state } = world.layers[0]!;
  const width = state['peers']!.length / N;
  const meshes = Array.from({ length: N }, (_, node) => {
    const members = new Set<number>();
    for (let i = node * width; i < (node + 1) * width; i++) if (state['mesh']![i]! > 0) members.add(state['peers']![i]! - 1);
    return members;
  });
  for (const members of meshes) {
    expect(members.size).toBeGreaterThanOrEqual(4);
    expect(members.size).toBeLessThanOrEqual(13);
  }
  const links = meshes.flatMap((members, node) => [...members].map((other) => meshes[other]!.has(node)));
  expect(links.filter(Boolean).length / links.length).toBeGreaterThan(0.95);
});

test('everybody gets every message, each link of the mesh carrying it about once', () => {
  const { residue, traffic } = gossipLab(experiment({ updates: 5, updateEvery: 3000, floodPublish: false, warmup: 20 }), 's', 3).metrics;
  expect(residue!.mean).toBe(0);
  // A flood over a graph of mean degree about 8 sends 8 - 1 copies for each node; all 200 peers would be 199.
  expect(traffic!.mean).toBeGreaterThan(3);
  expect(traffic!.mean).toBeLessThan(13);
});

test('what the mesh loses comes by IHAVE and IWANT', () => {
  const lossy = { loss: 0.3, updates: 3, updateEvery: 2000, warmup: 10 };
  const { residue } = gossipLab(experiment(lossy), 's', 3).metrics;
  expect(residue!.mean).toBeLessThan(0.001);
  const journal = new Journal();
  const { world } = played(lossy, journal);
  const methods = world.layers[0]!.algorithm.methods.map((method) => method.name);
  const counts = new Map<string, number>();
  for (let id = 0; id < journal.messageCount; id++) {
    const name = methods[methodOf(journal.messages.code.get(id))]!;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect(counts.get('ihave')).toBeGreaterThan(0);
  expect(counts.get('iwant')).toBeGreaterThan(0);
});

test('pruned peers are not grafted again before their backoff is over', () => {
  const journal = new Journal();
  const { world } = played({ backoff: 20, Dhi: 8, updates: 2, updateEvery: 50_000 }, journal);
  const methods = world.layers[0]!.algorithm.methods.map((method) => method.name);
  const pruned = new Map<string, number>();
  let prunes = 0;
  for (let id = 0; id < journal.messageCount; id++) {
    const m = journal.messages;
    const [from, to, sent, name] = [m.from.get(id), m.to.get(id), m.sent.get(id), methods[methodOf(m.code.get(id))]!];
    if (name === 'prune') {
      prunes++;
      pruned.set(`${from} ${to}`, sent);
    } else if (name === 'graft') expect(sent - (pruned.get(`${from} ${to}`) ?? -Infinity)).toBeGreaterThanOrEqual(19_000);
  }
  expect(prunes).toBeGreaterThan(10);
});

test('a third of the peers crashing costs no later message', () => {
  const { metrics } = gossipLab(experiment({ crash: 0.33, crashAt: 10, updates: 2, updateEvery: 20_000 }), 's', 3);
  expect(metrics['residue']!.mean).toBe(0);
});
