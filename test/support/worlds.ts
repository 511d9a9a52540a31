/** The scenes as worlds, without a file system: what the tests in Node and the script for QuickJS share. */
import { Run } from '../../src/core/simulation/run.ts';
import { createWorld, graphFileOf } from '../../src/core/simulation/scenario.ts';
import type { World } from '../../src/core/simulation/world.ts';
import { readGraph } from '../../src/core/topology/formats/index.ts';
import type { OpenArgs } from '../../src/protocol/protocol.ts';
import { scenarios } from '../../src/scenarios/index.ts';

/** Text of a graph file, by its path below `public/`. */
export type FileReader = (path: string) => string;

export function worldOf(id: string, read: FileReader, args: Omit<OpenArgs, 'scenario'> = {}): World {
  const scenario = scenarios.find((candidate) => candidate.id === id)!;
  const path = graphFileOf(scenario);
  return createWorld({ ...args, scenario }, path === undefined ? undefined : readGraph(read(path), path));
}

/** The journal's hash of every scene, or of these, by its id. */
export function sceneHashes(read: FileReader, ids: readonly string[] = scenarios.map(({ id }) => id)): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, new Run(worldOf(id, read)).finish().hash()]));
}
