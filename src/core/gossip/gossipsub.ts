/**
 * gossipsub v1.1 on one topic. libp2p specifications, pubsub/gossipsub: v1.0 (2019, heartbeat, mesh, IHAVE and IWANT, message cache) and
 * v1.1 (2020, backoff after PRUNE, flood publishing, scores); D. Vyzovitis et al., "GossipSub", arXiv:2007.02754, 2020. Defaults are those of
 * the specification's tables.
 *
 * Everybody subscribes. A node is connected to its peers in the graph; where it may call everybody it dials some at random, and both ends
 * know the connection from then on. Scores in their simplest published form: P1 (time in the mesh), P2 (first deliveries) and P7 (behaviour:
 * grafting during backoff), with weights of the specification's examples; P3, P4, P5 and P6 need traffic, validation, applications and IP addresses
 * that are not there. Left out: fanout for topics one is not subscribed to, peer exchange on PRUNE, opportunistic grafting, outbound quotas.
 */
import { distinctPeers } from './choose.ts';
import { defineGossip, EMPTY, INFECTIVE, SUSCEPTIBLE } from './contract.ts';
import { columns, connect, drop, known, mesh, meshSize, score, type Sub } from './gossipsub-peers.ts';

const SUBSCRIBE = 0;
const PUBLISH = 1;
const GRAFT = 2;
const PRUNE = 3;
const IHAVE = 4;
const IWANT = 5;

