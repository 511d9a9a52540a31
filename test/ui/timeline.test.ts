/** Speed, marks of the scrubber, and when single stanzas can no longer be seen. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUnseen } from '../../src/ui/client/traffic.ts';
import { markBeside } from '../../src/ui/client/jump.ts';
import { levelOf } from '../../src/ui/graph/density.ts';
import { formatSpeed } from '../../src/ui/shared/format.ts';
import type { ScrubMark } from '../../src/ui/state/frame.ts';
import { paceOf } from '../../src/ui/state/pace.ts';
import { markAt, placedMarks } from '../../src/ui/timeline/marks.ts';
import { ELSEWHERE, marksTogether } from '../../src/ui/timeline/together.ts';

const mark = (ordinal: number, kind: ScrubMark['kind'] = 'warn'): ScrubMark => ({ ordinal, tick: 10 * ordinal, kind, text: '' });

test('the upper end of the speed says what it is', () => {
  expect(formatSpeed({ label: 's', ticks: 1_000_000 }, Infinity)).toBe('maximum');
});

test('at the maximum what is known passes in two seconds, and nothing else does', () => {
  expect(paceOf(Infinity, 1000)).toBe(500);
  expect(paceOf(Infinity, 0)).toBeGreaterThan(0);
  expect(paceOf(7, 1000)).toBe(7);
});

test('stanzas are unseen within two frames, and seen again only when they are clearly slower', () => {
  expect([0.01, 0.04, 0.06].map((flight) => [isUnseen(flight, false), isUnseen(flight, true)])).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
});

test('a link is drawn the stronger the more went over it', () => {
  expect([64, 32, 16, 8, 4, 2, 1].map((count) => levelOf(count, 64))).toEqual([5, 4, 3, 2, 1, 0, 0]);
});

test('marks that are drawn keep apart, and a weightier one is never left out for a lighter one', () => {
  const kinds: ScrubMark['kind'][] = ['stop', 'hand', 'fork', 'error', 'cut', 'down', 'mend', 'up', 'warn'];
  const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(...kinds)), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(some, (list) => {
      const marks = list.map(([ordinal, kind]) => mark(ordinal, kind)).sort((a, b) => a.ordinal - b.ordinal);
      const placed = placedMarks(marks, 300, ({ ordinal }) => ordinal / 1000);
      placed.slice(1).forEach(({ x }, i) => expect(x - placed[i]!.x).toBeGreaterThanOrEqual(8));
      for (const left of marks.filter(({ kind }) => kind === 'stop')) {
        const near = placed.filter(({ x }) => Math.abs(x - 0.3 * left.ordinal) < 8);
        expect(near.some((one) => one.mark.kind === 'stop')).toBe(true);
      }
      for (const one of placed) expect(markAt([one], one.x)).toBe(one.mark);
    }),
  );
});

test('jumping forward and back visits the same marks', () => {
  const marks = [3, 8, 8, 20].map((ordinal) => mark(ordinal));
  expect([0, 3, 8, 20].map((cursor) => markBeside(marks, cursor, false)?.ordinal)).toEqual([3, 8, 20, undefined]);
  expect([25, 20, 8, 3].map((cursor) => markBeside(marks, cursor, true)?.ordinal)).toEqual([20, 8, 3, undefined]);
});

test('what stands out in several runs at once is one mark that names them; only the run that is looked at has ordinals', () => {
  const cut: ScrubMark = { ordinal: 4, tick: 50, kind: 'cut', text: 'the network is cut' };
  const runs = [
    { run: 7, marks: [cut, { ...cut, ordinal: 9, tick: 80, kind: 'mend' as const, text: 'mended' }] },
    { run: 8, marks: [{ ...cut, ordinal: 6 }, mark(2)] },
  ];
  expect(marksTogether(runs, 8)).toEqual([
    { ...mark(2), text: 'B: ' },
    { ...cut, ordinal: 6, text: 'A, B: the network is cut' },
    { ordinal: ELSEWHERE, tick: 80, kind: 'mend', text: 'A: mended' },
  ]);
  const before = marksTogether(runs, 8);
  expect(marksTogether([...runs], 8)).toBe(before);
  expect(marksTogether(runs, 7)[1]).toMatchObject({ ordinal: 4, text: 'A, B: the network is cut' });
});
