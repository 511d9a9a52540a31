/** The scenario of a group: its parameters choose the way, and the way makes the world. */
import type { ParamValues } from '../../../protocol/params.ts';
import type { GroupScenario } from '../../../protocol/scenario.ts';
import type { World } from '../world.ts';
import { wayOf } from './index.ts';
import { planOf } from './plan.ts';
import { GROUP_PARAMS } from '../../../scenarios/one-room.ts';

const MICROSECONDS = 1_000_000;

export function groupWorld(scenario: GroupScenario, seed: string, given: ParamValues): World {
  const plan = planOf(seed, { ...scenario.values, ...given });
  const { world } = wayOf(plan.way).world(plan);
  const { id, title, summary } = scenario;
  return {
    ...world,
    scenario: world.scenario.model === 'xmpp' ? { ...world.scenario, id, title, summary } : scenario,
    seed,
    params: GROUP_PARAMS,
    values: plan.values,
    unit: { label: 's', ticks: MICROSECONDS },
    speed: scenario.speed ?? MICROSECONDS,
    period: undefined,
    entered: undefined,
  };
}
