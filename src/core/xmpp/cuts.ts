/**
 * The network between two servers, cut and mended at planned times: a function of the scenario and the tick, so that no state has to be kept.
 * What is under way when a link is cut is lost. Streams between the two break at that tick on both sides, as when the operating systems have given
 * up; real ones take from seconds to minutes for that. New connections are told at once that there is no route (ICMP), and what is sent where
 * streams are up without negotiation comes back as an error in the same way.
 */
import { InputError } from '../../base/result.ts';
import type { NetworkAct, XmppScenario } from '../../protocol/scenario.ts';
import { rule } from './module.ts';
import type { Network, Party } from './network.ts';

export const cutRules = {
  lost: rule('network/cut', 'the scenario', 'The link was cut while this was under way: it is lost, and nobody is told.'),
  noRoute: rule(
    'network/no-route',
    'RFC 6120 §10.4, §8.3.3.16',
    'The network between the two servers is cut, so nothing can be sent there: there is no route, and the stanza goes back as an error.',
  ),
  noAnswer: rule(
    'network/no-answer',
    'RFC 6120 §10.4, §8.3.3.17',
    'The connection to that server is broken, and a new one would not come up: after ninety seconds the stanza goes back as an error.',
  ),
  broken: rule(
    'network/broken',
    'RFC 6120 §4.4, §4.9.3.3',
    'The network to that server is cut. The operating system gives the connection up, and the stream on it is over.',
  ),
  mended: rule('network/mended', 'the scenario', 'The network to that server is whole again. Nobody notices before somebody sends.'),
};

export interface Cuts {
  readonly acts: readonly NetworkAct[];
  /** Whether the link is cut at this tick. */
  isCut(link: number, tick: number): boolean;
  /** Whether it was cut at any time since. */
  wasCut(link: number, since: number, tick: number): boolean;
  /** The links of an act, both ways. */
  linksOf(act: number): readonly number[];
  /** The other side's domains, where this party is of one of the two servers. */
  beyond(act: number, party: Party): readonly string[];
}

export function cutsOf(scenario: XmppScenario, { parties, links }: Network): Cuts | undefined {
  const acts = scenario.network ?? [];
  if (acts.length === 0) return undefined;
  const serverOf = (domain: string): number => {
    const found = parties.find((p) => p.place === 'server' && p.name === domain);
    if (found) return found.index;
    throw new InputError({ message: `${scenario.id}: the network has no server "${domain}".`, hint: 'Name domains of two servers.' });
  };
  const sides = acts.map(({ at, between: [a, b] }, i) => {
    if (!Number.isSafeInteger(at) || at < (acts[i - 1]?.at ?? 0))
      throw new InputError({
        message: `${scenario.id}: change ${i + 1} of the network is at ${at}, before the one in front of it.`,
        hint: 'List changes in order of time, from 0.',
      });
    if (a === b) throw new InputError(`${scenario.id}: the network between ${a} and itself cannot be cut.`);
    return [serverOf(a), serverOf(b)] as const;
  });
  const server = (entity: number): number => parties[entity]!.server;
  const concerned = sides.map(([a, b]) => {
    const found: number[] = [];
    for (let link = 0; link < links.from.length; link++) {
      const [from, to] = [server(links.from[link]!), server(links.to[link]!)];
      if ((from === a && to === b) || (from === b && to === a)) found.push(link);
    }
    return found;
  });
  /** By link: since when it is how. */
  const history = new Map<number, { readonly at: number; readonly isCut: boolean }[]>();
  concerned.forEach((found, i) => {
    for (const link of found) history.set(link, [...(history.get(link) ?? []), { at: acts[i]!.at, isCut: acts[i]!.do === 'cut' }]);
  });
  const isCut = (link: number, tick: number): boolean => history.get(link)?.findLast(({ at }) => at <= tick)?.isCut ?? false;
  return {
    acts,
    isCut,
    wasCut: (link, since, tick) => isCut(link, since) || (history.get(link)?.some((h) => h.isCut && h.at > since && h.at <= tick) ?? false),
    linksOf: (act) => concerned[act]!,
    beyond(act, party) {
      const [a, b] = sides[act]!;
      if (party.server !== a && party.server !== b) return [];
      return parties.filter((p) => p.place !== 'client' && p.server === (party.server === a ? b : a)).map((p) => p.name);
    },
  };
}
