/** One run as the files of 2011, or as a table of who told whom. A journal names its scenario, seed and parameters: it is played again. */
import { existsSync } from 'node:fs';
import { InputError } from '../base/result.ts';
import { dotLines, propagationLines, trafficLines } from '../core/simulation/export-2011.ts';
import { experimentOf } from '../core/simulation/experiment.ts';
import { labTree } from '../core/simulation/lab.ts';
import { readScenario } from '../core/simulation/read-scenario.ts';
import { Run } from '../core/simulation/run.ts';
import { createWorld, graphFileOf, scenarioOf } from '../core/simulation/scenario.ts';
import { readGraph } from '../core/topology/formats/index.ts';
import type { ParamValues } from '../protocol/params.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { Misuse, type Options } from './arguments.ts';
import { besideScenario, linesOf, readInput } from './files.ts';

export const RUN_FORMATS = ['dot', 'propagation', 'traffic', 'tree'] as const;
export type RunFormat = (typeof RUN_FORMATS)[number];

interface Wanted {
  readonly scenario: Scenario;
  readonly seed: string | undefined;
  readonly params: ParamValues;
}

export function exportRun(which: string, format: RunFormat, options: Options): Iterable<string> {
  const isFile = existsSync(which) || /\.jsonl?$/.test(which);
  const wanted = (isFile && journalAt(which)) || {
    scenario: isFile ? readScenario(readInput(which), which) : scenarioOf(which),
    seed: undefined,
    params: {},
  };
  const { scenario } = wanted;
  if (scenario.model !== 'gossip')
    throw new InputError(`${scenario.id} is no gossip scenario: nothing spreads on a graph that could be written as ${format}`);
  const seed = options.one('seed') ?? wanted.seed ?? scenario.seed;
  const params = { ...wanted.params, ...options.pairs('param') };
  const path = graphFileOf(scenario);
  const graph = path === undefined ? undefined : readGraph(readInput(besideScenario(path, isFile ? which : undefined)), path);
  const experiment = experimentOf(scenario, seed, params, graph);
  if (format === 'tree') return labTree(experiment);
  const run = new Run(createWorld({ scenario, seed, params }, graph)).finish();
  if (run.ended === 'budget')
    process.stderr.write(`The run has more than ${run.journal.eventCount.toLocaleString('en')} rows: what follows is left out.\n`);
  if (format === 'dot') return dotLines(run, experiment.topology, experiment.origin);
  return format === 'propagation' ? propagationLines(run) : trafficLines(run);
}

/** The head of a journal; undefined if the file is no journal. */
function journalAt(path: string): Wanted | undefined {
  const [first] = linesOf(path);
  let head: unknown;
  try {
    head = JSON.parse(first?.text ?? '');
  } catch {
    return undefined;
  }
  if (typeof head !== 'object' || head === null || !('format' in head) || head.format !== 'stanzascope/journal') return undefined;
  const { version, scenario, seed, params, interventions } = head as Record<string, unknown>;
  if (version !== 1)
    throw new InputError({
      message: `${path}: \`version\` must be 1, got ${JSON.stringify(version) ?? 'nothing'}`,
      hint: 'It was made by another version of Stanzascope.',
    });
  if (Array.isArray(interventions) && interventions.length > 0)
    throw new Misuse(`${path} was changed by hand while it ran: such a run cannot be exported yet`);
  return {
    scenario: readScenario(JSON.stringify(scenario), `${path}, scenario`),
    seed: String(seed),
    params: (params ?? {}) as ParamValues,
  };
}
