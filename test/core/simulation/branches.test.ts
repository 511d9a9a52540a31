import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Branches } from '../../../src/core/simulation/branches.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { compareRuns } from '../../../src/core/simulation/divergence.ts';
import { createSession } from '../../../src/core/simulation/session.ts';
import { frameAt } from '../../../src/core/simulation/views.ts';
import type { BranchReply } from '../../../src/protocol/branches.ts';
import type { Intervention } from '../../../src/protocol/intervention.ts';
import type { OpenArgs, RequestName, Requests } from '../../../src/protocol/protocol.ts';
import { finished, publicFile, world } from '../../support/scenes.ts';

const IDS = ['room-two-servers', 'dead-server', 'experiment-2011', 'gossip-laboratory', 'gossip-over-xmpp'];

async function opened(args: OpenArgs) {
  const session = createSession({ file: (path) => Promise.resolve(publicFile(path)) });
  const ask = async <N extends RequestName>(name: N, given: Requests[N]['args']): Promise<Requests[N]['reply']> => {
    const reply = await session.handle({ id: 1, name, args: given } as never);
    if (!reply.ok) throw new Error(reply.problem.message);
    return reply.value as Requests[N]['reply'];
  };
  const finish = () => {
    while (session.work(5000));
    return session.progress()!;
  };
  const scene = await ask('open', args);
  finish();
  return { ask, finish, scene };
}

test.each(IDS)('%s: a run forked at any event is the one that is played from the beginning', (id) => {
  const plain = finished(id);
  fc.assert(
    fc.property(fc.nat(plain.journal.eventCount), fc.nat(plain.world.stage.entities.name.length - 2), (after, entity) => {
      const list: Intervention[] = [{ after, do: { type: 'cut', between: [entity, entity + 1] } }];
      const forked = new Run(plain.world, list, { most: 20_000 }, { run: plain, ordinal: after });
      const whole = new Run(world(id), list, { most: 20_000 });
      for (const run of [forked, whole]) while (run.journal.eventCount < 20_000 && run.advance(1000));
      expect(forked.hash()).toBe(whole.hash());
      const { eventCount } = whole.journal;
      for (const at of [0, Math.floor(after / 2), after, eventCount]) {
        expect(frameAt(forked, forked.fold, at)).toEqual(frameAt(whole, whole.fold, at));
        expect(forked.at(at).inspectEntity(entity)).toEqual(whole.at(at).inspectEntity(entity));
      }
      // The run that it was forked from is what it was.
      expect(plain.journal.eventCount).toBe(finished(id).journal.eventCount);
    }),
    { numRuns: 8 },
  );
  expect(new Run(plain.world).finish().hash()).toBe(plain.hash());
});

test('acting in the past makes a branch; going on with it makes none; undo and redo are inverses', async () => {
  const { ask, finish } = await opened({ scenario: 'room-two-servers' });
  const before = finish().hash;
  const one = await ask('intervene', { ordinal: 20, do: { type: 'crash', entity: 0 } });
  expect(one.branches.map(({ parent, fork }) => [parent, fork.ordinal])).toEqual([
    [null, 0],
    [0, 20],
  ]);
  expect(one.position.ordinal).toBe(21);
  const first = finish().hash;
  const two = await ask('intervene', { ordinal: 30, do: { type: 'restart', entity: 0 } });
  expect(two.branches).toHaveLength(2);
  expect(two.branches[1]!.acts.map(({ text, state }) => [text, state])).toEqual([
    ['crash wonderland.lit', 'done'],
    ['restart wonderland.lit', 'done'],
  ]);
  const second = finish().hash;
  // Before what was done already: the branch stays, and another one begins.
  const three = await ask('intervene', { ordinal: 10, do: { type: 'pause', entity: 1 } });
  expect(three.branches.map(({ id, parent }) => [id, parent])).toEqual([
    [0, null],
    [1, 0],
    [2, 1],
  ]);
  const hashes: (string | undefined)[] = [];
  for (let i = 0; i < 3; i++) {
    await ask('undo', { tick: 0 });
    hashes.push(finish().hash);
  }
  expect(hashes).toEqual([second, first, before]);
  expect((await ask('branches', {})).branches).toHaveLength(1);
  await ask('redo', { tick: 0 });
  expect(finish().hash).toBe(first);
  await ask('redo', { tick: 0 });
  expect(finish().hash).toBe(second);
});

