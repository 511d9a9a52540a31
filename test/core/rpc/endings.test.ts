/** What is gone for good must not keep a run going for ever: src/README.md, "Runs that never fall silent". */
import { expect, test } from 'vitest';
import { Run } from '../../../src/core/simulation/run.ts';
import type { Intervention, WorldAct } from '../../../src/protocol/intervention.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { world } from '../../support/scenes.ts';

const PERIOD = 1000;
const cutOff = (after: number): Intervention => ({ after, do: { type: 'partition', side: [0] } satisfies WorldAct });

const played = (params: ParamValues, interventions: readonly Intervention[] = []): Run =>
  new Run(world('karate-rumour', { params: { period: PERIOD, ...params } }), interventions).finish();
/** Tick of the row of what was done by hand after event `ordinal`. */
const tickAfter = (run: Run, ordinal: number): number => run.journal.tickOf(ordinal + 1);

test('a node cut off by hand calls for ever, and its run ends at the horizon', () => {
  const plain = played({ horizon: 50 });
  expect(plain.ended).toBe('drained');
  const run = played({ horizon: 50 }, [cutOff(0)]);
  expect(run.ended).toBe('horizon');
  expect(run.tick).toBe(50 * PERIOD);
  expect(run.metrics()['reached']).toBe(1);
});

test('the horizon is counted from what was done last', () => {
  const run = played({ horizon: 50 }, [cutOff(0), { after: 40, do: { type: 'pause', entity: 5 } }]);
  const last = tickAfter(run, 40);
  expect(last).toBeGreaterThan(0);
  expect(run.ended).toBe('horizon');
  expect(run.tick).toBe(last + 50 * PERIOD);
});

test('healed, it ends by itself', () => {
  const run = played({ horizon: 50 }, [cutOff(0), { after: 40, do: { type: 'heal' } }]);
  expect(run.ended).toBe('drained');
  expect(run.metrics()['reached']).toBeGreaterThan(1);
});

test('a look back is the same run, its end included', () => {
  const run = played({ horizon: 50 }, [cutOff(0)]);
  const end = run.journal.eventCount;
  run.at(end);
  const back = run.at(3);
  expect(back.kernel.run(1_000_000)).toBeGreaterThan(0);
  expect(back.kernel.ordinal).toBe(end);
});

test('nor do crashed peers: who waits for one that crashed ends at the horizon, behind the crash', () => {
  const ends = Array.from({ length: 8 }, (_, seed) => {
    const params = { period: PERIOD, horizon: 50, crash: 0.9, crashAt: 1 };
    const run = new Run(world('karate-rumour', { params, seed: `${seed}` })).finish();
    expect(run.tick).toBeLessThanOrEqual(51 * PERIOD);
    return run.ended;
  });
  expect(ends).toContain('horizon');
});
