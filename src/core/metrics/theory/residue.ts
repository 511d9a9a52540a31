/** Who is left out when nodes lose interest. */
import { exp, ln } from '../../../base/math.ts';
import {
  callsOf,
  constantLatency,
  directionOf,
  leftOut,
  levelAt,
  numberOf,
  sentences,
  unlike,
  type Chosen,
  type Points,
  type Theory,
} from './theory.ts';

/** Of an epidemic that goes on for as long as a plot shows. */
const LONG = 60;
const STEP = 1 / 32;
const MANY = 'many nodes, so that what is expected happens';

const spreads = (chosen: Chosen): boolean => directionOf(chosen) === 'push' && chosen.algorithm !== 'anti-entropy' && chosen.nodes > 2;
const hasFeedback = (chosen: Chosen): boolean => chosen.algorithm === 'uniform' || chosen.values['feedback'] !== false;
/** Unnecessary contacts that a node bears. */
const patience = (chosen: Chosen): number => numberOf(chosen, chosen.algorithm === 'uniform' ? 'tolerance' : 'k', 1);

/** Push by nodes that call `calls` times a period and stop at this rate (given the share left); fourth order, Runge and Kutta. */
function epidemic({ nodes }: Chosen, calls: number, stops: (left: number) => number): Points {
  const change = (s: number, i: number): readonly [number, number] => [-calls * s * i, calls * (s * i - stops(s) * i)];
  let [s, i] = [1 - 1 / nodes, 1 / nodes];
  const [x, y] = [[0], [1 - s]];
  for (let step = 1; step * STEP <= LONG && i * nodes > 0.01; step++) {
    const [a, b] = change(s, i);
    const [c, d] = change(s + (a * STEP) / 2, i + (b * STEP) / 2);
    const [e, f] = change(s + (c * STEP) / 2, i + (d * STEP) / 2);
    const [g, h] = change(s + e * STEP, i + f * STEP);
    s += ((a + 2 * c + 2 * e + g) * STEP) / 6;
    i += ((b + 2 * d + 2 * f + h) * STEP) / 6;
    if (step % 8 !== 0) continue;
    x.push(step * STEP);
    y.push(1 - s);
  }
  return { x, y };
}

function otherwise(chosen: Chosen): string[] {
  const told = unlike(chosen);
  if (chosen.synchronous)
    told.push('Nodes act in common cycles, and the equations are for continuous time: the curve rises at another pace.');
  else if (constantLatency(chosen) !== 0)
    told.push('Answers take time, and meanwhile a node goes on sending: it sends more than the formula counts and leaves out fewer.');
  return told;
}

export const rumour1987: Theory = {
  id: 'rumour-1987',
  title: 'Rumour with feedback: who is left out',
  formula: 's = e^(−(k+1)·(1−s)),  from ds/dt = −s·i, di/dt = s·i − (1/k)·(1−s)·i;  m = (k+1)·(1−s)',
  source: 'Demers et al., PODC 1987, §1.4',
  assumptions: [
    'everybody may call everybody',
    'continuous time, messages take no time',
    'a node that called in vain loses interest with probability 1/k (that it bears k such calls in all leaves out as many)',
    MANY,
  ],
  applies: (chosen) => spreads(chosen) && hasFeedback(chosen),
  differs(chosen) {
    const told = otherwise(chosen);
    if (chosen.algorithm === 'rumour' && chosen.values['interest'] !== 'coin' && patience(chosen) > 1)
      told.push('A useful contact sets the counter back, so that nodes bear more than k calls in vain and leave out fewer.');
    if (chosen.synchronous)
      told.push('Within one cycle several may bring a node the same news, and none of them counts that as in vain: fewer are left out.');
    if (chosen.algorithm === 'uniform')
      told.push('A node stops after a fixed number of fails, so that the curve in time is another; where it ends is not.');
    return sentences(told);
  },
  reached: (chosen) => epidemic(chosen, callsOf(chosen), (left) => (1 - left) / patience(chosen)),
  values: {
    residue: (chosen) => leftOut(patience(chosen) + 1),
    traffic: (chosen) => (patience(chosen) + 1) * (1 - leftOut(patience(chosen) + 1)),
  },
};

