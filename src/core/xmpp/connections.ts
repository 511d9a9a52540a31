/**
 * Connections that die: what a party does when TCP has given one up (`kernel/tcp.ts`), and what it answers to somebody who has not noticed. A stream
 * that is up notices a dead network by what it sends, so where it has nothing to say it sends white space (RFC 6120 §4.6.1), as servers and clients do every
 * few minutes; here a minute after the cut. A client then comes back by itself (`client/reconnect.ts`), and a server opens the next stream when it
 * has something to send. Simplified: streams between servers that are up without negotiation just work again once the network is whole; while it
 * is not, stanzas come back as from a connection that could not be opened in time.
 */
import { LinkKind, LinkState } from '../../protocol/scene.ts';
import type { Element } from '../../base/xml/element.ts';
import type { Host } from '../kernel/model.ts';
import { changeStream, clientStream } from './client/stream.ts';
import { rule, type Context } from './module.ts';
import type { Network } from './network.ts';
import { streamOn } from './server/streams.ts';
import { slice } from './slice.ts';
import { isWire, RESET, textItem } from './wire.ts';

export const connectionRules = {
  broken: rule(
    'tcp/broken',
    'RFC 9293 §3.8.3, RFC 6120 §4.4',
    'TCP has tried in vain for a hundred seconds and gives the connection up: the stream on it is over. The other end may not have noticed.',
  ),
  alive: rule(
    'rfc-6120/4.6.1/keep-alive',
    'RFC 6120 §4.6.1',
    'Nothing was said on this stream for a while. White space changes nothing; but if TCP cannot deliver it, the connection is found to be dead.',
  ),
  unknown: rule(
    'tcp/reset',
    'RFC 9293 §3.5.2',
    'This belongs to a connection that was given up here, so the operating system answers by a reset: now the other end knows, too.',
  ),
  again: rule('tcp/whole', 'the network', 'The network to that server is whole again, so the stream to it works as before.'),
};

/** Links whose connections this party has given up, and the other end may still hold. */
const givenUp = slice<readonly number[]>('given-up', []);

const isGivenUp = (context: Pick<Context, 'get'>, link: number): boolean => context.get(givenUp).includes(link);
function forgive(context: Context, link: number): void {
  if (isGivenUp(context, link))
    context.set(
      givenUp,
      context.get(givenUp).filter((other) => other !== link),
    );
}

/** Streams on it are up from the beginning, and nobody keeps account of them. */
const isStateless = ({ links, parties }: Network, link: number): boolean =>
  links.kind[link] === LinkKind.s2s && parties[links.from[link]!]!.routes.size === 0;

/** @param take hands the party what would come on a link. */
export function breakConnection(context: Context, host: Host, network: Network, link: number, take: (item: Element) => void): void {
  context.decline(connectionRules.broken);
  if (!isGivenUp(context, link)) context.set(givenUp, [...context.get(givenUp), link]);
  if (isStateless(network, link)) host.showLink(link, LinkState.down);
  // To the program it is the same as if the other end had reset it.
  else take(RESET);
}

/** A client knows that its network is gone: it holds its connection for dead, and says nothing. */
export function loseConnection(context: Context): void {
  for (const link of context.party.links.values()) if (!isGivenUp(context, link)) context.set(givenUp, [...context.get(givenUp), link]);
  changeStream(context, { phase: 'closed', login: undefined });
}

/** A sign of life, where a stream is up. */
export function keepAlive(context: Context, network: Network, link: number, fail: () => void): void {
  const isUp = context.party.place === 'client' ? context.get(clientStream).phase === 'bound' : streamOn(context, link)?.phase === 'open';
  if (isUp) context.put(link, textItem(' '), connectionRules.alive);
  else if (isStateless(network, link)) fail();
}

/** What comes on a connection that was given up here; `true` where it was dealt with. @param link back to its sender. */
export function arrivesTooLate(context: Context, host: Host, network: Network, item: Element, link: number): boolean {
  if (!isGivenUp(context, link)) return false;
  if (isStateless(network, link)) mended(context, host, link);
  else if (isWire(item, 'connect')) forgive(context, link);
  else {
    context.drop(connectionRules.unknown);
    if (!isWire(item, 'reset') && !isWire(item, 'close')) context.put(link, RESET, connectionRules.unknown);
    return true;
  }
  return false;
}

/** The party opens a new connection in the place of one that it has given up. */
export function reopened(context: Context, host: Host, link: number, reverse: number): void {
  if (!isGivenUp(context, link)) return;
  forgive(context, link);
  host.abandon?.(link);
  host.abandon?.(reverse);
}

/** Whether a link that needs no negotiation is known to be dead; the first who sends when it is whole again finds that out. */
export function isDead(context: Context, host: Host, link: number): boolean {
  if (!isGivenUp(context, link)) return false;
  if (host.isCut?.(link) === true) return true;
  mended(context, host, link);
  return false;
}

function mended(context: Context, host: Host, link: number): void {
  forgive(context, link);
  context.decline(connectionRules.again);
  host.showLink(link, LinkState.up);
}
