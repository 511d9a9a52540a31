/** What befalls the group, as XMPP scenarios say it. The room's server is the first; the link that is cut is the one to the second. */
import type { XmppScenario } from '../../../protocol/scenario.ts';
import type { GroupPlan } from './plan.ts';

/** The room's server dies without a word, and stays dead. */
export function faultyServer(plan: GroupPlan, server: number): Pick<XmppScenario['servers'][number], 'acts'> {
  return plan.fault === 'server' && server === 0 ? { acts: [{ at: plan.faultAt, do: 'crash' }] } : {};
}

export function faultyNetwork({ fault, faultAt, backAt, domains }: GroupPlan): Pick<XmppScenario, 'network'> {
  const between = [domains[0]!, domains[1]!] as const;
  return fault === 'link'
    ? {
        network: [
          { at: faultAt, do: 'cut', between },
          { at: backAt, do: 'mend', between },
        ],
      }
    : {};
}
