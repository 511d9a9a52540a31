/** Expressions asked of whole runs, against what the rows themselves say. */
import { expect, test } from 'vitest';
import { parseQuery } from '../../../src/base/query/parser.ts';
import { Outcome, What } from '../../../src/core/kernel/journal.ts';
import { queries, askOn } from '../../../src/core/simulation/queries.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { rowsOf } from '../../../src/core/simulation/views.ts';
import type { Row } from '../../../src/protocol/protocol.ts';
import { INVARIANTS, VOCABULARY } from '../../../src/protocol/vocabulary.ts';
import { finished, SCENES, world } from '../../support/scenes.ts';

/** It has stanzas of every kind. */
const XMPP = 'dead-server';
const GOSSIP = 'karate-rumour';
const runs = new Map<string, Run>();
const run = (id: string): Run => {
  let made = runs.get(id);
  if (!made) runs.set(id, (made = finished(id)));
  return made;
};
const all = (of: Run): readonly Row[] => rowsOf(of, 1, of.journal.eventCount);
/** Ordinals of what matches, asked in small slices. */
function matching(of: Run, text: string, context = 0): readonly number[] {
  const handlers = queries(() => of);
  handlers.watch({ name: 'filter', text, context });
  while (askOn(of, 100));
  const found: number[] = [];
  for (let from = 1; ; from += 500) {
    const rows = handlers.filtered({ name: 'filter', from, count: 500 });
    found.push(...rows.filter(({ around }) => context > 0 || !around).map(({ ordinal }) => ordinal));
    if (rows.length < 500) return found;
  }
}
const stopsOf = (of: Run, text: string): readonly number[] => {
  matching(of, text);
  return [...queries(() => of).stops({ name: 'filter', most: 1e6, at: 0 }).ordinals];
};
const rowsWhere = (of: Run, test: (row: Row) => boolean): number[] =>
  all(of)
    .filter(test)
    .map(({ ordinal }) => ordinal);

