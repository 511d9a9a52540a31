/**
 * The engine's speed in Node and in a browser's worker, held against one core's limit. The machine may be busy with other things:
 * limit, process and worker are measured in turn, again and again, and the medians are told.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tolerance2011 } from '../../src/scenarios/sweeps/tolerance-2011.ts';
import { figure, type Figures } from './figure.ts';
import { hostsOf, type Bench, type Host } from './hosts.ts';
import { compileLimit, type Limit, type LimitRun } from './limit.ts';
import type { WorkloadName } from './workloads.ts';

const WHEEL = 'C++ timing wheel';
const HEAP = 'C++ 4-ary heap';

interface Taken {
  /** Million events a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly megabytes: number | undefined;
}
/** Medians of one workload; `toLimit` of the proportions of each turn. */
interface Result extends Taken {
  readonly ready: number;
  readonly limit: Taken | undefined;
  readonly toLimit: number | undefined;
}
type Results = ReadonlyMap<Host, Result>;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
const medianOf = (taken: readonly Taken[]): Taken => ({
  rate: median(taken.map(({ rate }) => rate)),
  seconds: median(taken.map(({ seconds }) => seconds)),
  // A process that has run once may keep what it no longer needs: the first run's is what one run takes.
  megabytes: taken[0]!.megabytes,
});
const rated = (sample: { readonly events: number; readonly seconds: number; readonly megabytes: number | undefined }): Taken => ({
  rate: sample.events / sample.seconds / 1e6,
  seconds: sample.seconds,
  megabytes: sample.megabytes,
});

/** No further turn begins when a workload has taken so many seconds: all of this is to end within four minutes on a busy machine too. */
const ENOUGH = 45;
/** Below this share of a core that the work had, its seconds tell more of the machine than of the engine. */
const BUSY = 0.85;

/** All hosts in turn, the limit before and after each. */
async function inTurn(hosts: readonly Host[], name: WorkloadName, turns: number, limit: (() => Taken) | undefined): Promise<Results> {
  const graph = name === 'sweep' ? readFileSync(join('public', 'graphs', 'complete-100.dot'), 'utf8') : undefined;
  const opened: { host: Host; bench: Bench; ready: number; taken: Taken[]; toLimit: number[] }[] = [];
  const limits: Taken[] = [];
  let share = 1;
  try {
    for (const host of hosts) {
      const bench = await host.open();
      const place = { host, bench, ready: 0, taken: [], toLimit: [] };
      opened.push(place);
      place.ready = (await bench.ask({ prepare: name, ...(graph === undefined ? {} : { graph }) })).seconds;
    }
    const since = performance.now();
    if (limit) limits.push(limit());
    for (let turn = 0; turn < turns && performance.now() - since < 1000 * ENOUGH; turn++)
      for (const { bench, taken, toLimit } of opened) {
        const sample = await bench.ask({});
        taken.push(rated(sample));
        share = Math.min(share, sample.share ?? 1);
        if (!limit) continue;
        const [before, after] = [limits.at(-1)!, limit()];
        limits.push(after);
        toLimit.push(rated(sample).rate / ((before.rate + after.rate) / 2));
      }
  } finally {
    for (const { bench } of opened) await bench.close();
  }
  if (share < BUSY)
    console.error(`\n${name}: the machine is busy with other things; at worst only ${Math.round(100 * share)} % of a core was ours.`);
  return new Map(
    opened.map(({ host, ready, taken, toLimit }) => {
      const compared = limits.length === 0 ? undefined : { limit: medianOf(limits), toLimit: median(toLimit) };
      return [host, { ...medianOf(taken), ready, limit: undefined, toLimit: undefined, ...compared }];
    }),
  );
}

