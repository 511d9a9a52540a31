/** Results of sweeps: read whole, cut off or broken, put together, and written as tables and plots. */
import { parseXml } from '../../../src/base/xml/codec.ts';
import { expect, test } from 'vitest';
import { createMerge, planOf, readSweepFile } from '../../../src/core/simulation/read-sweep.ts';
import { headerOf, sweepExport } from '../../../src/core/simulation/sweep-export.ts';
import type { SweepRun, SweepSpec } from '../../../src/protocol/sweep.ts';

const SPEC: SweepSpec = {
  format: 'stanzascope/sweep',
  version: 1,
  title: 'Push & pull, "1987"',
  algorithm: 'rumour',
  topology: { id: 'complete' },
  params: { latency: 'constant(1)' },
  seed: 's',
  runs: 3,
  over: { feedback: [true, false], nodes: [10, 20] },
};
const run = (point: number, r: number, time: number | undefined): SweepRun => ({
  point,
  run: r,
  completed: time !== undefined,
  events: 5,
  metrics: time === undefined ? { residue: 0.5 } : { time, residue: 0 },
});
const RUNS = [0, 1, 2, 3].flatMap((point) => [run(point, 0, 10 * point + 2), run(point, 1, 10 * point + 6), run(point, 2, undefined)]);
const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;
const TEXT = [headerOf(SPEC, 4), ...RUNS].map(lineOf).join('');

test('what is written is read again', () => {
  expect(sweepExport(SPEC, RUNS.toReversed(), 'jsonl', 'time').text).toBe(TEXT);
  const { plan, runs, notes } = readSweepFile(TEXT, 'r.jsonl');
  expect([plan.spec, runs, notes]).toEqual([SPEC, RUNS, []]);
});

test('a file that is cut off anywhere loses that line and nothing else', () => {
  const lines = TEXT.split('\n');
  for (let cut = lines[0]!.length + 1; cut < TEXT.length; cut += 7) {
    const whole = TEXT.slice(0, cut).split('\n').length - 2;
    const { runs, notes } = readSweepFile(TEXT.slice(0, cut), 'r.jsonl');
    expect(runs).toEqual(RUNS.slice(0, whole));
    expect(notes.join(' ')).toMatch(new RegExp(`${12 - whole} of 12 runs (is|are) missing`));
    if (TEXT[cut - 1] !== '\n') expect(notes[0]).toBe(`r.jsonl is cut off in line ${whole + 2}: that line is left out.`);
  }
});

const broken: readonly (readonly [string, string, RegExp])[] = [
  ['a header that is cut off', TEXT.slice(0, 50), /neither a sweep's spec \(JSON\) nor its results/],
  ['nonsense in the middle', TEXT.replace(lineOf(RUNS[4]!), 'garbage\n'), /^r\.jsonl, line 6: this is no run of this sweep/],
  ['a point that is not there', TEXT + lineOf(run(4, 0, 1)), /^r\.jsonl, line 14/],
  ['a run that is not there', TEXT + lineOf(run(0, 3, 1)), /^r\.jsonl, line 14/],
  ['a measure that is no number', TEXT + lineOf({ ...run(0, 0, 1), metrics: { time: 'long' } }), /^r\.jsonl, line 14/],
  ['no measures', TEXT + lineOf({ ...run(0, 0, 1), metrics: null }), /^r\.jsonl, line 14/],
  ['another version', TEXT.replace('"version":1', '"version":2'), /`version` must be 1, got 2/],
  ['a spec that is wrong', TEXT.replace('"rumour"', '"shouting"'), /no algorithm "shouting"/],
  ['the same run with other results', TEXT + lineOf(run(1, 0, 99)), /run 0 of point 1 is there twice, with different results/],
];
test.each(broken)('%s is refused', (_, text, words) => {
  expect(() => readSweepFile(text, 'r.jsonl')).toThrow(words);
});

test('a spec is read by the same door', () => {
  const { plan, runs } = readSweepFile(JSON.stringify(SPEC, null, 2), 's.json');
  expect([plan, runs]).toEqual([planOf(SPEC, 's.json'), []]);
});

test('what is there twice counts once', () => {
  const { runs, notes } = readSweepFile(TEXT + lineOf(RUNS[0]!), 'r.jsonl');
  expect(runs).toEqual(RUNS);
  expect(notes).toEqual(['1 run is there twice and counted once.']);
  const merge = createMerge(planOf(SPEC, 's'));
  for (const one of [...RUNS.slice(6), ...RUNS.slice(0, 7)]) merge.add(one, 'r');
  expect(merge.finish().runs).toHaveLength(12);
});

const [HEAD = '', ...ROWS] = sweepExport(SPEC, RUNS, 'csv', 'time').text.trimEnd().split('\n');
test('CSV: a row for each point; a run without a measure is in no mean and counted', () => {
  expect(HEAD).toBe(
    'feedback,nodes,runs,completed,time,time_sd,time_low,time_high,time_median,residue,residue_sd,residue_low,residue_high,residue_median',
  );
  expect(ROWS).toHaveLength(4);
  const [feedback, nodes, runs, completed, time, sd, low, high, median, residue] = ROWS[3]!.split(',');
  expect([feedback, nodes, runs, completed, time, median]).toEqual(['false', '20', '3', '2', '34', '34']);
  // 32 and 36: t(1) = 12.706 times 2.83 over √2.
  expect(Number(sd)).toBeCloseTo(2.828427, 6);
  expect(Number(high) - Number(low)).toBeCloseTo(2 * 12.706 * 2, 9);
  expect(Number(residue)).toBeCloseTo(0.5 / 3, 12);
});

test('JSON: the same with its spec', () => {
  const { spec, points } = JSON.parse(sweepExport(SPEC, RUNS, 'json', 'time').text) as {
    spec: SweepSpec;
    points: Record<string, unknown>[];
  };
  expect(spec).toEqual(SPEC);
  expect(points[0]).toMatchObject({
    values: { feedback: true, nodes: 10 },
    runs: 3,
    completed: 2,
    metrics: { time: { mean: 4, median: 4, quartiles: [3, 5] } },
  });
});

test('SVG: well formed, one line and one band for each value of the other parameter, named', () => {
  const { text, type, name } = sweepExport(SPEC, RUNS, 'svg', 'time');
  expect([type, name]).toEqual(['image/svg+xml', 'push-pull-1987.svg']);
  expect(parseXml(text).name).toBe('svg');
  expect(text.match(/<polyline/g)).toHaveLength(2);
  expect(text.match(/<polygon/g)).toHaveLength(2);
  expect(text).toContain('Push &amp; pull, &quot;1987&quot;');
  for (const word of ['feedback true', 'feedback false', 'time until all (ticks)', '>nodes<', '>20<']) expect(text).toContain(word);
  // Numbers only: nothing ran off the plot.
  expect(text).not.toMatch(/NaN|Infinity|undefined/);
  expect(sweepExport(SPEC, [], 'svg', 'time').text).not.toMatch(/NaN|Infinity|undefined/);
});
