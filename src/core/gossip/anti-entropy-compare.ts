/**
 * How two nodes of anti-entropy find their differences (Demers et al., PODC 1987, section 1.3): whole sets, lists, or a walk down
 * Merkle trees; and the columns of what a node holds.
 */
import { ASK, COMPARE, DIGEST, ECHO, FETCH, NOTHING, OFFER, TRANSFER, YOURS } from './anti-entropy-messages.ts';
import { perUpdate, type Data, type Net } from './contract.ts';
import { hashOf, leavesOf } from './merkle.ts';

export const columns = {
  has: perUpdate('u8'),
  /** The cycle in which it was learned, plus one; 0: before. */
  learnedIn: perUpdate('i32'),
  /** The global clock stands at this node. */
  drives: 'u8',
  /** At node 0, for ending the global schedule: nodes below it hold everything; it has ended. */
  settled: 'i32',
  ended: 'u8',
  /** At node 0: some node, plus one, that holds the update; 0: it has not entered. */
  witness: perUpdate('i32'),
} as const;
export type AntiEntropy = Net<typeof columns>;

export const isGlobal = (params: AntiEntropy['params']): boolean => params['schedule'] === 'global';
export const isSynchronous = (params: AntiEntropy['params']): boolean =>
  params['timing'] === 'synchronous' && !isGlobal(params) && params['compare'] !== 'merkle';

export const knows = (net: AntiEntropy, node: number, update: number): boolean => net.state.has[node * net.updates + update] === 1;
/** What the node may give: in a synchronous cycle, what it held when the cycle began. */
export function known(net: AntiEntropy, node: number): number[] {
  const { has, learnedIn } = net.state;
  const now = isSynchronous(net.params) ? net.round + 1 : -1;
  const held: number[] = [];
  for (let u = 0, at = node * net.updates; u < net.updates; u++, at++) if (has[at] === 1 && learnedIn[at] !== now) held.push(u);
  return held;
}

export function exchange(net: AntiEntropy, node: number, peer: number): void {
  const { exchange: way, compare } = net.params;
  const held = known(net, node);
  if (held.length === 0 && way === 'push') {
    net.idle(node, 'nothing-known');
    return;
  }
  if (way === 'one-way') net.call(node, peer, TRANSFER, ECHO, 0, 0, held);
  else if (compare === 'merkle') compareAt(net, node, peer, [1]);
  else if (compare === 'digest') {
    if (way !== 'push') net.call(node, peer, DIGEST, 0, 0, 0, held);
    if (way !== 'pull' && held.length > 0) net.call(node, peer, OFFER, 0, 0, 0, held);
  } else if (way === 'pull') net.call(node, peer, ASK, 0, 0, 0);
  else net.call(node, peer, TRANSFER, way === 'push' ? NOTHING : YOURS, 0, 0, held);
}

const hash = (net: AntiEntropy, node: number, subtree: number): number =>
  hashOf(subtree, leavesOf(net.updates), net.updates, (update) => knows(net, node, update));
function compareAt(net: AntiEntropy, node: number, peer: number, subtrees: readonly number[]): void {
  const hashes = subtrees.flatMap((subtree) => [subtree, hash(net, node, subtree)]);
  net.call(node, peer, COMPARE, 0, 0, 0, hashes);
}
/** The subtrees of a comparison in which this node holds something else. */
export const different = (net: AntiEntropy, node: number, hashes: Data): number[] =>
  hashes.filter((subtree, i) => i % 2 === 0 && hash(net, node, subtree) !== hashes[i + 1]);
/** One level further down; at the leaves one of the two has the update and the other has not. */
export function descend(net: AntiEntropy, node: number, peer: number, subtrees: Data): void {
  const leaves = leavesOf(net.updates);
  if (subtrees[0]! < leaves) {
    compareAt(
      net,
      node,
      peer,
      subtrees.flatMap((subtree) => [2 * subtree, 2 * subtree + 1]),
    );
    return;
  }
  const way = net.params['exchange'];
  const updates = subtrees.map((subtree) => subtree - leaves);
  const given = way === 'pull' ? [] : updates.filter((update) => knows(net, node, update));
  const missing = way === 'push' ? [] : updates.filter((update) => !knows(net, node, update));
  if (given.length > 0) net.cast(node, peer, TRANSFER, NOTHING, 0, given);
  if (missing.length > 0) net.call(node, peer, FETCH, 0, 0, 0, missing);
  if (given.length + missing.length === 0) net.idle(node, 'same');
}
