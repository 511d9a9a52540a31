import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { utf8Length } from '../../../../src/base/utf8.ts';
import { InputError } from '../../../../src/base/result.ts';
import { algorithms } from '../../../../src/core/gossip/index.ts';
import { stanzaLines } from '../../../../src/core/simulation/export.ts';
import { readParams } from '../../../../src/core/simulation/params.ts';
import { Run } from '../../../../src/core/simulation/run.ts';
import { createWorld, scenarioOf } from '../../../../src/core/simulation/scenario.ts';
import { FIGURES } from '../../../../src/core/simulation/ways/figures.ts';
import { exportWays } from '../../../../src/core/simulation/ways/export.ts';
import { ways } from '../../../../src/core/simulation/ways/index.ts';
import { planOf } from '../../../../src/core/simulation/ways/plan.ts';
import { planWays, runWay, tasksOf } from '../../../../src/core/simulation/ways/run.ts';
import { FAULTS, type WayResult, type WaysSpec } from '../../../../src/protocol/ways.ts';
import { waysSchema } from '../../../../src/protocol/schemas.ts';
import { GROUP_PARAMS } from '../../../../src/scenarios/one-room.ts';

const SMALL: WaysSpec = { format: 'stanzascope/ways', version: 1, seed: 'small', params: { people: 6, messages: 10, settle: 10 } };
const runs = new Map<string, WayResult>();
/** Each run once. */
function ran(way: string, fault: (typeof FAULTS)[number]): WayResult {
  const key = `${way} ${fault}`;
  if (!runs.has(key)) runs.set(key, runWay(SMALL, way, fault));
  return runs.get(key)!;
}

test('the scenario offers the ways that there are, and the algorithms that can carry several messages over XMPP', () => {
  expect(GROUP_PARAMS.way.options).toEqual(ways.map(({ id }) => id));
  const able = algorithms.filter(
    (a) => a.many && !a.synchronous(readParams(a.params, {}, a.id)) && a.needs(readParams(a.params, {}, a.id)).length === 0,
  );
  expect(GROUP_PARAMS.algorithm.options.toSorted()).toEqual(able.map(({ id }) => id).toSorted());
});

test('the plan is the same for every way and fault: the same people say the same at the same time, but for who has left', () => {
  const plans = FAULTS.map((fault) => planOf('s', { fault, people: 20 }));
  for (const plan of plans) {
    expect(plan.people.map(({ name, server }) => [name, server])).toEqual(plans[0]!.people.map(({ name, server }) => [name, server]));
    expect(plan.says.map(({ at }) => at)).toEqual(plans[0]!.says.map(({ at }) => at));
    expect(new Set(plan.says.map(({ body }) => body)).size).toBe(plan.says.length);
    expect(plan.says.every(({ at, author }) => at >= plan.begins && at < plan.ends && plan.people[author]!.leaves === undefined)).toBe(
      true,
    );
  }
  expect(plans.map(({ people }) => people.filter(({ leaves }) => leaves !== undefined).length)).toEqual([0, 0, 0, 2]);
  expect(planOf('t', {}).says).not.toEqual(planOf('s', {}).says);
});

test.each(ways.flatMap(({ id }) => FAULTS.map((fault) => [id, fault] as const)))(
  '%s under fault %s: a run is a function of its spec',
  (way, fault) => {
    const again = runWay({ ...SMALL, params: { ...SMALL.params } }, way, fault);
    expect(JSON.stringify(again)).toBe(JSON.stringify(ran(way, fault)));
  },
);

test.each(ways.map(({ id }) => id))(
  '%s: without a fault everybody sees everything once, after it was said and no sooner than light',
  (way) => {
    const { figures, people, messages, reach } = ran(way, 'none');
    expect(figures['missed']).toBe(0);
    expect(reach).toEqual({ before: 1, during: 1, after: null });
    for (const { order, seen } of people) {
      expect(order.toSorted((a, b) => a - b)).toEqual(messages.map((_, i) => i));
      expect(seen).toBe(messages.length);
    }
    const { clientLatency } = planOf('', {}).values;
    for (const { at, last, seen, owed } of messages) {
      expect(seen).toBe(owed);
      expect(last).toBeGreaterThanOrEqual(at + 2000 * Number(clientLatency));
    }
    expect(figures['max']).toBeGreaterThanOrEqual(figures['p95']!);
    expect(figures['p95']).toBeGreaterThanOrEqual(figures['median']!);
  },
);

