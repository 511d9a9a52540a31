/** Every theory there is. A new one is an entry in a file and a line here; each decides itself what it applies to. */
import type { TheoryArgs, TheoryCurve } from '../../../protocol/theory.ts';
import { pittel, pushRounds } from './push.ts';
import type { Chosen, Points, Theory } from './theory.ts';

export const theories: readonly Theory[] = [pushRounds, pittel];

/** @param args with every value filled in. */
export function theoryCurves({ over, ...chosen }: TheoryArgs): readonly TheoryCurve[] {
  return theories.flatMap((theory) => {
    const found = over ? overParameter(theory, chosen, over) : overTime(theory, chosen);
    return found ? [{ ...describe(theory), ...found }] : [];
  });
}

const describe = ({ id, title, formula, source, assumptions }: Theory) => ({ id, title, formula, source, assumptions });
const columns = ({ x, y }: Points) => ({ x: Float64Array.from(x), y: Float64Array.from(y) });

function overTime(theory: Theory, chosen: Chosen) {
  if (!theory.reached || !theory.applies(chosen)) return undefined;
  return { ...columns(theory.reached(chosen)), differs: theory.differs(chosen), axis: 'periods' as const, measure: 'reached' };
}

function overParameter(theory: Theory, base: Chosen, { name, values: x, measure }: NonNullable<TheoryArgs['over']>) {
  const value = theory.values?.[measure];
  if (!value) return undefined;
  const points = x.map((at): Chosen => ({
    ...base,
    values: { ...base.values, [name]: at },
    nodes: name === 'nodes' ? at : base.nodes,
  }));
  const y = points.map((point) => (theory.applies(point) ? value(point) : NaN));
  if (y.every(Number.isNaN)) return undefined;
  const differs = points.flatMap((point) => (theory.applies(point) ? (theory.differs(point) ?? []) : []))[0];
  return { ...columns({ x, y }), differs, axis: 'parameter' as const, measure };
}
