/** Requests about causes and logical time. */
import type { Requests } from '../../protocol/protocol.ts';
import { cutOf } from '../causality/cut.ts';
import { CausalOrder } from '../causality/order.ts';
import { relationOf } from '../causality/relation.ts';
import type { Run } from './run.ts';

type Handlers<N extends keyof Requests> = { readonly [K in N]: (args: Requests[K]['args']) => Requests[K]['reply'] };

/** Made when somebody first asks; a run that nobody looks into has none. */
const orders = new WeakMap<Run, CausalOrder>();
export function orderOf(run: Run): CausalOrder {
  let order = orders.get(run);
  if (!order) orders.set(run, (order = new CausalOrder(run.journal)));
  return order.follow();
}

export const causes = (run: () => Run): Handlers<'relation' | 'cut'> => ({
  relation: (args) => relationOf(orderOf(run()), run().world.stage.entities, args),
  cut: (args) => cutOf(orderOf(run()), run().world.stage.entities, args),
});
