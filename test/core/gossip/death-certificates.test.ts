/** Death certificates against Demers et al. (1987, §2): what is forgotten too early comes back, unless somebody sleeps on it. */
import { describe, expect, test } from 'vitest';
import { algorithms } from '../../../src/core/gossip/index.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import type { Change } from '../../../src/protocol/scenario.ts';

const PERIOD = 1000;
const N = 60;
const { states } = algorithms.find(({ id }) => id === 'death-certificates')!;

interface Given {
  readonly changes?: readonly Change[];
  readonly topology?: string;
  readonly seed?: string;
}
function play(params: ParamValues, { changes = [], topology = 'complete', seed = 'one' }: Given = {}) {
  const scenario = gossipScenario('death-certificates', { id: topology }, { changes, origin: '0' });
  const e = experimentOf(scenario, 's', { nodes: N, latency: 'constant(20)', ...params });
  const { kernel, world } = playExperiment(e, seed, { stage: bareStage, bytes: () => 0 });
  const layer = world.layers[0]!;
  /** How many live sites are in each state after so many periods. */
  const after = (periods: number): Readonly<Record<string, number>> => {
    while (kernel.nextTick <= periods * PERIOD && kernel.step());
    const counts: Record<string, number> = {};
    for (let node = 0; node < e.topology.nodes; node++) {
      if (!world.isUp(node)) continue;
      const { id } = states[layer.algorithm.shown(layer.state, node, layer)]!;
      counts[id] = (counts[id] ?? 0) + 1;
    }
    return counts;
  };
  /** The sites that the origin put on its list; read while it has the certificate. */
  const retaining = (width: number): number[] => Array.from(layer.state['sites']!.subarray(0, width), (site) => site - 1);
  return { after, retaining, kernel, world, layer };
}
const away = (node: number, from: number, to: number): Change[] => [
  { at: from * PERIOD, do: 'crash', node: String(node) },
  { at: to * PERIOD, do: 'join', node: String(node) },
];

describe('§2: every site holds the certificate for τ1, and then it is gone', () => {
  test('well above the time it takes to reach all, each site removes the item, and the retention sites alone keep it for τ2 more', () => {
    const run = play({ threshold: 20, dormancy: 15, retention: 4 });
    expect(run.after(12)).toEqual({ active: N });
    const retaining = run.retaining(4);
    expect(new Set(retaining).size).toBe(4);
    // Within a period of τ1 each site has looked at its certificate.
    expect(run.after(19)).toEqual({ active: N });
    expect(run.after(21.1)).toEqual({ forgotten: N - 4, dormant: 4 });
    expect(retaining.map((node) => run.layer.state['has']![node])).toEqual([2, 2, 2, 2]);
    // Asleep, it is not shown to anybody (§2.2).
    const { updatesSent } = run.world.spread;
    expect(run.after(34)).toEqual({ forgotten: N - 4, dormant: 4 });
    expect(run.world.spread.updatesSent).toBe(updatesSent);
    expect(run.after(36.1)).toEqual({ forgotten: N });
    // It goes on for a while and ends by itself, before the horizon.
    expect(run.after(400)).toEqual({ forgotten: N });
    expect(run.kernel.tick).toBeGreaterThan(40 * PERIOD);
    expect(run.kernel.tick).toBeLessThan(70 * PERIOD);
  });

  test('lists of retention sites are drawn from all sites, each as likely', () => {
    const often = new Uint32Array(12);
    for (let r = 0; r < 600; r++) for (const site of play({ nodes: 12, retention: 3 }, { seed: `r${r}` }).retaining(3)) often[site]!++;
    // Binomial with mean 150 and deviation 10.6.
    for (const count of often) expect(Math.abs(count - 150)).toBeLessThan(43);
  });

  test('it takes as long as push-pull anti-entropy does, and loss makes it slower, no less sure', () => {
    const measures = (params: ParamValues) => {
      const e = experimentOf(gossipScenario('death-certificates', { id: 'complete' }), 's', {
        nodes: 500,
        latency: 'constant(1)',
        threshold: 30,
        dormancy: 0,
        ...params,
      });
      return gossipLab(e, 's', 6).metrics;
    };
    const [fair, lossy] = [measures({}), measures({ loss: 0.3 })];
    expect([fair['residue']!.mean, lossy['residue']!.mean]).toEqual([0, 0]);
    const e = experimentOf(gossipScenario('anti-entropy', { id: 'complete' }), 's', { nodes: 500, latency: 'constant(1)' });
    const plain = gossipLab(e, 's', 6).metrics['tLast']!;
    expect(Math.abs(fair['tLast']!.mean / plain.mean - 1)).toBeLessThan(0.15);
    expect(lossy['tLast']!.mean).toBeGreaterThan(1.15 * fair['tLast']!.mean);
  });
});