test.each(['message', 'presence', 'iq', 'result', 'error', 'stream'])('%s: rows that show that kind', (kind) => {
  expect(matching(run(XMPP), kind)).toEqual(rowsWhere(run(XMPP), (row) => row.kind === kind));
  expect(matching(run(XMPP), kind).length).toBeGreaterThan(0);
  expect(matching(run(XMPP), `kind == ${kind}`)).toEqual(matching(run(XMPP), kind));
});
test('timers, silences and arrivals are all rows there are', () => {
  for (const id of [XMPP, GOSSIP]) {
    const of = run(id);
    const what = of.journal.events.what;
    expect(matching(of, 'timer')).toEqual(rowsWhere(of, ({ ordinal }) => what.get(ordinal - 1) === What.timer));
    expect(matching(of, 'timer || silence || arrival || intervention')).toEqual(matching(of, 'event'));
    expect(matching(of, '!event')).toEqual([]);
    expect(matching(of, 'change')).toEqual(rowsWhere(of, ({ quiet }) => !quiet));
  }
});
test('who takes part, by name, address and part of it', () => {
  const of = run('room-two-servers');
  const { entities } = of.world.stage;
  const client = entities.kind.indexOf(1);
  const [name, jid] = [entities.name[client]!, entities.jid[client]!];
  const shown = name + (entities.detail[client]!.startsWith('/') ? entities.detail[client]! : '');
  expect(matching(of, `entity == "${jid}"`)).toEqual(rowsWhere(of, ({ from, to }) => from === shown || to === shown));
  expect(matching(of, `entity == ${name}`)).toEqual(matching(of, `entity == "${jid}"`));
  expect(matching(of, `from == ${name} && link ~ "${name} -> "`)).toEqual(rowsWhere(of, ({ from, to }) => from === shown && to !== ''));
  expect(matching(of, `entity.local == ${jid.split('@')[0]}`).length).toBeGreaterThan(0);
  expect(matching(of, `link == "${name}"`)).toEqual(rowsWhere(of, ({ from, to }) => to !== '' && (from === shown || to === shown)));
  const both = matching(of, `to == ${name}`).length + matching(of, `to != ${name}`).length;
  expect(both).toBe(of.journal.eventCount);
});
test('what stanzas say: type, attributes, elements, text, XPath', () => {
  const of = run(XMPP);
  const stanza = (id: number) => of.journal.stanzas.get(id);
  const arrivals = all(of).filter(({ target }) => target.type === 'message');
  const where = (asked: (id: number) => boolean) =>
    arrivals.filter(({ target }) => target.type === 'message' && asked(target.id)).map(({ ordinal }) => ordinal);
  expect(matching(of, 'arrival && @type == get')).toEqual(where((id) => stanza(id)?.attrs['type'] === 'get'));
  expect(matching(of, 'arrival && type == get')).toEqual(matching(of, 'arrival && xpath("/*[@type=\'get\']")'));
  expect(matching(of, 'arrival && @id')).toEqual(where((id) => stanza(id)?.attrs['id'] !== undefined));
  expect(matching(of, 'arrival && element == query')).toEqual(matching(of, 'arrival && xpath("//query | //*[local-name()=\'query\']")'));
  expect(matching(of, 'message && element == body')).toEqual(matching(of, 'message && xpath("message/body")'));
  expect(matching(of, 'message && element == body').length).toBeGreaterThan(0);
});
test('numbers: time, round, ordinal, bytes, delay, reached, in flight', () => {
  const of = run(XMPP);
  const { events, messages } = of.journal;
  expect(matching(of, 'ordinal > 10 && ordinal <= 12')).toEqual([11, 12]);
  const middle = of.journal.tickOf(Math.floor(of.journal.eventCount / 2));
  expect(matching(of, `time <= ${middle}ticks`)).toEqual(rowsWhere(of, ({ tick }) => tick <= middle));
  expect(matching(of, `time <= ${middle / 1000}ms`)).toEqual(matching(of, `time <= ${middle / 1_000_000}s`));
  expect(matching(of, 'round == 2')).toEqual(rowsWhere(of, ({ round }) => round === 2));
  expect(matching(of, 'bytes > 300')).toEqual(matching(of, '(arrival || silence || intervention) && bytes > 300'));
  expect(matching(of, 'arrival && bytes > 300')).toEqual(
    rowsWhere(of, ({ target }) => target.type === 'message' && messages.bytes.get(target.id) > 300),
  );
  expect(matching(of, 'inflight == 0')).toEqual(rowsWhere(of, ({ ordinal }) => events.inFlight.get(ordinal - 1) === 0));
  expect(matching(of, 'arrival && delay >= 1ms')).toEqual(
    rowsWhere(of, ({ target }) => target.type === 'message' && messages.due.get(target.id) - messages.sent.get(target.id) >= 1000),
  );
});