test('branches are named, chosen, deleted with what was forked from them, and opened again from a link', async () => {
  const { ask, finish } = await opened({ scenario: 'experiment-2011' });
  await ask('intervene', { ordinal: 20, do: { type: 'crash', entity: 3 } });
  await ask('branchNamed', { id: 1, name: '  without   3 ' });
  await ask('intervene', { ordinal: 10, do: { type: 'crash', entity: 4 } });
  const last = finish().hash;
  const all = await ask('branches', {});
  expect(all.branches.map(({ name }) => name)).toEqual(['Main run', 'without 3', 'crash 5']);
  const back = await ask('branchChosen', { id: 1, tick: all.branches[1]!.fork.tick });
  expect(back.active).toBe(1);
  expect(back.run).not.toBe(all.run);
  const branches = all.branches
    .slice(1)
    .map(({ name, acts, parent }) => ({ name, parent: parent!, interventions: acts.map((a) => a.intervention) }));
  const again = await opened({ scenario: 'experiment-2011', branches, active: 2 });
  expect(again.finish().hash).toBe(last);
  expect((await again.ask('branches', {})).branches.map(({ name, fork }) => [name, fork.ordinal])).toEqual(
    all.branches.map(({ name, fork }) => [name, fork.ordinal]),
  );
  const left = await ask('branchDeleted', { id: 1 });
  expect(left.branches.map(({ id }) => id)).toEqual([0]);
  await expect(ask('branchDeleted', { id: 0 })).rejects.toThrow(/main run/);
  await expect(ask('branchNamed', { id: 0, name: ' ' })).rejects.toThrow(/needs a name/);
  // The same thing done again is another branch, and has another name.
  for (const ordinal of [30, 20, 25]) {
    await ask('branchChosen', { id: 0, tick: 0 });
    await ask('intervene', { ordinal, do: { type: 'crash', entity: 3 } });
  }
  expect((await ask('branches', {})).branches.map(({ name }) => name)).toEqual(['Main run', 'crash 4', 'crash 4 (2)', 'crash 4 (3)']);
});

test('what was done later stays when an earlier act is taken back, and finds its message again', async () => {
  const { ask, finish } = await opened({ scenario: 'experiment-2011' });
  const plain = finished('experiment-2011');
  const m = plain.journal.messages;
  // A message that is on its way late, between two that the crash does not concern.
  const id = Array.from({ length: plain.journal.messageCount }, (_, i) => i).find(
    (i) => m.trigger.get(i) > 12 && plain.journal.arrivalOf(i) > m.trigger.get(i) + 3,
  )!;
  const { hash: alone } = await (async () => {
    const other = await opened({ scenario: 'experiment-2011' });
    await other.ask('intervene', { ordinal: m.trigger.get(id) + 1, do: { type: 'drop' }, message: id });
    return other.finish();
  })();
  await ask('intervene', { ordinal: 5, do: { type: 'slow', entity: 2, factor: 1 } });
  const shifted = await ask('intervene', { ordinal: m.trigger.get(id) + 2, do: { type: 'drop' }, message: id });
  expect(shifted.branches[1]!.acts.map(({ state }) => state)).toEqual(['done', 'done']);
  const left = await ask('withdraw', { id: 1, index: 0 });
  finish();
  expect(left.branches[1]!.acts.map(({ text }) => text)).toEqual(['drop']);
  expect(finish().hash).toBe(alone);
});

