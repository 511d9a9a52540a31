/** Runs of an algorithm on a graph and over XMPP, for tests that compare them. */
import { addressesOf } from '../../../src/core/rpc/addresses.ts';
import { methodsOf } from '../../../src/core/rpc/plan.ts';
import { graphStage } from '../../../src/core/rpc/stage.ts';
import { stanzaSizes } from '../../../src/core/rpc/xep0009.ts';
import { xmppGossipStage } from '../../../src/core/rpc/xmpp-stage.ts';
import type { Algorithm } from '../../../src/core/gossip/contract.ts';
import { algorithms } from '../../../src/core/gossip/index.ts';
import type { Journal } from '../../../src/core/kernel/journal.ts';
import type { Stage } from '../../../src/core/kernel/model.ts';
import { experimentOf, gossipScenario, playExperiment, type Experiment, type Played } from '../../../src/core/simulation/experiment.ts';
import { complete } from '../../../src/core/topology/complete.ts';
import { ring } from '../../../src/core/topology/ring.ts';
import type { Topology } from '../../../src/core/topology/topology.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

/** Nothing here needs more events than this. */
export const HORIZON = 300_000;
export const clique = complete.generate({ nodes: 8, latency: 'constant(10)' }, 'c');
export const circle = ring.generate({ nodes: 24, degree: 6, latency: 'constant(10)' }, 'c');
/** Every message takes as long as every other one, and none overtakes another: as on a graph whose links are all of one length. */
export const ONE_SERVER: ParamValues = { transport: 'xmpp', domains: 1 };
export const THREE_SERVERS: ParamValues = { transport: 'xmpp', domains: 3 };

export interface Made extends Played {
  readonly stage: Stage;
  readonly experiment: Experiment;
  readonly addresses: readonly string[];
}

export function make(algorithm: Algorithm, given: ParamValues, topology: Topology, seed: string, journal?: Journal): Made {
  const experiment = experimentOf(gossipScenario(algorithm.id, { id: 'file' }), seed, { horizon: 40, ...given }, undefined, topology);
  const { homes, membership } = experiment;
  const addresses = homes?.addresses ?? addressesOf(topology);
  const drawn = { algorithm, membership: membership?.algorithm, topology, addresses, origin: 0 };
  const stage = homes ? xmppGossipStage(homes, drawn).stage : graphStage(drawn);
  const bytes = stanzaSizes(methodsOf(algorithm, membership?.algorithm), addresses);
  return { ...playExperiment(experiment, seed, { stage, bytes, journal }), stage, experiment, addresses };
}

/** The defaults, and each choice and flag of the algorithm turned another way; numbers as they are. */
function variants(algorithm: Algorithm): ParamValues[] {
  const list: ParamValues[] = [{}];
  for (const [name, param] of Object.entries(algorithm.params)) {
    if (param.type === 'choice') for (const option of param.options) if (option !== param.default) list.push({ [name]: option });
    if (param.type === 'flag') list.push({ [name]: !param.default });
  }
  return list;
}

type Case = readonly [string, string, Algorithm, ParamValues];
const all: readonly Case[] = algorithms.flatMap((algorithm) =>
  variants(algorithm).map((params) => {
    // Where cycles are the usual way, another choice is tried without them.
    const timed = 'timing' in algorithm.params && Object.keys(params).length > 0 ? { timing: 'asynchronous', ...params } : params;
    return [algorithm.id, JSON.stringify(timed), algorithm, timed] as const;
  }),
);
const isRefused = ([, , algorithm, params]: Case): boolean => {
  const { synchronous, needs } = algorithm;
  const read = Object.fromEntries(Object.entries(algorithm.params).map(([name, param]) => [name, params[name] ?? param.default]));
  return synchronous(read) || needs(read).includes('globalPairs');
};
export const refused = all.filter(isRefused);
export const able = all.filter((one) => !isRefused(one));
