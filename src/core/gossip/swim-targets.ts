/** Whom a SWIM member probes, and whom it asks for help: never one that it believes to have failed. */
import type { State } from './contract.ts';
import { FAILED, type Schema, type Swim } from './swim-table.ts';

/** The member to probe in this period; -1 if there is none. */
export function nextTarget(net: Swim, node: number): number {
  if (net.params['probing'] === 'random') return helper(net, node, node, []);
  const s: State<Schema> = net.state;
  const [n, row] = [net.nodes, node * net.nodes];
  // Twice through the list: the rest of this pass, and a whole one in a new order.
  for (let i = 0; i < 2 * n; i++) {
    if (s.place[node] === 0) shuffle(net, node);
    const member = s.order[row + s.place[node]!]!;
    s.place[node] = (s.place[node]! + 1) % n;
    if (member !== node && s.status[row + member] !== FAILED) return member;
  }
  return -1;
}

/** Every order as likely (Fisher and Yates). Only the first time is the list not yet an order of all. */
function shuffle(net: Swim, node: number): void {
  const { order } = net.state;
  const [n, row] = [net.nodes, node * net.nodes];
  if (n > 1 && order[row] === order[row + 1]) for (let member = 0; member < n; member++) order[row + member] = member;
  for (let i = n - 1; i > 0; i--) {
    const j = net.below(node, i + 1);
    const member = order[row + i]!;
    order[row + i] = order[row + j]!;
    order[row + j] = member;
  }
}

/** A member drawn among those that are neither this node, the target nor already asked; -1 if there is none. */
export function helper(net: Swim, node: number, target: number, asked: readonly number[]): number {
  const s: State<Schema> = net.state;
  const row = node * net.nodes;
  const fits = (member: number): boolean =>
    member !== node && member !== target && s.status[row + member] !== FAILED && !asked.includes(member);
  // Nearly all fit as a rule: draw until one does, and look through all of them only if that takes long.
  for (let i = 0; i < 16; i++) {
    const member = net.below(node, net.nodes);
    if (fits(member)) return member;
  }
  const all: number[] = [];
  for (let member = 0; member < net.nodes; member++) if (fits(member)) all.push(member);
  return all.length === 0 ? -1 : all[net.below(node, all.length)]!;
}
