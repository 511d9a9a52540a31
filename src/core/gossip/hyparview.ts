/**
 * HyParView, membership for reliable gossip. J. Leitão, J. Pereira and L. Rodrigues, "HyParView: a membership protocol for reliable
 * gossip-based broadcast", DSN 2007, section 4 and algorithm 1. A small symmetric active view is whom a node talks to; a larger passive
 * view, kept fresh by shuffles, is where a neighbour that failed is replaced from.
 *
 * What the paper leaves open or has from TCP: a broken connection is `onDown`. Where messages can be lost (the conditions' doing, TCP would
 * not) a call without an answer within a period counts as a broken connection, and whoever gets a neighbour's message from a node that
 * it does not hold tells it so, which makes views symmetric again. A shuffle walks as far as a join (ARWL). A search for a neighbour asks
 * each passive member once; a node that still has room asks one more at each shuffle. DISCONNECT says whether its sender leaves: then it
 * is not kept in reserve. Nodes come in one after another in order of their numbers within the first periods, each through a random
 * earlier one, node 0 being there first; a node that comes back, or that has lost everybody, joins through any node, as a directory
 * of contacts would name one.
 */
import { defineGossip, EMPTY } from './contract.ts';
import { ACCEPTED, DISCONNECT, FORWARD_JOIN, JOIN, methods, NEIGHBOR, REJECTED, SHUFFLE, SHUFFLE_REPLY } from './hyparview-messages.ts';
import {
  activeAt,
  activeSize,
  addActive,
  addPassive,
  columns,
  dropActive,
  dropPassive,
  isActive,
  isFull,
  sampleActive,
  samplePassive,
  sentSize,
  someActive,
  tryPassive,
  type HyParView,
} from './hyparview-views.ts';

const TURN = 0;
const ENTER = 1;
/** Periods within which all nodes have come in. */
const ENTRY_PERIODS = 5;

