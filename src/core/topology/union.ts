/** Two topologies side by side with no link between them (`union` of the program of 2011): what starts in one stays there. */
import { subSeed } from '../kernel/random.ts';
import { joined } from './joined.ts';
import { latencyParam } from './params.ts';
import { partOf, partParam } from './parts.ts';
import { defineTopology, type TopologyDefinition } from './topology.ts';

export const union = (registry: readonly TopologyDefinition[]): TopologyDefinition =>
  defineTopology({
    id: 'union',
    title: 'Union of two',
    summary: 'Two topologies side by side, with no link between them',
    params: {
      first: partParam('complete:50', 'the first part'),
      second: partParam('ring:50', 'the second part'),
      latency: latencyParam,
    },
    generate(params, seed) {
      const latency = params['latency'] as string;
      const part = (name: string) =>
        partOf(registry, params[name] as string, { where: `topology/union: \`${name}\``, seed: subSeed(seed, name), latency });
      return joined(part('first'), part('second'), { where: 'topology/union', seed, latency, bridges: [], bridgeLength: 0 });
    },
  });
