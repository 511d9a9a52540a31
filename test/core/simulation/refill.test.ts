/** Rows that were let go are made again: whatever is asked, in whatever order, the answer is that of a run of which nothing was let go. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { causes } from '../../../src/core/simulation/causes.ts';
import { inspect } from '../../../src/core/simulation/inspect.ts';
import { askOn, queries } from '../../../src/core/simulation/queries.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { frameAt, moveFrom, rowsOf, seriesOf } from '../../../src/core/simulation/views.ts';
import type { World } from '../../../src/core/simulation/world.ts';
import type { Intervention } from '../../../src/protocol/intervention.ts';
import { longWorlds, SMALL } from '../../support/long-runs.ts';

const FULL = process.env['STANZASCOPE_FULL'] === '1';
const worlds = longWorlds();
const KINDS = ['gossip', 'xmpp'] as const;
type Asked = 'frame' | 'rows' | 'event' | 'message' | 'entity' | 'series' | 'step';

const thinned = (world: World, list: readonly Intervention[] = []): Run => new Run(world, list, { rows: SMALL }).finish();

function answer(run: Run, asked: Asked, share: number): unknown {
  const { eventCount, messageCount } = run.journal;
  const at = Math.floor(share * eventCount);
  switch (asked) {
    case 'frame':
      return frameAt(run, run.fold.sibling(), at);
    case 'rows':
      return rowsOf(run, at, 40);
    case 'event':
      return inspect(run, { type: 'event', ordinal: Math.max(1, at) }, at);
    case 'message':
      return inspect(run, { type: 'message', id: Math.floor(share * (messageCount - 1)) }, at);
    case 'entity':
      return run.at(at).inspectEntity(at % run.world.stage.entities.name.length);
    case 'series':
      return seriesOf(run, 1 + (at % 50));
    case 'step':
      return [moveFrom(run, at, 'round', share > 0.5, undefined), moveFrom(run, at, 'change', share < 0.5, undefined)];
  }
}
const asking = fc.array(
  fc.record({
    asked: fc.constantFrom<Asked>('frame', 'rows', 'event', 'message', 'entity', 'series', 'step'),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 12 },
);

const same = (run: Run, whole: Run, numRuns: number): void =>
  fc.assert(
    fc.property(asking, (list) => {
      for (const { asked, share } of list) expect(answer(run, asked, share)).toEqual(answer(whole, asked, share));
    }),
    { numRuns },
  );

/** Who is cut off, who falls silent for a while, and a stanza that is lost by hand: late enough for rows to have been let go. */
const byHand = (whole: Run): readonly Intervention[] => {
  const { journal } = whole;
  const event = Math.floor(journal.eventCount / 4);
  let trigger = event;
  while (journal.sentBy(trigger)[0] === journal.sentBy(trigger)[1]) trigger++;
  return [
    { after: event, do: { type: 'pause', entity: 5 } },
    { after: trigger, target: { event: trigger, nth: 1 }, do: { type: 'duplicate' } },
    { after: event + 300, do: { type: 'resume', entity: 5 } },
    { after: 2 * event, do: { type: 'slow', entity: 7, factor: 2 } },
  ];
};

test.each(KINDS)('%s: every row, at any place, is the one that was written', (kind) => {
  const whole = new Run(worlds[kind]).finish();
  const run = thinned(worlds[kind]);
  expect(run.window.isWhole).toBe(false);
  expect(run.window.events).toBeLessThan(SMALL + 4096);
  expect(whole.window.isWhole).toBe(true);
  expect(run.hash()).toBe(whole.hash());
  same(run, whole, FULL ? 20 : 5);
  const { journal } = run;
  expect([journal.eventCount, journal.messageCount]).toEqual([whole.journal.eventCount, whole.journal.messageCount]);
  for (const table of ['events', 'messages'] as const)
    for (const [name, column] of Object.entries(journal[table])) {
      const other = Object.entries(whole.journal[table]).find(([n]) => n === name)![1];
      let different = -1;
      for (let row = 0; row < column.length && different < 0; row++) if (column.get(row) !== other.get(row)) different = row;
      expect([name, different]).toEqual([name, -1]);
    }
  // Backwards, too; and what messages carry beside their numbers.
  for (let id = journal.messageCount - 1; id >= 0; id -= 61) {
    expect(journal.stanzas.get(id)).toEqual(whole.journal.stanzas.get(id));
    expect(journal.data.get(id)).toEqual(whole.journal.data.get(id));
  }
});

test.each(KINDS)('%s: what goes through the whole run finds the same: causes, notes, filters, cuts', (kind) => {
  const found = (run: Run): unknown => {
    const { follow, notes, cut, relation } = causes(() => run);
    const { watch, filtered, stop } = queries(() => run);
    const { eventCount, messageCount } = run.journal;
    watch({ name: 'filter', text: kind === 'gossip' ? 'lost' : 'presence && to ~ "person7"', context: 1 });
    while (askOn(run, 10_000));
    let all = notes({ from: 0, count: 200 });
    while (!all.complete) all = notes({ from: 0, count: 200 });
    const half = Math.floor(eventCount / 2);
    const rows = filtered({ name: 'filter', from: 1, count: 300 });
    expect(rows.length).toBeGreaterThan(0);
    expect(all.total).toBeGreaterThan(0);
    return [
      follow({ target: { type: 'message', id: Math.floor(messageCount / 3) } }),
      relation({ a: 100, b: half }),
      cut({ by: 'ordinal', at: half, frontier: [[3, half - 5000]] }),
      all,
      rows,
      stop({ names: ['filter'], from: half, back: false }),
      stop({ names: ['filter'], from: half, back: true }),
    ];
  };
  expect(found(thinned(worlds[kind]))).toEqual(found(new Run(worlds[kind]).finish()));
});

test.each(KINDS)('%s: so it is with what was done by hand, and in branches of it', (kind) => {
  const plain = new Run(worlds[kind]).finish();
  const list = byHand(plain);
  const whole = new Run(worlds[kind], list).finish();
  const run = thinned(worlds[kind], list);
  expect(run.hash()).toBe(whole.hash());
  expect(run.hash()).not.toBe(plain.hash());
  same(run, whole, FULL ? 10 : 2);
  // Forked where its rows are not here any more.
  const after = Math.floor(whole.journal.eventCount / 3);
  const further: readonly Intervention[] = [...list.filter((one) => one.after < after), { after, do: { type: 'crash', entity: 9 } }];
  const branch = new Run(worlds[kind], further, { rows: SMALL }, { run, ordinal: after }).finish();
  const played = new Run(worlds[kind], further).finish();
  expect(branch.hash()).toBe(played.hash());
  same(branch, played, FULL ? 10 : 3);
  // And the run that it was forked from is what it was.
  same(run, whole, 1);
});

test('slices, and looks in between, change neither rows nor hash', () => {
  const whole = new Run(worlds.gossip).finish();
  for (const slice of [4999, 20_000]) {
    const run = new Run(worlds.gossip, [], { rows: SMALL });
    for (let more = true; more;) {
      more = run.advance(slice);
      frameAt(run, run.fold.sibling(), Math.floor(run.journal.eventCount / 3));
    }
    expect(run.hash()).toBe(whole.hash());
    same(run, whole, 2);
  }
});