export const gossipsub = defineGossip({
  id: 'gossipsub',
  title: 'gossipsub v1.1',
  summary: 'A mesh for the messages, gossip about them to the others',
  source: 'libp2p pubsub/gossipsub v1.1, 2020; Vyzovitis et al., arXiv:2007.02754',
  params: {
    D: { type: 'int', min: 1, max: 100, default: 6, help: 'wanted degree of the mesh' },
    Dlo: { type: 'int', min: 1, max: 100, default: 4, help: 'below this a node grafts' },
    Dhi: { type: 'int', min: 1, max: 200, default: 12, help: 'above this a node prunes' },
    Dlazy: { type: 'int', min: 0, max: 100, default: 6, help: 'peers outside the mesh that are told what one has, at least' },
    factor: { type: 'number', min: 0, max: 1, default: 0.25, help: 'share of the peers outside the mesh that are told, if that is more' },
    dial: { type: 'int', min: 1, max: 100, default: 12, help: 'connections that a node opens, where it may call everybody' },
    heartbeat: { type: 'int', min: 4, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks between two heartbeats' },
    historyGossip: { type: 'int', min: 1, max: 100, default: 3, help: 'heartbeats for which a message is told of' },
    historyLength: { type: 'int', min: 1, max: 100, default: 5, help: 'heartbeats for which a message can be asked for' },
    backoff: { type: 'int', min: 0, max: 10_000, default: 60, unit: 'heartbeats', help: 'how long a pruned peer does not graft again' },
    floodPublish: { type: 'flag', default: true, help: 'one’s own messages go to every peer with a good score, not only to the mesh' },
    scoring: { type: 'flag', default: true, help: 'peers are scored, and bad ones are left out' },
  },
  needs: () => [],
  many: true,
  endless: () => true,
  synchronous: () => false,
  period: (params) => params['heartbeat'] as number,
  methods: [
    {
      name: 'subscribe',
      kind: 'presence',
      update: false,
      args: [],
      why: 'A new connection: each end says to which topics it is subscribed.',
    },
    {
      name: 'publish',
      kind: 'push',
      update: true,
      args: ['update'],
      why: 'A whole message: to the peers of the mesh, to all good peers if it is one’s own, or because somebody wanted it.',
    },
    { name: 'graft', kind: 'iq', update: false, args: [], why: 'The mesh is too thin here, so this peer is taken into it.' },
    {
      name: 'prune',
      kind: 'iq',
      update: false,
      args: ['backoff'],
      why: 'The mesh is too dense here, or a graft is not wanted: this peer is not in it, for a while.',
    },
    {
      name: 'ihave',
      kind: 'digest',
      update: false,
      args: [],
      data: 'ids',
      why: 'Gossip at the heartbeat: peers outside the mesh are told which messages there were lately.',
    },
    {
      name: 'iwant',
      kind: 'pull',
      update: false,
      args: [],
      data: 'ids',
      why: 'The gossip named messages that did not come through the mesh, so they are asked for.',
    },
  ],
  timers: ['heartbeat'],
  rules: {
    duplicate: 'This message had come before: it is not passed on again.',
    'in-backoff': 'This peer was pruned not long ago and may not be grafted yet: it is pruned again, and its score falls.',
    'bad-score': 'This peer’s score is below zero: it is not taken into the mesh.',
    'nothing-wanted': 'The gossip names nothing that this node lacks.',
    expired: 'What was asked for has left the message cache.',
    'no-peer': 'This node has no connection: it can tell nobody.',
    unknown: 'The sender is no peer of this node: what it says is ignored.',
  },
  states: [SUSCEPTIBLE, INFECTIVE],
  state: columns,
  shown: (s, node, { updates }) => (s.seen.subarray(node * updates, (node + 1) * updates).some((at) => at > 0) ? 1 : 0),

  start(net) {
    for (let node = 0; node < net.nodes; node++) dial(net, node);
  },
  onUp: (net, node) => dial(net, node),
  onUpdate(net, node, update) {
    accept(net, node, update);
    const own = net.params['floodPublish'] === true;
    let told = 0;
    known(net, node, (i, peer) => {
      if (own ? score(net, i) < 0 : net.state.mesh[i] === 0) return;
      publish(net, node, peer, update);
      told++;
    });
    if (told === 0) net.idle(node, 'no-peer');
  },
  onTimer(net, node) {
    keepMesh(net, node);
    gossip(net, node);
    net.nextRound(node, 0);
  },
  onCall(net, node, method, a, _b, from) {
    const s = net.state;
    const i = connect(net, node, from);
    if (i < 0) net.idle(node, 'unknown');
    else if (method === PUBLISH) {
      if (s.seen[node * net.updates + a]! > 0) net.idle(node, 'duplicate');
      else {
        accept(net, node, a);
        s.first[i]!++;
        mesh(net, node, (_j, peer) => peer !== from && publish(net, node, peer, a));
      }
    } else if (method === GRAFT) graft(net, node, i, from);
    else if (method === PRUNE) {
      s.mesh[i] = 0;
      s.until[i] = net.round + a;
    } else if (method === IHAVE) {
      const missing = net.data.filter((update) => s.seen[node * net.updates + update] === 0);
      if (missing.length === 0) net.idle(node, 'nothing-wanted');
      else send(net, node, from, IWANT, 0, missing);
    } else if (method === IWANT) {
      const there = net.data.filter((update) => recent(net, node, update, net.params['historyLength'] as number));
      if (there.length === 0) net.idle(node, 'expired');
      for (const update of there) publish(net, node, from, update);
    }
    return EMPTY;
  },
  onDown: (net, node, other) => drop(net, node, other),
  onPeerUp(net, node, other) {
    if (connect(net, node, other) >= 0) send(net, node, other, SUBSCRIBE, 0);
  },
  onPeerDown: (net, node, other) => drop(net, node, other),
});

function send(net: Sub, node: number, other: number, method: number, a: number, data?: readonly number[]): void {
  const peer = net.peerTo(node, other);
  if (peer >= 0) net.cast(node, peer, method, a, 0, data);
}
const publish = (net: Sub, node: number, other: number, update: number): void => send(net, node, other, PUBLISH, update);

/** Opens its connections and sets its heart going. */
function dial(net: Sub, node: number): void {
  for (const peer of distinctPeers(net, node, net.degree(node) > 100 ? (net.params['dial'] as number) : net.degree(node))) {
    const other = net.nodeOf(peer);
    if (connect(net, node, other) >= 0) net.cast(node, peer, SUBSCRIBE, 0, 0);
  }
  net.later(node, net.below(node, net.period), 0);
}
/** `seen` is the heartbeat plus one. */
function accept(net: Sub, node: number, update: number): void {
  net.state.seen[node * net.updates + update] = net.round + 1;
  net.learned(node, update);
}
function recent(net: Sub, node: number, update: number, heartbeats: number): boolean {
  const at = net.state.seen[node * net.updates + update]!;
  return at > 0 && net.round + 1 - at < heartbeats;
}

function graft(net: Sub, node: number, i: number, from: number): void {
  const s = net.state;
  const backoff = net.params['backoff'] as number;
  if (s.until[i]! > net.round) {
    s.behaviour[i]!++;
    s.until[i] = net.round + backoff;
    net.idle(node, 'in-backoff');
  } else if (score(net, i) < 0) net.idle(node, 'bad-score');
  else {
    if (s.mesh[i] === 0) s.mesh[i] = net.round + 1;
    return;
  }
  send(net, node, from, PRUNE, backoff);
}

/** Mesh maintenance of the heartbeat. */
function keepMesh(net: Sub, node: number): void {
  const s = net.state;
  const [D, Dlo, Dhi] = [net.params['D'] as number, net.params['Dlo'] as number, net.params['Dhi'] as number];
  const prune = (i: number, peer: number): void => {
    s.mesh[i] = 0;
    s.until[i] = net.round + (net.params['backoff'] as number);
    send(net, node, peer, PRUNE, net.params['backoff'] as number);
  };
  mesh(net, node, (i, peer) => {
    if (score(net, i) < 0) prune(i, peer);
  });
  const size = meshSize(net, node);
  if (size < Dlo) {
    const free = collect(net, node, (i) => s.mesh[i] === 0 && s.until[i]! <= net.round && score(net, i) >= 0);
    for (const [i, peer] of sample(net, node, free, D - size)) {
      s.mesh[i] = net.round + 1;
      send(net, node, peer, GRAFT, 0);
    }
  } else if (size > Dhi) {
    const all = collect(net, node, (i) => s.mesh[i]! > 0);
    for (const [i, peer] of sample(net, node, all, size - D)) prune(i, peer);
  }
}

/** IHAVE to some of those outside the mesh. */
function gossip(net: Sub, node: number): void {
  const told: number[] = [];
  for (let u = 0; u < net.updates; u++) if (recent(net, node, u, net.params['historyGossip'] as number)) told.push(u);
  if (told.length === 0) return;
  const others = collect(net, node, (i) => net.state.mesh[i] === 0 && score(net, i) >= 0);
  const count = Math.max(net.params['Dlazy'] as number, Math.floor((net.params['factor'] as number) * others.length));
  for (const [, peer] of sample(net, node, others, count)) send(net, node, peer, IHAVE, 0, told);
}

function collect(net: Sub, node: number, wanted: (i: number) => boolean): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  known(net, node, (i, peer) => {
    if (wanted(i)) found.push([i, peer]);
  });
  return found;
}
/** So many of them, every choice as likely. */
function sample<T>(net: Sub, node: number, all: T[], count: number): T[] {
  const some = Math.min(count, all.length);
  for (let i = 0; i < some; i++) {
    const j = i + net.below(node, all.length - i);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, some);
}
