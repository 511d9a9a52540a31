/**
 * Pending events kept in keyframes: lists in the order in which they are due, each number in as few bytes as its list needs. A keyframe holds what was
 * scheduled since the one before and is still pending, and shares the lists of those before it, so that each event is kept once however long it waits.
 */
import type { Element } from '../../base/xml/element.ts';
import { ANSWERS, FAR, FROM, ID, LINK, TO, TYPE, WIDTH, WORD } from './pool.ts';

/** One number of every row: `base` plus what stands in `values`, or in `table` at the place that stands there. Absent values: all are `base`. */
export interface Packed {
  readonly base: number;
  readonly values: Uint8Array | Uint16Array | Uint32Array | Float64Array | undefined;
  readonly table: readonly number[] | undefined;
}

/** Events as they stand in the slots of a queue, one after the other. */
export interface PendingRows {
  /** In order. */
  readonly ticks: Float64Array;
  /** `WIDTH` for each. */
  readonly words: Int32Array;
  /** Links that are too large for the words; absent where none is. */
  readonly far: Float64Array | undefined;
  /** What messages carry; shared, as it never changes, and empty where none carries anything. */
  readonly data: readonly (readonly number[] | undefined)[];
  readonly stanzas: readonly (Element | undefined)[];
}
/** The same, packed. */
export interface PendingList extends Pick<PendingRows, 'data' | 'stanzas'> {
  readonly length: number;
  /** When the last of them is due. */
  readonly last: number;
  readonly ticks: Packed;
  /** Word by word; of timers neither link nor id is kept, which are always the same. */
  readonly words: readonly Packed[];
  /** Links are numbered along their senders, so what is kept is how far each is from `times` its sender and its receiver. */
  readonly times: number;
  readonly links: Packed;
  readonly bytes: number;
}

/** All that is pending. */
export interface PendingEvents {
  /** Of one tick, what is in an earlier list is due earlier. What was due before `now` is in them still, and over. */
  readonly lists: readonly PendingList[];
  readonly now: number;
  /** Of the events of tick `now`, the last so many are still to come. */
  readonly left: number;
  /** They are in the order of scheduling, and so will be those that are scheduled. */
  readonly inTurn: boolean;
}

const TABLE = 256;

/** Every `stride`-th number from `first` on. */
interface Numbers {
  readonly from: Int32Array | Float64Array;
  readonly first: number;
  readonly stride: number;
  readonly length: number;
}
function packed(numbers: Numbers): Packed {
  const { from, first, stride, length } = numbers;
  let least = length > 0 ? from[first]! : 0;
  let most = least;
  for (let row = 0, at = first; row < length; row++, at += stride) {
    const value = from[at]!;
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  const range = most - least;
  if (range === 0) return { base: least, values: undefined, table: undefined };
  if (range < 256) return { base: least, values: less(numbers, least, new Uint8Array(length)), table: undefined };
  const table = tableOf(numbers);
  if (table) return { base: 0, values: table.places, table: table.values };
  const values = range < 65_536 ? new Uint16Array(length) : range < 4_294_967_296 ? new Uint32Array(length) : new Float64Array(length);
  return { base: least, values: less(numbers, least, values), table: undefined };
}
function less<T extends { [row: number]: number }>({ from, first, stride, length }: Numbers, base: number, values: T): T {
  for (let row = 0, at = first; row < length; row++, at += stride) values[row] = from[at]! - base;
  return values;
}
/** Where few values stand for all. */
function tableOf({ from, first, stride, length }: Numbers): { readonly places: Uint8Array; readonly values: number[] } | undefined {
  const places = new Uint8Array(length);
  const known = new Map<number, number>();
  for (let row = 0, at = first; row < length; row++, at += stride) {
    const value = from[at]!;
    let place = known.get(value);
    if (place === undefined) {
      if (known.size === TABLE) return undefined;
      known.set(value, (place = known.size));
    }
    places[row] = place;
  }
  return { places, values: [...known.keys()] };
}
export function listOf({ ticks, words, far, data, stanzas }: PendingRows): PendingList {
  const { length } = ticks;
  const { times, rest } = linksOf(words, far);
  const ids = idsOf(words);
  const column = (word: number): Packed => {
    if (word === LINK) return NOTHING;
    if (word === ID) return packed({ from: ids, first: 0, stride: 1, length });
    return packed({ from: words, first: word, stride: WIDTH, length });
  };
  const packedTicks = packed({ from: ticks, first: 0, stride: 1, length });
  const packedWords = Array.from({ length: WIDTH }, (_, word) => column(word));
  const links = packed({ from: rest, first: 0, stride: 1, length });
  const parts = [packedTicks, links, ...packedWords];
  const bytes = parts.reduce((sum, { values }) => sum + (values?.byteLength ?? 0), 8 * (stanzas.length + data.length));
  return { length, last: ticks[length - 1] ?? -1, ticks: packedTicks, words: packedWords, times, links, data, stanzas, bytes };
}
const NOTHING: Packed = { base: 0, values: undefined, table: undefined };
export const isTimer = (words: Int32Array, at: number): boolean => (words[at + WORD]! & TYPE) !== 0;
/** Of an answer the link is that of the request, the other way round. */
const isAnswer = (words: Int32Array, at: number): boolean => (words[at + WORD]! & ANSWERS) !== 0;

function linksOf(words: Int32Array, far: Float64Array | undefined): { readonly times: number; readonly rest: Float64Array } {
  const rest = new Float64Array(words.length / WIDTH);
  let times = Infinity;
  for (let row = 0, at = 0; row < rest.length; row++, at += WIDTH) {
    if (isTimer(words, at)) continue;
    rest[row] = words[at + LINK] === FAR ? far![row]! : words[at + LINK]!;
    const sender = words[at + (isAnswer(words, at) ? TO : FROM)]!;
    if (sender > 0) times = Math.min(times, Math.floor(rest[row]! / sender));
  }
  if (times === Infinity) times = 0;
  for (let row = 0, at = 0; row < rest.length; row++, at += WIDTH) if (!isTimer(words, at)) rest[row]! -= expectedLink(times, words, at);
  return { times, rest };
}
export function expectedLink(times: number, words: Int32Array, at: number): number {
  const answers = isAnswer(words, at);
  return times * words[at + (answers ? TO : FROM)]! + words[at + (answers ? FROM : TO)]!;
}
function idsOf(words: Int32Array): Int32Array {
  const ids = new Int32Array(words.length / WIDTH);
  let latest = -1;
  for (let row = 0, at = 0; row < ids.length; row++, at += WIDTH) if (!isTimer(words, at)) latest = Math.max(latest, words[at + ID]!);
  for (let row = 0, at = 0; row < ids.length; row++, at += WIDTH) ids[row] = isTimer(words, at) ? latest : words[at + ID]!;
  return ids;
}
