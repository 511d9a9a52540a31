/**
 * Push-sum: averages, sums and counts. D. Kempe, A. Dobra, J. Gehrke, "Gossip-Based Computation of Aggregate Information",
 * FOCS 2003, section 2. Every node holds a sum s and a weight w; each round it keeps half of both and sends the other half
 * to one random peer; s/w is its estimate. All s together, and all w, stay what they were: nothing else is needed for
 * the estimates to become equal. Weights begin as 1 everywhere for an average; for a sum or a count (of ones) as 1 at
 * the origin and 0 elsewhere. Halving is exact in binary, and so is adding while the values span less than 53 bits.
 *
 * Synchronous: the paper's rounds, begun by all at the moment at which the update enters. Asynchronous, which the paper
 * leaves open: a node begins, by its own clock, when the first pair reaches it. The paper lets a node also choose itself;
 * here it chooses among its peers. It has no crashes either: here what a node holds is gone with it, as is what a lost
 * message carries, and a node that comes back, or joins later, has no value of its own to add and only passes on from the
 * first pair that reaches it.
 * Without an answer to every pair nobody can tell what was lost; the paper's repair for detected losses is not built.
 *
 * A node counts as reached at the first moment at which its estimate is within `tolerance` of the truth. That is for
 * measuring only: no decision of a node rests on the truth, and one near it by chance counts too. Liars begin with
 * 1000 times their value; the truth is that of the honest values.
 */
import { defineGossip, EMPTY, type Net, type State } from './contract.ts';

const schema = {
  began: 'u8',
  stopped: 'u8',
  /** Had a value at the beginning. */
  counted: 'u8',
  near: 'u8',
  rounds: 'i32',
  value: 'f64',
  sum: 'f64',
  weight: 'f64',
  /** For measuring only. */
  truth: 'f64',
} as const;
type S = typeof schema;

const PUSH = 0;
const LIE = 1000;
const MOST_DRAWN = 1000;

export const pushSum = defineGossip({
  id: 'push-sum',
  title: 'Push-sum',
  summary: 'Averages, sums and counts: keep half, send half',
  source: 'Kempe, Dobra, Gehrke, FOCS 2003, §2',
  params: {
    aggregate: {
      type: 'choice',
      options: ['average', 'sum', 'count'],
      default: 'average',
      help: 'what all nodes compute together: the average or the sum of their values, or how many they are',
    },
    drawn: {
      type: 'choice',
      options: ['random', 'number'],
      default: 'random',
      help: 'values of the nodes: whole numbers drawn from 0 … 1000, or each node its own number',
    },
    tolerance: { type: 'number', min: 0, max: 1, default: 0.01, help: 'relative error within which an estimate counts as right' },
    rounds: { type: 'int', min: 0, max: 1_000_000, default: 0, help: 'rounds after which a node stops; 0: never, the run ends by itself' },
    timing: {
      type: 'choice',
      options: ['synchronous', 'asynchronous'],
      default: 'synchronous',
      help: 'common rounds begun together, or each node by its own clock from the first pair that reaches it',
    },
    period: { type: 'int', min: 4, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks of a round' },
  },
  needs: () => [],
  many: false,
  endless: (params) => params['rounds'] === 0,
  synchronous: (params) => params['timing'] === 'synchronous',
  period: (params) => params['period'] as number,
  methods: [
    {
      name: 'push',
      kind: 'push',
      update: true,
      args: [],
      data: 'pair',
      why: 'A node halves its sum and its weight, keeps one half and sends the other to a random peer, so that the totals stay as they were (§2).',
    },
  ],
  timers: ['next round'],
  rules: {
    done: 'This node has played all its rounds: it still adds what it receives, and sends nothing.',
    'no-peer': 'This node has no peer at the moment: it keeps its sum and weight whole.',
  },
  states: [
    { id: 'waiting', label: 'not begun', look: 'hollow' },
    { id: 'far', label: 'estimate still off', look: 'active' },
    { id: 'near', label: 'estimate within tolerance', look: 'infective' },
    { id: 'stopped', label: 'stopped', look: 'removed' },
  ],
  state: schema,
  shown: (s, node) => (s.began[node] === 0 ? 0 : s.stopped[node] === 1 ? 3 : s.near[node] === 1 ? 2 : 1),
  reached: 'had an estimate within the tolerance',

  start(net) {
    const s = net.state;
    let [total, count] = [0, 0];
    for (let node = 0; node < net.nodes; node++) {
      if (!net.isUp(node)) continue;
      s.counted[node] = 1;
      s.value[node] = net.params['aggregate'] === 'count' ? 1 : net.params['drawn'] === 'number' ? node : net.below(node, MOST_DRAWN + 1);
      total += s.value[node]!;
      count++;
    }
    s.truth.fill(net.params['aggregate'] === 'average' ? total / count : total);
  },
  onUpdate(net, origin) {
    if (net.params['aggregate'] !== 'average') net.state.weight[origin]!++;
    // The paper's rounds have a common beginning; nothing else is common.
    const all = net.params['timing'] === 'synchronous';
    for (let node = 0; node < net.nodes; node++)
      if (node === origin || (all && net.isUp(node))) {
        if (begin(net, node)) net.later(node, 0, 0);
        estimate(net, node);
      }
  },
  onTimer(net, node) {
    const s = net.state;
    const rounds = net.params['rounds'] as number;
    if (rounds > 0 && s.rounds[node]! >= rounds) {
      s.stopped[node] = 1;
      net.idle(node, 'done');
      return;
    }
    s.rounds[node]!++;
    net.nextRound(node, 0);
    const peer = net.randomPeer(node);
    if (peer < 0) {
      net.idle(node, 'no-peer');
      return;
    }
    const [sum, weight] = [s.sum[node]! / 2, s.weight[node]! / 2];
    s.sum[node] = sum;
    s.weight[node] = weight;
    net.cast(node, peer, PUSH, 0, 0, [sum, weight]);
  },
  onCall(net, node) {
    const s = net.state;
    s.sum[node]! += net.data[0]!;
    s.weight[node]! += net.data[1]!;
    if (begin(net, node)) setClock(net, node);
    estimate(net, node);
    return EMPTY;
  },
  onUp(net, node) {
    const other = net.state.truth.findIndex((truth) => truth > 0);
    if (other >= 0) net.state.truth[node] = net.state.truth[other]!;
  },
});

/** The node adds its own value to what it holds; answers whether it had not begun before. */
function begin(net: Net<S>, node: number): boolean {
  const s: State<S> = net.state;
  if (s.began[node] === 1) return false;
  s.began[node] = 1;
  if (s.counted[node] === 0) return true;
  s.sum[node]! += net.lies(node) ? s.value[node]! * LIE : s.value[node]!;
  if (net.params['aggregate'] === 'average') s.weight[node]!++;
  return true;
}

/** Whoever is woken within a common round waits for the next one. */
function setClock(net: Net<S>, node: number): void {
  if (net.params['timing'] === 'synchronous') net.nextRound(node, 0);
  else net.later(node, 0, 0);
}

/** Compares the estimate with the truth, for measuring only. */
function estimate(net: Net<S>, node: number): void {
  const s: State<S> = net.state;
  const truth = s.truth[node]!;
  const weight = s.weight[node]!;
  const near = weight > 0 && Math.abs(s.sum[node]! / weight - truth) <= (net.params['tolerance'] as number) * truth;
  s.near[node] = near ? 1 : 0;
  if (near) net.learned(node);
}
