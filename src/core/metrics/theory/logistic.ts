/** The logistic curve: spreading in continuous time. */
import { exp, ln } from '../../../base/math.ts';
import {
  callsOf,
  constantLatency,
  directionOf,
  givesUp,
  perNode,
  sentences,
  unlike,
  type Chosen,
  type Points,
  type Theory,
} from './theory.ts';

const POINTS = 200;

/** Share reached from one node of n, at this rate, until a tenth of a node is left; the curve begins at `from`. */
export function logisticCurve(nodes: number, rate: number, from = 0): Points {
  const until = (ln(nodes - 1) + ln(10 * nodes)) / rate;
  const x = Array.from({ length: POINTS + 1 }, (_, i) => (i * until) / POINTS);
  return { x: x.map((at) => at + from), y: x.map((at) => 1 / (1 + (nodes - 1) * exp(-rate * at))) };
}

/** Contacts that carry the update, of a node and period; a single pair a period is n times rarer. */
function rateOf(chosen: Chosen): number {
  const ways = directionOf(chosen) === 'push-pull' ? 2 : 1;
  return perNode(chosen) ? ways * callsOf(chosen) : ways / (chosen.nodes - 1);
}

export const logistic: Theory = {
  id: 'logistic',
  title: 'Logistic curve',
  formula: 'p = 1 / (1 + (n−1)·e^(−c·t)),  from dp/dt = c·p·(1−p)',
  source: 'Bailey, “The Mathematical Theory of Infectious Diseases”, 1975; Demers et al., PODC 1987, §1.4',
  assumptions: [
    'everybody may call everybody',
    'calls come at random moments, c for each node and period (push-pull: both ways count)',
    'messages take no time',
    'nobody loses interest, nothing is lost',
    'many nodes, so that what is expected happens',
  ],
  applies: (chosen) => directionOf(chosen) !== undefined && !chosen.synchronous && chosen.nodes > 2,
  differs(chosen) {
    const told = [...unlike(chosen), ...givesUp(chosen)];
    if (chosen.algorithm === 'uniform')
      told.push('A node calls at once when it is told and then at equal distances: chains run ahead of the curve.');
    else if (perNode(chosen))
      told.push('Nodes call at equal distances in time, not at random moments, and a new one waits for its turn: it rises more slowly.');
    if (constantLatency(chosen) !== 0) told.push('Messages take time, which the formula does not know.');
    return sentences(told);
  },
  reached: (chosen) => logisticCurve(chosen.nodes, rateOf(chosen)),
};
