/** What befalls the group, as XMPP scenarios say it. The room's server is the first; the link that is cut is the one to the second. */
import type { XmppScenario } from '../../../protocol/scenario.ts';
import type { GroupPlan } from './plan.ts';

/** The room's server dies without a word, and stays dead. */
export function faultyServer(plan: GroupPlan, server: number): Pick<XmppScenario['servers'][number], 'acts'> {
  return plan.fault === 'server' && server === 0 ? { acts: [{ at: plan.faultAt, do: 'crash' }] } : {};
}
