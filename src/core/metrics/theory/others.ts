/** What is known of flooding, of push-sum and of SWIM. */
import { exp, ln } from '../../../base/math.ts';
import { logisticCurve } from './logistic.ts';
import { constantLatency, markAt, numberOf, sentences, unlike, unlikeRounds, type Chosen, type Points, type Theory } from './theory.ts';

/** Nodes within so many hops, where every node sees the same graph; undefined for other graphs. */
function within(chosen: Chosen): ((hops: number) => number) | undefined {
  const { topology, values, nodes } = chosen;
  if (topology === 'complete') return (hops) => (hops === 0 ? 1 : nodes);
  if (topology === 'ring') {
    const degree = values['degree'];
    return typeof degree === 'number' ? (hops) => Math.min(nodes, 1 + degree * hops) : undefined;
  }
  const dimension = numberOf(chosen, 'dimension', 0);
  if (topology !== 'hypercube' || 1 << dimension !== nodes) return undefined;
  return (hops) => {
    let [all, layer] = [1, 1];
    for (let i = 1; i <= hops; i++) {
      layer = (layer * (dimension - i + 1)) / i;
      all += layer;
    }
    return all;
  };
}

function hopsToAll(chosen: Chosen): number {
  const count = within(chosen)!;
  let hops = 0;
  while (count(hops) < chosen.nodes) hops++;
  return hops;
}
/** Whom nodes call is whom they are linked to. */
const onItsLinks = ({ topology, values }: Chosen): boolean =>
  topology === 'complete' || (values['membership'] ?? 'topology') === 'topology';
const limited = (chosen: Chosen): boolean => numberOf(chosen, 'ttl', 0) > 0 && numberOf(chosen, 'ttl', 0) < hopsToAll(chosen);

export const floodHops: Theory = {
  id: 'flood-hops',
  title: 'Flood: nodes within so many hops',
  formula: 'p(h·L) = |{v : distance ≤ h}| / n; the last one at diameter · L',
  source: 'breadth-first search, for example Lynch, “Distributed Algorithms”, 1996, §4.2',
  assumptions: ['every link takes the same time L', 'nothing is lost', 'every node sees the same graph around it'],
  applies: (chosen) =>
    chosen.algorithm === 'flood' &&
    onItsLinks(chosen) &&
    constantLatency(chosen) !== undefined &&
    within(chosen) !== undefined &&
    !limited(chosen),
  differs: (chosen) => sentences(unlike({ ...chosen, topology: 'complete' })),
  reached(chosen): Points {
    const hop = constantLatency(chosen)! / chosen.period;
    const [x, y] = [[0], [1 / chosen.nodes]];
    for (let hops = 1; hops <= hopsToAll(chosen); hops++) {
      x.push(hops * hop, hops * hop);
      y.push(y.at(-1)!, within(chosen)!(hops) / chosen.nodes);
    }
    return { x, y };
  },
  values: {
    time: (chosen) => hopsToAll(chosen) * constantLatency(chosen)!,
    tLast: (chosen) => (hopsToAll(chosen) * constantLatency(chosen)!) / chosen.period,
  },
};

/** Variance of estimates at the beginning, in units of the truth, for a weight of its fair share. */
function spreadAtFirst({ values, nodes }: Chosen): number {
  if (values['aggregate'] === 'count') return nodes - 1;
  // Both ways of drawing values are near uniform from 0: deviation 1/√3 of the mean.
  return values['aggregate'] === 'sum' ? nodes - 2 / 3 : 1 / 3;
}
const typicalRounds = (chosen: Chosen): number =>
  Math.max(0, (ln(spreadAtFirst(chosen)) - 2 * ln(numberOf(chosen, 'tolerance', 0.01))) / ln(2));

export const pushSumHalving: Theory = {
  id: 'push-sum-halving',
  title: 'Push-sum: the typical error reaches the tolerance',
  formula: 'E[Φ′] ≈ Φ/2 a round: t = log₂ V + 2·log₂(1/ε);  V = n for sum and count, the squared relative spread of values for averages',
  source: 'Kempe, Dobra, Gehrke, FOCS 2003, §2',
  assumptions: [
    'everybody may call everybody',
    'rounds in common',
    'no message is lost, nobody crashes or lies',
    'the weight of a node is its fair share',
  ],
  applies: (chosen) => chosen.algorithm === 'push-sum' && chosen.nodes > 2 && numberOf(chosen, 'tolerance', 0.01) > 0,
  differs(chosen) {
    const told = [...unlike(chosen), ...unlikeRounds(chosen)];
    if (numberOf(chosen, 'liars', 0) > 0) told.push('Liars shift what all agree on, so that the tolerance may never be met.');
    told.push(
      'It is about the error of a typical node; a node counts as reached when it is first within the tolerance, as many are by chance some rounds earlier.',
    );
    return sentences(told);
  },
  reached: (chosen) => markAt(typicalRounds(chosen)),
  values: { tAve: typicalRounds },
};

/** Periods from the crash until somebody has noticed: the period in which one of n−1 probes it. */
const firstDetection = (nodes: number): number => 1 / (1 - exp((nodes - 1) * ln(1 - 1 / (nodes - 1))));
const rateOf = (nodes: number): number => 2 - 1 / nodes;
const confirmedAt = (chosen: Chosen): number =>
  numberOf(chosen, 'crashAfter', 0) + firstDetection(chosen.nodes) + numberOf(chosen, 'suspicion', 0);

function unlikePaper(chosen: Chosen): string | undefined {
  const told = unlike({ ...chosen, topology: 'complete' });
  if (chosen.values['clocks'] !== 'common')
    told.push(
      'Every node has a clock of its own, so that a probe and its verdict may lie in two periods of the crash: up to half a period later.',
    );
  return sentences(told);
}
const detects = (chosen: Chosen): boolean => chosen.algorithm === 'swim' && chosen.nodes > 3 && numberOf(chosen, 'crashAfter', 0) > 0;

export const swimDetection: Theory = {
  id: 'swim-detection',
  title: 'SWIM: first detection of the crash',
  formula: '1 / (1 − (1 − 1/(n−1))^(n−1)) → e/(e−1) periods after it, and the time of suspicion',
  source: 'Das, Gupta, Motivala, DSN 2002, §3.1',
  assumptions: ['each member probes one other a period, all being as likely', 'the verdict falls at the end of the period', 'few crashes'],
  applies: detects,
  differs: unlikePaper,
  reached: (chosen) => markAt(confirmedAt(chosen)),
};

export const swimDissemination: Theory = {
  id: 'swim-dissemination',
  title: 'SWIM: news of the crash',
  formula: 'x = n / (1 + (n−1)·e^(−(2−1/n)·t)), t from the first detection',
  source: 'Das, Gupta, Motivala, DSN 2002, §4.1; Bailey 1975',
  assumptions: [
    'each member sends one ping and one answer a period that carry the news (rate 2 − 1/n)',
    'λ is large enough for nobody to stop too early',
    'messages take no time',
    'one member detects it, the others hear it',
  ],
  applies: detects,
  differs: unlikePaper,
  reached: (chosen) => logisticCurve(chosen.nodes, rateOf(chosen.nodes), confirmedAt(chosen)),
  values: {
    tAve: (chosen) => confirmedAt(chosen) + ln(chosen.nodes - 1) / rateOf(chosen.nodes),
    // All but half a member.
    tLast: (chosen) => confirmedAt(chosen) + ln((chosen.nodes - 1) * (2 * chosen.nodes - 1)) / rateOf(chosen.nodes),
  },
};
