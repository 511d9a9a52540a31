/** The window of the space-time diagram: nothing that crosses it is missing, whatever the window, the lines and the axis. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CausalOrder } from '../../../src/core/causality/order.ts';
import { What } from '../../../src/core/kernel/journal.ts';
import { along, diagramOf } from '../../../src/core/simulation/diagram.ts';
import { askOn, queries } from '../../../src/core/simulation/queries.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { DIAGRAM_AXES, ENDS, type Diagram, type DiagramArgs } from '../../../src/protocol/diagram.ts';
import { Kind } from '../../../src/protocol/scene.ts';
import { finished, world } from '../../support/scenes.ts';

const IDS = ['room-two-servers', 'karate-rumour', 'experiment-2011', 'dead-server'];
const runs = IDS.map((id) => finished(id));

/** Ordinal of the event that took the message out of flight, from the event rows alone. */
function endsByRows({ journal }: Run): Map<number, number> {
  const ends = new Map<number, number>();
  for (let ordinal = 1; ordinal <= journal.eventCount; ordinal++) {
    const what = journal.events.what.get(ordinal - 1);
    if (what === What.arrival || what === What.intervention) ends.set(journal.events.subject.get(ordinal - 1), ordinal);
  }
  return ends;
}
const endings = new Map(runs.map((run) => [run, endsByRows(run)]));

const linesFor = (run: Run, shown: readonly boolean[], group: number): Int32Array => {
  let line = 0;
  return Int32Array.from(run.world.stage.entities.name, (_, i) => (shown[i % shown.length] ? Math.floor(line++ / group) : -1));
};

const windows = fc.record({
  run: fc.constantFrom(...runs),
  axis: fc.constantFrom(...DIAGRAM_AXES),
  low: fc.double({ min: 0, max: 1, noNaN: true }),
  width: fc.double({ min: 0, max: 1, noNaN: true }),
  shown: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
  group: fc.integer({ min: 1, max: 3 }),
  first: fc.nat(6),
  count: fc.nat(8),
});
type Window = typeof windows extends fc.Arbitrary<infer W> ? W : never;

function ask({ run, axis, low, width, shown, group, first, count }: Window, most = 1e6): { args: DiagramArgs; diagram: Diagram } {
  const end = axis === 'time' ? run.tick : run.journal.eventCount;
  const from = low * end;
  const to = from + width * (end - from);
  const args = { axis, from, to, lines: linesFor(run, shown, group), first, last: first + count, most, columns: 37 };
  return { args, diagram: diagramOf(run, run.fold.sibling(), args) };
}
const place = (run: Run, ordinal: number, axis: string): number => (axis === 'time' ? run.journal.tickOf(ordinal) : ordinal);

test('every stanza that travels in the window and touches a shown line is there, once, and no other', () => {
  fc.assert(
    fc.property(windows, (window) => {
      const { run } = window;
      const { args, diagram } = ask(window);
      const m = run.journal.messages;
      const ends = endings.get(run)!;
      const expected: number[] = [];
      let crossing = 0;
      for (let id = 0; id < run.journal.messageCount; id++) {
        const end = ends.get(id);
        const begins = place(run, m.trigger.get(id), args.axis);
        if (begins > args.to || (end !== undefined && place(run, end, args.axis) < args.from)) continue;
        crossing++;
        const a = args.lines[m.from.get(id)]!;
        const b = args.lines[m.to.get(id)]!;
        if (a === b) continue;
        const known = [a, b].filter((line) => line >= 0);
        if (Math.min(...known) <= args.last && Math.max(...known) >= args.first) expected.push(id);
      }
      expect([...diagram.messages.id]).toEqual(expected);
      expect(diagram.crossing).toBe(crossing);
      expect(diagram.density).toBeNull();
    }),
    { numRuns: 150 },
  );
});

