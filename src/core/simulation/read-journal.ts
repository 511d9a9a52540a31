/**
 * Reads the file of a journal (shared contract, "Journal"): its head names scenario, seed, parameters and what was done by hand, of which
 * the run is a function, so it is played again. Of its rows only the last whole one is looked at: a run computed here has to pass it.
 */
import { InputError } from '../../base/result.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import type { JournalFile } from '../../protocol/journal-file.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { GraphData } from '../../protocol/protocol.ts';
import type { Scenario } from '../../protocol/scenario.ts';
import { scenarios } from '../../scenarios/index.ts';
import { formatOf } from '../topology/formats/index.ts';
import { readScenario } from './read-scenario.ts';
import { createWorld, graphFileOf } from './scenario.ts';

export interface JournalHead {
  readonly scenario: Scenario;
  readonly seed: string;
  readonly params: ParamValues;
  readonly interventions: readonly Intervention[];
  /** Of a scenario on a graph file of somebody's own. */
  readonly graph: GraphData | undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Undefined for a line that is no head of a journal. @throws InputError for one that is, and is wrong */
export function readJournalHead(line: string, name: string): JournalHead | undefined {
  const head = parsed(line);
  if (!isObject(head) || head['format'] !== 'stanzascope/journal') return undefined;
  const { version, scenario, seed, params = {}, interventions = [], graph } = head;
  if (version !== 1)
    throw new InputError({
      message: `${name}: \`version\` must be 1, got ${JSON.stringify(version) ?? 'nothing'}`,
      hint: 'It was made by another version of Stanzascope.',
    });
  const wrong = (field: string, what: string): never => {
    throw new InputError({
      message: `${name}: \`${field}\` must be ${what}`,
      hint: 'Its first line was changed: write the journal again.',
    });
  };
  if (typeof seed !== 'string' && typeof seed !== 'number') return wrong('seed', 'a text');
  if (!isObject(params) || !Object.values(params).every((value) => ['string', 'number', 'boolean'].includes(typeof value)))
    return wrong('params', 'values by name');
  if (
    !Array.isArray(interventions) ||
    !interventions.every((one) => isObject(one) && isObject(one['do']) && typeof one['do']['type'] === 'string')
  )
    return wrong('interventions', 'a list of what was done');
  return {
    scenario: readScenario(JSON.stringify(scenario), `${name}, scenario`),
    seed: String(seed),
    params: params as ParamValues,
    interventions: interventions as readonly Intervention[],
    graph: graph === undefined ? undefined : formatOf('cytoscape').read(JSON.stringify(graph), `${name}, graph`),
  };
}

/** Without those that the scenario has of itself. */
function ownParams({ scenario, seed, params }: JournalHead): ParamValues {
  // What a scenario has of itself on a graph is not known before its file is read.
  if (graphFileOf(scenario) !== undefined) return params;
  const { values } = createWorld({ scenario, seed }, undefined);
  return Object.fromEntries(Object.entries(params).filter(([name, value]) => values[name] !== value));
}

/** Objects that say the same, whatever the order of their fields. */
function canonical(value: unknown): string {
  const sorted = (inner: unknown): unknown =>
    Array.isArray(inner)
      ? inner.map(sorted)
      : isObject(inner)
        ? Object.fromEntries(
            Object.keys(inner)
              .sort()
              .map((key) => [key, sorted(inner[key])]),
          )
        : inner;
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value))));
}

/** The last whole event of the lines, and whether the last line is no whole one. */
function lastOf(tail: string): Pick<JournalFile, 'last' | 'cut'> {
  const lines = tail.split('\n');
  const cut = lines.at(-1)!.trim() !== '' && parsed(lines.at(-1)!) === undefined;
  for (let i = lines.length - 1; i >= 0; i--) {
    const row = parsed(lines[i]!);
    if (!isObject(row)) continue;
    const { event, tick } = row;
    if (typeof event === 'number' && typeof tick === 'number') return { last: { event, tick }, cut };
  }
  return { last: null, cut };
}

/** @throws InputError that names the file, the field and what is wrong with it */
export function readJournal({ name, head, tail }: { readonly name: string; readonly head: string; readonly tail: string }): JournalFile {
  const read = readJournalHead(head, name);
  if (!read)
    throw new InputError({
      message: `${name} is no journal: its first line does not say that it is one.`,
      hint: 'A journal is written by `stanzascope run … --journal F.jsonl`.',
    });
  const { scenario, seed, interventions, graph } = read;
  const built = scenarios.find(({ id }) => id === scenario.id);
  const own = built === undefined || canonical(built) !== canonical(scenario);
  const params = ownParams(read);
  return {
    open: {
      scenario: own ? scenario : scenario.id,
      seed,
      ...(Object.keys(params).length > 0 && { params }),
      ...(interventions.length > 0 && { interventions }),
      ...(graph && { graph }),
    },
    own,
    ...lastOf(tail),
  };
}