test('an act that finds nothing any more is kept, marked and explained', async () => {
  const { ask, finish } = await opened({ scenario: 'room-two-servers' });
  const rows = await ask('rows', { from: 1, count: 400 });
  const duplicated = rows.find((row) => row.kind === 'message')!;
  const id = duplicated.target.type === 'message' ? duplicated.target.id : -1;
  const plain = finished('room-two-servers');
  const trigger = plain.journal.messages.trigger.get(id);
  await ask('intervene', { ordinal: trigger, do: { type: 'duplicate' }, message: id });
  // The copy is dropped: without the doubling there is none.
  const copy = (await ask('branches', {})).branches[1]!.acts[0]!.ordinal!;
  const run = finish();
  expect(run.ended).toBe('drained');
  const inspected = await ask('inspect', { target: { type: 'event', ordinal: copy }, ordinal: copy });
  const sent = inspected.parts.find((part) => part.key === 'sent');
  const link = sent?.type === 'table' ? sent.rows[0]!.cells[0]!.link : undefined;
  const copied = link?.type === 'message' ? link.id : -1;
  await ask('intervene', { ordinal: copy, do: { type: 'drop' }, message: copied });
  const before: BranchReply = await ask('branches', {});
  expect(before.branches[1]!.acts.map(({ state }) => state)).toEqual(['done', 'done']);
  await ask('withdraw', { id: 1, index: 0 });
  finish();
  const { branches } = await ask('branches', {});
  expect(branches[1]!.acts).toMatchObject([{ text: 'drop', state: 'no-target', why: expect.stringMatching(/is not there/) }]);
});

test('the first divergence is the first event that one run has and the other has not', async () => {
  const { ask, finish } = await opened({ scenario: 'room-two-servers' });
  const rows = await ask('rows', { from: 1, count: 400 });
  const row = rows.find(({ kind }) => kind === 'message')!;
  const id = row.target.type === 'message' ? row.target.id : -1;
  const trigger = finished('room-two-servers').journal.messages.trigger.get(id);
  await ask('intervene', { ordinal: trigger, do: { type: 'drop' }, message: id });
  finish();
  await ask('branchChosen', { id: 0 });
  const found = await ask('compareBranches', { a: 0, b: 1 });
  expect(found.complete).toBe(true);
  expect(found.divergence?.a?.ordinal).toBe(row.ordinal);
  expect(found.metrics.find(({ name }) => name === 'stanzas')!.b).toBeLessThan(found.metrics.find(({ name }) => name === 'stanzas')!.a!);
  expect((await ask('compareBranches', { a: 0, b: 0 })).divergence).toBeNull();
});

test('choices say what can be done, and why something cannot', async () => {
  const { ask } = await opened({ scenario: 'room-two-servers' });
  const { journal } = finished('room-two-servers');
  const sent = journal.messages.trigger.get(9);
  const at = async (ordinal: number) =>
    Object.fromEntries((await ask('choices', { target: { type: 'message', id: 9 }, ordinal })).map(({ id, disabled }) => [id, disabled]));
  expect(await at(sent)).toEqual({ drop: undefined, delay: undefined, duplicate: undefined, reorder: undefined, edit: undefined });
  expect((await at(sent - 1))['drop']).toMatch(/not sent yet/);
  expect((await at(journal.arrivalOf(9)))['edit']).toMatch(/not on its way any more/);
  await ask('intervene', { ordinal: 5, do: { type: 'pause', entity: 2 } });
  const entity = await ask('choices', { target: { type: 'entity', index: 2 }, ordinal: 6 });
  expect(entity.map(({ id }) => id)).toContain('resume');
  await expect(ask('choices', { target: { type: 'entity', index: 99 }, ordinal: 6 })).rejects.toThrow(/no entity 99/);
  await expect(ask('checkEdit', { message: 9, xml: '<presence>' })).rejects.toThrow(/line 1/);
});

