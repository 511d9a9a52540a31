/** `stanzascope graph`: a topology, generated or from a file, as a file of any of the formats. */
import { existsSync, writeFileSync } from 'node:fs';
import { InputError } from '../base/result.ts';
import { topologyDefinition } from '../core/simulation/configuration.ts';
import { readParams } from '../core/simulation/params.ts';
import { graphOf } from '../core/topology/file.ts';
import { formatOf, readGraph } from '../core/topology/formats/index.ts';
import type { GraphData } from '../protocol/protocol.ts';
import { Misuse, readArguments, type Options } from './arguments.ts';
import { readInput } from './files.ts';

/** More lines than this are longer than a text can be. */
const MOST_LINKS = 10_000_000;

/** Answers the file's text, or what was written where `--out` names a file. */
export function exportGraph(words: readonly string[]): object | string {
  const options = readArguments(words, ['nodes', 'set', 'seed', 'format', 'out']);
  const [where, ...rest] = options.positional;
  if (where === undefined || rest.length > 0) throw new Misuse('graph takes one topology: an id of the catalogue, or a graph file');
  const wanted = options.one('format');
  if (wanted === undefined) throw new Misuse('graph needs --format');
  const format = formatOf(wanted);
  const graph = graphAt(where, options);
  for (const note of graph.notes) process.stderr.write(`${note}\n`);
  const text = format.write(graph);
  const out = options.one('out');
  if (out === undefined) return text;
  try {
    writeFileSync(out, text);
  } catch (error) {
    throw new InputError(`${out} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { topology: where, format: format.id, out, directed: graph.directed, nodes: graph.names.length, edges: graph.from.length };
}

function graphAt(where: string, options: Options): GraphData {
  const nodes = options.one('nodes');
  const given = { ...options.pairs('set'), ...(nodes === undefined ? {} : { nodes }) };
  if (/[./\\]/.test(where) || existsSync(where)) {
    if (Object.keys(given).length > 0 || options.one('seed') !== undefined)
      throw new Misuse('--nodes, --set and --seed are for generated topologies, not for a file');
    return readGraph(readInput(where), where);
  }
  const definition = topologyDefinition(where);
  const topology = definition.generate(readParams(definition.params, given, `topology/${where}`), options.one('seed') ?? '1');
  if (topology.links > MOST_LINKS)
    throw new InputError({
      message: `topology/${where}: ${topology.links.toLocaleString('en')} links are too many for one file: at most ${MOST_LINKS.toLocaleString('en')}`,
      hint: 'Choose fewer nodes or a smaller degree.',
    });
  return graphOf(topology, where);
}
