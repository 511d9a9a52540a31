/**
 * Flooding: who hears an update for the first time passes it on along every link but the one that it came by. Each link carries it at
 * most once in each direction. Y. K. Dalal and R. M. Metcalfe, "Reverse Path Forwarding of Broadcast Packets", CACM 21, 1978,
 * section 2, as the baseline; a hop limit as in Gnutella's `TTL`. Nothing is sent twice: what is lost stays lost.
 */
import { defineGossip, EMPTY, INFECTIVE, perUpdate, SUSCEPTIBLE, type Net, type Wide } from './contract.ts';

const FLOOD = 0;

export const flood = defineGossip({
  id: 'flood',
  title: 'Flooding',
  summary: 'Whoever hears it first passes it on to all other peers',
  source: 'Dalal and Metcalfe, CACM 21, 1978, §2',
  params: {
    ttl: { type: 'int', min: 0, max: 1_000_000, default: 0, unit: 'hops', help: 'how many links an update travels at most; 0: no limit' },
  },
  needs: () => [],
  many: true,
  endless: () => false,
  synchronous: () => false,
  period: () => 1000,
  methods: [
    {
      name: 'flood',
      kind: 'push',
      update: true,
      args: ['update', 'hops'],
      why: 'A node that hears an update for the first time passes it on along every link but the one that brought it, and counts the hops.',
    },
  ],
  timers: [],
  rules: {
    'knew-it': 'This node had the update already: it does not pass it on again.',
    ttl: 'The update has travelled as many hops as it may: this node keeps it and passes it on to nobody.',
  },
  states: [SUSCEPTIBLE, INFECTIVE],
  state: { has: perUpdate('u8') },
  shown: (s, node, { updates }) => (s.has.subarray(node * updates, (node + 1) * updates).includes(1) ? 1 : 0),

  onUpdate(net, node, update) {
    pass(net, node, update, 0, -1);
  },
  onTimer() {},
  onCall(net, node, _method, update, hops, from) {
    if (net.state.has[node * net.updates + update] === 1) net.idle(node, 'knew-it');
    else pass(net, node, update, hops, from);
    return EMPTY;
  },
});

/** Takes the update in and sends it on to everyone but the node that it came from. */
function pass(net: Net<{ readonly has: Wide<'u8'> }>, node: number, update: number, hops: number, from: number): void {
  net.state.has[node * net.updates + update] = 1;
  net.learned(node, update);
  const ttl = net.params['ttl'] as number;
  if (ttl > 0 && hops >= ttl) {
    net.idle(node, 'ttl');
    return;
  }
  const degree = net.degree(node);
  for (let i = 0; i < degree; i++) {
    const peer = net.peer(node, i);
    if (net.nodeOf(peer) !== from) net.cast(node, peer, FLOOD, update, hops + 1);
  }
}
