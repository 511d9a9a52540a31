/** The sweep view without a browser: what is typed, what is planned, what is drawn. */
import { expect, test } from 'vitest';
import { axisOf, valueAxis } from '../../src/ui/shared/scale.ts';
import { markAt, roomOf } from '../../src/ui/lab/marks.ts';
import { firstMeasure, layoutOf, linesOf, tellingRun } from '../../src/ui/lab/sweepLines.ts';
import { draftOfSpec, placeOf, rangeOfText, specOfDraft } from '../../src/ui/lab/sweepSpec.ts';
import { spanOf } from '../../src/ui/lab/sweepWords.ts';
import type { SweepPlan, SweepRun, SweepSpec } from '../../src/protocol/sweep.ts';

test.each([
  ['1, 2, 4', [1, 2, 4]],
  ['push, pull', ['push', 'pull']],
  ['true,false', [true, false]],
  ['1..12', { from: 1, to: 12, steps: 12 }],
  ['0..0.5 in 6', { from: 0, to: 0.5, steps: 6 }],
  ['100..100000 in 7 log', { from: 100, to: 100_000, steps: 7, scale: 'log' }],
  ['10..1000 log', { from: 10, to: 1000, steps: 6, scale: 'log' }],
  ['uniform(1,5)', ['uniform(1', '5)']],
])('%s', (text, range) => {
  expect(rangeOfText(text)).toEqual(range);
});

test.each(['1..12', '0..0.5', '0..0.5 in 7', '100..100000 in 7 log', '10..1000 log'])('%s is written as it was typed', (text) => {
  const range = rangeOfText(text);
  expect(draftOfSpec({ ...SPEC, over: { k: range } }).over[0]!.values).toBe(text);
});

test('nothing, or half a range, is said', () => {
  expect(() => rangeOfText(' , ')).toThrow(/1\.\.12/);
  expect(() => rangeOfText('1e..5')).toThrow(/ends of a range/);
});

const SPEC: SweepSpec = {
  format: 'stanzascope/sweep',
  version: 1,
  title: 'One',
  algorithm: 'rumour',
  topology: { id: 'complete' },
  params: { nodes: 100, latency: 'constant(4)' },
  seed: 's',
  runs: 4,
  over: { direction: ['push', 'pull'], k: { from: 1, to: 3, steps: 3 } },
};

test('a spec as it is edited comes back as itself', () => {
  const schema = { latency: { type: 'text', default: 'constant(1)', help: '' } } as const;
  expect(specOfDraft(draftOfSpec(SPEC), schema)).toEqual(SPEC);
  const broken = { ...draftOfSpec(SPEC), over: [{ name: 'k', values: '' }] };
  expect(() => specOfDraft(broken, schema)).toThrow(/^k: /);
});

const plan: SweepPlan = {
  spec: SPEC,
  points: ['push', 'pull'].flatMap((direction, i) => [1, 2, 3].map((k, j) => ({ index: 3 * i + j, values: { direction, k } }))),
  measures: [],
  references: [],
};
const run = (point: number, r: number, tLast: number, completed = true): SweepRun => ({
  point,
  run: r,
  completed,
  events: 1,
  metrics: { tLast },
});

test('numbers go along the axis, words tell the lines apart; runs that lack a measure are not in its mean', () => {
  expect(layoutOf(plan)).toEqual({ x: 'k', other: 'direction', scale: 'linear', words: [] });
  const runs = [[run(0, 0, 4), run(0, 1, 8), { ...run(0, 2, 0, false), metrics: {} }], [], [], [run(3, 0, 1)]];
  const [push, pull] = linesOf(plan, runs, 'tLast');
  expect([push!.label, pull!.label]).toEqual(['direction push', 'direction pull']);
  expect(push!.points.map((point) => point.x)).toEqual([1, 2, 3]);
  expect(push!.points[0]).toMatchObject({ mean: 6, median: 6, runs: 3, completed: 2 });
  expect(push!.points[1]!.mean).toBeNaN();
  expect(pull!.points[0]).toMatchObject({ index: 3, mean: 1 });
});

test('the run that is opened is the middle one, or one that failed where most did not', () => {
  expect(tellingRun([run(0, 0, 9), run(0, 1, 5), run(0, 2, 7)], 'tLast')).toBe(2);
  expect(tellingRun([run(0, 0, 9), run(0, 1, 5, false), run(0, 2, 7)], 'tLast')).toBe(1);
  expect(tellingRun([run(0, 0, 9, false), run(0, 1, 5, false), run(0, 2, 7, false)], 'tLast')).toBe(2);
  expect(tellingRun([], 'tLast')).toBeUndefined();
});

