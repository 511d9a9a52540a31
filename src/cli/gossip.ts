/** `stanzascope gossip`: many runs of one configuration, and their measures. */
import { existsSync } from 'node:fs';
import { experimentOf, gossipScenario } from '../core/simulation/experiment.ts';
import { gossipLab } from '../core/simulation/lab.ts';
import { readGraph } from '../core/topology/formats/index.ts';
import { ownOrigin } from '../core/topology/origin.ts';
import { Misuse, readArguments, type Options } from './arguments.ts';
import { readInput } from './files.ts';

export function gossip(words: readonly string[]): object {
  const options = readArguments(
    words,
    ['algorithm', 'topology', 'nodes', 'transport', 'servers', 'param', 'set', 'runs', 'seed', 'origin', 'until', 'curve'],
    ['redraw', 'bytes'],
  );
  if (options.positional.length > 0) throw new Misuse(`gossip takes options only, got ${JSON.stringify(options.positional[0])}`);
  const algorithm = needed(options, 'algorithm');
  const where = needed(options, 'topology');
  const seed = options.one('seed') ?? '1';
  const runs = options.whole('runs', 1, 10_000_000, 1);
  const file = /[./\\]/.test(where) || existsSync(where);
  const nodes = options.one('nodes');
  if (file && nodes !== undefined) throw new Misuse('--nodes is for generated topologies, not for a file');
  const given = { ...carriage(options), ...options.pairs('set'), ...options.pairs('param'), ...(nodes === undefined ? {} : { nodes }) };
  const redraw = options.has('redraw');
  if (file && redraw) throw new Misuse('--redraw is for generated topologies, not for a file');
  const until = options.one('until') === undefined ? undefined : options.whole('until', 0, Number.MAX_SAFE_INTEGER, 0);
  const rest = { origin: options.one('origin'), until, redraw };
  const scenario = gossipScenario(algorithm, { id: file ? 'file' : where }, rest);
  const experiment = experimentOf(scenario, seed, given, file ? readGraph(readInput(where), where) : undefined);
  const drawn = redraw ? (r: number) => experimentOf({ ...scenario, run: r }, seed, given) : undefined;
  const periods = options.one('curve') === undefined ? undefined : options.whole('curve', 1, 100_000, 1);
  const { topology } = experiment;
  for (const note of topology.notes) process.stderr.write(`${note}\n`);
  const own = ownOrigin(topology);
  if (scenario.origin !== undefined && own >= 0)
    process.stderr.write(`${where} names its own origin, ${topology.names?.[own]}: --origin is not used\n`);
  const started = performance.now();
  let told = started;
  const tell = (done: number): void => {
    if (performance.now() - told < 1000) return;
    told = performance.now();
    process.stderr.write(`${done} of ${runs} runs\n`);
  };
  const result = gossipLab(experiment, seed, runs, tell, { drawn, periods, bytes: options.has('bytes') });
  const wallSeconds = (performance.now() - started) / 1000;
  return {
    algorithm,
    topology: { id: where, nodes: topology.nodes, edges: topology.directed ? topology.links : topology.links / 2 },
    params: experiment.values,
    seed,
    ...(redraw ? { redraw } : {}),
    runs,
    completed: result.completed,
    events: result.events,
    wallSeconds,
    eventsPerSecond: Math.round(result.events / wallSeconds),
    metrics: result.metrics,
    // Share of nodes reached after 0, 1, 2 … periods: mean with its 95 % interval, and quartiles over the runs.
    ...(result.reached ? { reached: result.reached } : {}),
  };
}

/** What carries the calls, by the names that the conditions have for it. */
function carriage(options: Options): Readonly<Record<string, string>> {
  const [transport, servers] = [options.one('transport'), options.one('servers')];
  if (servers !== undefined && transport !== 'xmpp') throw new Misuse('--servers is for --transport xmpp');
  return { ...(transport === undefined ? {} : { transport }), ...(servers === undefined ? {} : { domains: servers }) };
}

function needed(options: Options, name: string): string {
  const value = options.one(name);
  if (value === undefined) throw new Misuse(`gossip needs --${name}`);
  return value;
}
