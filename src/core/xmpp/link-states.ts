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
import { read, type Root } from './slice.ts';

/** One end's own account. `asking`: it has only asked for a connection, so the other side need not know yet. */
type End = 'none' | 'asking' | 'negotiating' | 'up';

/** What of a root the state of a link depends on: as long as these are the same objects, nothing changed. */
const KEYS = [streams.key, clientStream.key, outbound.key] as const;

/** Only a cache: the journal leaves out what is no change. */
export function createLinkWatch(network: Network, roots: readonly Root[]): (host: Host, entity: number) => void {
  const seen: (Root | undefined)[] = [];
  const { from, kind } = network.links;
  const own: number[][] = network.parties.map(() => []);
  for (let link = 0; link < from.length; link++)
    if (kind[link] !== LinkKind.component || network.ways[link]!.external === true) own[from[link]!]!.push(link);
  const isKept = (link: number): boolean =>
    kind[link] === LinkKind.c2s || network.ways[link]!.external === true || network.parties[from[link]!]!.routes.size > 0;

  const endOf = (link: number): End => {
    const root = roots[from[link]!]!;
    if (network.parties[from[link]!]!.place === 'client') {
      const { phase } = read(root, clientStream);
      return phase === 'none' || phase === 'closed' ? 'none' : phase === 'bound' ? 'up' : phase === 'open' ? 'negotiating' : 'asking';
    }
    const stream = read(root, streams)[link];
    if (!stream || stream.phase === 'ended') return 'none';
    if (stream.kind === 'c2s') return stream.full === '' ? 'negotiating' : 'up';
    if (stream.phase === 'connecting') return 'asking';
    if (stream.kind === 'component') return stream.user === '' ? 'negotiating' : 'up';
    const ready =
      stream.kind === 's2s-in' ? stream.user !== '' : Object.values(read(root, outbound)).some((o) => o.link === link && o.ready);
    return ready ? 'up' : 'negotiating';
  };

  return (host, entity) => {
    const before = seen[entity];
    const now = roots[entity]!;
    if (before && KEYS.every((key) => before[key] === now[key])) return;
    seen[entity] = now;
    const all = !before || before[clientStream.key] !== now[clientStream.key] || before[outbound.key] !== now[outbound.key];
    for (const link of own[entity]!) {
      if (!isKept(link) || (!all && read(before, streams)[link] === read(now, streams)[link])) continue;
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
