/**
 * What the speed figures measure, the same in Node and in a browser's worker: the whole engine as the lab runs it, with its
 * algorithms' contract and all measures, nothing recorded. `test/bench/speed.ts` says what is held against what.
 */
import { experimentOf, gossipScenario, type Experiment } from '../../src/core/simulation/experiment.ts';
import { labRun, LabScratch } from '../../src/core/simulation/lab.ts';
import { createSweeper, pointsOf } from '../../src/core/simulation/sweep.ts';
import { complete } from '../../src/core/topology/complete.ts';
import { sparse, type Topology } from '../../src/core/topology/topology.ts';
import type { ParamValues } from '../../src/protocol/params.ts';
import { tolerance2011 } from '../../src/scenarios/sweeps/tolerance-2011.ts';
import { crowd } from './crowd.ts';
import { storm } from './storm.ts';

/** `limit.cpp` counts delays in whole ticks up to 1,000; so many times as long, they are as good as real-valued, and beyond any wheel. */
const FINE = 10_000;

export type WorkloadName =
  'complete' | 'thousand' | 'hundred-thousand' | 'million' | 'sweep' | 'complete, fine' | 'hundred-thousand, fine' | 'storm' | 'crowd';

export interface Request {
  /** What to get ready; absent: measure it. */
  readonly prepare?: WorkloadName;
  /** Text of the 2011 program's own graph, for the sweep. */
  readonly graph?: string;
}
export interface Sample {
  /** 0 when things were only made ready. */
  readonly events: number;
  readonly seconds: number;
}

/** Answers how many events there were. */
type Work = () => number;

/** Every workload by name: what makes it ready and gives the work to be measured. */
const WORKLOADS: Readonly<Record<WorkloadName, (graph: string | undefined) => Work>> = {
  complete: () => warmed(uniform(completeGraph(1), 1), 150, 30),
  'complete, fine': () => warmed(uniform(completeGraph(FINE), FINE), 60, 20),
  thousand: () => warmed(regular(1000, 1), 150, 50),
  'hundred-thousand': () => warmed(regular(100_000, 1), 1, 1),
  'hundred-thousand, fine': () => warmed(regular(100_000, FINE), 1, 1),
  // Long enough to need no warming, and its memory is to be that of one run.
  million: () => warmed(regular(1_000_000, 1), 1, 0),
  storm,
  crowd,
  sweep(text) {
    if (text === undefined) throw new Error('The sweep needs the text of its graph.');
    const { spec } = tolerance2011;
    const points = pointsOf(spec);
    return () => {
      const sweeper = createSweeper(spec, points, { name: 'complete-100.dot', text });
      let events = 0;
      for (const { index } of points) for (let run = 0; run < spec.runs; run++) events += sweeper.run(index, run).events;
      return events;
    };
  },
};

/** Uniform gossip with tolerance 3. */
function uniform(topology: Topology, period: number): Experiment {
  return experimentOf(gossipScenario('uniform', { id: 'file' }), '1', { tolerance: 3, period }, undefined, topology);
}

/** 100 nodes, lengths 0 … 999, in columns as a graph that was read from a file is. */
function completeGraph(fine: number): Topology {
  const drawn = complete.generate({ nodes: 100, latency: `uniform(0,${999 * fine})` }, 'bench');
  const links = Array.from({ length: drawn.links }, (_, link) => link);
  return sparse(100, links.map(drawn.source), links.map(drawn.target), drawn.length, { directed: true });
}

/** Degree 10, lengths 1 … 1,000, period 100. */
function regular(nodes: number, fine: number): Experiment {
  const scenario = gossipScenario('uniform', { id: 'random-regular' });
  const values: ParamValues = { nodes, degree: 10, latency: `uniform(${fine},${1000 * fine})`, tolerance: 3 };
  // The longest period that there may be is 100 × 10,000.
  return experimentOf(scenario, '1', { ...values, period: 100 * fine });
}

function warmed(experiment: Experiment, runs: number, before: number): Work {
  const scratch = new LabScratch();
  const work = (count: number): number => {
    let events = 0;
    for (let r = 0; r < count; r++) events += labRun(experiment, '1', r, {}, scratch).events;
    return events;
  };
  work(before);
  return () => work(runs);
}

/** What a process or worker of the bench answers to its requests: first to get ready, then to measure. */
export function workbench(): (request: Request) => Sample {
  let work: Work | undefined;
  return ({ prepare, graph }) => {
    const since = performance.now();
    let events = 0;
    if (prepare !== undefined) work = WORKLOADS[prepare](graph);
    else if (work === undefined) throw new Error('Nothing was made ready.');
    else events = work();
    return { events, seconds: (performance.now() - since) / 1000 };
  };
}
