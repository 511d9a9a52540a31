/**
 * Growth with preferential attachment (Barabási and Albert, Science 286, 1999): each new node is linked to `attach`
 * different nodes, chosen with probability in proportion to their degree. An end of a random edge is such a choice
 * (Batagelj and Brandes, Physical Review E 71, 036113, 2005); one that was chosen already is drawn again. The paper leaves
 * open how growth begins: here with a complete graph of `attach` + 1 nodes.
 */
import { InputError } from '../../base/result.ts';
import { derive } from '../kernel/random.ts';
import { Chance } from './chance.ts';
import { checkLinks, Edges, undirected } from './edges.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const barabasiAlbert = defineTopology({
  id: 'barabasi-albert',
  title: 'Barabási–Albert',
  summary: 'Whoever has many links gets more: a few hubs, many leaves',
  params: {
    nodes: nodesParam(2),
    attach: { type: 'int', min: 1, max: 1000, default: 2, help: 'links that each new node brings' },
    latency: latencyParam,
  },
  generate(params, seed) {
    const where = 'topology/barabasi-albert';
    const n = params['nodes'] as number;
    const attach = params['attach'] as number;
    if (attach > n - 1) throw new InputError(`${where}: \`attach\` must be at most nodes - 1 = ${n - 1}, got ${attach}`);
    const count = (attach * (attach + 1)) / 2 + (n - attach - 1) * attach;
    checkLinks(where, 2 * count, `${n} nodes that bring ${attach} links each`);
    const edges = new Edges(count);
    const chance = new Chance(derive(seed, 'topology'));
    for (let u = 0; u <= attach; u++) for (let v = 0; v < u; v++) edges.add(u, v);
    for (let u = attach + 1; u < n; u++) {
      const before = edges.count;
      while (edges.count < before + attach) {
        const end = chance.below(2 * before);
        const v = (end % 2 ? edges.to : edges.from)[(end - (end % 2)) / 2]!;
        if (!chosen(edges, before, v)) edges.add(u, v);
      }
    }
    return undirected(where, params, seed, { nodes: n, edges });
  },
});

function chosen(edges: Edges, from: number, v: number): boolean {
  for (let i = from; i < edges.count; i++) if (edges.to[i] === v) return true;
  return false;
}
