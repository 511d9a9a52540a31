/** Pull, and both directions at once: what is left falls by squaring. */
import { exp, ln } from '../../../base/math.ts';
import { missed, recurrence } from './push.ts';
import { directionOf, givesUp, markAt, perNode, sentences, unlike, unlikeRounds, type Chosen, type Theory } from './theory.ts';

const goes = (chosen: Chosen, direction: string): boolean => directionOf(chosen) === direction && perNode(chosen) && chosen.nodes > 2;
/** The chance that a node that lacks the update asks another that lacks it. */
const asksInVain = (nodes: number, left: number): number => Math.max(0, (left * nodes - 1) / (nodes - 1));

export const pullSquare: Theory = {
  id: 'pull-square',
  title: 'Pull: what is left is squared each round',
  formula: 's′ = s·(n·s − 1)/(n − 1) ≈ s²,  s: share not reached',
  source: 'Demers et al., PODC 1987, §1.3',
  assumptions: [
    'everybody may call everybody',
    'rounds in common, in each of which every node without the update asks one other',
    'every asked node answers all who ask',
    'many nodes, so that what is expected happens',
  ],
  applies: (chosen) => goes(chosen, 'pull'),
  differs: (chosen) => sentences([...unlike(chosen), ...unlikeRounds(chosen), ...givesUp(chosen)]),
  reached: ({ nodes }) => recurrence(nodes, (left) => left * asksInVain(nodes, left)),
};

export const pushPull: Theory = {
  id: 'push-pull-recurrence',
  title: 'Push-pull, expected share by rounds',
  formula: 's′ = s·(n·s − 1)/(n − 1)·(1 − 1/(n−1))^(n·(1−s)) ≈ s²·e^(−(1−s))',
  source: 'Demers et al., PODC 1987, §1.3; Karp, Schindelhauer, Shenker, Vöcking, FOCS 2000, §2',
  assumptions: [
    'everybody may call everybody',
    'rounds in common, in each of which every node calls one other, and the update goes both ways',
    'nobody stops, nothing is lost',
    'many nodes, so that what is expected happens',
  ],
  applies: (chosen) => goes(chosen, 'push-pull'),
  differs: (chosen) => sentences([...unlike(chosen), ...unlikeRounds(chosen), ...givesUp(chosen)]),
  reached: ({ nodes }) => recurrence(nodes, (left) => left * asksInVain(nodes, left) * exp(missed(nodes) * nodes * (1 - left))),
};

const lnln = (nodes: number): number => Math.max(0, ln(Math.max(1, ln(nodes))));
const karpTime = ({ nodes }: Chosen): number => ln(nodes) / ln(3) + lnln(nodes);
const karpSource = 'Karp, Schindelhauer, Shenker, Vöcking, “Randomized rumor spreading”, FOCS 2000';

export const karpRounds: Theory = {
  id: 'karp-rounds',
  title: 'Karp et al.: rounds of push-pull',
  formula: 'log₃ n + O(ln ln n); drawn with the factor 1',
  source: `${karpSource}, §2`,
  assumptions: ['everybody may call everybody', 'rounds in common, one call a round by every node', 'the update goes both ways'],
  applies: (chosen) => goes(chosen, 'push-pull'),
  differs: (chosen) => sentences([...unlike(chosen), ...unlikeRounds(chosen)]),
  reached: (chosen) => markAt(karpTime(chosen)),
  values: { tLast: karpTime, rounds: karpTime, time: (chosen) => karpTime(chosen) * chosen.period },
};

export const karpTransmissions: Theory = {
  id: 'karp-transmissions',
  title: 'Karp et al.: transmissions of the median counter',
  formula: 'O(n·ln ln n) in all; drawn for each node with the factor 1',
  source: `${karpSource}, §3`,
  assumptions: ['everybody may call everybody', 'rounds in common, one call a round by every node', 'ctrMax = O(ln ln n)'],
  applies: ({ algorithm, nodes }) => algorithm === 'median-counter' && nodes > 2,
  differs: (chosen) =>
    sentences([
      ...unlike(chosen),
      ...unlikeRounds(chosen),
      'The theorem gives an order of growth: compare how it grows with n, not how high it lies.',
    ]),
  values: { traffic: ({ nodes }) => lnln(nodes) },
};
