/** How an update spreads when every node that has it calls one random node a round. */
import { exp, ln, log1p } from '../../../base/math.ts';
import { numberOf, sentences, unlike, unlikeRounds, type Chosen, type Points, type Theory } from './theory.ts';

/** The update is pushed by every node that has it, period after period. */
const pushes = ({ algorithm, values }: Chosen): boolean =>
  algorithm === 'uniform' ||
  (algorithm === 'rumour' && (values['direction'] ?? 'push') === 'push') ||
  (algorithm === 'anti-entropy' && values['schedule'] !== 'global' && values['exchange'] === 'push');

const givesUp = (chosen: Chosen): string[] =>
  chosen.algorithm === 'anti-entropy'
    ? []
    : ['Nodes lose interest after a while; the formula lets them go on for ever, so its end is sooner.'];

/** Expected share reached by rounds, as if what is expected happened: at most `most` rounds. */
export function pushRecurrence(chosen: Chosen, most = 400): Points {
  const n = chosen.nodes;
  const calls = numberOf(chosen, 'fanout', 1) * (chosen.algorithm === 'anti-entropy' ? 0 : 1) || 1;
  const missed = log1p(-1 / Math.max(n - 1, 1 + 1e-9));
  const [x, y] = [[0], [1 / n]];
  for (let round = 1; round <= most && (1 - y.at(-1)!) * n > 0.01; round++) {
    const had = y.at(-1)!;
    x.push(round);
    y.push(1 - (1 - had) * exp(missed * calls * had * n));
  }
  return { x, y };
}

export const pushRounds: Theory = {
  id: 'push-recurrence',
  title: 'Push, expected share by rounds',
  formula: 'p′ = 1 − (1 − p)·(1 − 1/(n−1))^(n·p) ≈ 1 − (1 − p)·e^(−p)',
  source: 'Pittel, “On spreading a rumor”, SIAM J. Appl. Math. 47, 1987; Demers et al., PODC 1987, §1.3',
  assumptions: [
    'everybody may call everybody',
    'rounds in common; every node that has the update calls once a round (fan-out times)',
    'nobody loses interest, nothing is lost',
    'what is expected happens (many nodes)',
  ],
  applies: (chosen) => pushes(chosen) && chosen.nodes > 1,
  differs: (chosen) => sentences([...unlike(chosen), ...unlikeRounds(chosen), ...givesUp(chosen)]),
  reached: pushRecurrence,
};

const pittelRounds = ({ nodes }: Chosen): number => ln(nodes) / ln(2) + ln(nodes);

export const pittel: Theory = {
  id: 'pittel',
  title: 'Pittel: rounds until all know',
  formula: 'log₂ n + ln n + O(1)',
  source: 'Pittel, “On spreading a rumor”, SIAM J. Appl. Math. 47, 1987',
  assumptions: ['everybody may call everybody', 'rounds in common, one call a round by each node that knows', 'nobody loses interest'],
  applies: (chosen) => pushes(chosen) && chosen.nodes > 1,
  differs: (chosen) => {
    const more = chosen.algorithm === 'rumour' && numberOf(chosen, 'fanout', 1) > 1 ? ['Each node calls more than one other a round.'] : [];
    return sentences([...unlike(chosen), ...unlikeRounds(chosen), ...givesUp(chosen), ...more]);
  },
  // A mark in time, not a curve.
  reached: (chosen) => ({ x: [pittelRounds(chosen), pittelRounds(chosen)], y: [0, 1] }),
  values: {
    tLast: pittelRounds,
    time: (chosen) => pittelRounds(chosen) * numberOf(chosen, 'period', 1),
  },
};
