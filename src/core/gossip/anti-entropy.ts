/**
 * Anti-entropy: nodes compare what they hold with a random partner and resolve the differences, for ever. A. Demers et al.,
 * "Epidemic Algorithms for Replicated Database Maintenance", PODC 1987, section 1.3.
 *
 * Schedule `per-node` is the paper's: every node by its own clock picks a partner each period (`asynchronous`), or all do so in common
 * cycles in which what counts is what a node held when the cycle began (`synchronous`). Schedule `global` is the OCaml program of 2011
 * (`f6m6/gossip`): one ordered pair (u, v) of distinct nodes is drawn from all in each period, until every live node holds everything
 * that a live node holds. That program's exchange is `one-way`: one transfer goes u → v and one v → u, and both carry what u held at that
 * tick, so that the second one is of no use; empty ones are sent too. Per node, the partner's transfer back is its answer.
 *
 * `compare`: whole sets (`all`); lists of what one knows, and then what is missing (`digest`; push-pull is its two halves, each with its
 * list); or hashes of subtrees, level by level (`merkle`; both sides keep nothing between two levels). A one-way transfer is always whole.
 *
 * Not the nodes' own knowledge, but the observer's: the clock of the global schedule, which stands at the origin (it stops if a scenario
 * takes the origin down, and the next node that comes up takes it over), and its knowing when all is done. A walk down a Merkle tree takes more
 * messages than a synchronous cycle has room for, so it always goes by nodes' own clocks.
 */
import { columns, descend, different, exchange, isGlobal, isSynchronous, known, knows, type AntiEntropy } from './anti-entropy-compare.ts';
import { ASK, COMPARE, DIGEST, ECHO, FETCH, methods, NOTHING, OFFER, TRANSFER, UPDATES, YOURS } from './anti-entropy-messages.ts';
import { defineGossip, EMPTY, INFECTIVE, SUSCEPTIBLE, type Data } from './contract.ts';

const OWN = 0;
const GLOBAL = 1;

