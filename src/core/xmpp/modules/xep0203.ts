/**
 * XEP-0203 Delayed Delivery 2.0 (2009-09-15, https://xmpp.org/extensions/xep-0203.html) with the date format of XEP-0082 1.1. Whole seconds,
 * as Prosody prints them. Simulated time begins at 2011-05-01T00:00:00Z, and a tick is a microsecond: a stamp is a function of the tick.
 */
import { el, type Element } from '../../../base/xml/element.ts';
import type { Module } from '../module.ts';
import { NS } from '../namespaces.ts';

/** Days from 1970-01-01 to 2011-05-01. */
const EPOCH_DAY = 15095;
const TICKS_PER_SECOND = 1_000_000;

/** §4: what carries a stanza later than it was sent says so, and says when and who. */
export function delay(tick: number, from: string): Element {
  return el('delay', NS.delay, { from, stamp: stampOf(tick) });
}

export function stampOf(tick: number): string {
  const seconds = Math.floor(tick / TICKS_PER_SECOND);
  const day0 = Math.floor(seconds / 86400);
  const ofDay = seconds - day0 * 86400;
  const { year, month, day } = civil(EPOCH_DAY + day0);
  const clock = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60, ofDay % 60].map(two).join(':');
  return `${year}-${two(month)}-${two(day)}T${clock}Z`;
}

/** As C prints times for people, `Sun May  1 00:00:00 2011`: what Prosody says in words. */
export function longDateOf(tick: number): string {
  const stamp = stampOf(tick);
  const day = EPOCH_DAY + Math.floor(tick / TICKS_PER_SECOND / 86400);
  // 1970-01-01 was a Thursday.
  const weekday = WEEKDAYS[(day + 4) % 7];
  const month = MONTHS[Number(stamp.slice(5, 7)) - 1];
  return `${weekday} ${month} ${String(Number(stamp.slice(8, 10))).padStart(2, ' ')} ${stamp.slice(11, 19)} ${stamp.slice(0, 4)}`;
}
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Ticks of an XEP-0082 stamp (UTC or with an offset); `undefined` for anything else. */
export function tickOf(stamp: string): number | undefined {
  const m = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(stamp);
  if (!m) return undefined;
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const offset = m[8] === undefined ? 0 : (m[8] === '-' ? -1 : 1) * (Number(m[9]) * 60 + Number(m[10]));
  const seconds = (daysTo(year, month, day) - EPOCH_DAY) * 86400 + hour * 3600 + (minute - offset) * 60 + second + Number(m[7] ?? 0);
  return Math.round(seconds * TICKS_PER_SECOND);
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** Day of the Gregorian calendar, counted from 1970-01-01. */
function civil(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  let year = 1970;
  let left = days;
  for (; left >= (isLeap(year) ? 366 : 365); year++) left -= isLeap(year) ? 366 : 365;
  let month = 1;
  for (; left >= lengthOf(year, month); month++) left -= lengthOf(year, month);
  return { year, month, day: left + 1 };
}

function daysTo(year: number, month: number, day: number): number {
  let days = day - 1;
  for (let y = 1970; y < year; y++) days += isLeap(y) ? 366 : 365;
  for (let y = year; y < 1970; y++) days -= isLeap(y) ? 366 : 365;
  for (let m = 1; m < month; m++) days += lengthOf(year, m);
  return days;
}

const two = (n: number): string => String(n).padStart(2, '0');

export const xep0203: Module = {
  id: 'xep-0203',
  title: 'Delayed delivery',
  spec: 'XEP-0203',
  version: '2.0',
  places: ['server', 'muc'],
  rules: {},
  hooks: [],
};