/** Rows that may be kept: so many that no run is given up, or none, so that each is played again when it is looked at. */
const WALKS = IDS.flatMap((id) => [[id, undefined] as const, [id, 0] as const]);
test.each(WALKS)('%s: any walk of acts, choices, undo and redo, then back, is the identity (rows kept: %s)', (id, rows) => {
  const scene = world(id);
  const plain = finished(id);
  const hash = plain.hash();
  const step = fc.oneof(
    fc.record({ do: fc.constant('act' as const), at: fc.nat(300), entity: fc.nat(plain.world.stage.entities.name.length - 1) }),
    fc.record({
      do: fc.constantFrom('undo' as const, 'redo' as const, 'back' as const, 'look' as const),
      at: fc.nat(300),
      entity: fc.constant(0),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const branches = new Branches(scene, [], [], 0, rows);
      branches.run.finish();
      for (const { do: what, at, entity } of steps) {
        while (branches.run.journal.eventCount < at && branches.run.advance(100));
        const ordinal = Math.min(at, branches.run.journal.eventCount);
        if (what === 'act') branches.intervene({ ordinal, do: { type: at % 2 === 0 ? 'pause' : 'crash', entity } });
        else if (what === 'undo') branches.undo();
        else if (what === 'redo') branches.redo();
        else if (what === 'back') branches.choose(0);
        else branches.run.at(ordinal);
      }
      while (branches.undo());
      branches.choose(0);
      expect(branches.list()).toHaveLength(1);
      expect(branches.run.finish().hash()).toBe(hash);
    }),
    { numRuns: 10 },
  );
});

test('a run that only undo leads back to gives up its rows where there are too many, and is made again', () => {
  const scene = world('room-two-servers');
  const back = (rows: number | undefined) => {
    const branches = new Branches(scene, [], [], 0, rows);
    const { run } = branches;
    const hash = run.finish().hash();
    branches.intervene({ ordinal: 20, do: { type: 'crash', entity: 0 } });
    const acted = branches.run;
    branches.intervene({ ordinal: acted.journal.eventCount, do: { type: 'pause', entity: 1 } });
    branches.undo();
    const again = branches.run === acted;
    branches.undo();
    expect(branches.run.finish().hash()).toBe(hash);
    return again;
  };
  expect([back(undefined), back(0)]).toEqual([true, false]);
});

test('what a link lists in another order than it was done in is taken back by its place in the run', () => {
  const [late, early]: Intervention[] = [
    { after: 40, do: { type: 'pause', entity: 2 } },
    { after: 10, do: { type: 'crash', entity: 1 } },
  ];
  const branches = new Branches(world('room-two-servers'), [late!, early!]);
  branches.run.finish();
  expect(branches.list()[0]!.acts.map(({ intervention, state }) => [intervention, state])).toEqual([
    [early, 'done'],
    [late, 'done'],
  ]);
  branches.withdraw(0, 0);
  expect(branches.list()[0]!.acts.map(({ intervention }) => intervention.do)).toEqual([late!.do]);
});

test('a branch whose parent did otherwise before the fork takes no rows from it', () => {
  const scene = world('experiment-2011');
  const crash: Intervention = { after: 10, do: { type: 'crash', entity: 1 } };
  const pause: Intervention = { after: 400, do: { type: 'pause', entity: 2 } };
  const branches = new Branches(scene, [crash], [{ name: 'later', parent: 0, interventions: [crash, pause] }]);
  branches.run.finish();
  branches.withdraw(0, 0);
  branches.run.finish();
  expect(branches.runBy(1).finish().hash()).toBe(new Run(scene, [crash, pause]).finish().hash());
});

test('runs part where a message that came in one of them does not come in the other', () => {
  const plain = finished('experiment-2011');
  const { journal } = plain;
  const id = Array.from({ length: journal.messageCount }, (_, i) => i).find(
    (i) => journal.arrivalOf(i) > journal.messages.trigger.get(i) + 2,
  )!;
  const between = [journal.messages.from.get(id), journal.messages.to.get(id)] as const;
  const cut = new Run(plain.world, [{ after: journal.messages.trigger.get(id), do: { type: 'cut', between } }]).finish();
  const { divergence } = compareRuns(plain, cut, ['one', 'other']);
  expect([divergence!.a!.target, divergence!.b!.target]).toEqual([
    { type: 'message', id },
    { type: 'message', id },
  ]);
});
