/**
 * The median-counter algorithm. R. Karp, C. Schindelhauer, S. Shenker, B. Vöcking, "Randomized Rumor Spreading", FOCS 2000, section 3.
 *
 * In each synchronous cycle every node calls one random partner, and the rumour goes both ways along a call, from whoever spreads it.
 * A: has not heard the rumour. B-m: spreads it with the counter m. C: spreads it for O(ln ln n) more cycles. D: is done with it.
 * At the end of a cycle, by the states in which it found everybody: A that heard the rumour from B alone becomes B-1; A or B that heard it from C
 * becomes C; B-m that met more nodes with a counter of at least m than nodes with a smaller one (A's is 0) becomes B-(m+1), and at ctrMax C.
 *
 * Our choices where the paper leaves constants open: ctrMax and the cycles in C are both `spanOf(n)`, unless ctrMax is given. D counts as a
 * larger counter, and says so when it meets somebody. Beyond the paper, so that graphs that are not complete, crashes and losses cannot keep anybody in B
 * for ever: a node gives up after O(ln n) cycles of spreading, many more than it takes where nothing goes wrong.
 * Everybody calls until no node is in B or C any more, which no node can know: real ones would go on calling, for other rumours.
 */
import { ln } from '../../base/math.ts';
import { defineGossip, EMPTY, INFECTIVE, REMOVED, SUSCEPTIBLE, type Net } from './contract.ts';

const PUSH = 0;
const ASK = 1;
/** Replies. */
const RUMOUR = 0;
const UNHEARD = 1;
const FINISHED = 2;

const [A, B, C, D] = [0, 1, 2, 3] as const;
/** Whence the rumour was heard in this cycle. */
const FROM_B = 1;
const FROM_C = 2;

const columns = {
  phase: 'u8',
  counter: 'u16',
  /** Of this cycle: whence the rumour came; partners whose counter is no less than the node's, and those whose counter is less. */
  heard: 'u8',
  higher: 'u16',
  lower: 'u16',
  /** Cycles left in C. */
  left: 'u16',
  /** Cycles of spreading. */
  age: 'u16',
  /** At node 0, for ending the calling: the last cycle, plus one, in which somebody was in B or C. */
  busy: 'i32',
} as const;
type Median = Net<typeof columns>;

/** O(ln ln n), with constants with which all are reached. */
const spanOf = (nodes: number): number => Math.max(2, Math.ceil(ln(ln(Math.max(nodes, 3)))) + 1);
const ctrMaxOf = (net: Median): number => (net.params['ctrMax'] as number) || spanOf(net.nodes);
/** Longer than any rumour takes on a complete graph. */
const patienceOf = (net: Median): number => Math.ceil(6 * ln(net.nodes + 1)) + 4 * ctrMaxOf(net);

const heardAnswer = {
  label: 'the rumour',
  update: true,
  why: 'The partner spreads the rumour too, and gives it with its counter (§3).',
} as const;

