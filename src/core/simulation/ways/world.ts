/** The scenario of a group: its parameters choose the way, and the way makes the world. */
import type { ParamValues } from '../../../protocol/params.ts';
import type { GroupScenario } from '../../../protocol/scenario.ts';
import type { Playing, World } from '../world.ts';
import { wayOf } from './index.ts';
import { planOf } from './plan.ts';
import { GROUP_MEASURES } from './watch.ts';
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
    play(journal, interventions) {
      const playing = world.play(journal, interventions);
      return { ...playing, metrics: () => measured(playing) };
    },
  };
}

/** The same of every way: those of one update, which gossip counts beside them, would stand next to nothing. */
function measured({ kernel, metrics }: Playing): Readonly<Record<string, number>> {
  const found = metrics();
  const time = kernel.reachedAt.reduce((last, tick) => Math.max(last, tick), 0);
  const common = { reached: kernel.reachedCount, time, maxInFlight: kernel.maxInFlight };
  return { ...Object.fromEntries(GROUP_MEASURES.flatMap((name) => (name in found ? [[name, found[name]!]] : []))), ...common };
}