test('every event of a line in view is a mark, and counted by column it is the same number', () => {
  fc.assert(
    fc.property(windows, (window) => {
      const { run } = window;
      const { args, diagram } = ask(window);
      const expected: number[] = [];
      const byLine = new Map<number, number>();
      for (let ordinal = 1; ordinal <= run.journal.eventCount; ordinal++) {
        const at = place(run, ordinal, args.axis);
        const line = args.lines[run.journal.events.entity.get(ordinal - 1)]!;
        if (at < args.from || at > args.to || line < args.first || line > args.last) continue;
        expected.push(ordinal);
        byLine.set(line, (byLine.get(line) ?? 0) + 1);
      }
      expect([...diagram.marks.ordinal]).toEqual(expected);
      const { density, messages, marks, crossing } = ask(window, -1).diagram;
      // Nothing to list is listed.
      if (!density) return;
      expect(messages.id).toHaveLength(0);
      expect(marks.ordinal).toHaveLength(0);
      expect(crossing).toBe(diagram.crossing);
      for (let line = args.first; line <= args.last; line++) {
        const row = density.counts.subarray((line - args.first) * density.columns, (line - args.first + 1) * density.columns);
        expect(row.reduce((sum, count) => sum + count, 0)).toBe(byLine.get(line) ?? 0);
      }
      expect(density.highest).toBe(Math.max(0, ...density.counts));
    }),
    { numRuns: 100 },
  );
});

