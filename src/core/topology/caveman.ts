/**
 * Cliques in a ring: Watts' connected caveman graph (Small Worlds, Princeton 1999). In each clique one link, that between
 * its first two nodes, is led from the first to the last node of the clique before; so the number of links stays that of
 * the cliques.
 */
import { around } from './drawing.ts';
import { checkLinks, checkNodes, Edges, undirected } from './edges.ts';
import { latencyParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const caveman = defineTopology({
  id: 'caveman',
  title: 'Caves in a ring',
  summary: 'Tight groups, each knowing only the next one',
  params: {
    cliques: { type: 'int', min: 2, max: 300_000, default: 10, help: 'how many groups' },
    size: { type: 'int', min: 3, max: 3000, default: 10, help: 'nodes of each group' },
    latency: latencyParam,
  },
  generate(params, seed) {
    const where = 'topology/caveman';
    const cliques = params['cliques'] as number;
    const size = params['size'] as number;
    const nodes = cliques * size;
    checkNodes(where, nodes, `${cliques} cliques of ${size}`);
    checkLinks(where, nodes * (size - 1), `${cliques} cliques of ${size}`);
    const edges = new Edges((nodes * (size - 1)) / 2);
    const positions = new Float64Array(2 * nodes);
    // Neighbouring circles of this radius, on a circle within the square, do not touch.
    const radius = Math.min(0.2, 1 / cliques);
    const centres = new Float64Array(2 * cliques);
    around(centres, 0, cliques, { x: 0.5, y: 0.5, radius: 0.5 - radius });
    for (let clique = 0; clique < cliques; clique++) {
      const start = clique * size;
      edges.add(start, (start - 1 + nodes) % nodes);
      for (let u = 0; u < size; u++) for (let v = u + 1; v < size; v++) if (u > 0 || v > 1) edges.add(start + u, start + v);
      const [x, y] = [centres[2 * clique]!, centres[2 * clique + 1]!];
      // Its first node looks back along the ring, its last one on.
      around(positions, start, size, { x, y, radius, turn: clique / cliques + 0.75 });
    }
    return undirected(where, params, seed, { nodes, edges, positions });
  },
});
