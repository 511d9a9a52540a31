/** One run as the files of 2011, as a table of who told whom, or as a sequence diagram. A journal names its scenario, seed and parameters: it is played again. */
import { existsSync } from 'node:fs';
import { InputError } from '../base/result.ts';
import { dotLines, propagationLines, trafficLines } from '../core/simulation/export-2011.ts';
import { experimentOf } from '../core/simulation/experiment.ts';
import { labTree } from '../core/simulation/lab.ts';
import { readJournalHead } from '../core/simulation/read-journal.ts';
import { readScenario } from '../core/simulation/read-scenario.ts';
import { Run } from '../core/simulation/run.ts';
import { sequenceOf } from '../core/simulation/sequence.ts';
import { createWorld, graphFileOf, scenarioOf } from '../core/simulation/scenario.ts';
import { readGraph } from '../core/topology/formats/index.ts';
import { SEQUENCE_FORMATS, type SequenceFormat } from '../protocol/diagram.ts';
import { naturalOrder } from '../protocol/line-order.ts';
import type { Intervention } from '../protocol/intervention.ts';
import type { ParamValues } from '../protocol/params.ts';
import type { GraphData } from '../protocol/protocol.ts';
import type { World } from '../core/simulation/world.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { Misuse, type Options } from './arguments.ts';
import { besideScenario, linesOf, readInput } from './files.ts';

export const RUN_FORMATS = ['dot', 'propagation', 'traffic', 'tree', ...SEQUENCE_FORMATS] as const;
export type RunFormat = (typeof RUN_FORMATS)[number];

interface Wanted {
  readonly scenario: Scenario;
  readonly seed: string | undefined;
  readonly params: ParamValues;
  /** What was done by hand. */
  readonly interventions: readonly Intervention[];
  readonly graph: GraphData | undefined;
}

export function exportRun(which: string, format: RunFormat, options: Options): Iterable<string> {
  const isFile = existsSync(which) || /\.jsonl?$/.test(which);
  const wanted = (isFile && journalAt(which)) || {
    scenario: isFile ? readScenario(readInput(which), which) : scenarioOf(which),
    seed: undefined,
    params: {},
    interventions: [],
    graph: undefined,
  };
  const { scenario, interventions } = wanted;
  const seed = options.one('seed') ?? wanted.seed ?? scenario.seed;
  const params = { ...wanted.params, ...options.pairs('param') };
  const path = graphFileOf(scenario);
  const graph =
    path === undefined ? undefined : (wanted.graph ?? readGraph(readInput(besideScenario(path, isFile ? which : undefined)), path));
  if (isSequence(format)) return sequence(recorded(createWorld({ scenario, seed, params }, graph), interventions), format, options);
  if (scenario.model !== 'gossip')
    throw new InputError(`${scenario.id} is no gossip scenario: nothing spreads on a graph that could be written as ${format}`);
  const experiment = experimentOf(scenario, seed, params, graph);
  if (format === 'tree' && interventions.length > 0)
    throw new Misuse(`${which} was changed by hand while it ran: who told whom is written of runs left to themselves only`);
  if (format === 'tree') return labTree(experiment);
  const run = recorded(createWorld({ scenario, seed, params }, graph), interventions);
  if (format === 'dot') return dotLines(run, experiment.topology, experiment.origin);
  return format === 'propagation' ? propagationLines(run) : trafficLines(run);
}

function recorded(world: World, interventions: readonly Intervention[]): Run {
  const run = new Run(world, interventions).finish();
  if (run.ended === 'budget')
    process.stderr.write(`The run would go on: it was computed as far as event ${run.journal.eventCount.toLocaleString('en')}.\n`);
  return run;
}

const isSequence = (format: RunFormat): format is SequenceFormat => (SEQUENCE_FORMATS as readonly string[]).includes(format);

/** A sequence diagram of the whole run, or of the events `--from` … `--to`, along the time or the events. */
function sequence(run: Run, format: SequenceFormat, options: Options): Iterable<string> {
  const { name, detail } = run.world.stage.entities;
  const axis = options.one('axis') ?? 'time';
  if (axis !== 'time' && axis !== 'events') throw new Misuse(`--axis must be time or events, got ${JSON.stringify(axis)}`);
  const ordinal = (option: string, otherwise: number): number => {
    const text = options.one(option);
    if (text !== undefined && !/^\d{1,9}$/.test(text))
      throw new Misuse(`--${option} must be the number of an event, got ${JSON.stringify(text)}`);
    return text === undefined ? otherwise : Math.min(Number(text), run.journal.eventCount);
  };
  const [first, last] = [ordinal('from', 0), ordinal('to', run.journal.eventCount)];
  if (first > last) throw new Misuse(`--from ${first} is behind --to ${last}`);
  const [from, to] = axis === 'time' ? [run.journal.tickOf(first), run.journal.tickOf(last)] : [first, last];
  const order = naturalOrder(run.world.stage.entities);
  const names = order.map((i) => name[i]! + (detail[i]!.startsWith('/') ? detail[i]! : ''));
  const lines = new Int32Array(order.length);
  order.forEach((entity, line) => (lines[entity] = line));
  const { text } = sequenceOf(run, { format, axis, from, to, names, lines });
  return text.trimEnd().split('\n');
}

/** The head of a journal; undefined if the file is no journal. */
function journalAt(path: string): Wanted | undefined {
  const [first] = linesOf(path);
  return readJournalHead(first?.text ?? '', path);
}
