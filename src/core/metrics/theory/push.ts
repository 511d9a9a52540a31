/** How an update spreads when every node that has it calls one random node a round. */
import { exp, ln, log1p } from '../../../base/math.ts';
import {
  callsOf,
  directionOf,
  givesUp,
  markAt,
  perNode,
  sentences,
  unlike,
  unlikeRounds,
  type Chosen,
  type Points,
  type Theory,
} from './theory.ts';

const pushes = (chosen: Chosen): boolean => directionOf(chosen) === 'push' && perNode(chosen) && chosen.nodes > 2;
const EVERYBODY = 'everybody may call everybody';
const pittelSource = 'Pittel, “On spreading a rumor”, SIAM J. Appl. Math. 47, 1987';

/** ln of the chance that one call of another node misses a given one. */
export const missed = (nodes: number): number => log1p(-1 / (nodes - 1));

/** Expected share reached by rounds, each from what was expected of the one before, until less than a hundredth of a node is left. */
export function recurrence(nodes: number, next: (left: number) => number, most = 1000): Points {
  const [x, y] = [[0], [1 / nodes]];
  let left = 1 - 1 / nodes;
  for (let round = 1; round <= most && left * nodes > 0.01; round++) {
    left = next(left);
    x.push(round);
    y.push(1 - left);
  }
  return { x, y };
}

const pushed = (chosen: Chosen): Points => {
  const step = missed(chosen.nodes) * callsOf(chosen) * chosen.nodes;
  return recurrence(chosen.nodes, (left) => left * exp(step * (1 - left)));
};

export const pushRounds: Theory = {
  id: 'push-recurrence',
  title: 'Push, expected share by rounds',
  formula: 's′ = s·(1 − 1/(n−1))^(n·(1−s)) ≈ s·e^(−(1−s)),  s: share not reached',
  source: pittelSource,
  assumptions: [
    EVERYBODY,
    'rounds in common, in each of which every node that has the update calls (fan-out times)',
    'nobody loses interest, nothing is lost',
    'many nodes, so that what is expected happens',
  ],
  applies: pushes,
  differs: (chosen) => sentences([...unlike(chosen), ...unlikeRounds(chosen), ...givesUp(chosen)]),
  reached: pushed,
};

/** From here on nearly every node calls. */
const TAIL = 0.1;

export const pushTail: Theory = {
  id: 'push-tail',
  title: 'Push at its end: e times fewer a round',
  formula: 's′ ≈ s·e^(−1), once nearly all have the update',
  source: 'Demers et al., PODC 1987, §1.3',
  assumptions: [EVERYBODY, 'nearly every node has the update and pushes it once a round', 'nobody loses interest, nothing is lost'],
  applies: (chosen) => pushes(chosen) && callsOf(chosen) === 1,
  differs: (chosen) => sentences([...unlike(chosen), ...unlikeRounds(chosen), ...givesUp(chosen)]),
  reached(chosen) {
    const { x, y } = pushed(chosen);
    const from = y.findIndex((share) => 1 - share < TAIL);
    return { x: x.slice(from), y: x.slice(from).map((_, i) => 1 - (1 - y[from]!) * exp(-i)) };
  },
};

const pittelRounds = ({ nodes }: Chosen): number => ln(nodes) / ln(2) + ln(nodes);

export const pittel: Theory = {
  id: 'pittel',
  title: 'Pittel: rounds until all are reached',
  formula: 'log₂ n + ln n + O(1)',
  source: pittelSource,
  assumptions: [EVERYBODY, 'rounds in common, one call a round by each node that has the update', 'nobody loses interest, nothing is lost'],
  applies: pushes,
  differs(chosen) {
    const more = callsOf(chosen) > 1 ? [`Each node calls ${callsOf(chosen)} others a round.`] : [];
    return sentences([...unlike(chosen), ...unlikeRounds(chosen), ...givesUp(chosen), ...more]);
  },
  reached: (chosen) => markAt(pittelRounds(chosen)),
  values: { tLast: pittelRounds, rounds: pittelRounds, time: (chosen) => pittelRounds(chosen) * chosen.period },
};
