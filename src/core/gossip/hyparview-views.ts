/**
 * The two views of a HyParView node (Leitão, Pereira and Rodrigues, DSN 2007, section 4.2 and algorithm 1): the columns, and what
 * adding, dropping and drawing mean. Entries stand at the front of their view. In the passive view those that were asked in the
 * present search for a neighbour come first, so that none is asked twice.
 */
import { slots, view, type Net, type Size } from './contract.ts';

const size = (name: string) => (of: Size) => of.params[name] as number;
export const activeSize = size('active');
const passiveSize = size('passive');
/** Entries of its views that a node sends in a shuffle. */
export const sentSize = (of: Size): number => size('ka')(of) + size('kp')(of);

export const columns = {
  active: view(activeSize),
  actives: 'u16',
  passive: view(passiveSize),
  passives: 'u16',
  /** How many at the front of the passive view were asked to be neighbours; how many more may be. */
  tried: 'u16',
  left: 'u16',
  /** Who was asked (a node plus one) and has not answered, and the call's token. */
  asking: slots('i32', () => 1),
  token: 'f64',
  /** Its own join was accepted. */
  entered: 'u8',
  /** What went away in the latest shuffle: it is the first to make room. */
  sent: view(sentSize),
} as const;
export type HyParView = Net<typeof columns>;

function indexIn(entries: Int32Array, first: number, count: number, other: number): number {
  for (let i = 0; i < count; i++) if (entries[first + i] === other + 1) return i;
  return -1;
}
const activeIndex = (net: HyParView, node: number, other: number): number =>
  indexIn(net.state.active, node * activeSize(net), net.state.actives[node]!, other);
export const isActive = (net: HyParView, node: number, other: number): boolean => activeIndex(net, node, other) >= 0;
export const isFull = (net: HyParView, node: number): boolean => net.state.actives[node]! >= activeSize(net);
export const activeAt = (net: HyParView, node: number, i: number): number => net.state.active[node * activeSize(net) + i]! - 1;

/** The other one becomes a neighbour; there must be room. */
export function addActive(net: HyParView, node: number, other: number): void {
  const s = net.state;
  dropPassive(net, node, other);
  s.active[node * activeSize(net) + s.actives[node]!++] = other + 1;
  net.learned(node);
  net.peerUp(node, other);
}
/** Answers whether it was a neighbour. */
export function dropActive(net: HyParView, node: number, other: number): boolean {
  const s = net.state;
  const i = activeIndex(net, node, other);
  if (i < 0) return false;
  const first = node * activeSize(net);
  const last = first + --s.actives[node]!;
  s.active[first + i] = s.active[last]!;
  s.active[last] = 0;
  net.peerDown(node, other);
  return true;
}
/** A neighbour at random that is none of the two; -1 if there is none. */
export function someActive(net: HyParView, node: number, but: number, nor: number): number {
  const count = net.state.actives[node]!;
  let fit = 0;
  for (let i = 0; i < count; i++) if (activeAt(net, node, i) !== but && activeAt(net, node, i) !== nor) fit++;
  if (fit === 0) return -1;
  let skip = net.below(node, fit);
  for (let i = 0; i < count; i++) {
    const other = activeAt(net, node, i);
    if (other !== but && other !== nor && skip-- === 0) return other;
  }
  return -1;
}

const passiveIndex = (net: HyParView, node: number, other: number): number =>
  indexIn(net.state.passive, node * passiveSize(net), net.state.passives[node]!, other);

/** Keeps the other one in reserve; a full view first gives up one of `spare`, else any. */
export function addPassive(net: HyParView, node: number, other: number, spare: number[] = []): void {
  const s = net.state;
  if (other === node || isActive(net, node, other) || passiveIndex(net, node, other) >= 0) return;
  if (s.passives[node] === passiveSize(net)) {
    let i = -1;
    while (i < 0 && spare.length > 0) i = passiveIndex(net, node, spare.shift()!);
    removePassive(net, node, i >= 0 ? i : net.below(node, passiveSize(net)));
  }
  s.passive[node * passiveSize(net) + s.passives[node]!++] = other + 1;
}
export function dropPassive(net: HyParView, node: number, other: number): void {
  const i = passiveIndex(net, node, other);
  if (i >= 0) removePassive(net, node, i);
}
function removePassive(net: HyParView, node: number, i: number): void {
  const s = net.state;
  const first = node * passiveSize(net);
  let hole = first + i;
  // Those that were asked stay together.
  if (i < s.tried[node]!) {
    const lastTried = first + --s.tried[node]!;
    s.passive[hole] = s.passive[lastTried]!;
    hole = lastTried;
  }
  const last = first + --s.passives[node]!;
  s.passive[hole] = s.passive[last]!;
  s.passive[last] = 0;
}
/** One in reserve that was not asked yet, at random, which from now on counts as asked; -1 if there is none. */
export function tryPassive(net: HyParView, node: number): number {
  const s = net.state;
  const first = node * passiveSize(net);
  const tried = s.tried[node]!;
  const rest = s.passives[node]! - tried;
  if (rest === 0) return -1;
  const i = first + tried + net.below(node, rest);
  const chosen = s.passive[i]!;
  s.passive[i] = s.passive[first + tried]!;
  s.passive[first + tried] = chosen;
  s.tried[node]!++;
  return chosen - 1;
}

/** So many different members of a view, at random. */
function sample(net: HyParView, node: number, from: Int32Array, wanted: number): number[] {
  const all = Array.from(from, (entry) => entry - 1);
  const count = Math.min(wanted, all.length);
  for (let i = 0; i < count; i++) {
    const j = i + net.below(node, all.length - i);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count);
}
export function sampleActive(net: HyParView, node: number, wanted: number): number[] {
  const first = node * activeSize(net);
  return sample(net, node, net.state.active.subarray(first, first + net.state.actives[node]!), wanted);
}
export function samplePassive(net: HyParView, node: number, wanted: number): number[] {
  const first = node * passiveSize(net);
  return sample(net, node, net.state.passive.subarray(first, first + net.state.passives[node]!), wanted);
}
