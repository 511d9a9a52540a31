/**
 * Plumtree, the push-lazy-push multicast tree. J. Leitão, J. Pereira and L. Rodrigues, "Epidemic Broadcast Trees", SRDS 2007, section 3:
 * algorithm 1 (eager and lazy push, PRUNE), algorithm 2 (missing timers, GRAFT, changes of the overlay), algorithm 3 (optimisation). The
 * links that brought an update first form a tree, along which later updates are pushed; along the others they are only announced.
 *
 * What is decided here. It runs over a random overlay of small degree, as in the paper over HyParView; on a given graph the links are the
 * overlay, and where a link has no way back nothing can be pruned or grafted on it. Over CYCLON, whose views are new every few periods,
 * most links are new at each update and bring a copy. Where everybody may call everybody, each node connects to `fanout` random ones at the
 * beginning or when it comes back, and both ends know; whoever opens a connection is told what the other one has, as the paper's
 * connections are there before the first update. Elsewhere a node that comes back gets later updates only: the paper recovers no old ones.
 * Announcements go out at once, each in a message of its own; the paper leaves the policy open. A node keeps the first few announcers
 * of an update; the timer ends for good when all of them were asked, until another one announces it. When optimising, a node also
 * changes its own sets, as the GRAFT and the PRUNE that it sends change those of the others, and takes the announcer with the fewest hops.
 * A neighbour that cannot be reached leaves the sets when the membership layer drops it. A graph has no such layer: there it stays lazy,
 * so that announcements find it when it is back.
 */
import { distinctPeers } from './choose.ts';
import { defineGossip, EMPTY, INFECTIVE, SUSCEPTIBLE } from './contract.ts';
import {
  announce,
  columns,
  forgetAnnouncer,
  forgetPeer,
  makeEager,
  makeLazy,
  neighbours,
  nextAnnouncement,
  takeAnnouncements,
  type Tree,
} from './plumtree-peers.ts';

const GOSSIP = 0;
const IHAVE = 1;
const GRAFT = 2;
const PRUNE = 3;
const CONNECT = 4;
/** A GRAFT that asks for no update: it only makes a branch. */
const NONE = -1;

export const plumtree = defineGossip({
  id: 'plumtree',
  title: 'Plumtree',
  summary: 'Pushed along a tree, announced on all other links, which mend the tree',
  source: 'Leitão, Pereira and Rodrigues, SRDS 2007, §3',
  params: {
    ihaveTimer: {
      type: 'int',
      min: 1,
      max: 100_000_000,
      default: 8000,
      unit: 'ticks',
      help: 'how long a node waits for an update that was announced to it; longer than the tree takes',
    },
    graftTimer: {
      type: 'int',
      min: 1,
      max: 100_000_000,
      default: 2000,
      unit: 'ticks',
      help: 'how long it then waits for one it has asked before it asks the next; about a round trip',
    },
    threshold: {
      type: 'int',
      min: 0,
      max: 1_000_000,
      default: 0,
      unit: 'hops',
      help: 'a branch is changed for one that is so many hops shorter; 0: never',
    },
    fanout: { type: 'int', min: 1, max: 100, default: 5, help: 'connections that a node opens, where it may call everybody' },
    announcers: { type: 'int', min: 1, max: 100, default: 5, help: 'announcers that a node keeps for each update that it misses' },
    remembered: {
      type: 'int',
      min: 1,
      max: 1000,
      default: 24,
      help: 'lazy peers that a node can keep apart (connections, where it may call everybody); more stay eager',
    },
  },
  needs: () => [],
  many: true,
  endless: () => false,
  synchronous: () => false,
  period: () => 1000,
  methods: [
    {
      name: 'gossip',
      kind: 'push',
      update: true,
      args: ['update', 'hops'],
      why: 'The update itself, to every eager peer but the one that brought it, or to one that has asked for it by a GRAFT (algorithms 1 and 2).',
    },
    {
      name: 'ihave',
      kind: 'digest',
      update: false,
      args: ['update', 'hops'],
      why: 'A lazy peer is only told that the update is here, and how many hops it would have made there (algorithm 1).',
    },
    {
      name: 'graft',
      kind: 'pull',
      update: false,
      args: ['update', 'hops'],
      why: 'An update was announced but does not come, so the tree is broken: the announcer shall send it, and this link becomes a branch (algorithm 2). With −1 for the update it only makes a shorter branch (algorithm 3).',
    },
    {
      name: 'prune',
      kind: 'iq',
      update: false,
      args: [],
      why: 'This link brought what had come by another one, or a shorter branch was found: from now on only announce (algorithms 1 and 3).',
    },
    {
      name: 'connect',
      kind: 'presence',
      update: false,
      args: [],
      why: 'A new connection, where everybody may call everybody: both ends are neighbours from now on.',
    },
  ],
  timers: ['update missing'],
  rules: {
    duplicate: 'The update had come by another link: this one is no branch of the tree, and its sender is asked to announce only.',
    'one-way': 'The update had come by another link, and there is no way back to tell its sender so.',
    'knew-it': 'What is announced is here already.',
    'list-full': 'Enough others have announced this update: this one will not be asked for it.',
    'in-time': 'The update came before this timer ended, so nothing is missing.',
    'nobody-left': 'Everybody who announced the update was asked in vain: this node gives up until somebody announces it again.',
    'not-here': 'What this graft asks for is not here: the link is a branch from now on, and that is all.',
    'no-peer': 'This node has no neighbour: it can tell nobody.',
  },
  states: [SUSCEPTIBLE, INFECTIVE],
  state: columns,
  shown: (s, node, { updates }) => (s.hops.subarray(node * updates, (node + 1) * updates).some((hops) => hops > 0) ? 1 : 0),

  start(net) {
    for (let node = 0; node < net.nodes; node++) connect(net, node);
  },
  onUp: (net, node) => connect(net, node),
  onUpdate(net, node, update) {
    if (spread(net, node, update, 0, -1) === 0) net.idle(node, 'no-peer');
  },
  onTimer(net, node, _code, update) {
    const s = net.state;
    const at = node * net.updates + update;
    let ended = s.hops[at]! > 0 ? 'in-time' : '';
    while (ended === '') {
      const next = nextAnnouncement(net, node, update);
      if (!next) ended = 'nobody-left';
      else if (graft(net, node, next.from, update, next.hops)) {
        net.later(node, net.params['graftTimer'] as number, 0, update);
        return;
      }
    }
    s.waiting[at] = 0;
    s.waits[node]!--;
    net.idle(node, ended);
  },
  onCall(net, node, method, update, hops, from) {
    const has = update >= 0 && net.state.hops[node * net.updates + update]! > 0;
    if (method === GOSSIP) {
      if (has) prune(net, node, from);
      else {
        spread(net, node, update, hops, from);
        makeEager(net, node, from);
        optimise(net, node, update, hops, from);
      }
    } else if (method === IHAVE) {
      if (has) net.idle(node, 'knew-it');
      else missing(net, node, update, hops, from);
    } else if (method === GRAFT) {
      makeEager(net, node, from);
      if (has) send(net, node, from, GOSSIP, update, hops);
      else if (update >= 0) net.idle(node, 'not-here');
    } else if (method === PRUNE) makeLazy(net, node, from);
    else {
      makeEager(net, node, from);
      for (let u = 0; u < net.updates; u++) {
        const came = net.state.hops[node * net.updates + u]!;
        if (came > 0) send(net, node, from, IHAVE, u, came);
      }
    }
    return EMPTY;
  },
  onDown(net, node, other) {
    if (net.everybody) forgetPeer(net, node, other);
    else makeLazy(net, node, other);
    forgetAnnouncer(net, node, other);
  },
  onPeerUp: (net, node, other) => makeEager(net, node, other),
  onPeerDown(net, node, other) {
    forgetPeer(net, node, other);
    forgetAnnouncer(net, node, other);
  },
});

