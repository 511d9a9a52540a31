/** Choosing several of a node's peers at once. */
import type { Net, Peer, StateSchema } from './contract.ts';

/** So many different peers of the node, every set as likely (R. W. Floyd's sampling, CACM 30, 1987); all of them if there are no more. */
export function distinctPeers<S extends StateSchema>(net: Net<S>, node: number, count: number): readonly Peer[] {
  const degree = net.degree(node);
  if (count >= degree) return Array.from({ length: degree }, (_, i) => net.peer(node, i));
  const chosen: number[] = [];
  for (let i = degree - count; i < degree; i++) {
    const j = net.below(node, i + 1);
    chosen.push(chosen.includes(j) ? i : j);
  }
  return chosen.map((i) => net.peer(node, i));
}
