/**
 * Rumour mongering. A. Demers et al., "Epidemic Algorithms for Replicated Database Maintenance", PODC 1987, section 1.4: an
 * infective node shares the rumour with random others and loses interest after unnecessary contacts. `feedback`: only a contact
 * that had the rumour counts (else every one, "blind"); `interest`: k such contacts in a row (`counter`), or at each with
 * probability 1/k (`coin`).
 *
 * Push: infective nodes call. Pull: every node asks, as nobody can know that there is nothing new, and an infective one answers with the
 * rumour; in a cycle in which it was asked at all its counter moves once: back to 0 if any of those who asked needed it, else one further.
 * Push-pull: infective nodes push, all others ask.
 *
 * Synchronous cycles: all call at the beginning of a cycle, a contact is judged by the state in which the cycle found it, and links'
 * latencies do not count. Asynchronous: every node by its own clock, once a period; pull counts what it was asked in its period.
 * Connection limit: a node takes so many calls a period and refuses the rest; who is refused hunts for another peer, so many times. A
 * hunt begins when the refusal has come back, so that in synchronous cycles only the first one is over within its cycle.
 * The asking ends when nobody is infective any more: real nodes would go on asking, which changes nothing.
 */
import { defineGossip, EMPTY, INFECTIVE, REMOVED, SUSCEPTIBLE, type Net } from './contract.ts';

const PUSH = 0;
const ASK = 1;
const VERDICT = 2;
const NEWS = 0;
const KNEW = 1;
const REFUSED = 2;
/** Replies to `ask`. */
const RUMOUR = 0;
const NOTHING = 1;

const columns = {
  phase: 'u8',
  misses: 'u16',
  learnedIn: 'i32',
  /** Asked in this period (1), and by someone who needed it (2). */
  asked: 'u8',
  /** Calls taken in period `takenIn`. */
  taken: 'u16',
  takenIn: 'i32',
  /** Hunts left in this period. */
  hunts: 'u8',
  /** At node 0, for ending the asking: the rumour has entered; how many are infective. */
  begun: 'u8',
  infective: 'i32',
} as const;
type Rumours = Net<typeof columns>;

