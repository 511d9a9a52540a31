/**
 * How far the stream on each link is, for the picture: read from what both its ends keep, after each event that changed either.
 * Nothing of the run depends on it, so it is a view and not part of the hash. RFC 6120 §4.
 */
import { LinkKind, LinkState } from '../../protocol/scene.ts';
import type { Host } from '../kernel/model.ts';
import { clientStream } from './client/stream.ts';
import type { Network } from './network.ts';
import { outbound } from './server/s2s-out.ts';
import { streams } from './server/streams.ts';
import type { State } from './slice.ts';

/** One end's own account. `asking`: it has only asked for a connection, so the other side need not know yet. */
type End = 'none' | 'asking' | 'negotiating' | 'up';

/** What of an entity's state those of its links depend on: as long as these are the same objects, nothing changed. */
interface Seen {
  readonly streams: typeof streams.initial;
  readonly own: typeof clientStream.initial;
  readonly outbound: typeof outbound.initial;
}

/** Only a cache: the journal leaves out what is no change. */
export function createLinkWatch(network: Network, states: readonly State[]): (host: Host, entity: number) => void {
  const seen: (Seen | undefined)[] = [];
  const { from, kind } = network.links;
  const own: number[][] = network.parties.map(() => []);
  for (let link = 0; link < from.length; link++)
    if (kind[link] !== LinkKind.component || network.ways[link]!.external === true) own[from[link]!]!.push(link);
  const isKept = (link: number): boolean =>
    kind[link] === LinkKind.c2s || network.ways[link]!.external === true || network.parties[from[link]!]!.routes.size > 0;

  const endOf = (link: number): End => {
    const state = states[from[link]!]!;
    if (network.parties[from[link]!]!.place === 'client') {
      const { phase } = state.get(clientStream);
      return phase === 'none' || phase === 'closed' ? 'none' : phase === 'bound' ? 'up' : phase === 'open' ? 'negotiating' : 'asking';
    }
    const stream = state.get(streams)[link];
    if (!stream || stream.phase === 'ended') return 'none';
    if (stream.kind === 'c2s') return stream.full === '' ? 'negotiating' : 'up';
    if (stream.phase === 'connecting') return 'asking';
    if (stream.kind === 'component') return stream.user === '' ? 'negotiating' : 'up';
    const ready =
      stream.kind === 's2s-in' ? stream.user !== '' : Object.values(state.get(outbound)).some((o) => o.link === link && o.ready);
    return ready ? 'up' : 'negotiating';
  };

  return (host, entity) => {
    const before = seen[entity];
    const state = states[entity]!;
    const [held, client, out] = [state.get(streams), state.get(clientStream), state.get(outbound)];
    if (before && before.streams === held && before.own === client && before.outbound === out) return;
    seen[entity] = { streams: held, own: client, outbound: out };
    const all = !before || before.own !== client || before.outbound !== out;
    for (const link of own[entity]!) {
      if (!isKept(link) || (!all && before.streams[link] === held[link])) continue;
      const { reverse } = network.ways[link]!;
      const state = joined(endOf(link), endOf(reverse));
      host.showLink(link, state);
      host.showLink(reverse, state);
    }
  };
}

function joined(a: End, b: End): number {
  if (a === 'none' && b === 'none') return LinkState.down;
  if (a === 'up' && b === 'up') return LinkState.up;
  if (a !== 'none' && b !== 'none') return LinkState.negotiating;
  return a === 'asking' || b === 'asking' ? LinkState.negotiating : LinkState.half;
}
