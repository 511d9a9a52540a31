/**
 * Sweeps: a spec, its points, and the runs of a point. A run is a function of the spec, the point and its number, so that
 * shards, orders and interruptions change nothing. The graph is drawn once from the seed, or anew for each run.
 */
import { InputError } from '../../base/result.ts';
import { pow } from '../../base/math.ts';
import type { Param, ParamSchema, ParamValue, ParamValues } from '../../protocol/params.ts';
import type { GossipScenario } from '../../protocol/scenario.ts';
import type { SweepPoint, SweepRange, SweepRun, SweepSpec, SweepTask } from '../../protocol/sweep.ts';
import { readGraph } from '../topology/formats/index.ts';
import type { Topology } from '../topology/topology.ts';
import { configurationOf, gossipSchema } from './configuration.ts';
import { experimentOf, gossipScenario, type Experiment } from './experiment.ts';
import { labRun, LabScratch } from './lab.ts';

const MOST_POINTS = 10_000;
/** Links of graphs that are kept for other points; those of a complete graph are computed and take no space. */
const KEPT_LINKS = 20_000_000;
/** Names under which a spec may sweep what is no parameter. */
const CHOICES: readonly string[] = ['algorithm', 'topology'];
const isChoice = (name: string): boolean => CHOICES.includes(name);

export type GraphText = NonNullable<SweepTask['graph']>;

/** The scenario of a point, before its values. */
export function scenarioAt(spec: SweepSpec, values: ParamValues): GossipScenario {
  const id = values['topology'] ?? spec.topology.id;
  const topology = id === spec.topology.id ? spec.topology : { id: String(id) };
  const rest = { origin: spec.origin, until: spec.until, redraw: spec.redraw };
  return gossipScenario(String(values['algorithm'] ?? spec.algorithm), topology, rest);
}
/** Values of parameters: of the fixed ones those that this point's configuration has, which may differ between algorithms. */
export function parametersAt(spec: SweepSpec, values: ParamValues): ParamValues {
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => !isChoice(name)));
  const all = { ...spec.params, ...own };
  if (![...CHOICES, 'membership'].some((name) => spec.over[name] !== undefined)) return all;
  const schema = gossipSchema(scenarioAt(spec, values), all);
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(schema, name)));
}

/**
 * Points of the product, the last name varying fastest.
 * @param where named in errors. @throws InputError that names what is wrong with the spec.
 */
export function pointsOf(spec: SweepSpec, where = 'sweep'): readonly SweepPoint[] {
  const known = schemaAnywhere(spec);
  const strange = Object.keys(spec.over).find((name) => !isChoice(name) && !Object.hasOwn(known, name));
  if (strange !== undefined)
    throw new InputError({
      message: `${where}: over: there is no parameter \`${strange}\` in ${spec.algorithm} on ${spec.topology.id}`,
      hint: `There are: ${[...CHOICES, ...Object.keys(known)].join(', ')}.`,
    });
  let points: ParamValues[] = [{}];
  for (const [name, range] of Object.entries(spec.over)) {
    const values = valuesOf(name, range, known[name], where);
    if (points.length * values.length > MOST_POINTS)
      throw new InputError({
        message: `${where}: more than ${MOST_POINTS.toLocaleString('en')} points`,
        hint: `Take fewer values of ${Object.keys(spec.over).join(', ')}.`,
      });
    points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  }
  for (const name of Object.keys(spec.params ?? {}))
    if (!points.some((values) => Object.hasOwn(gossipSchema(scenarioAt(spec, values), { ...spec.params, ...values }), name)))
      throw new InputError({
        message: `${where}: params: there is no parameter \`${name}\` in ${spec.algorithm} on ${spec.topology.id}`,
        hint: `There are: ${Object.keys(known).join(', ')}.`,
      });
  for (const values of points) checkPoint(spec, values, where);
  return points.map((values, index) => ({ index, values }));
}

function checkPoint(spec: SweepSpec, values: ParamValues, where: string): void {
  const scenario = scenarioAt(spec, values);
  if (scenario.topology.id === 'file' && scenario.topology.file === undefined)
    throw new InputError({
      message: `${where}: topology: \`file\` is missing`,
      hint: 'Name the graph file: {"id": "file", "file": "my.dot"}.',
    });
  let schema: ParamSchema;
  try {
    ({ schema } = configurationOf(scenario, parametersAt(spec, values)));
  } catch (error) {
    if (!(error instanceof InputError) || Object.keys(values).length === 0) throw error;
    throw new InputError({ ...error.problem, message: `${where}, where ${describe(values)}: ${error.message}` });
  }
  const stray = Object.keys(values).find((name) => !isChoice(name) && !Object.hasOwn(schema, name));
  if (stray !== undefined)
    throw new InputError({
      message: `${where}: over: there is no parameter \`${stray}\` where ${describe(values)}`,
      hint: 'A swept parameter must exist at every point; fixed ones apply where they exist.',
    });
}