export const antiEntropy = defineGossip({
  id: 'anti-entropy',
  title: 'Anti-entropy',
  summary: 'Compare with a random partner and resolve the differences, for ever',
  source: 'Demers et al., PODC 1987, §1.3; f6m6/gossip (OCaml, 2011), algorithm “anti-entropy”',
  params: {
    exchange: {
      type: 'choice',
      options: ['one-way', 'push', 'pull', 'push-pull'],
      default: 'push-pull',
      help: 'who gives: the caller, the called one, or both; one-way: as in 2011, two transfers of which one is of no use',
    },
    schedule: {
      type: 'choice',
      options: ['global', 'per-node'],
      default: 'per-node',
      help: 'one pair of all nodes in each period (2011), or every node once in each period',
    },
    timing: {
      type: 'choice',
      options: ['asynchronous', 'synchronous'],
      default: 'asynchronous',
      help: 'per-node schedule: each node by its own clock, or all in common cycles (not with Merkle trees)',
    },
    compare: {
      type: 'choice',
      options: ['all', 'digest', 'merkle'],
      default: 'all',
      help: 'how differences are found: whole sets, lists of what one knows, Merkle trees; one-way is always whole',
    },
    period: { type: 'int', min: 1, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks between two exchanges of a node, or of all' },
  },
  needs: (params) => (isGlobal(params) ? ['globalPairs', 'fullMembership'] : []),
  many: true,
  endless: (params) => !isGlobal(params),
  synchronous: isSynchronous,
  period: (params) => params['period'] as number,
  methods,
  timers: ['next exchange', 'next pair'],
  rules: {
    'nothing-known': 'This node holds no update, so it has nothing to push.',
    'no-peer': 'This node has no peer: it can compare with nobody in this period.',
    'nothing-new': 'What this message brought, this node held already.',
    same: 'The comparison showed nothing that would have to go this way.',
    down: 'The pair that was drawn begins with a node that is down: nothing happens in this period.',
    'one-transfer': 'The pair that was drawn has a node that is down: it sends no transfer back.',
    done: 'Every live node holds every update that there is: the global schedule ends.',
  },
  states: [SUSCEPTIBLE, INFECTIVE],
  state: columns,
  shown: (s, node, { updates }) => (s.has.subarray(node * updates, (node + 1) * updates).includes(1) ? 1 : 0),

  start(net, origin) {
    if (isGlobal(net.params)) drive(net, origin);
    else for (let node = 0; node < net.nodes; node++) net.later(node, phase(net, node), OWN);
  },
  onUp(net, node) {
    if (!isGlobal(net.params)) {
      net.later(node, phase(net, node), OWN);
      return;
    }
    net.state.settled[0] = 0;
    for (let other = 0; other < net.nodes; other++) if (net.state.drives[other] === 1 && net.isUp(other)) return;
    drive(net, node);
  },
  onUpdate(net, node, update) {
    net.state.has[node * net.updates + update] = 1;
    net.state.witness[update] = node + 1;
    net.learned(node, update);
  },
  onTimer(net, node, code) {
    if (code === GLOBAL) {
      pair(net, node);
      return;
    }
    const peer = net.randomPeer(node);
    if (peer < 0) net.idle(node, 'no-peer');
    else exchange(net, node, peer);
    net.nextRound(node, OWN);
  },
  onCall(net, node, method, back) {
    const { data } = net;
    if (method === TRANSFER) {
      const held = back === YOURS ? known(net, node) : back === ECHO ? data : [];
      take(net, node, data);
      return back === NOTHING ? EMPTY : answer(net, held);
    }
    if (method === ASK) return answer(net, known(net, node));
    if (method === DIGEST) {
      const listed = new Set(data);
      return answer(
        net,
        known(net, node).filter((update) => !listed.has(update)),
      );
    }
    if (method === FETCH)
      return answer(
        net,
        data.filter((update) => knows(net, node, update)),
      );
    return answer(net, method === OFFER ? data.filter((update) => !knows(net, node, update)) : different(net, node, data));
  },
  onReply(net, node, method, _reply, _token, from) {
    const { data } = net;
    const peer = net.peerTo(node, from);
    if (method === OFFER) {
      if (peer >= 0) net.cast(node, peer, TRANSFER, NOTHING, 0, data);
    } else if (method === COMPARE) {
      if (peer >= 0) descend(net, node, peer, data);
    } else take(net, node, data);
  },
});

/** By their own clocks nodes begin anywhere in their period. */
const phase = (net: AntiEntropy, node: number): number => (isSynchronous(net.params) ? 0 : net.below(node, net.period));
/** An answer that would carry nothing is left to the acknowledgement. */
function answer(net: AntiEntropy, data: Data): number {
  if (data.length === 0) return EMPTY;
  net.attach(data);
  return UPDATES;
}
function take(net: AntiEntropy, node: number, updates: Data): void {
  const s = net.state;
  let news = false;
  for (const update of updates) {
    const at = node * net.updates + update;
    if (s.has[at] === 1) continue;
    s.has[at] = 1;
    s.learnedIn[at] = net.round + 1;
    net.learned(node, update);
    news = true;
  }
  if (!news) net.idle(node, 'nothing-new');
  // It was under way when the last live node that held it went down.
  else if (s.ended[0] === 1) drive(net, node);
}

function drive(net: AntiEntropy, node: number): void {
  net.state.drives[node] = 1;
  net.state.ended[0] = 0;
  net.state.settled[0] = 0;
  net.later(node, 0, GLOBAL);
}
/** A step of the global schedule. */
function pair(net: AntiEntropy, node: number): void {
  const s = net.state;
  if (settled(net)) {
    s.drives[node] = 0;
    s.ended[0] = 1;
    net.idle(node, 'done');
    return;
  }
  net.nextRound(node, GLOBAL);
  if (net.nodes < 2) return;
  const u = net.below(node, net.nodes);
  const other = net.below(node, net.nodes - 1);
  const v = other < u ? other : other + 1;
  if (!net.isUp(u)) net.idle(node, 'down');
  else if (net.params['exchange'] !== 'one-way') exchange(net, u, net.peerTo(u, v));
  else {
    const held = known(net, u);
    net.cast(u, net.peerTo(u, v), TRANSFER, NOTHING, 0, held);
    if (net.isUp(v)) net.cast(v, net.peerTo(v, u), TRANSFER, NOTHING, 0, held);
    else net.idle(node, 'one-transfer');
  }
}
/** Every live node holds every update that a live node holds. Nodes that were found to do so are not looked at again. */
function settled(net: AntiEntropy): boolean {
  const s = net.state;
  for (; s.settled[0]! < net.nodes; s.settled[0]!++) {
    const node = s.settled[0]!;
    if (!net.isUp(node)) continue;
    for (let u = 0; u < net.updates; u++) if (!knows(net, node, u) && !lost(net, u)) return false;
  }
  return true;
}
/** The update entered, and everybody who held it is down. */
function lost(net: AntiEntropy, update: number): boolean {
  const { witness } = net.state;
  const holds = (node: number): boolean => net.isUp(node) && knows(net, node, update);
  if (witness[update] === 0 || holds(witness[update]! - 1)) return false;
  for (let node = 0; node < net.nodes; node++) {
    if (!holds(node)) continue;
    witness[update] = node + 1;
    return false;
  }
  return true;
}
