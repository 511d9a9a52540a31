/**
 * G(n, p): each pair of nodes is linked with the same probability, independently (Gilbert, Annals of Mathematical
 * Statistics 30, 1959; the model of Erdős and Rényi in its common form). The pairs that are not linked are skipped by
 * geometric steps (Batagelj and Brandes, Physical Review E 71, 036113, 2005): the cost is that of the links.
 */
import { InputError } from '../../base/result.ts';
import { ln, log1p } from '../../base/math.ts';
import { derive } from '../kernel/random.ts';
import { Chance } from './chance.ts';
import { checkLinks, Edges, undirected } from './edges.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const erdosRenyi = defineTopology({
  id: 'erdos-renyi',
  title: 'Erdős–Rényi',
  summary: 'Each pair is linked by chance alone; below degree ln(nodes) some nodes are cut off',
  params: {
    nodes: nodesParam(2),
    probability: { type: 'number', min: 0, max: 1, default: 0.1, help: 'with which each pair is linked' },
    degree: {
      type: 'number',
      min: 0,
      max: 1_000_000,
      default: 0,
      help: 'mean degree in place of the probability; 0: go by the probability',
    },
    latency: latencyParam,
  },
  generate(params, seed) {
    const where = 'topology/erdos-renyi';
    const n = params['nodes'] as number;
    const degree = params['degree'] as number;
    if (degree > n - 1) throw new InputError(`${where}: \`degree\` must be at most nodes - 1 = ${n - 1}, got ${degree}`);
    const p = degree > 0 ? degree / (n - 1) : (params['probability'] as number);
    const mean = (p * n * (n - 1)) / 2;
    checkLinks(where, 2 * mean, `${n} nodes of mean degree ${Math.round(p * (n - 1))}`);
    const edges = new Edges(mean + 4 * Math.sqrt(mean) + 4);
    const chance = new Chance(derive(seed, 'topology'));
    const scale = log1p(-p);
    if (p > 0)
      for (let v = 1, u = -1; ;) {
        // ln 0 and ln 1 / ln 0 come out right: a step of 1 at p = 1.
        u += 1 + Math.floor(ln(1 - chance.unit()) / scale);
        for (; u >= v && v < n; v++) u -= v;
        if (v >= n) break;
        edges.add(u, v);
      }
    return undirected(where, params, seed, { nodes: n, edges });
  },
});