test('axes: round figures within, logarithms by decades, words side by side', () => {
  const linear = axisOf('linear', [0, 10], 5);
  expect(linear.ticks).toEqual([0, 2, 4, 6, 8, 10]);
  expect([linear.at(0), linear.at(5), linear.at(10)]).toEqual([0, 0.5, 1]);
  const log = axisOf('log', [100, 100_000], 4);
  expect(log.ticks).toEqual([100, 300, 1000, 3000, 10_000, 30_000, 100_000]);
  expect(log.at(1000)).toBeCloseTo(1 / 3);
  expect(axisOf('category', [0, 2], 3).ticks).toEqual([0, 1, 2]);
  expect(axisOf('linear', [], 3).at(0.5)).toBe(0.5);
  expect(axisOf('linear', [7, 7], 3).at(7)).toBe(0);
  expect(valueAxis([1, 4], 4).at(0)).toBeCloseTo(0);
  expect(valueAxis([1000, 1001], 4).at(1000)).toBeGreaterThan(0);
});

test('spans are said in the unit that suits them', () => {
  expect([0.2, 40, 200, 9000, 1e6, Infinity].map(spanOf)).toEqual(['less than a second', '40 s', '3 min', '2.5 h', '12 days', 'a while']);
});

test('a band needs three runs, and ends at 0 where nothing is below it', () => {
  const two = linesOf(plan, [[run(0, 0, 4), run(0, 1, 8)]], 'tLast')[0]!.points[0]!;
  expect([...two.meanBand, ...two.medianBand]).toEqual([NaN, NaN, NaN, NaN]);
  const three = linesOf(plan, [[run(0, 0, 0), run(0, 1, 1), run(0, 2, 20)]], 'tLast')[0]!.points[0]!;
  expect(three.meanBand[0]).toBe(0);
  expect(three.meanBand[1]).toBeGreaterThan(20);
  const below = linesOf(plan, [[run(0, 0, -1), run(0, 1, 1), run(0, 2, 20)]], 'tLast')[0]!.points[0]!;
  expect(below.meanBand[0]).toBeLessThan(-1);
});

test('a sweep is looked at first by what it is compared with, over sizes by rounds', () => {
  const measures = ['tLast', 'rounds', 'residue'].map((id) => ({ id, label: id, help: '' }));
  const compared = { ...plan, measures, references: [{ measure: 'residue', x: 1, y: 1, label: '' }] };
  expect(firstMeasure(compared, 'tLast')).toBe('residue');
  expect(firstMeasure({ ...plan, measures, spec: { ...SPEC, over: { nodes: [10, 20] } } }, 'tLast')).toBe('rounds');
  expect(firstMeasure({ ...plan, measures }, 'residue')).toBe('residue');
  expect(firstMeasure({ ...plan, measures }, 'gone')).toBe('tLast');
});

test('a click is meant for the nearest mark; marks on each other take turns', () => {
  const marks = [
    { index: 0, x: 100, y: 50 },
    { index: 1, x: 101, y: 50 },
    { index: 2, x: 112, y: 50 },
  ];
  expect(markAt(marks, { x: 109, y: 52 }, undefined)?.index).toBe(2);
  expect(markAt(marks, { x: 99, y: 50 }, undefined)?.index).toBe(0);
  expect(markAt(marks, { x: 99, y: 50 }, 0)?.index).toBe(1);
  expect(markAt(marks, { x: 99, y: 50 }, 1)?.index).toBe(0);
  expect(markAt(marks, { x: 300, y: 50 }, undefined)).toBeUndefined();
  expect(roomOf(marks[2]!, marks)).toBe(5.5);
  expect(roomOf(marks[0]!, [marks[0]!])).toBe(11);
});

test('a problem stands at the field that it is about', () => {
  const draft = draftOfSpec(SPEC);
  expect(placeOf({ message: 'sweep, where direction is push, k is 0: rumour: `k` must be an integer' }, draft)).toBe('k');
  expect(placeOf({ message: 'k: Both ends of a range are numbers, as in 1..12' }, draft)).toBe('k');
  expect(placeOf({ message: 'sweep: over.direction is no number and has no range' }, draft)).toBe('direction');
  expect(placeOf({ message: 'sweep: `runs` must be an integer from 1' }, draft)).toBe('runs');
  expect(placeOf({ message: 'something else' }, draft)).toBeUndefined();
});
