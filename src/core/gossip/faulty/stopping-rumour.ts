/**
 * Rumour mongering by push with feedback and a counter: a node loses interest after k unnecessary contacts in a row. A. Demers et al.,
 * PODC 1987, section 1.4.
 *
 * PLANTED FAULT, for an exercise: a counter that is reset at the wrong time. It goes back to 0 where a contact was needed, and that is
 * right; here it does so, too, when a node that spreads the rumour is told it once more.
 */
import { defineGossip, EMPTY, INFECTIVE, REMOVED, SUSCEPTIBLE, type Net } from '../contract.ts';

const PUSH = 0;
const NEWS = 0;
const KNEW = 1;
const columns = { phase: 'u8', misses: 'u16' } as const;

export const stoppingRumour = defineGossip({
  id: 'stopping-rumour',
  title: 'Rumour with feedback and counter (exercise)',
  summary: 'Push it each period; stop after k unnecessary contacts in a row',
  source: 'after Demers et al., PODC 1987, §1.4',
  params: {
    k: { type: 'int', min: 1, max: 1000, default: 3, help: 'unnecessary contacts in a row before a node loses interest' },
    period: { type: 'int', min: 4, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks from one contact of a node to its next' },
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
      args: [],
      why: 'An infective node passes the rumour on to a random peer in each period (§1.4).',
      replies: [
        { label: 'news', why: 'The receiver had not heard the rumour: the contact was needed.' },
        { label: 'knew it', why: 'The receiver knew the rumour: the contact was unnecessary, and the sender counts it.' },
      ],
    },
  ],
  timers: ['next contact'],
  rules: {
    removed: 'This node has lost interest: it passes nothing on.',
    'no-peer': 'This node has no peer: it can tell nobody.',
  },
  states: [SUSCEPTIBLE, INFECTIVE, REMOVED],
  state: columns,
  shown: (s, node) => s.phase[node]!,

  onUpdate(net, node) {
    if (net.state.phase[node] === 0) infect(net, node);
  },
  onTimer(net, node) {
    if (net.state.phase[node] !== 1) {
      net.idle(node, 'removed');
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
  onCall(net, node, method) {
    const s = net.state;
    if (method !== PUSH) return EMPTY;
    if (s.phase[node] === 0) {
      infect(net, node);
      return NEWS;
    }
    if (s.phase[node] === 1) s.misses[node] = 0;
    return KNEW;
  },
  onReply(net, node, _method, reply) {
    const s = net.state;
    if (s.phase[node] !== 1) return;
    if (reply === NEWS) s.misses[node] = 0;
    else if (++s.misses[node]! >= (net.params['k'] as number)) s.phase[node] = 2;
  },
});

function infect(net: Net<typeof columns>, node: number): void {
  net.state.phase[node] = 1;
  net.learned(node);
  net.nextRound(node, 0);
}
