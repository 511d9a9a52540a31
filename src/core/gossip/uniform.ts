/**
 * Uniform gossip with failure tolerance, as the OCaml program of 2011 (`f6m6/gossip`) plays it: a node that has the update
 * sends it along one uniformly chosen outgoing edge every period, until it has been told `tolerance` times that the
 * receiver had it already. That answer travels for the length of the same edge.
 */
import { defineGossip, EMPTY, INFECTIVE, REMOVED, SUSCEPTIBLE } from './contract.ts';

const PUSH = 0;
const HAD_IT = 0;

export const uniform = defineGossip({
  id: 'uniform',
  title: 'Uniform gossip (2011)',
  summary: 'Push to a random neighbour every period until too many had it already',
  source: 'f6m6/gossip (OCaml, 2011), algorithm “gossip”',
  params: {
    tolerance: { type: 'int', min: 1, max: 10_000, default: 3, help: 'fails that a node bears before it stops' },
    period: { type: 'int', min: 1, max: 1_000_000, default: 1, unit: 'ticks', help: 'ticks between two sends of a node' },
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
      why: 'A node that has the update and has not yet given up sends it along one of its outgoing edges, every edge being as likely.',
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
    const peer = net.randomPeer(node);
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
