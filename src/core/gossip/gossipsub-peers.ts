/** What a node of gossipsub knows of its peers: who is connected, who is in the mesh, who is backed off, and how each one scores. */
import { perUpdate, slots, view, type Net, type Size } from './contract.ts';

/** Connections that a node can have, its own and those that others open: more than this are refused. */
const width = ({ nodes, params }: Size): number => Math.min(nodes, Math.max(100, 4 * (params['dial'] as number)));

export const columns = {
  /** Heartbeat plus one in which the message came; 0: not yet. */
  seen: perUpdate('i32'),
  peers: view(width),
  /** Heartbeat plus one since when the peer is in the mesh; 0: it is not. */
  mesh: slots('i32', width),
  /** Heartbeat before which the peer may not be grafted. */
  until: slots('i32', width),
  /** First deliveries (P2), and misbehaviour (P7). */
  first: slots('i32', width),
  behaviour: slots('i32', width),
} as const;
export type Sub = Net<typeof columns>;

/** Each connection: its place in the columns, and the peer. */
export function known(net: Sub, node: number, visit: (i: number, peer: number) => unknown): void {
  const w = width(net);
  for (let i = node * w; i < (node + 1) * w; i++) {
    const entry = net.state.peers[i]!;
    if (entry > 0) visit(i, entry - 1);
  }
}
export function mesh(net: Sub, node: number, visit: (i: number, peer: number) => unknown): void {
  known(net, node, (i, peer) => {
    if (net.state.mesh[i]! > 0) visit(i, peer);
  });
}
export function meshSize(net: Sub, node: number): number {
  let size = 0;
  mesh(net, node, () => size++);
  return size;
}

/** The place of this peer, new where it was not known; -1 where every place is taken. */
export function connect(net: Sub, node: number, other: number): number {
  const w = width(net);
  const { peers } = net.state;
  let free = -1;
  for (let i = node * w; i < (node + 1) * w; i++) {
    if (peers[i] === other + 1) return i;
    if (free < 0 && peers[i] === 0) free = i;
  }
  if (free >= 0) peers[free] = other + 1;
  return free;
}
/** The connection is gone, and with it all that was known of the peer. */
export function drop(net: Sub, node: number, other: number): void {
  const w = width(net);
  const s = net.state;
  for (let i = node * w; i < (node + 1) * w; i++)
    if (s.peers[i] === other + 1) s.peers[i] = s.mesh[i] = s.until[i] = s.first[i] = s.behaviour[i] = 0;
}

/** P1 is capped at 300 heartbeats and P2 at 100, as in the specification's example; P7 counts by its square. */
export function score(net: Sub, i: number): number {
  if (net.params['scoring'] !== true) return 0;
  const s = net.state;
  const since = s.mesh[i]!;
  const time = since === 0 ? 0 : Math.min(300, net.round + 1 - since);
  const bad = s.behaviour[i]!;
  return 0.01 * time + Math.min(100, s.first[i]!) - 10 * bad * bad;
}
