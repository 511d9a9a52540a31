/** The same algorithms over simulated XMPP: what every one of the registry promises there, and what must be as on a graph. */
import { expect, test } from 'vitest';
import { serialize } from '../../../src/base/xml/codec.ts';
import { elements } from '../../../src/base/xml/element.ts';
import type { Algorithm } from '../../../src/core/gossip/contract.ts';
import { algorithms } from '../../../src/core/gossip/index.ts';
import { journalHash } from '../../../src/core/kernel/hash.ts';
import { Journal, Outcome, What } from '../../../src/core/kernel/journal.ts';
import { addressesOf } from '../../../src/core/rpc/addresses.ts';
import { methodsOf } from '../../../src/core/rpc/graph.ts';
import { bareStage, graphStage } from '../../../src/core/rpc/stage.ts';
import { stanzaSizes } from '../../../src/core/rpc/xep0009.ts';
import { xmppGossipStage } from '../../../src/core/rpc/xmpp-stage.ts';
import { experimentOf, gossipScenario, measuresOf, playExperiment, type Played } from '../../../src/core/simulation/experiment.ts';
import { complete } from '../../../src/core/topology/complete.ts';
import { ring } from '../../../src/core/topology/ring.ts';
import type { Topology } from '../../../src/core/topology/topology.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

const HORIZON = 300_000;
const clique = complete.generate({ nodes: 8, latency: 'constant(10)' }, 'c');
const circle = ring.generate({ nodes: 24, degree: 6, latency: 'constant(10)' }, 'c');
const OVER: ParamValues = { transport: 'xmpp', horizon: 40 };

function make(algorithm: Algorithm, given: ParamValues, topology: Topology, seed: string, journal?: Journal) {
  const experiment = experimentOf(gossipScenario(algorithm.id, { id: 'file' }), seed, { ...OVER, ...given }, undefined, topology);
  const { homes } = experiment;
  const lower = experiment.membership?.algorithm;
  const addresses = homes?.addresses ?? addressesOf(topology);
  const drawn = { algorithm, membership: lower, topology, addresses, origin: 0 };
  const stage = homes ? xmppGossipStage(homes, drawn).stage : graphStage(drawn);
  const bytes = stanzaSizes(methodsOf(algorithm, lower), addresses);
  return { ...playExperiment(experiment, seed, { stage: journal ? stage : bareStage, bytes, journal }), stage, experiment };
}
const find = (id: string): Algorithm => algorithms.find((algorithm) => algorithm.id === id)!;

/** Parameters with which an algorithm is no affair of global clocks, where there are such. */
const ALONE: ParamValues = { timing: 'asynchronous' };
const possible = (algorithm: Algorithm): ParamValues | undefined => {
  for (const given of [{}, 'timing' in algorithm.params ? ALONE : {}]) {
    try {
      make(algorithm, given, clique, 'a');
      return given;
    } catch {
      continue;
    }
  }
  return undefined;
};
const able = algorithms.flatMap((algorithm) => {
  const given = possible(algorithm);
  return given ? [[algorithm.id, algorithm, given] as const] : [];
});

test('which algorithms run over XMPP', () => {
  console.log(able.map(([id]) => id), algorithms.map((a) => a.id).filter((id) => !able.some(([x]) => x === id)));
});

test.each(able)('%s ends, and the same seed gives the same journal', (_, algorithm, given) => {
  for (const topology of [clique, circle]) {
    const run = (): string => {
      const journal = new Journal();
      const { kernel } = make(algorithm, given, topology, 'a', journal);
      const t = performance.now();
      const n = kernel.run(HORIZON);
      console.log(algorithm.id, n, Math.round(n / (performance.now() - t)), kernel.reachedCount);
      expect(n).toBeLessThan(HORIZON);
      return journalHash(journal);
    };
    expect(run()).toBe(run());
  }
});
