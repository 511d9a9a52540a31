/**
 * Bimodal multicast (pbcast). K. P. Birman et al., "Bimodal Multicast", ACM TOCS 17, 1999, section 3: an unreliable multicast, then
 * rounds of anti-entropy: in each, a node sends a digest of what it holds to a few random members; who misses something solicits it and
 * gets it sent again. A message is told of for so many rounds after its reception and then forgotten, delivered or not.
 *
 * The multicast is one message from the sender to each of its peers, of which a share is lost on purpose (`multicastLoss`) beside
 * what the network loses. Simplified: of the optimisations of section 5 (limits on retransmission, cyclic order, most recent first,
 * multicast of some retransmissions) none is there; nodes' rounds are not numbered in common.
 */
import { distinctPeers } from './choose.ts';
import { defineGossip, EMPTY, INFECTIVE, perUpdate, REMOVED, SUSCEPTIBLE, type Net } from './contract.ts';

const MULTICAST = 0;
const DIGEST = 1;
const SOLICIT = 2;
const RETRANSMIT = 3;

const columns = {
  /** 1 held, 2 forgotten: it was delivered, and nobody is told of it any more. */
  has: perUpdate('u8'),
  /** Rounds for which it is still told of. */
  left: perUpdate('u16'),
} as const;
type Pbcast = Net<typeof columns>;

export const bimodal = defineGossip({
  id: 'bimodal',
  title: 'Bimodal multicast (pbcast)',
  summary: 'Unreliable multicast, repaired by gossip about what one holds',
  source: 'Birman et al., ACM TOCS 17, 1999, §3',
  params: {
    multicastLoss: {
      type: 'number',
      min: 0,
      max: 1,
      default: 0.2,
      help: 'share of the first multicast’s copies that never leave the sender',
    },
    fanout: { type: 'int', min: 1, max: 100, default: 1, help: 'members to whom a node sends its digest in a round' },
    rounds: { type: 'int', min: 1, max: 1000, default: 10, help: 'rounds for which a message is kept and told of' },
    period: { type: 'int', min: 4, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks of a node’s round' },
  },
  needs: () => [],
  many: true,
  endless: () => true,
  synchronous: () => false,
  period: (params) => params['period'] as number,
  methods: [
    {
      name: 'multicast',
      kind: 'message',
      update: true,
      args: ['update'],
      why: 'The sender multicasts without guarantee: one copy to each peer, some of which are lost (§3.1).',
    },
    {
      name: 'digest',
      kind: 'digest',
      update: false,
      args: [],
      data: 'held',
      why: 'In each round a node tells a random member which messages it holds, not what is in them (§3.2).',
    },
    {
      name: 'solicit',
      kind: 'pull',
      update: false,
      args: [],
      data: 'missing',
      why: 'The digest named messages that this node lacks, and it asks for them (§3.2).',
    },
    {
      name: 'retransmit',
      kind: 'push',
      update: 'data',
      args: [],
      data: 'updates',
      why: 'Somebody asked for these messages, and this node still holds them (§3.2).',
    },
  ],
  timers: ['round'],
  rules: {
    'nothing-held': 'This node holds no message that is recent enough to tell of.',
    'knew-it': 'This node had the message already.',
    'nothing-missing': 'The digest names nothing that this node lacks.',
    forgotten: 'What was asked for has been kept for its rounds and is gone: it cannot be sent again.',
    'no-peer': 'This node has no peer: it can tell nobody.',
    'no-way-back': 'No link leads back to the sender of the digest: it cannot be asked.',
  },
  states: [SUSCEPTIBLE, INFECTIVE, REMOVED],
  state: columns,
  shown: (s, node, { updates }) => {
    const mine = s.has.subarray(node * updates, (node + 1) * updates);
    return mine.includes(1) ? 1 : mine.includes(2) ? 2 : 0;
  },

  start(net) {
    for (let node = 0; node < net.nodes; node++) net.later(node, net.below(node, net.period), 0);
  },
  onUp(net, node) {
    net.later(node, net.below(node, net.period), 0);
  },
  onUpdate(net, node, update) {
    take(net, node, update);
    const degree = net.degree(node);
    const loss = net.params['multicastLoss'] as number;
    if (degree === 0) net.idle(node, 'no-peer');
    for (let i = 0; i < degree; i++) if (net.unit(node) >= loss) net.cast(node, net.peer(node, i), MULTICAST, update, 0);
  },
  onTimer(net, node) {
    const s = net.state;
    const held: number[] = [];
    for (let u = 0; u < net.updates; u++) {
      const at = node * net.updates + u;
      if (s.has[at] !== 1) continue;
      if (s.left[at] === 0) s.has[at] = 2;
      else {
        s.left[at]!--;
        held.push(u);
      }
    }
    if (held.length === 0) net.idle(node, 'nothing-held');
    else for (const peer of distinctPeers(net, node, net.params['fanout'] as number)) net.cast(node, peer, DIGEST, 0, 0, held);
    net.nextRound(node, 0);
  },
  onCall(net, node, method, update, _b, from) {
    const s = net.state;
    if (method === MULTICAST) take(net, node, update);
    else if (method === RETRANSMIT) for (const one of net.data) take(net, node, one);
    else {
      const back = net.peerTo(node, from);
      const wanted = method === DIGEST ? 0 : 1;
      const some = net.data.filter((one) => s.has[node * net.updates + one] === wanted);
      if (some.length === 0) net.idle(node, method === DIGEST ? 'nothing-missing' : 'forgotten');
      else if (back < 0) net.idle(node, 'no-way-back');
      else net.cast(node, back, method === DIGEST ? SOLICIT : RETRANSMIT, 0, 0, some);
    }
    return EMPTY;
  },
});

function take(net: Pbcast, node: number, update: number): void {
  const at = node * net.updates + update;
  if (net.state.has[at] !== 0) {
    net.idle(node, 'knew-it');
    return;
  }
  net.state.has[at] = 1;
  net.state.left[at] = net.params['rounds'] as number;
  net.learned(node, update);
}
