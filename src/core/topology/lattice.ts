/**
 * Grid and torus, in two dimensions or three: node x + width · (y + height · z). The drawing lays the layers of a third
 * dimension askew behind each other; `distance(scale)` goes by the true distance in the lattice instead, whose longest
 * side is 1 long, on a torus the shorter way around.
 */
import type { IntParam, ParamSchema, ParamValues } from '../../protocol/params.ts';
import { fitted } from './drawing.ts';
import { checkLinks, checkNodes, Edges, MOST_NODES, undirected } from './edges.ts';
import { latencyParam } from './params.ts';
import type { Topology } from './topology.ts';

const side = (value: number, help: string): IntParam => ({ type: 'int', min: 1, max: MOST_NODES, default: value, help });
export const latticeParams: ParamSchema = {
  width: side(10, 'nodes from left to right'),
  height: side(10, 'nodes from top to bottom'),
  depth: side(1, 'layers; more than 1 makes it three-dimensional'),
  latency: latencyParam,
};

/** @param wrap whether the ends of each row are linked; in a row of one or two nodes they are the same or linked already. */
export function lattice(where: string, params: ParamValues, seed: string, wrap: boolean): Topology {
  const sides = [params['width'] as number, params['height'] as number, params['depth'] as number] as const;
  const [width, height, depth] = sides;
  const nodes = width * height * depth;
  checkNodes(where, nodes, sides.join(' × '));
  checkLinks(where, 6 * nodes, sides.join(' × '));
  const edges = new Edges(nodes * sides.filter((length) => length > 1).length);
  const strides = [1, width, width * height];
  for (let u = 0; u < nodes; u++)
    for (let d = 0; d < 3; d++) {
      const length = sides[d]!;
      const stride = strides[d]!;
      const at = Math.floor(u / stride) % length;
      if (at + 1 < length) edges.add(u, u + stride);
      else if (wrap && length > 2) edges.add(u, u - at * stride);
    }
  const positions = new Float64Array(2 * nodes);
  for (let u = 0; u < nodes; u++) {
    const x = u % width;
    const y = Math.floor(u / width) % height;
    const z = Math.floor(u / (width * height));
    // Part of a step to the right and up for each layer: no node hides another one.
    positions[2 * u] = x + (z * (width + 0.37)) / (depth + 1);
    positions[2 * u + 1] = y - (z * (height + 0.23)) / (depth + 1);
  }
  const longest = Math.max(width, height, depth) - 1 || 1;
  const apart = (u: number, v: number): number => {
    let sum = 0;
    for (let d = 0; d < 3; d++) {
      const [stride, length] = [strides[d]!, sides[d]!];
      let way = Math.abs((Math.floor(u / stride) % length) - (Math.floor(v / stride) % length));
      if (wrap) way = Math.min(way, length - way);
      sum += way * way;
    }
    return Math.sqrt(sum) / longest;
  };
  return undirected(where, params, seed, { nodes, edges, positions: fitted(positions), apart });
}
