/** The space-time diagram without a page: its lines, its window, the place of a cut on each line, and the layout in a link. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutAlong } from '../../src/ui/spacetime/cut.ts';
import { alongOf, gapFor, lineAt, linesInView, overOf, placeAt, within, zoomed, type Sheet } from '../../src/ui/spacetime/geometry.ts';
import { lineName, linesOf, moved } from '../../src/ui/spacetime/lines.ts';
import { rulerMarks } from '../../src/ui/spacetime/ruler.ts';
import { withPlace } from '../../src/ui/spacetime/window.ts';
import { layoutText, readLayout, type DiagramLayout } from '../../src/ui/state/diagram.ts';
import { world } from '../support/scenes.ts';

const { entities } = world('room-two-servers').stage;
const natural = { hidden: [], collapsed: [], order: [] };
const names = (arrangement: Partial<DiagramLayout>): string[] =>
  linesOf(entities, { ...natural, ...arrangement }).list.map((line) => lineName(entities, line));
const indexOf = (name: string): number => entities.name.indexOf(name);

const sheet: Sheet = { across: true, width: 800, height: 220, window: { from: 100, to: 500 }, lines: 12, gap: 20, scroll: 30 };
const list = fc.uniqueArray(fc.nat(entities.name.length - 1), { maxLength: 9 });

test('each entity has one line, or none where it is hidden, whatever the arrangement', () => {
  fc.assert(
    fc.property(list, list, list, (hidden, collapsed, order) => {
      const lines = linesOf(entities, { hidden, collapsed, order });
      const members = lines.list.flatMap((line) => line.members);
      expect(new Set(members).size).toBe(members.length);
      entities.name.forEach((_, entity) => {
        const line = lines.of[entity]!;
        if (line < 0) expect(members).not.toContain(entity);
        else expect(lines.list[line]!.members).toContain(entity);
      });
      for (const { entity, members: own } of lines.list) expect(own).toContain(entity);
    }),
  );
});

test('a folded server stands for all that belong to it, and hides with them', () => {
  expect(names({})).toEqual(expect.arrayContaining(['alice/tea', 'wonderland.lit', 'rooms.wonderland.lit']));
  const folded = names({ collapsed: [indexOf('wonderland.lit')] });
  expect(folded).toContain('wonderland.lit +5');
  expect(folded).not.toContain('alice/tea');
  expect(names({ collapsed: [indexOf('wonderland.lit')], hidden: [indexOf('wonderland.lit')] })).toHaveLength(folded.length - 1);
});

test('a line that is moved is where it was put, and the others keep their order', () => {
  const count = names({}).length;
  fc.assert(
    fc.property(fc.nat(count - 1), fc.nat(count - 1), (from, to) => {
      const before = names({});
      const after = names({ order: moved(entities, natural, from, to) });
      expect(after[to]).toBe(before[from]);
      expect(after.filter((name) => name !== before[from])).toEqual(before.filter((name) => name !== before[from]));
    }),
  );
});

test('places and pixels are each other’s inverses; the nearest line of a line is itself', () => {
  for (const at of [100, 222.5, 500]) expect(placeAt(sheet, alongOf(sheet, at))).toBeCloseTo(at, 9);
  for (let line = 0; line < sheet.lines; line++) expect(lineAt(sheet, overOf(sheet, line))).toBe(line);
  const [first, last] = linesInView(sheet);
  expect([first, last]).toEqual([1, 11]);
  expect(gapFor({ ...sheet, lines: 1 })).toBe(56);
  expect(gapFor({ ...sheet, lines: 1000 })).toBe(18);
});

test('zooming keeps the place under the pointer; a window never goes far beyond the run', () => {
  const span = zoomed({ from: 100, to: 500 }, 0.5, 200, 3);
  expect((200 - span.from) / (span.to - span.from)).toBeCloseTo(0.25, 9);
  expect(zoomed({ from: 0, to: 10 }, 0.001, 5, 3).to - zoomed({ from: 0, to: 10 }, 0.001, 5, 3).from).toBeCloseTo(3, 9);
  fc.assert(
    fc.property(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 1, max: 900 }), (from, length) => {
      const inside = within({ from, to: from + length }, 0, 1000);
      expect(inside.to - inside.from).toBeCloseTo(length, 6);
      expect(inside.from).toBeGreaterThanOrEqual(-0.021 * length);
      expect(inside.to).toBeLessThanOrEqual(1000 + 0.021 * length);
    }),
  );
});

test('the cursor is brought into view only when it leaves it', () => {
  const window = { from: 100, to: 200 };
  expect(withPlace(window, 150, 1000)).toBe(window);
  const next = withPlace(window, 400, 1000);
  expect(next.from).toBeLessThan(400);
  expect(next.to).toBeGreaterThan(400);
  // At the end of the run it comes to rest.
  const last = withPlace({ from: 890, to: 1002 }, 1000, 1000);
  expect(withPlace(last, 1000, 1000)).toBe(last);
});

test('a cut has its place on every line: where the path passes it, or at the path’s nearer end', () => {
  const lines = linesOf(entities, natural);
  const tall = { ...sheet, scroll: 0, lines: lines.list.length };
  const straight = cutAlong(
    [
      [300, 0],
      [300, 400],
    ],
    tall,
    lines,
  );
  expect(straight.size).toBe(lines.list.length);
  for (const at of straight.values()) expect(at).toBeCloseTo(placeAt(tall, 300), 6);
  const slanted = cutAlong(
    [
      [100, overOf(tall, 2)],
      [500, overOf(tall, 6)],
    ],
    tall,
    lines,
  );
  const at = (line: number) => slanted.get(lines.list[line]!.entity)!;
  expect(at(0)).toBeCloseTo(placeAt(tall, 100), 6);
  expect(at(4)).toBeCloseTo(placeAt(tall, 300), 6);
  expect(at(8)).toBeCloseTo(placeAt(tall, 500), 6);
});

test('two numbers on the ruler are never the same, down to single ticks', () => {
  // A narrow sheet has room for one number, or none.
  for (const width of [60, 130]) rulerMarks({ ...sheet, width, window: { from: 1, to: 9 } }, 'time', { label: 'ticks', ticks: 1 });
  for (const length of [3, 40, 977, 1e6]) {
    const marks = rulerMarks({ ...sheet, window: { from: 12_345, to: 12_345 + length } }, 'time', { label: 's', ticks: 1e6 });
    expect(marks.length).toBeGreaterThan(1);
    expect(new Set(marks.map(({ text }) => text)).size).toBe(marks.length);
  }
});

test('a layout comes back from its text; what is none is refused', () => {
  const layout = fc.record({
    axis: fc.constantFrom('time' as const, 'events' as const),
    across: fc.boolean(),
    window: fc.option(fc.record({ from: fc.nat(1e6), to: fc.integer({ min: 1_000_001, max: 9e6 }) })),
    hidden: list,
    collapsed: list,
    order: list,
  });
  fc.assert(
    fc.property(layout, (one) => {
      const text = layoutText(one);
      if (text !== undefined) expect(readLayout(text)).toEqual(one);
      else expect(one).toEqual({ axis: 'time', across: true, window: null, ...natural });
    }),
  );
  for (const text of ['', 'x;a;;;;;', 't;a;9;3;;;', 't;a;1;;;;', 't;a;;;-;;', 't;a;;;;', 't;a;;;zzzzzzz;;'])
    expect(readLayout(text)).toBeNull();
});
