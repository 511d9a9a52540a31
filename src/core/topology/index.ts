/** Every topology there is. A new one is one file and one line here. */
import { barabasiAlbert } from './barabasi-albert.ts';
import { caveman } from './caveman.ts';
import { complete } from './complete.ts';
import { erdosRenyi } from './erdos-renyi.ts';
import { federation } from './federation.ts';
import { grid } from './grid.ts';
import { hypercube } from './hypercube.ts';
import { join } from './join.ts';
import { line } from './line.ts';
import { randomGeometric } from './random-geometric.ts';
import { randomRegular } from './random-regular.ts';
import { ring } from './ring.ts';
import { single } from './single.ts';
import { star } from './star.ts';
import type { TopologyDefinition } from './topology.ts';
import { torus } from './torus.ts';
import { tree } from './tree.ts';
import { twoClusters } from './two-clusters.ts';
import { union } from './union.ts';
import { wattsStrogatz } from './watts-strogatz.ts';

/** Those that others can be built from. */
const plain: readonly TopologyDefinition[] = [
  complete,
  ring,
  line,
  star,
  grid,
  torus,
  tree,
  hypercube,
  randomRegular,
  erdosRenyi,
  wattsStrogatz,
  barabasiAlbert,
  randomGeometric,
  caveman,
  twoClusters,
  single,
];

export const topologies: readonly TopologyDefinition[] = [...plain, union(plain), join(plain), federation(plain)];
