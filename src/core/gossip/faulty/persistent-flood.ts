/**
 * Flooding that insists: who hears the update passes it on to every peer but the one it came from, and sends it again to those that do not
 * acknowledge it in time. Ours; flooding after A. S. Tanenbaum, “Computer Networks”, retransmission as in every reliable link protocol.
 *
 * PLANTED FAULT, for an exercise: a partition that leaks. What is sent again goes out of band, on a way of its own that no cut of the
 * network closes, as if over a connection that was open before a firewall shut. Cuts of the scenario leak; a cut that a
 * person makes by hand is made below all algorithms and stops everything. Ids of nodes are kept in a row per node: for small graphs.
 */
import { defineGossip, EMPTY, INFECTIVE, slots, SUSCEPTIBLE, type Net } from '../contract.ts';

const PUSH = 0;
const RETRANSMIT = 1;
const columns = {
  has: 'u8',
  /** How often the update was sent again, by receiver. */
  again: slots('u16', ({ nodes }) => nodes),
} as const;

export const persistentFlood = defineGossip({
  id: 'persistent-flood',
  title: 'Flooding that insists (exercise)',
  summary: 'Told to every peer, and told again until it is acknowledged',
  source: 'Tanenbaum, Computer Networks, 1981: flooding, retransmission',
  params: {
    timeout: {
      type: 'int',
      min: 4,
      max: 1_000_000,
      default: 3000,
      unit: 'ticks',
      help: 'how long a node waits for an acknowledgement before it sends again; longer than a round trip',
    },
    tries: { type: 'int', min: 0, max: 1000, default: 20, help: 'how often it sends again to one peer before it gives up' },
  },
  needs: () => [],
  many: false,
  endless: () => false,
  synchronous: () => false,
  period: () => 1000,
  methods: [
    {
      name: 'push',
      kind: 'push',
      update: true,
      args: [],
      why: 'A node that hears the update for the first time passes it on to every peer but the one that it came from.',
    },
    {
      name: 'retransmit',
      kind: 'push',
      update: true,
      args: ['try'],
      why: 'The peer has not acknowledged the update in time, so it is sent again.',
      outOfBand: true,
    },
  ],
  timers: [],
  rules: {
    'knew-it': 'This node had the update already, and has passed it on when it came.',
    'gave-up': 'This peer has not answered any of the tries: it is not told again.',
    'no-way': 'No link leads to this peer any more: it cannot be told again.',
    'no-peer': 'This node has no peer: it can tell nobody.',
  },
  states: [SUSCEPTIBLE, INFECTIVE],
  state: columns,
  shown: (s, node) => s.has[node]!,

  onUpdate(net, node) {
    if (net.state.has[node] === 0) spread(net, node, -1);
  },
  onTimer() {},
  onCall(net, node, _method, _a, _b, from) {
    if (net.state.has[node] === 1) net.idle(node, 'knew-it');
    else spread(net, node, from);
    return EMPTY;
  },
  onTimeout(net, node, _method, _token, to) {
    const at = node * net.nodes + to;
    const tries = net.state.again[at]!;
    const peer = net.peerTo(node, to);
    if (peer < 0) net.idle(node, 'no-way');
    else if (tries >= (net.params['tries'] as number)) net.idle(node, 'gave-up');
    else {
      net.state.again[at] = tries + 1;
      net.call(node, peer, RETRANSMIT, tries + 1, 0, net.params['timeout'] as number);
    }
  },
});

function spread(net: Net<typeof columns>, node: number, from: number): void {
  net.state.has[node] = 1;
  net.learned(node);
  const degree = net.degree(node);
  if (degree === 0) net.idle(node, 'no-peer');
  for (let i = 0; i < degree; i++) {
    const peer = net.peer(node, i);
    if (net.nodeOf(peer) !== from) net.call(node, peer, PUSH, 0, 0, net.params['timeout'] as number);
  }
}
