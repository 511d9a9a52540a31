/** Clients and servers that go away and come back by chance. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { What } from '../../../src/core/kernel/journal.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { xmppWorld } from '../../../src/core/simulation/xmpp.ts';
import type { World } from '../../../src/core/simulation/world.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { logsIn, scene, SECOND } from '../../../src/scenarios/xmpp/parts.ts';
import { finished, stanzasOf, world } from '../../support/scenes.ts';

const PEOPLE = ['alice', 'madhatter', 'queen', 'king'];
const quiet = (params: ParamValues, seed = '1', manage = false): World => {
  const clients = PEOPLE.map((name) => {
    const { jid, acts } = logsIn(`${name}@wonderland.lit/tea`, 0);
    return { jid, acts: acts.map((act) => (act.do === 'connect' && manage ? { ...act, manage } : act)) };
  });
  const servers = [{ domain: 'wonderland.lit' }];
  const streams = { clients: 'down', servers: 'down' } as const;
  return xmppWorld(scene({ id: 'quiet', title: '', summary: '', servers, streams, clients, until: 300 * SECOND }), seed, params);
};
/** Rules of the rows in which nothing happened, with their entities. */
function rules({ journal }: Run, wanted: (rule: string) => boolean) {
  const { events } = journal;
  const found: { readonly ordinal: number; readonly entity: number; readonly rule: string; readonly tick: number }[] = [];
  for (let o = 1; o <= journal.eventCount; o++) {
    const rule = journal.ruleName(events.rule.get(o - 1));
    if (events.what.get(o - 1) === What.nothing && wanted(rule))
      found.push({ ordinal: o, entity: events.entity.get(o - 1), rule, tick: journal.tickOf(o) });
  }
  return found;
}
const isChance = (rule: string): boolean => rule.startsWith('fault/');

test('who goes comes back, in turn, as often as was asked for on the mean', () => {
  const run = new Run(quiet({ churn: 6, away: 2 })).finish();
  const all = rules(run, isChance);
  for (const entity of [1, 2, 3, 4]) {
    const own = all.filter((row) => row.entity === entity).map(({ rule }) => rule);
    expect(own.every((rule, i) => rule === (i % 2 === 0 ? 'fault/crash' : 'fault/back'))).toBe(true);
  }
  // Four clients for five minutes, each going six times a minute while it is there: about 25 times each.
  const went = all.filter(({ rule }) => rule === 'fault/crash').length;
  expect(went).toBeGreaterThan(70);
  expect(went).toBeLessThan(130);
});

test.each([
  ['crash', 'fault/crash'],
  ['go offline', 'fault/offline'],
  ['lose contact', 'fault/connection'],
])('clients that %s are seen by others as such, and are there again afterwards', (churnKind, rule) => {
  const run = new Run(quiet({ churn: 2, away: 3, churnKind })).finish();
  const gone = rules(run, (r) => r === rule);
  expect(gone.length).toBeGreaterThan(5);
  const fold = run.fold.sibling();
  for (const { ordinal, entity } of gone) {
    fold.seek(ordinal);
    expect(run.world.stage.states[fold.states[entity]!]!.id).toBe('offline');
  }
  // Five seconds after coming back each is online, unless it went again.
  for (const { tick, entity } of rules(run, (r) => r === 'fault/back')) {
    const again = gone.some((g) => g.entity === entity && g.tick >= tick && g.tick < tick + 5 * SECOND);
    if (again || tick + 5 * SECOND > run.tick) continue;
    fold.seek(run.journal.ordinalAt(tick + 5 * SECOND));
    expect(run.world.stage.states[fold.states[entity]!]!.id).toBe('online');
  }
});

test('a connection that dies is no end of a managed session: it is resumed', () => {
  const run = new Run(quiet({ churn: 2, away: 3, churnKind: 'lose contact' }, '1', true)).finish();
  const resumed = stanzasOf(run).filter((stanza) => stanza?.name === 'resumed').length;
  expect(resumed).toBeGreaterThan(5);
  expect(stanzasOf(run).some((stanza) => stanza?.name === 'failed')).toBe(false);
});

test('servers die and are started again, and their clients find their way back', () => {
  const run = new Run(quiet({ serverChurn: 2, away: 5 })).finish();
  const back = rules(run, (r) => r === 'fault/back');
  expect(back.length).toBeGreaterThan(1);
  expect(back.every(({ entity }) => entity === 0)).toBe(true);
  expect(rules(run, (r) => r === 'rfc-6120/3.3/reconnect').length).toBeGreaterThanOrEqual(PEOPLE.length);
  const last = back.at(-1)!.tick;
  const fold = run.fold.sibling();
  fold.seek(run.journal.ordinalAt(Math.min(run.tick, last + 100 * SECOND)));
  if (!rules(run, (r) => r === 'fault/crash').some(({ tick }) => tick > last))
    for (const entity of [1, 2, 3, 4]) expect(run.world.stage.states[fold.states[entity]!]!.id).toBe('online');
});

test('who is in a room is in it again afterwards', () => {
  const run = finished('room-two-servers', { params: { churn: 6, away: 0.5 } });
  const rejoined = Array.from({ length: run.journal.messageCount }, (_, id) => run.journal.ruleName(run.journal.messages.rule.get(id)));
  expect(rejoined).toContain('xep-0045/7.2/again');
});

test('chance of one kind moves no other: with churn of servers clients go at the same times', () => {
  const clients = (run: Run) =>
    rules(run, (r) => r === 'fault/crash')
      .filter(({ entity }) => entity > 0)
      .map(({ entity, tick }) => `${entity} ${tick}`);
  const alone = clients(new Run(quiet({ churn: 1, away: 1 })).finish());
  const both = clients(new Run(quiet({ churn: 1, away: 1, serverChurn: 0.5, duplication: 0.1 })).finish());
  expect(alone.length).toBeGreaterThan(10);
  expect(both).toEqual(alone);
});

test('a run with churn is the same each time, in whatever slices, from any keyframe, and another with another seed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('crash', 'go offline', 'lose contact'),
      fc.integer({ min: 1, max: 400 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (churnKind, slice, part) => {
        const params = { churn: 12, away: 0.5, serverChurn: 3, churnKind };
        const run = finished('room-two-servers', { params });
        const sliced = new Run(world('room-two-servers', { params }));
        while (sliced.advance(slice));
        expect(sliced.hash()).toBe(run.hash());
        const ordinal = Math.floor(part * run.journal.eventCount);
        const { kernel } = run.at(ordinal);
        const fresh = new Run(world('room-two-servers', { params })).at(ordinal).kernel;
        expect([kernel.tick, kernel.messages, kernel.inFlight]).toEqual([fresh.tick, fresh.messages, fresh.inFlight]);
        while (kernel.step());
        expect(kernel.ordinal).toBe(run.journal.eventCount);
      },
    ),
    { numRuns: 8 },
  );
  expect(new Run(quiet({ churn: 6 }, '1')).finish().hash()).not.toBe(new Run(quiet({ churn: 6 }, '2')).finish().hash());
});

test('a scene without churn is what it was, whatever the other settings', () => {
  expect(new Run(quiet({ away: 100, churnKind: 'go offline' })).finish().hash()).toBe(new Run(quiet({})).finish().hash());
});
