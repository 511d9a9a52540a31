/** `stanzascope run`: one scenario to its end, headless. */
import { existsSync } from 'node:fs';
import { journalLines, stanzaLines } from '../core/simulation/export.ts';
import { Run } from '../core/simulation/run.ts';
import { readScenario } from '../core/simulation/read-scenario.ts';
import { createWorld, graphFileOf, scenarioOf, withChanges } from '../core/simulation/scenario.ts';
import { readGraph } from '../core/topology/formats/index.ts';
import { readTrace } from '../core/topology/formats/trace.ts';
import type { GraphData } from '../protocol/protocol.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { Misuse, readArguments } from './arguments.ts';
import { besideScenario, readInput, writeLines } from './files.ts';

export function run(words: readonly string[]): object {
  const options = readArguments(words, ['seed', 'until', 'stanzas', 'journal', 'param', 'trace']);
  const [which, ...rest] = options.positional;
  if (which === undefined || rest.length > 0) throw new Misuse('run takes one scenario: an id of the catalogue, or a file ending in .json');
  const isFile = which.endsWith('.json') || existsSync(which);
  const named = isFile ? readScenario(readInput(which), which) : scenarioOf(which);
  const until = options.whole('until', 0, Number.MAX_SAFE_INTEGER, -1);
  const trace = options.one('trace');
  const changing = trace === undefined ? named : withChanges(named, readTrace(readInput(trace), trace));
  const scenario: Scenario = until < 0 ? changing : { ...changing, until };
  const graph = graphOf(scenario, isFile ? which : undefined);
  const world = createWorld({ scenario, seed: options.one('seed'), params: options.pairs('param') }, graph);
  for (const note of world.notes) process.stderr.write(`${note}\n`);
  const done = new Run(world).finish();
  const { journal } = done;
  const stanzas = options.one('stanzas');
  if (stanzas !== undefined) writeLines(stanzas, stanzaLines(done));
  const rows = options.one('journal');
  if (rows !== undefined) writeLines(rows, journalLines(done));
  return {
    scenario: scenario.id,
    seed: world.seed,
    events: journal.eventCount,
    messages: journal.messageCount,
    ticks: done.tick,
    ended: done.ended,
    hash: done.hash(),
    metrics: done.metrics(),
  };
}

function graphOf(scenario: Scenario, scenarioFile: string | undefined): GraphData | undefined {
  const path = graphFileOf(scenario);
  return path === undefined ? undefined : readGraph(readInput(besideScenario(path, scenarioFile)), path);
}
