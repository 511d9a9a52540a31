/**
 * Infect and die: who hears an update for the first time passes it on once, to `fanout` random peers, and then never again.
 * A.-M. Kermarrec, L. Massoulié, A. J. Ganesh, "Probabilistic Reliable Dissemination in Large-Scale Systems", IEEE TPDS 14, 2003,
 * section 2; P. Th. Eugster et al., "Epidemic Information Dissemination in Distributed Systems", IEEE Computer 37, 2004.
 */
import { distinctPeers } from './choose.ts';
import { defineGossip, EMPTY, perUpdate, REMOVED, SUSCEPTIBLE } from './contract.ts';

const PUSH = 0;

export const infectAndDie = defineGossip({
  id: 'infect-and-die',
  title: 'Infect and die',
  summary: 'Pass it on once, to a few random peers, then never again',
  source: 'Kermarrec, Massoulié and Ganesh, IEEE TPDS 14, 2003, §2',
  params: {
    fanout: { type: 'int', min: 1, max: 1000, default: 4, help: 'peers to which a node passes an update on' },
  },
  needs: () => [],
  many: true,
  endless: () => false,
  synchronous: () => false,
  period: () => 1000,
  methods: [
    {
      name: 'push',
      kind: 'push',
      update: true,
      args: ['update'],
      why: 'A node that hears an update for the first time sends it once to a few different peers, every choice being as likely.',
    },
  ],
  timers: [],
  rules: {
    'knew-it': 'This node had the update already, and has passed it on when it came: it does not do so again.',
    'no-peer': 'This node has no peer: it can tell nobody.',
  },
  states: [SUSCEPTIBLE, REMOVED],
  state: { has: perUpdate('u8') },
  shown: (s, node, { updates }) => (s.has.subarray(node * updates, (node + 1) * updates).includes(1) ? 1 : 0),

  onUpdate(net, node, update) {
    net.state.has[node * net.updates + update] = 1;
    net.learned(node, update);
    const peers = distinctPeers(net, node, net.params['fanout'] as number);
    if (peers.length === 0) net.idle(node, 'no-peer');
    for (const peer of peers) net.cast(node, peer, PUSH, update, 0);
  },
  onTimer() {},
  onCall(net, node, _method, update) {
    if (net.state.has[node * net.updates + update] === 1) net.idle(node, 'knew-it');
    else infectAndDie.onUpdate(net, node, update);
    return EMPTY;
  },
});
