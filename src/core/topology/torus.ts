/** A grid whose rows, columns and layers are closed to rings, so that no node is at an edge. */
import { lattice, latticeParams } from './lattice.ts';
import { defineTopology } from './topology.ts';

export const torus = defineTopology({
  id: 'torus',
  title: 'Torus',
  summary: 'A grid without edges: its rows and columns are rings',
  params: latticeParams,
  generate: (params, seed) => lattice('topology/torus', params, seed, true),
});
