/** Nodes in rows, columns and, if wanted, layers, each linked to the next one in each direction. */
import { lattice, latticeParams } from './lattice.ts';
import { defineTopology } from './topology.ts';

export const grid = defineTopology({
  id: 'grid',
  title: 'Grid',
  summary: 'Rows and columns, in two dimensions or three',
  params: latticeParams,
  generate: (params, seed) => lattice('topology/grid', params, seed, false),
});