test('a run stops where a condition becomes true, and at each event that matches', () => {
  const of = run(GOSSIP);
  const { events } = of.journal;
  const half = of.world.stage.reached.of / 2;
  const first = rowsWhere(of, ({ ordinal }) => events.reached.get(ordinal - 1) >= half)[0]!;
  expect(stopsOf(of, 'coverage >= 50%')).toEqual([first]);
  expect(stopsOf(of, 'coverage >= 50')).toEqual([first]);
  expect(stopsOf(of, 'count(arrival) >= 10')).toEqual([matching(of, 'arrival')[9]]);
  expect(stopsOf(of, 'first arrival')).toEqual([matching(of, 'arrival')[0]]);
  expect(stopsOf(of, 'arrival')).toEqual(matching(of, 'arrival'));
  expect(matching(of, 'news')).toHaveLength(of.journal.events.reached.get(of.journal.eventCount - 1) - of.journal.reachedAtStart);
});
test('a gossip copy that brings nothing new is a duplicate, and the first is the first', () => {
  const of = run(GOSSIP);
  const copies = matching(of, 'duplicate');
  expect(copies.length).toBeGreaterThan(0);
  expect(stopsOf(of, 'first duplicate')).toEqual([copies[0]]);
  // Every copy that arrived was news or is one.
  const { stage } = of.world;
  let carried = 0;
  for (const { target } of all(of)) {
    if (target.type !== 'message' || of.journal.messages.outcome.get(target.id) !== Outcome.delivered) continue;
    const m = of.journal.messages;
    const view = {
      id: target.id,
      from: m.from.get(target.id),
      to: m.to.get(target.id),
      link: 0,
      kind: 0,
      code: m.code.get(target.id),
      a: m.a.get(target.id),
      b: m.b.get(target.id),
      answers: -1,
      data: of.journal.data.get(target.id) ?? [],
      stanza: undefined,
    };
    if ((stage.updatesIn?.(view) ?? []).length > 0) carried++;
  }
  expect(matching(of, 'duplicate').length + matching(of, 'news && arrival').length).toBe(carried);
});
test('silence: the event that ends it is where it stops, and a silence of just that length is one', () => {
  const of = run(XMPP);
  const rows = all(of);
  const gaps = rows.map(({ tick }, i) => tick - (rows[i - 1]?.tick ?? 0));
  const gap = gaps.toSorted((a, b) => b - a)[3]!;
  expect(gap).toBeGreaterThan(0);
  expect(matching(of, `no event for ${gap}ticks`)).toEqual(rows.filter((_, i) => gaps[i]! >= gap).map(({ ordinal }) => ordinal));
});
test('the silence in which a run ends stops it where that ends, in every kind of scene, and only what is about the run as a whole', () => {
  for (const id of ['room-two-servers', GOSSIP, 'login']) {
    const of = run(id);
    const end = of.journal.eventCount;
    expect(of.ended).toBe('drained');
    const rows = all(of);
    const longest = Math.max(...rows.map(({ tick }, i) => tick - (rows[i - 1]?.tick ?? 0)));
    const never = `no event for ${longest + 1}${of.world.unit.label === 'ticks' ? '' : 'us'}`;
    expect(stopsOf(of, never)).toEqual([end]);
    expect(matching(of, never)).toEqual([]);
    expect(stopsOf(of, `${never} && arrival`)).toEqual([]);
    expect(stopsOf(of, `${never} && count(event) == ${end}`)).toEqual([end]);
    expect(stopsOf(of, `${never} && count(event) > ${end}`)).toEqual([]);
    // Asked on a run that still goes on: only its end says so.
    const late = new Run(world(id));
    const handlers = queries(() => late);
    handlers.watch({ name: 'a', text: never });
    while (late.advance(3)) while (askOn(late, 2));
    while (askOn(late, 1));
    const { stop, final } = handlers.stop({ names: ['a'], from: 0, back: false });
    expect(stop?.ordinal).toBe(end);
    expect(final).toBe(true);
  }
});
test('nothing is said of a silence beyond the horizon', () => {
  const whole = run(GOSSIP);
  const until = whole.tick >> 1;
  const of = new Run({
    ...whole.world,
    play: (journal, done) => {
      const playing = whole.world.play(journal, done);
      playing.kernel.endBy(until);
      return playing;
    },
  }).finish();
  expect(of.ended).toBe('horizon');
  const rows = all(of);
  const latest = rows.at(-1)!.tick;
  expect(stopsOf(of, `no duplicate for ${until + 1}`)).toEqual([]);
  expect(matching(of, 'lost')).toEqual([]);
  expect(stopsOf(of, `no lost for ${until}`)).toEqual(latest === until ? stopsOf(of, `time >= ${until}`) : [rows.length]);
});
test('rows around a match come with it, once each', () => {
  const of = run(XMPP);
  const found = new Set(matching(of, 'iq'));
  const near = rowsWhere(of, ({ ordinal }) => [-2, -1, 0, 1, 2].some((by) => found.has(ordinal + by)));
  expect(near.length).toBeGreaterThan(found.size);
  expect(matching(of, 'iq', 2)).toEqual(near);
});
test('the next stop and the one before are inverses, over several expressions', () => {
  const of = run(GOSSIP);
  const handlers = queries(() => of);
  handlers.watch({ name: 'a', text: 'duplicate' });
  handlers.watch({ name: 'b', text: 'news' });
  while (askOn(of, 64));
  const names = ['a', 'b'];
  const stops: number[] = [];
  for (let at = 0; ;) {
    const { stop, final } = handlers.stop({ names, from: at, back: false });
    if (!stop) {
      expect(final).toBe(true);
      break;
    }
    stops.push((at = stop.ordinal));
  }
  expect(stops).toEqual([...new Set([...matching(of, 'duplicate'), ...matching(of, 'news')])].sort((x, y) => x - y));
  for (let i = stops.length - 1; i > 0; i--) expect(handlers.stop({ names, from: stops[i]!, back: true }).stop?.ordinal).toBe(stops[i - 1]);
  expect(handlers.stop({ names, from: stops[0]!, back: true }).stop).toBeNull();
});
test('what is not looked at yet is said, and not taken for nothing', () => {
  const of = new Run(world(GOSSIP));
  of.advance(50);
  const handlers = queries(() => of);
  handlers.watch({ name: 'a', text: 'ordinal == 60' });
  expect(handlers.stop({ names: ['a'], from: 0, back: false })).toMatchObject({ stop: null, final: false, clear: { ordinal: 0 } });
  while (askOn(of, 8));
  expect(handlers.stop({ names: ['a'], from: 0, back: false }).clear.ordinal).toBe(of.journal.eventCount);
  of.finish();
  while (askOn(of, 8));
  expect(handlers.stop({ names: ['a'], from: 0, back: false }).stop?.ordinal).toBe(60);
});
test('slices change nothing, and neither does a run that grows meanwhile', () => {
  const text = 'count(duplicate) > 3 && news || first lost || no event for 3';
  const whole = matching(run(GOSSIP), text);
  const of = new Run(world(GOSSIP));
  queries(() => of).watch({ name: 'filter', text });
  for (;;) {
    const more = of.advance(7);
    const ask = askOn(of, 5);
    if (!more && !ask) break;
  }
  const rows = queries(() => of).filtered({ name: 'filter', from: 1, count: 2000 });
  expect(rows.map(({ ordinal }) => ordinal)).toEqual(whole.slice(0, 2000));
});
test.each(SCENES.filter((id) => !id.startsWith('fault-')))('%s: nothing is broken that ought never to be', (id) => {
  const of = run(id);
  for (const name of Object.keys(INVARIANTS)) expect([name, matching(of, `broken("${name}")`).slice(0, 3)]).toEqual([name, []]);
});
test('a wrong expression is refused with its place, and what the scene does not have is said', () => {
  const handlers = queries(() => run(GOSSIP));
  expect(() => handlers.watch({ name: 'x', text: 'iq &&' })).toThrow(/position 6/);
  expect(() => handlers.watch({ name: 'x', text: 'time > 3s' })).toThrow(/counts in ticks/);
  expect(() => handlers.filtered({ name: 'nothing', from: 1, count: 1 })).toThrow(/nothing is watched/);
});
test('every word and field of the vocabulary can be asked in both worlds', () => {
  for (const id of [XMPP, GOSSIP])
    for (const text of [
      ...Object.keys(VOCABULARY.words),
      ...Object.entries(VOCABULARY.fields).map(([field, { type, values }]) =>
        type === 'text' ? `${field} == "${values?.[0] ?? 'x'}"` : `${field} > 3`,
      ),
    ]) {
      expect(parseQuery(text, VOCABULARY).ok).toBe(true);
      expect(matching(run(id), text).length).toBeLessThanOrEqual(run(id).journal.eventCount);
    }
});