export const rumour = defineGossip({
  id: 'rumour',
  title: 'Rumour mongering',
  summary: 'Share while it is news: nodes lose interest after unnecessary contacts',
  source: 'Demers et al., PODC 1987, §1.4',
  params: {
    direction: {
      type: 'choice',
      options: ['push', 'pull', 'push-pull'],
      default: 'push',
      help: 'who calls: those who know, those who ask, or both',
    },
    k: { type: 'int', min: 1, max: 1000, default: 3, help: 'unnecessary contacts in a row before a node loses interest' },
    fanout: { type: 'int', min: 1, max: 100, default: 1, help: 'peers that a node contacts each period' },
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
    connections: {
      type: 'int',
      min: 0,
      max: 1000,
      default: 0,
      help: 'calls that a node takes in a period, the others are refused; 0: all',
    },
    hunts: { type: 'int', min: 0, max: 200, default: 0, help: 'other peers that a refused node tries in the same period' },
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
  endless: (params) => params['direction'] !== 'push',
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
        { label: 'refused', why: 'The peer has taken as many calls in this period as it may, and refuses this one.' },
      ],
    },
    {
      name: 'ask',
      kind: 'pull',
      update: false,
      args: [],
      why: 'A node asks a peer chosen at random whether there is a rumour: it cannot know that there is none.',
      replies: [
        { label: 'the rumour', update: true, why: 'The peer is infective, so it answers with the rumour.' },
        { label: 'nothing new', why: 'The peer knows no rumour, or has lost interest in the one it knows.' },
        { label: 'refused', why: 'The peer has taken as many calls in this period as it may, and refuses this one.' },
      ],
    },
    {
      name: 'verdict',
      kind: 'digest',
      update: false,
      args: ['needed'],
      why: 'Who asked tells the one that answered whether the rumour was news: that is the feedback by which interest is lost.',
    },
  ],
  timers: ['next contact'],
  rules: {
    removed: 'This node has lost interest: it knows the rumour and no longer spreads it.',
    'no-peer': 'This node has no peer: it can tell nobody.',
    quiet: 'Nobody is infective any more: asking on would change nothing, so the simulation ends it.',
    'no-way-back': 'No link leads back to the one that answered: it cannot be told whether the rumour was news.',
    'gave-up': 'Every peer that was tried in this period refused the call: nothing happens until the next.',
  },
  states: [SUSCEPTIBLE, INFECTIVE, REMOVED],
  state: columns,
  shown: (s, node) => s.phase[node]!,

  start(net) {
    if (net.params['direction'] === 'push') return;
    // By their own clocks nodes begin anywhere in their period.
    const own = net.params['timing'] === 'asynchronous';
    for (let node = 0; node < net.nodes; node++) net.later(node, own ? net.below(node, net.period) : 0, 0);
  },
  onUp(net, node) {
    if (net.params['direction'] !== 'push') net.later(node, net.below(node, net.period), 0);
  },
  onUpdate(net, node) {
    if (net.state.phase[node] !== 0) return;
    become(net, node, 1);
    net.state.begun[0] = 1;
    net.state.learnedIn[node] = -1;
    net.learned(node);
    if (net.params['direction'] === 'push') net.later(node, 0, 0);
  },
  onTimer(net, node) {
    const s = net.state;
    const pushing = net.params['direction'] === 'push';
    if (!pushing) settle(net, node);
    if (pushing && s.phase[node] !== 1) {
      net.idle(node, 'removed');
      return;
    }
    if (!pushing && s.begun[0] === 1 && s.infective[0] === 0) {
      net.idle(node, 'quiet');
      return;
    }
    s.hunts[node] = net.params['hunts'] as number;
    const fanout = net.params['fanout'] as number;
    for (let i = 0; i < fanout; i++) {
      const peer = net.randomPeer(node);
      if (peer < 0) {
        net.idle(node, 'no-peer');
        return;
      }
      contact(net, node, peer);
    }
    net.nextRound(node, 0);
  },
  onCall(net, node, method, needed) {
    const s = net.state;
    if (method === VERDICT) {
      s.asked[node] = s.asked[node]! | (needed === 1 ? 3 : 1);
      return EMPTY;
    }
    if (!takes(net, node)) return REFUSED;
    if (method === ASK) return hot(net, node) ? RUMOUR : NOTHING;
    if (s.phase[node] === 0) {
      infect(net, node);
      return NEWS;
    }
    // In a synchronous cycle the state at its beginning decides; two may bring the news in one cycle.
    return net.params['timing'] === 'synchronous' && s.learnedIn[node] === net.round ? NEWS : KNEW;
  },
  onReply(net, node, method, reply, _token, from) {
    const s = net.state;
    if (reply === REFUSED) {
      if (s.hunts[node]! > 0 && (method === ASK || s.phase[node] === 1)) {
        s.hunts[node]!--;
        contact(net, node, net.randomPeer(node));
      } else net.idle(node, 'gave-up');
      return;
    }
    if (method === ASK) {
      if (reply === NOTHING) return;
      const needed = s.phase[node] === 0 || (net.params['timing'] === 'synchronous' && s.learnedIn[node] === net.round);
      if (s.phase[node] === 0) infect(net, node);
      const back = net.peerTo(node, from);
      if (back >= 0) net.cast(node, back, VERDICT, needed ? 1 : 0, 0);
      else net.idle(node, 'no-way-back');
      return;
    }
    if (s.phase[node] === 1) count(net, node, reply === KNEW);
  },
});

function become(net: Rumours, node: number, phase: number): void {
  const s = net.state;
  s.infective[0] = s.infective[0]! + (phase === 1 ? 1 : -1);
  s.phase[node] = phase;
}
function infect(net: Rumours, node: number): void {
  become(net, node, 1);
  net.state.learnedIn[node] = net.round;
  net.learned(node);
  if (net.params['direction'] === 'push') net.nextRound(node, 0);
}
/** Those who know push, where pushing is done; all others ask. */
function contact(net: Rumours, node: number, peer: number): void {
  const pushes = net.params['direction'] !== 'pull' && hot(net, node);
  net.call(node, peer, pushes ? PUSH : ASK, 0, 0, 0);
}
/** Infective, and in a synchronous cycle from its beginning. */
function hot(net: Rumours, node: number): boolean {
  const s = net.state;
  return s.phase[node] === 1 && !(net.params['timing'] === 'synchronous' && s.learnedIn[node] === net.round);
}
function takes(net: Rumours, node: number): boolean {
  const most = net.params['connections'] as number;
  if (most === 0) return true;
  const s = net.state;
  const round = net.round + 1;
  if (s.takenIn[node] !== round) [s.takenIn[node], s.taken[node]] = [round, 0];
  if (s.taken[node]! >= most) return false;
  s.taken[node]!++;
  return true;
}
/** One contact was judged. */
function count(net: Rumours, node: number, knew: boolean): void {
  const s = net.state;
  const unnecessary = knew || net.params['feedback'] === false;
  const k = net.params['k'] as number;
  if (net.params['interest'] === 'coin') {
    if (unnecessary && net.below(node, k) === 0) become(net, node, 2);
  } else if (!unnecessary) s.misses[node] = 0;
  else if (++s.misses[node]! >= k) become(net, node, 2);
}
/** What was heard of those who asked in the period that is over: the counter moves once, if anyone asked. */
function settle(net: Rumours, node: number): void {
  const s = net.state;
  const asked = s.asked[node]!;
  s.asked[node] = 0;
  if (asked > 0 && s.phase[node] === 1) count(net, node, (asked & 2) === 0);
}
