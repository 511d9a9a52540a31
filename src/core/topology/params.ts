/** Parameters that topologies share. */
import type { IntParam, TextParam } from '../../protocol/params.ts';

export const nodesParam = (min: number): IntParam => ({ type: 'int', min, max: 1_000_000, default: 100, help: 'how many nodes' });

export const latencyParam: TextParam = {
  type: 'text',
  default: 'uniform(1,1000)',
  help: 'ticks a message takes on a link, drawn once for each link: constant(a) or uniform(a,b)',
};
