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

interface Returning {
  readonly error: Element;
  readonly at: number;
}
/** In order. */
const returning = slice<readonly Returning[]>('no-route', []);
/** In seconds: until one is told that there is no route, and until one gives up waiting for a connection, which is Prosody's time-out. */
const DELAYS = { 'No route to host': 0.001, 'connection-timeout': 90 } as const;

export function sendBack(context: Context, stanza: Element, reason: keyof typeof DELAYS = 'No route to host'): void {
  const late = reason === 'connection-timeout';
  context.decline(late ? cutRules.noAnswer : cutRules.noRoute);
  if (context.party.place === 'client' || !mayBounce(stanza)) return;
  const details = { by: context.party.name, text: `Server-to-server connection failed: ${reason}` };
  const condition = late && context.profile === 'rfc' ? 'remote-server-timeout' : 'remote-server-not-found';
  const wait = Math.round(DELAYS[reason] * context.second);
  const at = context.tick + wait;
  context.set(returning, [...context.get(returning), { error: errorOf(stanza, condition, details), at }]);
  context.later(wait, 'no-route');
}

/** An error takes the way that one of the other domain's own would have come. */
export function cameBack(context: Context): void {
  const all = context.get(returning);
  const next = all.find(({ at }) => at <= context.tick);
  const error = next?.error;
  context.set(
    returning,
    all.filter((other) => other !== next),
  );
  const [to, from] = [tryParseJid(error?.attrs['to'] ?? ''), tryParseJid(error?.attrs['from'] ?? '')];
  if (error && to && from) dispatch(context, { stanza: error, to, from });
}