describe('§2.1: an obsolete copy comes back after τ1', () => {
  // A site that is away from before the deletion's spread until long after all the others have forgotten it.
  const changes = away(17, 0, 40);
  const seeds = ['a', 'b', 'c', 'd', 'e', 'f'];

  test.each(seeds)('without retention sites the item is resurrected everywhere (%s)', (seed) => {
    const run = play({ threshold: 20, retention: 0 }, { changes, seed });
    expect(run.after(39)).toEqual({ forgotten: N - 1 });
    run.after(60);
    expect(run.after(60)).toEqual({ holds: 1, resurrected: N - 1 });
    expect(run.after(200)).toEqual({ holds: 1, resurrected: N - 1 });
  });

  test.each(seeds)('a certificate that sleeps awakens, and the item is removed everywhere again (%s)', (seed) => {
    const run = play({ threshold: 20, dormancy: 100, retention: 3 }, { changes, seed });
    run.after(15);
    const asleep = 3 - (run.retaining(3).includes(17) ? 1 : 0);
    expect(run.after(39)).toEqual({ forgotten: N - 1 - asleep, dormant: asleep });
    expect(run.after(58)).toEqual({ active: N });
    // The site that was away is told now that it is on the list, if it is.
    const later = run.after(85);
    expect(later).toEqual({ forgotten: N - 3, dormant: 3 });
    // The times of activation moved, that of the deletion did not.
    const keeper = run.layer.state['has']!.indexOf(2);
    expect(run.layer.state['time']![keeper]).toBe(1);
    expect(run.layer.state['activated']![keeper]).toBeGreaterThan(40 * PERIOD);
  });

  test('after τ1 + τ2 nobody is left to awaken', () => {
    const run = play({ threshold: 20, dormancy: 10, retention: 3 }, { changes });
    expect(run.after(39)).toEqual({ forgotten: N - 1 });
    expect(run.after(60)).toEqual({ holds: 1, resurrected: N - 1 });
  });

  test('with sites that come and go, more retention sites leave fewer copies of the item', () => {
    const copies = (retention: number): number => {
      let sum = 0;
      for (let r = 0; r < 5; r++) {
        const params = { retention, threshold: 12, dormancy: 200, churn: 0.002, downtime: 15, horizon: 120 };
        const { holds = 0, resurrected = 0 } = play(params, { seed: `c${r}` }).after(110);
        sum += holds + resurrected;
      }
      return sum / (5 * N);
    };
    expect(copies(0)).toBeGreaterThan(0.8);
    expect(copies(8)).toBeLessThan(0.25);
  });
});

test('§2: a certificate that is forgotten before it has reached all does not delete the item', () => {
  let survived = 0;
  for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const { holds = 0, resurrected = 0 } = play({ threshold: 3, retention: 0 }, { seed }).after(40);
    expect([0, N]).toContain(holds + resurrected);
    if (holds + resurrected === N) survived++;
  }
  expect(survived).toBeGreaterThan(4);
});

describe('§2.2: the time of activation', () => {
  test('an item that is written after the deletion takes the place of certificates, awake or asleep', () => {
    expect(play({ threshold: 20, reinstate: 5 }).after(20)).toEqual({ reinstated: N });
    const asleep = play({ threshold: 8, reinstate: 12 });
    expect(asleep.after(11)).toEqual({ forgotten: N - 3, dormant: 3 });
    expect(asleep.after(30)).toEqual({ reinstated: N });
  });

  test('a certificate that awakens after that does not cancel it, and cancels what is older', () => {
    // A line: the new item cannot pass from 4 to 5 while the link is cut, and the obsolete copy comes back at 9, where all keep a certificate.
    const changes: Change[] = [
      ...away(9, 0, 80),
      { at: 60 * PERIOD, do: 'down', node: '4', to: '5' },
      { at: 112 * PERIOD, do: 'up', node: '4', to: '5' },
    ];
    const run = play({ nodes: 10, threshold: 40, dormancy: 300, retention: 10, reinstate: 61 }, { topology: 'line', changes });
    expect(run.after(60)).toEqual({ dormant: 9 });
    expect(run.after(79)).toEqual({ reinstated: 5, dormant: 4 });
    const met = run.after(110);
    expect(met).toEqual({ reinstated: 5, active: 5 });
    // Awake later than the new item was written, and still older than it.
    expect(run.layer.state['activated']![5]).toBeGreaterThan(run.layer.state['time']![4]!);
    // They meet at the link while the certificates are awake.
    expect(run.after(170)).toEqual({ reinstated: 10 });
  });
});