const wheel = { queue: 'wheel', tolerance: 3 } as const;
const RUNS: Readonly<Record<Exclude<WorkloadName, 'sweep' | 'storm' | 'crowd'>, LimitRun>> = {
  complete: { ...wheel, nodes: 100, degree: 0, period: 1, runs: 1000 },
  'complete, fine': { queue: 'heap', tolerance: 3, nodes: 100, degree: 0, period: 1, runs: 150 },
  thousand: { ...wheel, nodes: 1000, degree: 10, period: 100, runs: 1000 },
  'hundred-thousand': { ...wheel, nodes: 100_000, degree: 10, period: 100, runs: 3 },
  'hundred-thousand, fine': { queue: 'heap', tolerance: 3, nodes: 100_000, degree: 10, period: 100, runs: 1 },
  million: { ...wheel, nodes: 1_000_000, degree: 10, period: 100, runs: 1 },
};

/** The sweep of 2011 by the limit: a call for each of its twelve tolerances, on a graph of the same kind. */
function limitSweep(limit: Limit): Taken {
  const points = Array.from({ length: 12 }, (_, i) =>
    limit({ ...wheel, nodes: 100, degree: 0, tolerance: i + 1, period: 1, runs: tolerance2011.spec.runs }),
  );
  const sum = (of: (sample: (typeof points)[number]) => number): number => points.reduce((total, point) => total + of(point), 0);
  return rated({ events: sum(({ events }) => events), seconds: sum(({ seconds }) => seconds), megabytes: undefined });
}

const rates = (what: string, results: Results, reference: string): Figures =>
  Object.fromEntries(
    [...results].map(([{ name }, { rate, toLimit }]) => [`${what}, ${name}`, figure(rate, 'million events/s', reference, toLimit)]),
  );

export async function speed(): Promise<Figures> {
  const limit = compileLimit();
  const hosts = hostsOf(new URL('./gossip.node.ts', import.meta.url), new URL('./gossip.worker.ts', import.meta.url));
  const measure = (name: keyof typeof RUNS, turns: number): Promise<Results> =>
    inTurn(hosts, name, turns, limit && (() => rated(limit(RUNS[name]))));
  const figures: Figures = {};
  const small = await measure('complete', 7);
  Object.assign(figures, rates('N=100 F=3 T=1, complete', small, WHEEL));
  Object.assign(figures, rates('10⁵ nodes of degree 10, T=100', await measure('hundred-thousand', 5), WHEEL));

  const million = await measure('million', 2);
  Object.assign(figures, rates('10⁶ nodes of degree 10, T=100', million, WHEEL));
  for (const [{ name }, { seconds, megabytes, ready, limit: least, toLimit }] of million) {
    figures[`10⁶ nodes to the end, ${name}`] = figure(seconds, 's', WHEEL, toLimit && 1 / toLimit);
    figures[`10⁶ nodes, drawing the graph, ${name}`] = figure(ready, 's');
    if (megabytes !== undefined)
      figures[`10⁶ nodes, memory of the process, ${name}`] = figure(
        megabytes,
        'MB',
        WHEEL,
        least?.megabytes && megabytes / least.megabytes,
      );
  }

  const sweep = await inTurn(hosts, 'sweep', 1, limit && (() => limitSweep(limit)));
  for (const [{ name }, { seconds, toLimit }] of sweep)
    figures[`sweep of 2011, 12 × 200 runs, ${name}`] = figure(seconds, 's', WHEEL, toLimit && 1 / toLimit);

  const storm = await inTurn(hosts, 'storm', 3, undefined);
  for (const [{ name }, { seconds }] of storm)
    figures[`login storm, 1,000 clients on 10 servers, 50 contacts each, ${name}`] = figure(seconds, 's');

  Object.assign(figures, rates('real-valued delays, N=100 F=3 T=1, complete', await measure('complete, fine', 5), HEAP));
  Object.assign(figures, rates('real-valued delays, 10⁵ nodes of degree 10, T=100', await measure('hundred-thousand, fine', 3), HEAP));

  const thousand = await measure('thousand', 5);
  for (const [host, { rate, toLimit }] of million) {
    const few = thousand.get(host)!;
    figures[`cost of an event, 10⁶ nodes to 10³, ${host.name}`] = figure(
      few.rate / rate,
      'times',
      `${WHEEL}’s own`,
      toLimit && few.toLimit && few.toLimit / toLimit,
    );
  }
  return figures;
}
