/** `stanzascope gossip`: many runs of one configuration, and their measures. */
import { existsSync } from 'node:fs';
import { generated } from '../core/simulation/gossip.ts';
import { gossipLab } from '../core/simulation/lab.ts';
import { readDot } from '../core/topology/dot.ts';
import { topologyOf } from '../core/topology/file.ts';
import { ownOrigin } from '../core/topology/origin.ts';
import type { Topology } from '../core/topology/topology.ts';
import { Misuse, readArguments, type Options } from './arguments.ts';
import { readInput } from './files.ts';

export function gossip(words: readonly string[]): object {
  const options = readArguments(words, ['algorithm', 'topology', 'nodes', 'param', 'set', 'runs', 'seed', 'origin']);
  if (options.positional.length > 0) throw new Misuse(`gossip takes options only, got ${JSON.stringify(options.positional[0])}`);
  const algorithm = needed(options, 'algorithm');
  const where = needed(options, 'topology');
  const seed = options.one('seed') ?? '1';
  const runs = options.whole('runs', 1, 10_000_000, 1);
  const topology = topologyAt(where, options, seed);
  for (const note of topology.notes) process.stderr.write(`${note}\n`);
  const spec = { algorithm, params: options.pairs('param'), topology, origin: options.one('origin'), runs, seed };
  const own = ownOrigin(topology);
  if (spec.origin !== undefined && own >= 0)
    process.stderr.write(`${where} names its own origin, ${topology.names?.[own]}: --origin is not used\n`);
  const started = performance.now();
  let told = started;
  const result = gossipLab(spec, (done) => {
    if (performance.now() - told < 1000) return;
    told = performance.now();
    process.stderr.write(`${done} of ${runs} runs\n`);
  });
  const wallSeconds = (performance.now() - started) / 1000;
  return {
    algorithm,
    topology: { id: where, nodes: topology.nodes, edges: topology.directed ? topology.links : topology.links / 2 },
    params: result.params,
    seed,
    runs,
    completed: result.completed,
    events: result.events,
    wallSeconds,
    eventsPerSecond: Math.round(result.events / wallSeconds),
    metrics: result.metrics,
  };
}

function needed(options: Options, name: string): string {
  const value = options.one(name);
  if (value === undefined) throw new Misuse(`gossip needs --${name}`);
  return value;
}

function topologyAt(where: string, options: Options, seed: string): Topology {
  const nodes = options.one('nodes');
  if (/[./\\]/.test(where) || existsSync(where)) {
    if (nodes !== undefined || Object.keys(options.pairs('set')).length > 0)
      throw new Misuse('--nodes and --set are for generated topologies, not for a file');
    return topologyOf(readDot(readInput(where), where));
  }
  return generated(where, { ...options.pairs('set'), ...(nodes === undefined ? {} : { nodes }) }, seed);
}
