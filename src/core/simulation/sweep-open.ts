/** From a run of a sweep to the scene that shows it: the very run that was measured. */
import type { ParamValues } from '../../protocol/params.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import type { GossipScenario } from '../../protocol/scenario.ts';
import type { SweepPoint, SweepSpec } from '../../protocol/sweep.ts';
import { configurationOf } from './configuration.ts';
import { scenarioOf, withAlgorithm, withTopology } from './scenario.ts';
import { parametersAt, scenarioAt } from './sweep.ts';

/** The scene in which runs of sweeps are opened. */
const LABORATORY = 'gossip-laboratory';
/** What that scene has of itself with this algorithm on this graph: only what differs has to be said. */
function ownValues({ algorithm, topology }: GossipScenario): ParamValues {
  const laboratory = withTopology(withAlgorithm(scenarioOf(LABORATORY), algorithm), topology.file ?? topology.id);
  return laboratory.model === 'gossip' ? configurationOf(laboratory, {}).values : {};
}

/** How to open one run of a sweep as a scene: the very run that was measured. */
export function openArgsOf(spec: SweepSpec, point: SweepPoint, run: number): OpenArgs {
  const scenario = scenarioAt(spec, point.values);
  const { values } = configurationOf(scenario, parametersAt(spec, point.values));
  const own = ownValues(scenario);
  return {
    scenario: LABORATORY,
    algorithm: scenario.algorithm,
    topology: scenario.topology.file ?? scenario.topology.id,
    seed: spec.seed,
    params: Object.fromEntries(Object.entries(values).filter(([name, value]) => own[name] !== value)),
    experiment: {
      run,
      ...(spec.redraw ? { redraw: true } : {}),
      ...(spec.until === undefined ? {} : { until: spec.until }),
      ...(spec.origin === undefined ? {} : { origin: spec.origin }),
    },
  };
}