/** Calls that each node makes: whole rounds of `fanout`, where it counts. */
function blindCalls(chosen: Chosen): number {
  const calls = callsOf(chosen);
  return chosen.values['interest'] === 'coin' ? patience(chosen) : Math.ceil(patience(chosen) / calls) * calls;
}

export const blind: Theory = {
  id: 'blind',
  title: 'Blind rumour: who is left out',
  formula: 's = e^(−k·(1−s));  m = k·(1−s)',
  source: 'Demers et al., PODC 1987, §1.4',
  assumptions: [
    'everybody may call everybody',
    'every node makes k calls in the mean and stops',
    MANY,
    'the first nodes do not all stop at once',
  ],
  applies: (chosen) => chosen.algorithm === 'rumour' && spreads(chosen) && !hasFeedback(chosen),
  differs(chosen) {
    const told = unlike(chosen);
    if (chosen.values['interest'] === 'coin')
      told.push('With a coin the first nodes may stop before the rumour has spread at all: such runs count here, and not in the formula.');
    return sentences(told);
  },
  reached: (chosen) => levelAt(1 - leftOut(blindCalls(chosen)), LONG / 2),
  values: { residue: (chosen) => leftOut(blindCalls(chosen)), traffic: (chosen) => blindCalls(chosen) * (1 - leftOut(blindCalls(chosen))) },
};

export const residueByTraffic: Theory = {
  id: 'residue-traffic',
  title: 'Residue against traffic',
  formula: 's = e^(−m)',
  source: 'Demers et al., PODC 1987, §1.4',
  assumptions: ['everybody may call everybody', 'push: each of the m·n updates sent meets a node at random', MANY],
  // Only where one measure is drawn against the other.
  applies: (chosen) => (spreads(chosen) || chosen.algorithm === 'infect-and-die') && typeof chosen.values['traffic'] === 'number',
  differs: (chosen) => sentences(unlike(chosen)),
  values: { residue: (chosen) => exp(-numberOf(chosen, 'traffic', NaN)) },
};

const fanoutOf = (chosen: Chosen): number => Math.min(numberOf(chosen, 'fanout', 1), chosen.nodes - 1);

export const giantComponent: Theory = {
  id: 'giant-component',
  title: 'Infect and die: who is left out',
  formula: 's = e^(−f·(1−s));  m = f·(1−s)',
  source:
    'Kermarrec, Massoulié, Ganesh, “Probabilistic reliable dissemination in large-scale systems”, IEEE TPDS 14, 2003; Erdős and Rényi 1960',
  assumptions: [
    'everybody may call everybody',
    'every node forwards once, to f others at random',
    MANY,
    'the spreading does not die out at its beginning',
  ],
  applies: ({ algorithm, nodes }) => algorithm === 'infect-and-die' && nodes > 2,
  differs: (chosen) => sentences(unlike(chosen)),
  reached: (chosen) => levelAt(1 - leftOut(fanoutOf(chosen)), LONG / 2),
  values: { residue: (chosen) => leftOut(fanoutOf(chosen)), traffic: (chosen) => fanoutOf(chosen) * (1 - leftOut(fanoutOf(chosen))) },
};

export const fanoutForAll: Theory = {
  id: 'fanout-for-all',
  title: 'Infect and die: chance that all are reached',
  formula: 'P = e^(−e^(−c)),  c = f − ln n',
  source: 'Kermarrec, Massoulié, Ganesh, IEEE TPDS 14, 2003',
  assumptions: ['everybody may call everybody', 'every node forwards once, to f others at random', 'many nodes'],
  applies: ({ algorithm, nodes }) => algorithm === 'infect-and-die' && nodes > 2,
  differs: (chosen) => sentences(unlike(chosen)),
  values: { completed: (chosen) => exp(-exp(ln(chosen.nodes) - fanoutOf(chosen))) },
};
