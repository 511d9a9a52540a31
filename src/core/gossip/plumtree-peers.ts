/**
 * Whom a node of Plumtree pushes to, whom it only tells, and who has announced what it lacks (Leitão, Pereira and Rodrigues, SRDS 2007,
 * section 3: `eagerPushPeers`, `lazyPushPeers`, `missing`), in bounded columns.
 *
 * Over a graph or a membership layer the neighbours are the node's peers there, and all of them are eager but those that its table
 * lists as lazy: sets of any size, in little memory. A full table leaves one more eager, which costs copies and never an update. Where
 * everybody may call everybody the table lists all neighbours, eager and lazy, as they are only a few then.
 */
import { perUpdate, slots, view, type Net, type Peer, type Size } from './contract.ts';

const tableSize = ({ nodes, params }: Size): number => Math.min(nodes, params['remembered'] as number);
const announcers = ({ params }: Size): number => params['announcers'] as number;
const announcements = (size: Size): number => size.updates * announcers(size);

export const columns = {
  /** Hops by which the update came, plus one; 0: it has not come. */
  hops: perUpdate('i32'),
  /** The table: who, and whether lazy. Entries stand at the front. */
  table: view(tableSize),
  lazy: slots('u8', tableSize),
  listed: 'u16',
  /** Who has announced a missing update and was not asked yet, in order, and the hops it named. Entries stand at the front. */
  announced: view(announcements),
  announcedHops: slots('i32', announcements),
  /** The timer of a missing update runs; for how many it does. */
  waiting: perUpdate('u8'),
  waits: 'u16',
} as const;
export type Tree = Net<typeof columns>;

function placeOf(net: Tree, node: number, other: number): number {
  const first = node * tableSize(net);
  const end = first + net.state.listed[node]!;
  for (let i = first; i < end; i++) if (net.state.table[i] === other + 1) return i;
  return -1;
}
function list(net: Tree, node: number, other: number, lazy: 0 | 1): void {
  const s = net.state;
  if (s.listed[node]! >= tableSize(net) || other === node) return;
  const i = node * tableSize(net) + s.listed[node]!++;
  s.table[i] = other + 1;
  s.lazy[i] = lazy;
}
function strike(net: Tree, node: number, i: number): void {
  const s = net.state;
  const last = node * tableSize(net) + --s.listed[node]!;
  s.table[i] = s.table[last]!;
  s.lazy[i] = s.lazy[last]!;
  s.table[last] = s.lazy[last] = 0;
}
function isNeighbour(net: Tree, node: number, other: number): boolean {
  const degree = net.degree(node);
  for (let i = 0; i < degree; i++) if (net.nodeOf(net.peer(node, i)) === other) return true;
  return false;
}

export function makeEager(net: Tree, node: number, other: number): void {
  const i = placeOf(net, node, other);
  if (!net.everybody) {
    if (i >= 0) strike(net, node, i);
  } else if (i >= 0) net.state.lazy[i] = 0;
  else list(net, node, other, 0);
}
export function makeLazy(net: Tree, node: number, other: number): void {
  const i = placeOf(net, node, other);
  if (i >= 0) net.state.lazy[i] = 1;
  else if (net.everybody || isNeighbour(net, node, other)) list(net, node, other, 1);
}
/** Nothing is known of the other one any more. */
export function forgetPeer(net: Tree, node: number, other: number): void {
  const i = placeOf(net, node, other);
  if (i >= 0) strike(net, node, i);
}
/** Visits all neighbours but one; answers how many there are. */
export function neighbours(net: Tree, node: number, but: number, visit: (peer: Peer, lazy: boolean) => void): number {
  const s = net.state;
  const listed = s.listed[node]!;
  let met = 0;
  if (net.everybody) {
    const first = node * tableSize(net);
    for (let i = first; i < first + listed; i++) {
      const other = s.table[i]! - 1;
      if (other === but) continue;
      met++;
      visit(net.peerTo(node, other), s.lazy[i] === 1);
    }
    return met;
  }
  const degree = net.degree(node);
  for (let i = 0; i < degree; i++) {
    const peer = net.peer(node, i);
    const other = net.nodeOf(peer);
    if (other === but) continue;
    met++;
    visit(peer, listed > 0 && placeOf(net, node, other) >= 0);
  }
  return met;
}

/** Notes who has announced a missing update; answers whether there was room. */
export function announce(net: Tree, node: number, update: number, from: number, hops: number): boolean {
  const s = net.state;
  const first = (node * net.updates + update) * announcers(net);
  for (let i = first; i < first + announcers(net); i++) {
    if (s.announced[i] === from + 1) return true;
    if (s.announced[i] !== 0) continue;
    s.announced[i] = from + 1;
    s.announcedHops[i] = hops;
    return true;
  }
  return false;
}
export interface Announcement {
  readonly from: number;
  readonly hops: number;
}
function announcementsOf(net: Tree, node: number, update: number): Announcement[] {
  const s = net.state;
  const first = (node * net.updates + update) * announcers(net);
  const all: Announcement[] = [];
  for (let i = first; i < first + announcers(net) && s.announced[i]! > 0; i++)
    all.push({ from: s.announced[i]! - 1, hops: s.announcedHops[i]! });
  return all;
}
function keepAnnouncements(net: Tree, node: number, update: number, kept: readonly Announcement[]): void {
  const s = net.state;
  const first = (node * net.updates + update) * announcers(net);
  for (let i = 0; i < announcers(net); i++) {
    s.announced[first + i] = (kept[i]?.from ?? -1) + 1;
    s.announcedHops[first + i] = kept[i]?.hops ?? 0;
  }
}
/** The first announcement, which is taken off the list. */
export function nextAnnouncement(net: Tree, node: number, update: number): Announcement | undefined {
  const [next, ...rest] = announcementsOf(net, node, update);
  if (next) keepAnnouncements(net, node, update, rest);
  return next;
}
/** All of them, which are taken off the list: the update has come. */
export function takeAnnouncements(net: Tree, node: number, update: number): readonly Announcement[] {
  if (net.state.waiting[node * net.updates + update] === 0) return [];
  const all = announcementsOf(net, node, update);
  keepAnnouncements(net, node, update, []);
  return all;
}
/** Whoever is gone cannot be asked for what it announced. */
export function forgetAnnouncer(net: Tree, node: number, other: number): void {
  if (net.state.waits[node] === 0) return;
  for (let update = 0; update < net.updates; update++) {
    const all = announcementsOf(net, node, update);
    if (all.some(({ from }) => from === other))
      keepAnnouncements(
        net,
        node,
        update,
        all.filter(({ from }) => from !== other),
      );
  }
}
