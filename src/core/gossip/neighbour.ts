/**
 * Nearest-neighbour gossip of the OCaml program of 2011 (`f6m6/gossip`, algorithm "neighbour"): as uniform gossip, but with probability
 * `bias` along the shortest outgoing edge, else along one of the others, each as likely. And the spatial choice of D. Kempe,
 * J. Kleinberg and A. Demers, "Spatial Gossip and Resource Location Protocols", STOC 2001, section 2: a peer at distance d with
 * probability proportional to d^(-a). Distance is what a message takes, in ticks; 0 counts as 1.
 */
import { pow } from '../../base/math.ts';
import { defineGossip, EMPTY, INFECTIVE, REMOVED, SUSCEPTIBLE, type Net, type Peer, type StateSchema } from './contract.ts';

const PUSH = 0;
const HAD_IT = 0;

export const neighbour = defineGossip({
  id: 'neighbour',
  title: 'Nearest-neighbour gossip (2011)',
  summary: 'Push with a preference for those who are near',
  source: 'f6m6/gossip (OCaml, 2011), algorithm “neighbour”; Kempe, Kleinberg and Demers, STOC 2001, §2',
  params: {
    tolerance: { type: 'int', min: 1, max: 10_000, default: 3, help: 'fails that a node bears before it stops' },
    period: { type: 'int', min: 1, max: 1_000_000, default: 1, unit: 'ticks', help: 'ticks between two sends of a node' },
    choice: {
      type: 'choice',
      options: ['nearest', 'spatial'],
      default: 'nearest',
      help: 'the nearest peer with probability `bias`, or any peer with probability ∝ d^(−a)',
    },
    bias: { type: 'number', min: 0, max: 1, default: 0.5, help: 'how likely the nearest peer is chosen' },
    a: { type: 'number', min: 0, max: 10, default: 2, help: 'exponent of the spatial choice: 0 is uniform, larger stays nearer' },
  },
  needs: () => [],
  many: false,
  endless: () => false,
  synchronous: () => false,
  period: (params) => params['period'] as number,
  methods: [
    {
      name: 'push',
      kind: 'push',
      update: true,
      args: ['update'],
      why: 'A node that has the update and has not yet given up sends it along one of its outgoing edges, near ones more often than far ones.',
      replies: [
        {
          label: 'fail: had it already',
          why: 'The receiver had the update already and says so; the answer takes as long as the push did.',
        },
      ],
    },
  ],
  timers: ['next send'],
  rules: {
    stopped: 'This node has been told often enough that others had the update already: its tolerance is used up and it stops for good.',
    'no-peer': 'This node has no outgoing edge: it can tell nobody.',
  },
  states: [SUSCEPTIBLE, INFECTIVE, REMOVED],
  state: { has: 'u8', fails: 'u16', stopped: 'u8' },
  shown: (s, node) => (s.has[node] === 0 ? 0 : s.stopped[node] === 0 ? 1 : 2),

  onUpdate(net, node) {
    net.state.has[node] = 1;
    net.learned(node);
    net.later(node, 0, 0);
  },
  onTimer(net, node) {
    const s = net.state;
    if (s.fails[node]! >= (net.params['tolerance'] as number)) {
      s.stopped[node] = 1;
      net.idle(node, 'stopped');
      return;
    }
    const peer = net.params['choice'] === 'nearest' ? nearOrNot(net, node) : spatial(net, node);
    if (peer < 0) {
      net.idle(node, 'no-peer');
      return;
    }
    net.call(node, peer, PUSH, 0, 0, 0);
    net.nextRound(node, 0);
  },
  onCall(net, node) {
    const s = net.state;
    if (s.has[node] === 1) return HAD_IT;
    s.has[node] = 1;
    net.learned(node);
    net.later(node, 0, 0);
    return EMPTY;
  },
  onReply(net, node) {
    const fails = net.state.fails;
    if (fails[node]! < 65535) fails[node]!++;
  },
});

/** The first of the shortest with probability `bias`; -1 without peers. */
function nearOrNot<S extends StateSchema>(net: Net<S>, node: number): Peer {
  const degree = net.degree(node);
  if (degree === 0) return -1;
  let nearest = 0;
  let shortest = Infinity;
  for (let i = 0; i < degree; i++) {
    const length = net.distance(net.peer(node, i));
    if (length < shortest) [nearest, shortest] = [i, length];
  }
  if (degree === 1 || net.unit(node) < (net.params['bias'] as number)) return net.peer(node, nearest);
  const other = net.below(node, degree - 1);
  return net.peer(node, other < nearest ? other : other + 1);
}

function spatial<S extends StateSchema>(net: Net<S>, node: number): Peer {
  const degree = net.degree(node);
  const a = net.params['a'] as number;
  const weight = (i: number): number => pow(Math.max(1, net.distance(net.peer(node, i))), -a);
  let sum = 0;
  for (let i = 0; i < degree; i++) sum += weight(i);
  let left = net.unit(node) * sum;
  for (let i = 0; i < degree; i++) {
    left -= weight(i);
    if (left < 0) return net.peer(node, i);
  }
  return degree === 0 ? -1 : net.peer(node, degree - 1);
}
