/**
 * Serial: the originator tells everyone itself and nobody passes anything on. "Direct mail" of A. Demers et al., "Epidemic
 * Algorithms for Replicated Database Maintenance", PODC 1987, section 1.1; algorithm "serial" of the OCaml program of 2011
 * (`f6m6/gossip`): one transfer along each outgoing edge, all at once.
 */
import { defineGossip, EMPTY, INFECTIVE, perUpdate, REMOVED, SUSCEPTIBLE } from './contract.ts';

const MAIL = 0;

export const serial = defineGossip({
  id: 'serial',
  title: 'Serial (direct mail)',
  summary: 'The originator tells each of its peers itself; nobody passes it on',
  source: 'Demers et al., PODC 1987, §1.1; f6m6/gossip (OCaml, 2011), algorithm “serial”',
  params: {},
  needs: () => [],
  many: true,
  endless: () => false,
  synchronous: () => false,
  period: () => 1000,
  methods: [
    {
      name: 'mail',
      kind: 'push',
      update: true,
      args: ['update'],
      why: 'The node at which the update entered sends it to each of its peers; whoever is not its peer, or loses the message, never hears of it.',
    },
  ],
  timers: [],
  rules: {
    'no-peer': 'This node has no peer: it can tell nobody.',
    'knew-it': 'This node had the update already: the message changes nothing.',
  },
  states: [SUSCEPTIBLE, INFECTIVE, REMOVED],
  /** 1: it entered here; 2: it was received. */
  state: { has: perUpdate('u8') },
  shown: (s, node, { updates }) => {
    let shown = 0;
    for (let u = 0; u < updates; u++) {
      const has = s.has[node * updates + u]!;
      if (has === 1) return 1;
      if (has === 2) shown = 2;
    }
    return shown;
  },

  onUpdate(net, node, update) {
    net.state.has[node * net.updates + update] = 1;
    net.learned(node, update);
    const degree = net.degree(node);
    if (degree === 0) net.idle(node, 'no-peer');
    for (let i = 0; i < degree; i++) net.cast(node, net.peer(node, i), MAIL, update, 0);
  },
  onTimer() {},
  onCall(net, node, _method, update) {
    const at = node * net.updates + update;
    if (net.state.has[at] === 0) {
      net.state.has[at] = 2;
      net.learned(node, update);
    } else net.idle(node, 'knew-it');
    return EMPTY;
  },
});
