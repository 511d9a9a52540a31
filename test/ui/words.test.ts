import { expect, test } from 'vitest';
import { formatBytes, formatNumber, formatSpan, formatSpeed, formatTime, readTime } from '../../src/ui/shared/format.ts';
import { capsOf, chooseKeys, chordOf, hintOf, SHORTCUTS, shortcutOf } from '../../src/ui/shared/shortcuts.ts';
import { positionOf, SPEED_STEPS, speedAt } from '../../src/ui/timeline/scale.ts';
import { densityAlong } from '../../src/ui/timeline/strip.ts';

const SECONDS = { label: 's', ticks: 1_000_000 } as const;
const TICKS = { label: 'ticks', ticks: 1 } as const;

test('times, spans and speeds read like a person writes them', () => {
  expect(formatTime(SECONDS, 243_400)).toBe('0.243 s');
  expect(formatTime(TICKS, 1284.9)).toBe('1,284 ticks');
  expect(formatSpan(SECONDS, 18_400)).toBe('18.4 ms');
  expect(formatSpan(SECONDS, 320)).toBe('320 µs');
  expect(formatSpan(SECONDS, 2_500_000)).toBe('2.5 s');
  expect(formatSpan(TICKS, 1)).toBe('1 tick');
  expect(formatSpeed(SECONDS, 20_000)).toBe('1 s = 20 ms');
  expect(formatSpeed(TICKS, 30)).toBe('1 s = 30 ticks');
  expect(formatNumber(0.0312)).toBe('0.0312');
  expect(formatBytes(287)).toBe('287 B');
  expect(formatBytes(3900)).toBe('3.9 kB');
});

test('a typed time is read in the unit of the scene, or refused with a reason', () => {
  expect(readTime(' 0.25 s ', 1_000_000, 2e6)).toEqual({ tick: 250_000 });
  expect(readTime('1,5', 1_000_000, 2e6)).toEqual({ tick: 1_500_000 });
  expect(readTime('30', 1, 100)).toEqual({ tick: 30 });
  for (const text of ['', 'half past', '-1', '1e3', '1.2.3', 'NaN']) expect(readTime(text, 1, 100)).toHaveProperty('problem');
  expect(readTime('3', 1_000_000, 2e6)).toEqual({ problem: 'The run ends at 2 s' });
  expect(readTime('250ms', 1_000_000, 2e6)).toEqual({ tick: 250_000 });
  expect(readTime('0,5 min', 1_000_000, 1e9)).toEqual({ tick: 30_000_000 });
  expect(readTime('40 ticks', 1_000_000, 2e6)).toEqual({ tick: 40 });
  expect(readTime('12 ticks', 1, 100)).toEqual({ tick: 12 });
  // Where a tick is no time there are no seconds.
  expect(readTime('12 s', 1, 100)).toHaveProperty('problem');
});

test('the middle of the speed slider is the scene’s own, its lower end a hundred times slower, its upper end the maximum', () => {
  expect(speedAt(SPEED_STEPS / 2, 900)).toBe(900);
  expect(speedAt(0, 900)).toBe(9);
  expect(speedAt(SPEED_STEPS - 1, 900)).toBeGreaterThan(80_000);
  expect(speedAt(SPEED_STEPS, 900)).toBe(Infinity);
  for (let at = 0; at <= SPEED_STEPS; at++) expect(positionOf(speedAt(at, 20_000), 20_000)).toBe(at);
});

test('every key means one thing', () => {
  const press = (key: string, shiftKey = false, ctrlKey = false) =>
    shortcutOf({ key, shiftKey, ctrlKey, metaKey: false, altKey: false })?.id;
  expect(press('ArrowRight')).toBe('change-forward');
  expect(press('ArrowRight', true)).toBe('round-forward');
  expect(press('ArrowRight', false, true)).toBe('event-forward');
  expect(press('?', true)).toBe('sheet');
  expect(press('f', false, true)).toBeUndefined();
  expect(press('+', true)).toBe('zoom-in');
  const all = SHORTCUTS.flatMap(({ keys, shift, ctrl }) => keys.map((key) => `${key} ${shift ?? 'any'} ${ctrl ?? false}`));
  expect(new Set(all).size).toBe(all.length);
});

test('a person’s own keys come before those of the table, and none can be chosen', () => {
  const press = (key: string, shiftKey = false, ctrlKey = false) =>
    shortcutOf({ key, shiftKey, ctrlKey, metaKey: false, altKey: false })?.id;
  try {
    chooseKeys({ 'round-forward': { key: 'n', shift: false, ctrl: false }, play: null, console: { key: 'f', shift: false, ctrl: false } });
    expect([press('n'), press('N'), press('N', true)]).toEqual(['round-forward', 'round-forward', undefined]);
    expect(press('ArrowRight', true)).toBeUndefined();
    expect(press(' ')).toBeUndefined();
    // `f` is the table’s key for the camera, and was given to another since.
    expect(press('f')).toBe('console');
    expect([hintOf('round-forward'), hintOf('play'), hintOf('round-back')]).toEqual(['N', 'no key', 'Shift+←']);
    expect(capsOf(SHORTCUTS.find(({ id }) => id === 'console')!)).toEqual(['F']);
  } finally {
    chooseKeys({});
  }
  expect(press(' ')).toBe('play');
});

test('what was pressed becomes a key, or a reason why it cannot be one', () => {
  const chord = (key: string, { shift = false, ctrl = false, alt = false } = {}) =>
    chordOf({ key, shiftKey: shift, ctrlKey: ctrl, metaKey: false, altKey: alt });
  expect(chord('G', { shift: true })).toEqual({ key: 'g', shift: true, ctrl: false });
  // On some keyboards it is typed with Shift, on others without.
  expect(chord('*', { shift: true })).toEqual({ key: '*', shift: false, ctrl: false });
  expect(chord('Shift', { shift: true })).toBeNull();
  expect(chord('Tab')).toMatch(/Tab keeps its meaning/);
  expect(chord('w', { ctrl: true })).toMatch(/browser/);
  expect(chord('x', { alt: true })).toMatch(/Alt/);
});

test('the strip is high where many events share a time', () => {
  const series = {
    ticks: Float64Array.of(10, 20, 30),
    ordinals: Float64Array.of(1, 9, 10),
    reached: new Float64Array(3),
    inFlight: new Float64Array(3),
    density: Float64Array.of(1, 8, 1),
    rounds: [],
  };
  expect(densityAlong(series, 10)).toEqual([0.125, 1, 1, 1, 1, 1, 1, 1, 1, 0.125]);
});
