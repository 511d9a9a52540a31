/**
 * What befalls servers and the network between them, among the changes of a gossip scenario over XMPP: `crash`, `leave` (a stop in good order) and `join`
 * (a start) of a server, `down` and `up` of the network to another one. A change is about servers where it names their domains. When a server is up
 * again its people log in at once, all at the same tick: real clients wait a little, each for a while of its own.
 */
import { InputError } from '../../base/result.ts';
import type { Change, NetworkAct, ServerAct, XmppScenario } from '../../protocol/scenario.ts';
import { DOMAIN } from './addresses.ts';

export const domainsOf = (servers: number): readonly string[] =>
  Array.from({ length: servers }, (_, i) => (servers === 1 ? DOMAIN : `s${i + 1}.${DOMAIN}`));

/** @param domains those that there are. */
export const isOfServers = ({ node, to }: Change, domains: readonly string[]): boolean =>
  domains.includes(node) && (to === undefined || domains.includes(to));

const ACTS: Readonly<Partial<Record<Change['do'], ServerAct['do']>>> = { crash: 'crash', leave: 'stop', join: 'start' };

/** The changes of servers, as an XMPP scenario says them. @throws InputError for a link between a server and itself. */
export function serverChanges(changes: readonly Change[], domains: readonly string[]) {
  const mine = changes.filter((change) => isOfServers(change, domains)).toSorted((a, b) => a.at - b.at);
  const network = mine.flatMap((change): NetworkAct[] => {
    const { at, node, to } = change;
    if (change.do !== 'up' && change.do !== 'down') return [];
    if (to === undefined || to === node)
      throw new InputError({ message: `a change cuts the network between ${node} and itself`, hint: 'Name two servers.' });
    return [{ at, do: change.do === 'down' ? 'cut' : 'mend', between: [node, to] }];
  });
  return {
    servers: domains.map((domain): XmppScenario['servers'][number] => {
      const acts = mine.flatMap((change): ServerAct[] => {
        const act = change.node === domain ? ACTS[change.do] : undefined;
        return act === undefined ? [] : [{ at: change.at, do: act }];
      });
      return acts.length > 0 ? { domain, acts } : { domain };
    }),
    ...(network.length > 0 ? { network } : {}),
    /** Which server is up again when. */
    starts: mine.flatMap((change) => (change.do === 'join' ? [{ at: change.at, server: domains.indexOf(change.node) }] : [])),
    last: mine.at(-1)?.at ?? 0,
  };
}
