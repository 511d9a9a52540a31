/**
 * Two topologies with bridges between them (`join` of the program of 2011, which leaves the ends open): the ends are drawn
 * uniformly among all pairs of a node here and a node there, no pair twice, from the stream `topology`.
 */
import { InputError } from '../../base/result.ts';
import { derive, subSeed } from '../kernel/random.ts';
import { Chance } from './chance.ts';
import { bridgeLengthParam, bridgeParam, joined, type Bridge } from './joined.ts';
import { latencyParam } from './params.ts';
import { partOf, partParam } from './parts.ts';
import { defineTopology, type TopologyDefinition } from './topology.ts';

export const join = (registry: readonly TopologyDefinition[]): TopologyDefinition =>
  defineTopology({
    id: 'join',
    title: 'Two joined',
    summary: 'Any two topologies with bridges between them',
    params: {
      first: partParam('complete:50', 'the first part'),
      second: partParam('ring:50', 'the second part'),
      bridges: { type: 'int', min: 1, max: 100_000, default: 1, help: 'how many pairs of nodes are linked across' },
      bridge: bridgeParam,
      length: bridgeLengthParam,
      latency: latencyParam,
    },
    generate(params, seed) {
      const where = 'topology/join';
      const latency = params['latency'] as string;
      const part = (name: string) =>
        partOf(registry, params[name] as string, { where: `${where}: \`${name}\``, seed: subSeed(seed, name), latency });
      const [a, b] = [part('first'), part('second')];
      const wanted = params['bridges'] as number;
      if (wanted > a.nodes * b.nodes)
        throw new InputError(
          `${where}: \`bridges\` must be at most ${a.nodes} × ${b.nodes} = ${a.nodes * b.nodes}, the pairs there are, got ${wanted}`,
        );
      const chance = new Chance(derive(seed, 'topology'));
      const pairs = distinct(wanted, a.nodes * b.nodes, chance);
      const bridges: Bridge[] = [];
      for (const pair of pairs) {
        const across = { from: Math.floor(pair / b.nodes), to: a.nodes + (pair % b.nodes) };
        bridges.push(across);
        if (params['bridge'] === 'both') bridges.push({ from: across.to, to: across.from });
      }
      return joined(a, b, { where, seed, latency, bridges, bridgeLength: params['length'] as number });
    },
  });

/** So many different numbers below `n`, every set as likely (Floyd; Bentley, Communications of the ACM 30, 1987). */
function distinct(wanted: number, n: number, chance: Chance): ReadonlySet<number> {
  const chosen = new Set<number>();
  for (let j = n - wanted; j < n; j++) {
    const drawn = chance.below(j + 1);
    chosen.add(chosen.has(drawn) ? j : drawn);
  }
  return chosen;
}
