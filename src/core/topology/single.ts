/** One node and no link: one of the layouts of the program of 2011, and the smallest case for everything else. */
import { Edges, undirected } from './edges.ts';
import { latencyParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const single = defineTopology({
  id: 'single',
  title: 'Single node',
  summary: 'One node alone, with nobody to tell',
  params: { latency: { ...latencyParam, help: 'checked, and used by nothing: there is no link' } },
  generate: (params, seed) =>
    undirected('topology/single', params, seed, { nodes: 1, edges: new Edges(0), positions: Float64Array.of(0.5, 0.5) }),
});
