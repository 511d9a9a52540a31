/** Every theory there is. A new one is an entry in a file and a line here; each decides itself what it applies to. */
import type { ParamValues } from '../../../protocol/params.ts';
import type { TheoryArgs, TheoryCurve } from '../../../protocol/theory.ts';
import { logistic } from './logistic.ts';
import { floodHops, pushSumHalving, swimDetection, swimDissemination } from './others.ts';
import { karpRounds, karpTransmissions, pullSquare, pushPull } from './pull.ts';
import { pittel, pushRounds, pushTail } from './push.ts';
import { blind, fanoutForAll, giantComponent, residueByTraffic, rumour1987 } from './residue.ts';
import type { Chosen, Points, Theory } from './theory.ts';

export const theories: readonly Theory[] = [
  pushRounds,
  pushTail,
  pittel,
  logistic,
  pullSquare,
  pushPull,
  karpRounds,
  karpTransmissions,
  rumour1987,
  blind,
  residueByTraffic,
  giantComponent,
  fanoutForAll,
  floodHops,
  pushSumHalving,
  swimDetection,
  swimDissemination,
];

/** What the algorithm says of itself with these values. */
export type Timing = (values: ParamValues) => Pick<Chosen, 'period' | 'synchronous'>;

/** @param args with every value filled in. */
export function theoryCurves({ over, ...args }: TheoryArgs, timing: Timing): readonly TheoryCurve[] {
  const chosen = { ...args, ...timing(args.values) };
  return theories.flatMap((theory) => {
    const found = over ? overParameter(theory, chosen, over, timing) : overTime(theory, chosen);
    return found ? [{ ...describe(theory), ...found }] : [];
  });
}

const describe = ({ id, title, formula, source, assumptions }: Theory) => ({ id, title, formula, source, assumptions });
const columns = ({ x, y }: Points) => ({ x: Float64Array.from(x), y: Float64Array.from(y) });

function overTime(theory: Theory, chosen: Chosen) {
  if (!theory.reached || !theory.applies(chosen)) return undefined;
  return { ...columns(theory.reached(chosen)), differs: theory.differs(chosen), axis: 'periods' as const, measure: 'reached' };
}

function overParameter(theory: Theory, base: Chosen, { name, values: x, measure }: NonNullable<TheoryArgs['over']>, timing: Timing) {
  const value = theory.values?.[measure];
  if (!value) return undefined;
  const points = x.map((at): Chosen => {
    const values = { ...base.values, [name]: at };
    return { ...base, values, ...timing(values), nodes: name === 'nodes' ? at : base.nodes };
  });
  const applying = points.map((point) => theory.applies(point));
  if (!applying.includes(true)) return undefined;
  const y = points.map((point, i) => (applying[i] ? value(point) : NaN));
  const differs = points.flatMap((point, i) => (applying[i] ? (theory.differs(point) ?? []) : []))[0];
  return { ...columns({ x, y }), differs, axis: 'parameter' as const, measure };
}