const describe = (values: ParamValues): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} is ${String(value)}`)
    .join(' and ');

function valuesOf(name: string, range: SweepRange, param: Param | undefined, where: string): readonly ParamValue[] {
  if (!('from' in range)) {
    if (range.length === 0) throw new InputError({ message: `${where}: over.${name} has no values`, hint: 'Give at least one.' });
    return [...new Set(range)];
  }
  const { from, to, steps, scale } = range;
  if (param?.type !== 'int' && param?.type !== 'number')
    throw new InputError({ message: `${where}: over.${name} is no number and has no range`, hint: 'List its values: ["push", "pull"].' });
  if (scale === 'log' && !(from > 0 && to > 0))
    throw new InputError({ message: `${where}: over.${name} goes by logarithm from ${from} to ${to}`, hint: 'Both ends must be above 0.' });
  if (steps === 1 && from !== to)
    throw new InputError({
      message: `${where}: over.${name} goes from ${from} to ${to} in 1 step`,
      hint: 'Take at least 2 steps, or a list.',
    });
  const values = Array.from({ length: steps }, (_, i) => {
    const part = steps === 1 ? 0 : i / (steps - 1);
    // The ends are exactly those that were asked for.
    const value = part === 1 ? to : scale === 'log' ? from * pow(to / from, part) : from + (to - from) * part;
    return param.type === 'int' ? Math.round(value) : Number(value.toPrecision(9));
  });
  return [...new Set(values)];
}

/** The parameters of every algorithm and topology that the spec names. */
function schemaAnywhere(spec: SweepSpec): Readonly<Record<string, Param>> {
  const listed = (name: string, own: string): readonly string[] => {
    const range = spec.over[name];
    return range === undefined || 'from' in range ? [own] : range.map(String);
  };
  const schema: Record<string, Param> = {};
  for (const algorithm of listed('algorithm', spec.algorithm))
    for (const topology of listed('topology', spec.topology.id)) {
      const values = { algorithm, ...(topology === spec.topology.id ? {} : { topology }) };
      Object.assign(schema, gossipSchema(scenarioAt(spec, values), spec.params));
    }
  return schema;
}

/** Runs points of one spec, keeping the graphs that they share. */
export function createSweeper(spec: SweepSpec, points: readonly SweepPoint[], graph?: GraphText) {
  const read = graph && readGraph(graph.text, graph.name);
  const drawn = new Map<string, Topology>();
  const scratch = new LabScratch();
  let last: { readonly point: number; readonly experiment: Experiment } | undefined;
  const experimentAt = (point: number, run: number): Experiment => {
    if (last?.point === point) return last.experiment;
    const { values } = points[point]!;
    const given = parametersAt(spec, values);
    const scenario = scenarioAt(spec, values);
    const file = scenario.topology.id === 'file';
    if (file && !read)
      throw new InputError({
        message: `sweep: the graph file ${scenario.topology.file ?? ''} is not here`,
        hint: 'Run it on the command line.',
      });
    if (spec.redraw && !file) return experimentOf({ ...scenario, run }, spec.seed, given);
    const { topologyParams } = configurationOf(scenario, given);
    const key = JSON.stringify([scenario.topology, topologyParams]);
    const known = drawn.get(key);
    const experiment = experimentOf(scenario, spec.seed, given, file ? read : undefined, known);
    if (!known) {
      const links = [...drawn.values(), experiment.topology].reduce((sum, topology) => sum + topology.links, 0);
      if (scenario.topology.id !== 'complete' && links > KEPT_LINKS) drawn.clear();
      if (scenario.topology.id !== 'complete') drawn.set(key, experiment.topology);
    }
    last = { point, experiment };
    return experiment;
  };
  return {
    run(point: number, run: number): SweepRun {
      const { events, measures } = labRun(experimentAt(point, run), spec.seed, run, { bytes: spec.bytes }, scratch);
      const { completed, ...rest } = measures;
      const metrics = Object.fromEntries(Object.entries(rest).filter(([, value]) => Number.isFinite(value)));
      return { point, run, completed, events, metrics };
    },
  };
}
