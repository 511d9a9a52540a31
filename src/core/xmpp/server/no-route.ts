/**
 * What could not be sent because the network is cut comes back to its sender a little later, as it would from a stream that cannot be opened; at once,
 * it would come in the middle of what its sender is doing. Only where streams are up without negotiation; others: server/s2s-out.ts.
 */
import { tryParseJid } from '../../../base/jid.ts';
import type { Element } from '../../../base/xml/element.ts';
import { cutRules } from '../cuts.ts';
import { dispatch } from '../dispatch.ts';
import { errorOf, mayBounce } from '../errors.ts';
import type { Context } from '../module.ts';
import { slice } from '../slice.ts';

/** In order. */
const returning = slice<readonly Element[]>('no-route', []);
/** In ticks. */
const DELAY = 1000;

export function sendBack(context: Context, stanza: Element): void {
  context.decline(cutRules.noRoute);
  if (context.party.place === 'client' || !mayBounce(stanza)) return;
  const details = { by: context.party.name, text: 'Server-to-server connection failed: No route to host' };
  context.set(returning, [...context.get(returning), errorOf(stanza, 'remote-server-not-found', details)]);
  context.later(DELAY, 'no-route');
}

/** An error takes the way that one of the other domain's own would have come. */
export function cameBack(context: Context): void {
  const [error, ...rest] = context.get(returning);
  context.set(returning, rest);
  const [to, from] = [tryParseJid(error?.attrs['to'] ?? ''), tryParseJid(error?.attrs['from'] ?? '')];
  if (error && to && from) dispatch(context, { stanza: error, to, from });
}
