/** What the tests of topologies share. */
import { topologies } from '../../../src/core/topology/index.ts';
import type { Topology } from '../../../src/core/topology/topology.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { readParams } from '../../../src/protocol/read-params.ts';

export function made(id: string, given: ParamValues = {}, seed = 's'): Topology {
  const definition = topologies.find((topology) => topology.id === id)!;
  return definition.generate(readParams(definition.params, given, `topology/${id}`), seed);
}
export const neighbours = (topology: Topology, u: number): number[] =>
  Array.from({ length: topology.degree(u) }, (_, i) => topology.target(topology.first(u) + i)).sort((x, y) => x - y);
export const lengths = (topology: Topology): number[] => Array.from({ length: topology.links }, (_, link) => topology.length(link));
export const degrees = (topology: Topology): number[] => Array.from({ length: topology.nodes }, (_, u) => topology.degree(u));
export const linksOf = (topology: Topology): string[] =>
  Array.from({ length: topology.links }, (_, i) => `${topology.source(i)}>${topology.target(i)}=${topology.length(i)}`);
