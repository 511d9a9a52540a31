/** Parameters that topologies share. */
import type { IntParam, TextParam } from '../../protocol/params.ts';
import { MOST_NODES } from './edges.ts';

export const nodesParam = (min: number): IntParam => ({ type: 'int', min, max: MOST_NODES, default: 100, help: 'how many nodes' });

export const latencyParam: TextParam = {
  type: 'text',
  default: 'uniform(1,1000)',
  help: 'ticks a message takes on a link, drawn once for each link: constant(a), uniform(a,b), exponential(mean), lognormal(median,sigma), or distance(scale) for how far apart the nodes are drawn',
};