test('the star costs what XEP-0045 predicts: one stanza up to the room’s server, one down to each, and one more for each server between', () => {
  const plan = planOf(SMALL.seed, { ...SMALL.params });
  const away = plan.people.filter(({ server }) => server !== 0).length;
  // A message of somebody on the room's server goes up once, of anybody else twice; each copy goes down once, or twice.
  const expected = plan.says.reduce((sum, { author }) => sum + (plan.people[author]!.server === 0 ? 1 : 2) + plan.people.length + away, 0);
  const { figures, servers } = ran('muc', 'none');
  expect(figures['stanzas']).toBe(expected);
  // The room's server has a hand in every one but those between the other servers and their own people.
  const between = plan.says.reduce((sum, { author }) => sum + (plan.people[author]!.server === 0 ? 0 : 1) + away, 0);
  expect(servers[0]).toMatchObject({ name: 's1.lit', stanzas: expected - between });
});

test('what is measured unrecorded is what the page shows of the very run', () => {
  for (const way of ways.map(({ id }) => id)) {
    const world = createWorld(
      { scenario: scenarioOf('one-room'), seed: SMALL.seed, params: { ...SMALL.params, way, fault: 'none' } },
      undefined,
    );
    const run = new Run(world).finish();
    const { figures, messages } = ran(way, 'none');
    expect(run.metrics()).toMatchObject({
      stanzas: figures['stanzas'],
      bytes: figures['bytes'],
      disputed: figures['disputed'],
      reached: 6,
    });
    // Somebody takes in the last copy at the tick of the result.
    const last = Math.max(...messages.map((message) => message.last));
    expect(run.journal.tickOf(run.journal.ordinalAt(last))).toBe(last);
  }
});

test('every number that there is has a moment in the run, and what it selects is there', () => {
  for (const { id } of ways)
    for (const fault of FAULTS) {
      const { figures, moments } = ran(id, fault);
      const { stage } = createWorld(
        { scenario: scenarioOf('one-room'), seed: SMALL.seed, params: { ...SMALL.params, way: id, fault } },
        undefined,
      );
      for (const figure of FIGURES) {
        if (!figures[figure.id]) continue;
        const moment = moments[figure.id];
        expect(moment, `${id}, ${fault}: ${figure.id}`).toBeDefined();
        if (moment?.select?.type === 'entity') expect(stage.entities.jid[moment.select.index]).toBeDefined();
        if (moment?.select?.type === 'link') expect(stage.links.from[moment.select.index]).toBeDefined();
      }
    }
});

test('over gossip the texts of the messages travel, and every byte of what travels is counted', () => {
  const plan = planOf(SMALL.seed, { ...SMALL.params });
  const world = createWorld({ scenario: scenarioOf('one-room'), seed: SMALL.seed, params: { ...SMALL.params, way: 'gossip' } }, undefined);
  const lines = [...stanzaLines(new Run(world).finish())].map(
    (line) => JSON.parse(line) as { readonly xml: string; readonly tick: number },
  );
  for (const { body } of plan.says) expect(lines.some(({ xml }) => xml.includes(`<string>${body}</string>`))).toBe(true);
  // On a stream its namespace goes without saying.
  const bytes = lines
    .filter(({ tick }) => tick >= plan.begins)
    .reduce((sum, { xml }) => sum + utf8Length(xml.replace(/ xmlns='jabber:(client|server)'/, '')), 0);
  expect(ran('gossip', 'none').figures).toMatchObject({ bytes });
});

test.each([
  [{ people: 1 }, /people/],
  [{ colour: 'red' }, /colour/],
  [{ faultAt: 0.9, backAt: 0.1 }, /backAt/],
  [{ algorithm: 'rumour' }, /algorithm/],
  [{ way: 'muc' }, /`way` is compared/],
])('a spec with the parameters %j is refused by name', (params, words) => {
  expect(() => planWays({ ...SMALL, params })).toThrow(InputError);
  expect(() => planWays({ ...SMALL, params })).toThrow(words);
});

test('a spec says which ways and faults; text is read as the parameters are', () => {
  const plan = planWays({ ...SMALL, ways: ['muc'], faults: ['none', 'leave'], params: { people: '7' } });
  expect(plan.spec.params).toEqual({ people: 7 });
  expect(tasksOf(plan)).toEqual([
    { way: 'muc', fault: 'none' },
    { way: 'muc', fault: 'leave' },
  ]);
  expect(() => planWays({ ...SMALL, ways: ['pigeon'] })).toThrow(/pigeon/);
});

test('the table has a row for each run and a column for each figure', () => {
  const results = [ran('muc', 'none'), ran('gossip', 'server')];
  const [head, ...rows] = exportWays(SMALL, results, 'csv').text.trim().split('\n');
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row.split(',')).toHaveLength(head!.split(',').length);
  expect(JSON.parse(exportWays(SMALL, results, 'json').text)).toMatchObject({
    format: 'stanzascope/ways-result',
    results: JSON.parse(JSON.stringify(results)),
  });
});

test('public/schemas/ways.json is the schema that is checked', () => {
  const file = join(import.meta.dirname, '../../../../public/schemas/ways.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(waysSchema)));
});
