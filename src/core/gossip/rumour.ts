/**
 * Rumour mongering by push. A. Demers et al., "Epidemic Algorithms for Replicated Database Maintenance", PODC 1987,
 * section 1.4: an infective node shares the rumour with random others and loses interest after unnecessary contacts.
 * `feedback`: only a contact that had the rumour counts (else every one, "blind"); `interest`: k such contacts in a row
 * (`counter`), or with probability 1/k at each (`coin`). Pull and push-pull are later work.
 *
 * Synchronous cycles: all infective nodes call at the beginning of a cycle, a contact is unnecessary if the peer knew the
 * rumour when the cycle began, and links' latencies do not count. Asynchronous: every node by its own clock, once a period.
 */
import { defineGossip, INFECTIVE, REMOVED, SUSCEPTIBLE } from './contract.ts';

const PUSH = 0;
const NEWS = 0;
const KNEW = 1;

export const rumour = defineGossip({
  id: 'rumour',
  title: 'Rumour mongering',
  summary: 'Push with feedback: nodes lose interest after unnecessary contacts',
  source: 'Demers et al., PODC 1987, §1.4',
  params: {
    k: { type: 'int', min: 1, max: 1000, default: 3, help: 'unnecessary contacts in a row before a node loses interest' },
    fanout: { type: 'int', min: 1, max: 100, default: 1, help: 'peers that an infective node contacts each period' },
    feedback: { type: 'flag', default: true, help: 'only contacts that had the rumour count; off: blind, every contact counts' },
    interest: {
      type: 'choice',
      options: ['counter', 'coin'],
      default: 'counter',
      help: 'lose interest after k unnecessary contacts in a row, or at each with probability 1/k',
    },
    timing: {
      type: 'choice',
      options: ['synchronous', 'asynchronous'],
      default: 'synchronous',
      help: 'all nodes in common cycles, or each by its own clock with the latencies of its links',
    },
    period: {
      type: 'int',
      min: 4,
      max: 1_000_000,
      default: 1000,
      unit: 'ticks',
      help: 'ticks of a cycle or between two contacts of a node',
    },
  },
  needs: () => [],
  many: false,
  endless: () => false,
  synchronous: (params) => params['timing'] === 'synchronous',
  period: (params) => params['period'] as number,
  methods: [
    {
      name: 'push',
      kind: 'push',
      update: true,
      args: ['update'],
      why: 'An infective node shares the rumour with a peer chosen at random.',
      replies: [
        { label: 'news', why: 'The peer did not know the rumour: the contact was useful, and the sender starts to count anew.' },
        { label: 'knew it', why: 'The peer knew the rumour: the contact was unnecessary, and the sender comes nearer to losing interest.' },
      ],
    },
  ],
  timers: ['next contact'],
  rules: {
    removed: 'This node has lost interest: it knows the rumour and no longer spreads it.',
    'no-peer': 'This node has no peer: it can tell nobody.',
  },
  states: [SUSCEPTIBLE, INFECTIVE, REMOVED],
  state: { phase: 'u8', misses: 'u16', learnedIn: 'i32' },
  shown: (s, node) => s.phase[node]!,

  onUpdate(net, node) {
    net.state.phase[node] = 1;
    net.state.learnedIn[node] = -1;
    net.learned(node);
    net.later(node, 0, 0);
  },
  onTimer(net, node) {
    const s = net.state;
    if (s.phase[node] !== 1) {
      net.idle(node, 'removed');
      return;
    }
    const fanout = net.params['fanout'] as number;
    for (let i = 0; i < fanout; i++) {
      const peer = net.randomPeer(node);
      if (peer < 0) {
        net.idle(node, 'no-peer');
        return;
      }
      net.call(node, peer, PUSH, 0, 0, 0);
    }
    net.nextRound(node, 0);
  },
  onCall(net, node) {
    const s = net.state;
    if (s.phase[node] === 0) {
      s.phase[node] = 1;
      s.learnedIn[node] = net.round;
      net.learned(node);
      net.nextRound(node, 0);
      return NEWS;
    }
    // In a synchronous cycle the state at its beginning decides; two may bring the news in one cycle.
    return net.params['timing'] === 'synchronous' && s.learnedIn[node] === net.round ? NEWS : KNEW;
  },
  onReply(net, node, _method, reply) {
    const s = net.state;
    if (s.phase[node] !== 1) return;
    const unnecessary = reply === KNEW || net.params['feedback'] === false;
    const k = net.params['k'] as number;
    if (net.params['interest'] === 'coin') {
      if (unnecessary && net.below(node, k) === 0) s.phase[node] = 2;
    } else if (!unnecessary) s.misses[node] = 0;
    else if (++s.misses[node]! >= k) s.phase[node] = 2;
  },
});
