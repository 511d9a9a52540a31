/**
 * Pull by nodes' own clocks: who lacks the update asks a random peer in each period, but not the one that it asked last. After A. Demers
 * et al., PODC 1987, section 1.3; that the same peer is not asked twice in a row is ours.
 *
 * PLANTED FAULT, for an exercise: a lost timer. Where the peer that is drawn is the one asked last, the handler returns before it has set
 * the timer of the next period, so that the node never asks again.
 */
import { defineGossip, EMPTY, INFECTIVE, SUSCEPTIBLE, view } from '../contract.ts';

const ASK = 0;
const UPDATE = 0;

export const varyingPull = defineGossip({
  id: 'varying-pull',
  title: 'Pull from ever other peers (exercise)',
  summary: 'Who lacks the update asks a random peer each period, never the same twice in a row',
  source: 'after Demers et al., PODC 1987, §1.3',
  params: {
    period: { type: 'int', min: 4, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks from one question of a node to its next' },
  },
  needs: () => [],
  many: false,
  endless: () => true,
  synchronous: () => false,
  period: (params) => params['period'] as number,
  methods: [
    {
      name: 'ask',
      kind: 'pull',
      update: false,
      args: [],
      why: 'A node that lacks the update asks one of its peers in each period until somebody has it.',
      replies: [{ label: 'the update', update: true, why: 'The one that was asked has the update.' }],
    },
  ],
  timers: ['next period'],
  rules: {
    'asked-last': 'The peer that was drawn is the one that this node asked last: nobody is asked in this period.',
    'has-it': 'This node has the update: it need not ask any more.',
    'not-here': 'The one that is asked lacks the update itself.',
    'no-peer': 'This node has no peer: it can ask nobody in this period.',
  },
  states: [SUSCEPTIBLE, INFECTIVE],
  state: { has: 'u8', askedLast: view(() => 1) },
  shown: (s, node) => s.has[node]!,

  start(net) {
    for (let node = 0; node < net.nodes; node++) net.later(node, net.below(node, net.period), 0);
  },
  onUp(net, node) {
    net.later(node, net.below(node, net.period), 0);
  },
  onUpdate(net, node) {
    net.state.has[node] = 1;
    net.learned(node);
  },
  onTimer(net, node) {
    const s = net.state;
    if (s.has[node] === 1) {
      net.idle(node, 'has-it');
      return;
    }
    const peer = net.randomPeer(node);
    if (peer < 0) net.idle(node, 'no-peer');
    else if (net.degree(node) > 1 && s.askedLast[node] === net.nodeOf(peer) + 1) {
      net.idle(node, 'asked-last');
      return;
    } else {
      s.askedLast[node] = net.nodeOf(peer) + 1;
      net.call(node, peer, ASK, 0, 0, 0);
    }
    net.nextRound(node, 0);
  },
  onCall(net, node) {
    if (net.state.has[node] === 1) return UPDATE;
    net.idle(node, 'not-here');
    return EMPTY;
  },
  onReply(net, node) {
    net.state.has[node] = 1;
    net.learned(node);
  },
});