export const hyparview = defineGossip({
  id: 'hyparview',
  title: 'HyParView',
  summary: 'Membership: few symmetric neighbours, and a reserve to replace them from',
  source: 'Leitão, Pereira and Rodrigues, DSN 2007, §4',
  params: {
    active: { type: 'int', min: 1, max: 100, default: 5, help: 'neighbours of a node at most: the active view' },
    passive: { type: 'int', min: 1, max: 1000, default: 30, help: 'how many others a node keeps in reserve: the passive view' },
    arwl: { type: 'int', min: 1, max: 100, default: 6, unit: 'steps', help: 'length of the random walk of a join or a shuffle' },
    prwl: {
      type: 'int',
      min: 0,
      max: 100,
      default: 3,
      unit: 'steps',
      help: 'steps before its end at which a join leaves the newcomer in reserve',
    },
    ka: { type: 'int', min: 0, max: 100, default: 3, help: 'neighbours that are named in a shuffle' },
    kp: { type: 'int', min: 0, max: 1000, default: 4, help: 'members of the passive view that are named in a shuffle' },
    period: { type: 'int', min: 4, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks between two shuffles of a node' },
  },
  needs: () => ['fullMembership'],
  many: false,
  endless: () => true,
  synchronous: () => false,
  period: (params) => params['period'] as number,
  methods,
  timers: ['shuffles', 'comes in'],
  rules: {
    alone: 'This node has no neighbour: there is no one to shuffle with.',
    'no-candidate': 'This node has asked everybody in its passive view, or has nobody there: it waits for the next shuffle.',
    known: 'The walk of the join has ended at a node that has the newcomer for a neighbour already.',
    'own-shuffle': 'The walk of the shuffle has come back to where it began: there is nothing to swap.',
  },
  states: [
    { id: 'outside', label: 'no neighbour', look: 'hollow' },
    { id: 'inside', label: 'in the overlay', look: 'active' },
  ],
  reached: 'Nodes in the overlay',
  state: columns,
  shown: (s, node) => (s.actives[node]! > 0 ? 1 : 0),

  start(net) {
    const gap = (ENTRY_PERIODS * net.period) / net.nodes;
    net.learned(0);
    net.state.entered[0] = 1;
    net.later(0, net.period + net.below(0, net.period), TURN);
    for (let node = 1; node < net.nodes; node++) net.later(node, Math.floor(node * gap), ENTER, 1);
  },
  onUp: (net, node) => net.later(node, 0, ENTER),
  onUpdate: (net, node) => net.learned(node),
  onTimer(net, node, code, ordered) {
    if (code === ENTER) {
      join(net, node, ordered === 1 ? net.below(node, node) : anybody(net, node));
      net.later(node, 1 + net.below(node, net.period), TURN);
      return;
    }
    turn(net, node);
    net.nextRound(node, TURN);
  },
  onCall(net, node, method, a, b, from) {
    const s = net.state;
    if (method === JOIN) {
      const known = isActive(net, node, from);
      admit(net, node, from);
      const steps = net.params['arwl'] as number;
      for (let i = 0; i < s.actives[node]! && !known; i++) {
        const other = activeAt(net, node, i);
        if (other !== from) net.cast(node, net.peerTo(node, other), FORWARD_JOIN, from, steps);
      }
      return ACCEPTED;
    }
    if (method === NEIGHBOR) {
      if (a === 0 && isFull(net, node) && !isActive(net, node, from)) return REJECTED;
      admit(net, node, from);
      return ACCEPTED;
    }
    if (method === DISCONNECT) {
      // An acceptance that is still on its way does not count any more.
      if (s.asking[node] === from + 1) s.asking[node] = 0;
      if (dropActive(net, node, from)) {
        if (a === 0) addPassive(net, node, from);
        replace(net, node);
      } else if (a === 1) dropPassive(net, node, from);
      return EMPTY;
    }
    if (method === SHUFFLE_REPLY) {
      const first = node * sentSize(net);
      const spare = Array.from(s.sent.subarray(first, first + sentSize(net)), (entry) => entry - 1);
      for (const other of net.data) addPassive(net, node, other, spare);
      return EMPTY;
    }
    // Walks go from neighbour to neighbour.
    if (!isActive(net, node, from) && s.asking[node] !== from + 1) net.cast(node, net.peerTo(node, from), DISCONNECT, 0, 0);
    if (method === FORWARD_JOIN) forwardJoin(net, node, a, b, from);
    else shuffled(net, node, a, b, from);
    return EMPTY;
  },
  onReply(net, node, method, reply, token, from) {
    const s = net.state;
    const asked = s.asking[node] === from + 1 && s.token[node] === token;
    if (asked) s.asking[node] = 0;
    if (method === JOIN) s.entered[node] = 1;
    if (reply === ACCEPTED) {
      if (asked) admit(net, node, from);
      else if (!isActive(net, node, from)) net.cast(node, net.peerTo(node, from), DISCONNECT, 0, 0);
    } else if (asked && s.left[node]! > 0) s.left[node]!--;
    if (asked) seek(net, node);
  },
  /** It may have accepted, and the answer was lost. */
  onTimeout(net, node, _method, token, to) {
    const s = net.state;
    const asked = s.asking[node] === to + 1 && s.token[node] === token;
    if (!asked && !isActive(net, node, to)) return;
    net.cast(node, net.peerTo(node, to), DISCONNECT, 0, 0);
    gone(net, node, to);
  },
  onDown: (net, node, other) => gone(net, node, other),
  onLeave(net, node) {
    for (let i = 0; i < net.state.actives[node]!; i++) net.cast(node, net.peerTo(node, activeAt(net, node, i)), DISCONNECT, 1, 0);
  },
  membership: {
    count: (s, node) => s.actives[node]!,
    at: (s, node, i, size) => s.active[node * activeSize(size) + i]! - 1,
    warmup: () => 25,
  },
});

/** Any other node. */
const anybody = (net: HyParView, node: number): number => (node + 1 + net.below(node, Math.max(1, net.nodes - 1))) % net.nodes;

function join(net: HyParView, node: number, contact: number): void {
  if (net.nodes > 1 && net.state.asking[node] === 0) ask(net, node, contact, JOIN, 0);
}
function ask(net: HyParView, node: number, other: number, method: number, priority: number): void {
  const token = net.call(node, net.peerTo(node, other), method, priority, 0, net.period);
  if (token < 0) return;
  net.state.asking[node] = other + 1;
  net.state.token[node] = token;
}
/** Takes the other one into the active view; whoever has to go for that is told, and kept in reserve. */
function admit(net: HyParView, node: number, other: number): void {
  if (other === node || isActive(net, node, other)) return;
  if (isFull(net, node)) {
    const out = someActive(net, node, other, other);
    dropActive(net, node, out);
    addPassive(net, node, out);
    if (net.state.asking[node] === out + 1) net.state.asking[node] = 0;
    net.cast(node, net.peerTo(node, out), DISCONNECT, 0, 0);
  }
  addActive(net, node, other);
}
/** The other one cannot be reached. */
function gone(net: HyParView, node: number, other: number): void {
  const s = net.state;
  dropPassive(net, node, other);
  const asked = s.asking[node] === other + 1;
  if (asked) s.asking[node] = 0;
  if (dropActive(net, node, other)) replace(net, node);
  else if (asked) seek(net, node);
}
/** A neighbour is lost (§4.3): everybody in reserve may be asked to take its place. */
function replace(net: HyParView, node: number): void {
  net.state.tried[node] = 0;
  net.state.left[node] = net.state.passives[node]!;
  seek(net, node);
}
function seek(net: HyParView, node: number): void {
  const s = net.state;
  if (s.left[node] === 0 || s.asking[node] !== 0 || isFull(net, node)) return;
  const other = tryPassive(net, node);
  if (other < 0) {
    s.left[node] = 0;
    net.idle(node, 'no-candidate');
  } else ask(net, node, other, NEIGHBOR, s.actives[node] === 0 ? 1 : 0);
}
function forwardJoin(net: HyParView, node: number, newcomer: number, steps: number, from: number): void {
  const next = steps === 0 ? -1 : someActive(net, node, from, newcomer);
  if (next < 0) {
    if (newcomer === node || isActive(net, node, newcomer)) {
      net.idle(node, 'known');
      return;
    }
    // The newcomer never refuses, so that it is a neighbour from now on.
    admit(net, node, newcomer);
    net.call(node, net.peerTo(node, newcomer), NEIGHBOR, 1, 0, net.period);
    return;
  }
  if (steps === net.params['prwl']) addPassive(net, node, newcomer);
  net.cast(node, net.peerTo(node, next), FORWARD_JOIN, newcomer, steps - 1);
}

/** Once a period (§4.4). */
function turn(net: HyParView, node: number): void {
  const s = net.state;
  if (s.passives[node] === s.tried[node]) s.tried[node] = 0;
  // Others may have come in through a node whose own join got lost: their overlay would stay apart.
  if (s.entered[node] === 0 || (s.actives[node] ?? 0) + (s.passives[node] ?? 0) === 0) join(net, node, anybody(net, node));
  else if (s.left[node] === 0 && !isFull(net, node)) s.left[node] = 1;
  seek(net, node);
  if (s.actives[node] === 0) {
    net.idle(node, 'alone');
    return;
  }
  const named = [...sampleActive(net, node, net.params['ka'] as number), ...samplePassive(net, node, net.params['kp'] as number)];
  const first = node * sentSize(net);
  s.sent.fill(0, first, first + sentSize(net));
  named.forEach((other, i) => (s.sent[first + i] = other + 1));
  const next = someActive(net, node, -1, -1);
  net.cast(node, net.peerTo(node, next), SHUFFLE, node, net.params['arwl'] as number, named);
}
function shuffled(net: HyParView, node: number, origin: number, steps: number, from: number): void {
  const next = steps <= 1 ? -1 : someActive(net, node, from, from);
  if (next >= 0) {
    net.cast(node, net.peerTo(node, next), SHUFFLE, origin, steps - 1, net.data);
    return;
  }
  if (origin === node) {
    net.idle(node, 'own-shuffle');
    return;
  }
  const received = net.data;
  const given = samplePassive(net, node, received.length + 1);
  net.cast(node, net.peerTo(node, origin), SHUFFLE_REPLY, 0, 0, given);
  for (const other of [origin, ...received]) addPassive(net, node, other, given);
}