export const medianCounter = defineGossip({
  id: 'median-counter',
  title: 'Median counter',
  summary: 'Push and pull at once; nodes stop when the rumour is as old for most of those they meet',
  source: 'Karp et al., FOCS 2000, §3',
  params: {
    ctrMax: {
      type: 'int',
      min: 0,
      max: 1000,
      default: 0,
      help: 'counter at which a node goes over to its last cycles of spreading; 0: about ln ln n, from the number of nodes',
    },
    period: { type: 'int', min: 4, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks of a cycle' },
  },
  needs: () => [],
  many: false,
  endless: () => false,
  synchronous: () => true,
  period: (params) => params['period'] as number,
  methods: [
    {
      name: 'push',
      kind: 'push',
      update: true,
      args: ['counter'],
      why: 'A node in B or C gives the rumour to whom it calls, with its counter; in C that is ctrMax (§3).',
      replies: [
        heardAnswer,
        { label: 'new to me', why: 'The partner had not heard the rumour when the cycle began: its counter is 0.' },
        { label: 'done with it', why: 'The partner has finished with the rumour: its counter has gone through to the end.' },
      ],
    },
    {
      name: 'ask',
      kind: 'pull',
      update: false,
      args: ['finished'],
      why: 'A node in A or D has nothing to give, and calls as everybody does in each cycle; the partner may have a rumour for it (§3).',
      replies: [heardAnswer],
    },
  ],
  timers: ['next cycle'],
  rules: {
    quiet: 'Nobody spreads the rumour any more: calling on would change nothing, so the simulation ends it.',
    'no-peer': 'This node has no peer: it can call nobody in this cycle.',
    nothing: 'Neither of the two had a rumour to give.',
  },
  states: [
    { ...SUSCEPTIBLE, id: 'a', label: 'A: has not heard it' },
    { ...INFECTIVE, id: 'b', label: 'B: spreads and counts' },
    { id: 'c', label: 'C: last cycles of spreading', look: 'active' },
    { ...REMOVED, id: 'd', label: 'D: done' },
  ],
  state: columns,
  shown: (s, node) => (s.phase[node] !== A ? s.phase[node]! : s.heard[node] === 0 ? 0 : (s.heard[node]! & FROM_C) > 0 ? C : B),

  start(net) {
    for (let node = 0; node < net.nodes; node++) net.later(node, 0, 0);
  },
  onUp(net, node) {
    const s = net.state;
    // Node 0 has lost the observer's note, too: who is there tells what it was.
    if (node === 0 && s.phase.some((phase) => phase !== A)) s.busy[0] = spreading(net) ? net.round + 1 : 1;
    net.nextRound(node, 0);
  },
  onUpdate(net, node) {
    if (net.state.phase[node] !== A) return;
    begin(net, node, B);
    net.learned(node);
  },
  onTimer(net, node) {
    const s = net.state;
    settle(net, node);
    const phase = s.phase[node]!;
    const spreads = phase === B || phase === C;
    if (spreads) s.busy[0] = net.round + 1;
    // A node that was told in the last cycle may have its turn in this one after the others.
    else if (s.busy[0]! > 0 && net.round > s.busy[0]!) {
      net.idle(node, 'quiet');
      return;
    }
    net.nextRound(node, 0);
    const peer = net.randomPeer(node);
    if (peer < 0) net.idle(node, 'no-peer');
    else if (spreads) net.call(node, peer, PUSH, said(net, node), 0, 0);
    else net.call(node, peer, ASK, phase === D ? 1 : 0, 0, 0);
  },
  onCall(net, node, method, value) {
    const phase = net.state.phase[node]!;
    if (method === PUSH) hear(net, node, value);
    else meet(net, node, value === 1);
    if (phase === B || phase === C) {
      net.attach([said(net, node)]);
      return RUMOUR;
    }
    if (method === PUSH) return phase === A ? UNHEARD : FINISHED;
    net.idle(node, 'nothing');
    return EMPTY;
  },
  onReply(net, node, _method, reply) {
    if (reply === RUMOUR) hear(net, node, net.data[0]!);
    else meet(net, node, reply === FINISHED);
  },
});

function begin(net: Median, node: number, phase: typeof B | typeof C): void {
  const s = net.state;
  s.phase[node] = phase;
  if (phase === B) s.counter[node] = 1;
  else s.left[node] = spanOf(net.nodes);
}
/** The counter that goes with the rumour: ctrMax stands for C. */
function said(net: Median, node: number): number {
  const s = net.state;
  return s.phase[node] === C ? ctrMaxOf(net) : s.counter[node]!;
}
/** The rumour came, with a counter. */
function hear(net: Median, node: number, counter: number): void {
  const s = net.state;
  s.heard[node] = s.heard[node]! | (counter >= ctrMaxOf(net) ? FROM_C : FROM_B);
  if (s.phase[node] === A) net.learned(node);
  else meet(net, node, counter >= s.counter[node]!);
}
function meet(net: Median, node: number, higher: boolean): void {
  const s = net.state;
  if (higher) s.higher[node]!++;
  else s.lower[node]!++;
}
/** The end of a cycle: what was met in it decides. */
function settle(net: Median, node: number): void {
  const s = net.state;
  const heard = s.heard[node]!;
  const phase = s.phase[node]!;
  if (phase !== A) s.age[node]!++;
  if ((heard & FROM_C) > 0 && phase <= B) begin(net, node, C);
  else if (phase === A && heard > 0) begin(net, node, B);
  else if (phase === B && s.higher[node]! > s.lower[node]! && ++s.counter[node]! >= ctrMaxOf(net)) begin(net, node, C);
  else if (phase === C && --s.left[node]! === 0) s.phase[node] = D;
  if (s.age[node]! > patienceOf(net)) s.phase[node] = D;
  s.heard[node] = s.higher[node] = s.lower[node] = 0;
}
const spreading = (net: Median): boolean => net.state.phase.some((phase, node) => (phase === B || phase === C) && net.isUp(node));