test('states at any place are those of the run', () => {
  fc.assert(
    fc.property(windows, (window) => {
      const { args, diagram } = ask({ ...window, shown: [true], first: 0, count: 1e6 });
      const states = diagram.states.slice();
      diagram.changes.entity.forEach((entity, i) => (states[entity] = diagram.changes.state[i]!));
      const fold = window.run.fold.sibling();
      fold.seek(diagram.lastOrdinal);
      expect(states).toEqual(fold.states);
      for (const at of diagram.changes.at) expect(at >= args.from && at <= args.to).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('what is kept is listed in a dense window, if it travels there', () => {
  const run = runs[2]!;
  const end = endings.get(run)!.get(5)!;
  const args = { axis: 'events' as const, lines: linesFor(run, [true], 1), first: 0, last: 1e3, most: 3, columns: 10, keep: [5, 1e7] };
  const near = diagramOf(run, run.fold.sibling(), { ...args, from: end - 40, to: end + 40 });
  expect(near.density).not.toBeNull();
  expect([...near.messages.id]).toEqual([5]);
  const far = diagramOf(run, run.fold.sibling(), { ...args, from: end + 1, to: end + 90 });
  expect([...far.messages.id]).toEqual([]);
});

test('lost, refused and useless stanzas are told apart, with the reason that the run gives', () => {
  const seen = new Map<string, Set<string>>();
  for (const id of ['karate-rumour', 'dead-server', 'gossip-laboratory']) {
    const run = finished(id, id === 'gossip-laboratory' ? { params: { loss: 0.3 } } : {});
    const names = run.world.stage.entities.name.length;
    const lines = Int32Array.from({ length: names }, (_, i) => i);
    const { messages, reasons } = diagramOf(run, run.fold.sibling(), {
      axis: 'time',
      from: 0,
      to: run.tick,
      lines,
      first: 0,
      last: names,
      most: 1e6,
      columns: 1,
    });
    messages.fate.forEach((fate, i) => {
      const name = ENDS[fate]!;
      const why = reasons[messages.reason[i]!]!;
      if (name !== 'delivered' && name !== 'under way') seen.set(name, (seen.get(name) ?? new Set()).add(why));
      else expect(why).toBe('');
      expect(messages.part[i]).toBe(1);
    });
  }
  expect([...seen.keys()].sort()).toEqual(['came to nothing', 'duplicate', 'lost', 'refused']);
  // Of a duplicate the algorithm need not say more.
  for (const [name, reasons] of seen) if (name !== 'duplicate') expect(reasons.has('')).toBe(false);
});

test('what was taken away by hand ends where it was', () => {
  const plain = finished('experiment-2011');
  // One that is under way for some time, taken away right before it would arrive.
  const m = plain.journal.messages;
  const id = Array.from({ length: 200 }, (_, i) => i).find(
    (i) => m.trigger.get(i) > 0 && plain.journal.arrivalOf(i) > m.trigger.get(i) + 5,
  )!;
  const event = m.trigger.get(id);
  const nth = id - plain.journal.sentBy(event)[0] + 1;
  const after = plain.journal.arrivalOf(id) - 1;
  const run = new Run(world('experiment-2011'), [{ after, target: { event, nth }, do: { type: 'drop' } }]).finish();
  const lines = Int32Array.from(run.world.stage.entities.name, (_, i) => i);
  for (const axis of DIAGRAM_AXES) {
    const args = { axis, from: 0, to: axis === 'time' ? run.tick : after + 5, lines, first: 0, last: lines.length, most: 1e6, columns: 1 };
    const { messages } = diagramOf(run, run.fold.sibling(), args);
    const i = messages.part.findIndex((part) => part < 1);
    expect(ENDS[messages.fate[i]!]).toBe('lost');
    const at = messages.sent[i]! + (messages.due[i]! - messages.sent[i]!) * messages.part[i]!;
    expect(at).toBeCloseTo(place(run, messages.end[i]!, axis), 3);
  }
});

test('along a line: the next event and the one before, over all entities of the line', () => {
  const run = runs[1]!;
  const order = new CausalOrder(run.journal).follow();
  const entities = [3, 8, 21];
  const expected: number[] = [];
  for (let ordinal = 1; ordinal <= run.journal.eventCount; ordinal++)
    if (entities.includes(run.journal.events.entity.get(ordinal - 1))) expected.push(ordinal);
  const forward: number[] = [];
  for (let at: number | null = 0; (at = along(order, { entities, from: at, back: false }).ordinal) !== null;) forward.push(at);
  expect(forward).toEqual(expected);
  const back: number[] = [];
  for (let at: number | null = run.journal.eventCount + 1; (at = along(order, { entities, from: at, back: true }).ordinal) !== null;)
    back.unshift(at);
  expect(back).toEqual(expected);
});

test('what the filter lets through is marked, and nothing while nothing is filtered', () => {
  const run = finished('room-two-servers');
  const lines = Int32Array.from(run.world.stage.entities.name, (_, i) => i);
  const ask = () =>
    diagramOf(run, run.fold.sibling(), { axis: 'time', from: 0, to: run.tick, lines, first: 0, last: 99, most: 1e6, columns: 1 });
  expect(ask().passes).toBeNull();
  queries(() => run).watch({ name: 'filter', text: 'message' });
  while (askOn(run, 1000));
  const { passes, messages, marks } = ask();
  const kinds = [...messages.kind].map((kind) => (kind === Kind.message ? 1 : 0));
  expect(kinds).toContain(0);
  expect([...passes!.messages]).toEqual(kinds);
  marks.ordinal.forEach((_, i) => {
    const row = messages.id.indexOf(marks.message[i]!);
    if (row >= 0) expect(passes!.marks[i]).toBe(kinds[row]);
  });
});

test.each(['time', 'events'] as const)('each column of the axis of %s has what lies in it, few events or many', (axis) => {
  const run = finished('dead-server');
  const { journal } = run;
  const to = axis === 'time' ? run.tick : journal.eventCount;
  const from = Math.floor(to / 7);
  // Enough events at one entity for few columns to be searched, and too few for many.
  const order = new CausalOrder(journal).follow();
  expect(Math.max(...run.world.stage.entities.name.map((_, i) => order.eventsOf(i).length))).toBeGreaterThan(60);
  const lines = Int32Array.from(run.world.stage.entities.name, () => 0);
  for (const columns of [1, 3, 60]) {
    const { density } = diagramOf(run, run.fold.sibling(), { axis, from, to, lines, first: 0, last: 0, most: 0, columns });
    const expected = Array.from({ length: columns }, () => 0);
    for (let ordinal = 1; ordinal <= journal.eventCount; ordinal++) {
      const at = axis === 'time' ? journal.tickOf(ordinal) : ordinal;
      if (at < from || at > to) continue;
      let column = 0;
      while (column < columns - 1 && at >= from + ((to - from) * (column + 1)) / columns) column++;
      expected[column]!++;
    }
    expect([...density!.counts]).toEqual(expected);
  }
});
