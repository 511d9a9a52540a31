/** Numbers as a person reads them: the scene says what a tick is. */
import type { TimeUnit } from '../../protocol/scene.ts';

const trim = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** `0.243 s`, `1,284 ticks`. */
export function formatTime(unit: TimeUnit, tick: number): string {
  return unit.label === 's' ? `${(tick / unit.ticks).toFixed(3)} s` : `${Math.floor(tick / unit.ticks).toLocaleString('en')} ticks`;
}

/** As typed into the time field: no unit, no separators. */
export function plainTime(unit: TimeUnit, tick: number): string {
  return unit.label === 's' ? (tick / unit.ticks).toFixed(3) : String(Math.floor(tick / unit.ticks));
}

/** A span, in the unit that suits its size: `18.4 ms`, `320 µs`, `12 ticks`. */
export function formatSpan(unit: TimeUnit, ticks: number): string {
  if (unit.label !== 's') return `${formatNumber(ticks / unit.ticks)} ${ticks === unit.ticks ? 'tick' : 'ticks'}`;
  const seconds = ticks / unit.ticks;
  if (Math.abs(seconds) >= 1) return `${formatNumber(seconds)} s`;
  if (Math.abs(seconds) >= 0.001) return `${formatNumber(seconds * 1e3)} ms`;
  return `${formatNumber(seconds * 1e6)} µs`;
}

/** At most three figures that count: `1,280`, `18.4`, `0.031`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || value === 0) return Math.round(value).toLocaleString('en');
  return trim(value.toPrecision(3));
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${formatNumber(bytes / 1e3)} kB` : `${formatNumber(bytes / 1e6)} MB`;
}

/** `1 s = 20 ms`: one second here is so much there. */
export const formatSpeed = (unit: TimeUnit, ticksPerSecond: number): string =>
  ticksPerSecond === Infinity ? 'maximum' : `1 s = ${formatSpan(unit, ticksPerSecond)}`;

/** In ticks, where a tick is a microsecond. */
const UNITS: Readonly<Record<string, number>> = { us: 1, µs: 1, ms: 1000, s: 1e6, min: 60e6, tick: 1, ticks: 1 };
const TIME = /^(\d+(?:[.,]\d+)?|[.,]\d+)\s*([a-zµ]*)$/i;

/** What was typed as a time, in ticks; a reason where it is none. A bare number is in the unit that the scene shows. */
export function readTime(text: string, unitTicks: number, last: number): { readonly tick: number } | { readonly problem: string } {
  const [, number = '', name = ''] = TIME.exec(text.trim()) ?? [];
  const isSeconds = unitTicks > 1;
  const known = name === '' ? unitTicks : isSeconds || /^ticks?$/i.test(name) ? UNITS[name.toLowerCase()] : undefined;
  if (number === '' || known === undefined)
    return { problem: `Not a time: type a number such as ${isSeconds ? '1.25 or 250ms' : '1250'}, or an event such as #36` };
  const tick = Number(number.replace(',', '.')) * known;
  if (tick > last) return { problem: `The run ends at ${Number((last / unitTicks).toFixed(3))}${isSeconds ? ' s' : ''}` };
  return { tick };
}

/** ` 43 %` of what has to be worked out before something can be answered; empty while nothing has. */
export const partOf = (preparing: { readonly done: number; readonly of: number } | undefined): string =>
  preparing ? ` ${Math.floor((100 * preparing.done) / Math.max(1, preparing.of))} %` : '';
