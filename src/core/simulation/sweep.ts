/**
 * Sweeps: a spec, its points, and the runs of a point. A run is a function of the spec, the point and its number, so that
 * shards, orders and interruptions change nothing. The graph is drawn once from the seed, or anew for each run.
 */
import { InputError } from '../../base/result.ts';
import { pow } from '../../base/math.ts';
import type { Param, ParamValue, ParamValues } from '../../protocol/params.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import type { GossipScenario } from '../../protocol/scenario.ts';
import type { SweepPoint, SweepRange, SweepRun, SweepSpec, SweepTask } from '../../protocol/sweep.ts';
import { readGraph } from '../topology/formats/index.ts';
import type { Topology } from '../topology/topology.ts';
import { configurationOf, gossipSchema } from './configuration.ts';
import { experimentOf, gossipScenario, type Experiment } from './experiment.ts';
import { labRun } from './lab.ts';

const MOST_POINTS = 10_000;
/** Links of graphs that are kept for other points; those of a complete graph are computed and take no space. */
const KEPT_LINKS = 20_000_000;
/** Names under which a spec may sweep what is no parameter. */
const CHOICES = ['algorithm', 'topology'] as const;

export type GraphText = NonNullable<SweepTask['graph']>;

/** The scenario of a point, before its values. */
function scenarioAt(spec: SweepSpec, values: ParamValues): GossipScenario {
  const topology = values['topology'] === undefined ? spec.topology : { id: String(values['topology']) };
  const rest = { origin: spec.origin, until: spec.until, redraw: spec.redraw };
  return gossipScenario(String(values['algorithm'] ?? spec.algorithm), topology, rest);
}
/** Values of parameters: of the fixed ones those that this point's configuration has, which may differ between algorithms. */
function parametersAt(spec: SweepSpec, values: ParamValues): ParamValues {
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => !(CHOICES as readonly string[]).includes(name)));
  const all = { ...spec.params, ...own };
  if (![...CHOICES, 'membership'].some((name) => spec.over[name] !== undefined)) return all;
  const schema = gossipSchema(scenarioAt(spec, values), all);
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(schema, name)));
}

/** Points of the product, the last name varying fastest. @throws InputError that names what is wrong with the spec. */
export function pointsOf(spec: SweepSpec): readonly SweepPoint[] {
  let points: ParamValues[] = [{}];
  for (const [name, range] of Object.entries(spec.over)) {
    const values = valuesOf(spec, name, range);
    if (points.length * values.length > MOST_POINTS)
      throw new InputError(
        `sweep: more than ${MOST_POINTS.toLocaleString('en')} points; take fewer values of ${Object.keys(spec.over).join(', ')}`,
      );
    points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  }
  for (const name of Object.keys(spec.params ?? {}))
    if (!points.some((values) => Object.hasOwn(gossipSchema(scenarioAt(spec, values), { ...spec.params, ...values }), name)))
      throw new InputError({
        message: `sweep: params: there is no parameter \`${name}\` in ${spec.algorithm} on ${spec.topology.id}`,
        hint: `There are: ${Object.keys(gossipSchema(scenarioAt(spec, points[0]!), spec.params)).join(', ')}.`,
      });
  for (const values of points) {
    const { schema } = configurationOf(scenarioAt(spec, values), parametersAt(spec, values));
    const stray = Object.keys(values).find((name) => !Object.hasOwn(schema, name) && !(CHOICES as readonly string[]).includes(name));
    if (stray !== undefined)
      throw new InputError({
        message: `sweep: over.${stray}: there is no such parameter where ${describe(values)}`,
        hint: 'A swept parameter must exist at every point; fixed ones apply where they exist.',
      });
  }
  return points.map((values, index) => ({ index, values }));
}

const describe = (values: ParamValues): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} is ${String(value)}`)
    .join(' and ');

function valuesOf(spec: SweepSpec, name: string, range: SweepRange): readonly ParamValue[] {
  if (!('from' in range)) {
    if (range.length === 0) throw new InputError(`sweep: over.${name} has no values`);
    return [...new Set(range)];
  }
  const { from, to, steps, scale } = range;
  if (scale === 'log' && !(from > 0 && to > 0)) throw new InputError(`sweep: over.${name} goes by logarithm, so both ends must be above 0`);
  if (steps === 1 && from !== to)
    throw new InputError({
      message: `sweep: over.${name} goes from ${from} to ${to} in 1 step`,
      hint: 'Take at least 2 steps, or a list.',
    });
  const param: Param | undefined = schemaAnywhere(spec)[name];
  const values = Array.from({ length: steps }, (_, i) => {
    const part = steps === 1 ? 0 : i / (steps - 1);
    // The ends are exactly those that were asked for.
    const value = part === 1 ? to : scale === 'log' ? from * pow(to / from, part) : from + (to - from) * part;
    return param?.type === 'int' ? Math.round(value) : Number(value.toPrecision(9));
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
  let last: { readonly point: number; readonly experiment: Experiment } | undefined;
  const experimentAt = (point: number, run: number): Experiment => {
    if (last?.point === point && !spec.redraw) return last.experiment;
    const { values } = points[point]!;
    const given = parametersAt(spec, values);
    const scenario = scenarioAt(spec, values);
    if (spec.redraw) return experimentOf({ ...scenario, run }, spec.seed, given, read);
    const { topologyParams } = configurationOf(scenario, given);
    const key = JSON.stringify([scenario.topology, topologyParams]);
    const known = drawn.get(key);
    const experiment = experimentOf(scenario, spec.seed, given, read, known);
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
      const { events, measures } = labRun(experimentAt(point, run), spec.seed, run, { bytes: spec.bytes });
      const { completed, ...rest } = measures;
      const metrics = Object.fromEntries(Object.entries(rest).filter(([, value]) => Number.isFinite(value)));
      return { point, run, completed, events, metrics };
    },
  };
}

/** How to open one run of a sweep as a scene: the very run that was measured. */
export function openArgsOf(spec: SweepSpec, point: SweepPoint, run: number): OpenArgs {
  const scenario = scenarioAt(spec, point.values);
  return {
    scenario: 'gossip-laboratory',
    algorithm: scenario.algorithm,
    topology: scenario.topology.file ?? scenario.topology.id,
    seed: spec.seed,
    params: configurationOf(scenario, parametersAt(spec, point.values)).values,
    experiment: {
      run,
      ...(spec.redraw ? { redraw: true } : {}),
      ...(spec.until === undefined ? {} : { until: spec.until }),
      ...(spec.origin === undefined ? {} : { origin: spec.origin }),
    },
  };
}