function send(net: Tree, node: number, other: number, method: number, a: number, b: number): boolean {
  const peer = net.peerTo(node, other);
  if (peer >= 0) net.cast(node, peer, method, a, b);
  return peer >= 0;
}
function connect(net: Tree, node: number): void {
  if (!net.everybody) return;
  for (const peer of distinctPeers(net, node, net.params['fanout'] as number)) {
    makeEager(net, node, net.nodeOf(peer));
    net.cast(node, peer, CONNECT, 0, 0);
  }
}

/** Takes the update in, pushes it and announces it; answers to how many. */
function spread(net: Tree, node: number, update: number, hops: number, from: number): number {
  net.state.hops[node * net.updates + update] = hops + 1;
  net.learned(node, update);
  return neighbours(net, node, from, (peer, lazy) => net.cast(node, peer, lazy ? IHAVE : GOSSIP, update, hops + 1));
}
function prune(net: Tree, node: number, from: number): void {
  makeLazy(net, node, from);
  net.idle(node, send(net, node, from, PRUNE, 0, 0) ? 'duplicate' : 'one-way');
}
/** Answers whether there is a way to the other one. */
function graft(net: Tree, node: number, other: number, update: number, hops: number): boolean {
  makeEager(net, node, other);
  return send(net, node, other, GRAFT, update, hops);
}
function missing(net: Tree, node: number, update: number, hops: number, from: number): void {
  const s = net.state;
  const at = node * net.updates + update;
  if (!announce(net, node, update, from, hops)) net.idle(node, 'list-full');
  if (s.waiting[at] === 1) return;
  s.waiting[at] = 1;
  s.waits[node]!++;
  net.later(node, net.params['ihaveTimer'] as number, 0, update);
}
/** Somebody had announced the update earlier and is nearer to its source: that link is the better branch. */
function optimise(net: Tree, node: number, update: number, hops: number, from: number): void {
  const all = takeAnnouncements(net, node, update);
  const threshold = net.params['threshold'] as number;
  if (threshold === 0 || all.length === 0) return;
  const best = all.reduce((one, other) => (other.hops < one.hops ? other : one));
  if (best.from === from || hops - best.hops < threshold || !graft(net, node, best.from, NONE, best.hops)) return;
  makeLazy(net, node, from);
  send(net, node, from, PRUNE, 0, 0);
}
