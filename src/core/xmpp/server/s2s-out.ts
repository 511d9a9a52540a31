/**
 * What a host has for other domains: a stream to each, or the way to one, and what waits for it in order. RFC 6120 §3.2, §10.4. As Prosody
 * does it: nothing is kept of a domain that could not be reached, so the next stanza for it begins anew.
 */
import { formatJid, parseJid } from '../../../base/jid.ts';
import { el, type Element } from '../../../base/xml/element.ts';
import type { Rule } from '../../kernel/model.ts';
import { cutRules } from '../cuts.ts';
import { dispatch } from '../dispatch.ts';
import { errorOf, mayBounce } from '../errors.ts';
import { rule, type Context } from '../module.ts';
import { NS } from '../namespaces.ts';
import { slice, store } from '../slice.ts';
import { isStanza } from '../stanza.ts';
import { CONNECT } from '../wire.ts';
import { power } from './power.ts';
import { keepStream, newStream, streamOn } from './streams.ts';

/** A stanza, or a question of dialback, that waits for the stream. */
interface Waiting {
  readonly item: Element;
  readonly why: Rule;
  readonly relays: number;
  readonly answers: number;
}
/** From the last to the first, so that however many wait, one more copies nothing. */
interface Queue {
  readonly last: Waiting;
  readonly before: Queue | undefined;
  readonly length: number;
}
const queued = (last: Waiting, before: Queue | undefined): Queue => ({ last, before, length: (before?.length ?? 0) + 1 });
function inOrder(queue: Queue | undefined): readonly Waiting[] {
  const all: Waiting[] = [];
  for (let q = queue; q; q = q.before) all.push(q.last);
  return all.reverse();
}

export interface Outbound {
  readonly domain: string;
  readonly number: number;
  /** -1 while the name is being resolved. */
  readonly link: number;
  /** The other side has answered with a header of its own. */
  readonly answered: boolean;
  /** This host is known there for who it is, so stanzas may be sent. */
  readonly ready: boolean;
  readonly queue: Queue | undefined;
}

/** By domain. */
export const outbound = slice<Readonly<Record<string, Outbound>>>('outbound', {});
/** Connections between servers that this host has seen; stored, so that no timer is ever taken for that of a later one. */
const connections = store('connections', 0);

/** In ticks: how long a lookup takes here. */
const LOOKUP = 1000;
/** How long a stream may take until it is authenticated: Prosody's default. A handshake with dialback takes sixteen times the latency of one way. */
export const TIMEOUT = 90_000_000;

export const s2sOutRules = {
  queued: rule(
    'rfc-6120/10.4/queued',
    'RFC 6120 §10.4',
    'No stream to this domain is ready, so the stanza waits here, behind those that came before it.',
  ),
  connect: rule(
    'rfc-6120/3.2.1/connect',
    'RFC 6120 §3.2.1',
    'The SRV record _xmpp-server._tcp of the domain has been looked up, and a connection is opened to what it names. TCP’s own handshake is shown as one step there and one back.',
  ),
  unreachable: rule(
    'rfc-6120/10.4.3/unreachable',
    'RFC 6120 §10.4, §8.3.3.16, §8.3.3.17',
    'No stream to the domain came up, so each stanza that waited for it goes back as an error: remote-server-not-found, or remote-server-timeout if the other side had answered at all. Prosody gives both for presence too.',
  ),
  discarded: rule(
    'rfc-6120/8.3.1/discarded',
    'RFC 6120 §8.3.1',
    'It waited for a stream that did not come up, and it is an error or a result itself, or no stanza: nobody is told.',
  ),
  stopping: rule(
    'rfc-6120/4.4/stopping',
    'RFC 6120 §4.4',
    'This host is being stopped and opens no more streams, so what would need a new one is lost.',
  ),
};

export const outboundTo = (context: Pick<Context, 'get'>, domain: string): Outbound | undefined => context.get(outbound)[domain];

export function keepOutbound(context: Context, out: Outbound): Outbound {
  context.set(outbound, { ...context.get(outbound), [out.domain]: out });
  return out;
}

export function nextConnection(context: Context): number {
  const number = context.get(connections) + 1;
  context.set(connections, number);
  return number;
}

/** Down the stream to the domain where it is ready; else it waits for one. */
export function sendToDomain(context: Context, domain: string, waiting: Waiting): void {
  const out = outboundTo(context, domain);
  if (!out) {
    if (context.get(power) === 'up') lookUp(context, domain, waiting);
    else context.decline(s2sOutRules.stopping);
    return;
  }
  // Whoever has given a key may ask about the other's before its own is found valid: else both would wait for ever.
  const asks = waiting.item.ns === NS.dialback && (streamOn(context, out.link)?.key ?? '') !== '';
  if (out.ready || asks) put(context, out, waiting);
  else {
    keepOutbound(context, { ...out, queue: queued(waiting, out.queue) });
    context.decline(s2sOutRules.queued);
  }
}

const put = (context: Context, { link }: Outbound, { item, why, relays, answers }: Waiting): void =>
  context.put(link, item, why, relays, answers);

function lookUp(context: Context, domain: string, waiting: Waiting): void {
  const number = nextConnection(context);
  keepOutbound(context, { domain, number, link: -1, answered: false, ready: false, queue: queued(waiting, undefined) });
  context.decline(s2sOutRules.queued);
  context.later(LOOKUP, 's2s-lookup', number);
}

/** The name service has answered. */
export function lookedUp(context: Context, number: number): void {
  const out = Object.values(context.get(outbound)).find((o) => o.number === number);
  if (!out) return;
  const link = context.party.routes.get(out.domain);
  if (link === undefined) {
    const resolved = context.party.host.refusing.includes(out.domain);
    giveUp(context, out, resolved ? 'connection refused' : 'unable to resolve service', resolved);
    return;
  }
  if (context.isCut(link)) {
    context.decline(cutRules.noRoute);
    giveUp(context, out, 'No route to host', true);
    return;
  }
  keepOutbound(context, { ...out, link });
  keepStream(context, { ...newStream(link, 's2s-out', context.party.name), phase: 'connecting', remote: out.domain, number });
  context.put(link, CONNECT, s2sOutRules.connect);
  context.later(TIMEOUT, 's2s-timeout', number);
}

/** The stream may be used: what waited goes first, in order. */
export function established(context: Context, domain: string): void {
  const out = outboundTo(context, domain);
  if (!out) return;
  keepOutbound(context, { ...out, ready: true, queue: undefined });
  for (const waiting of inOrder(out.queue)) put(context, out, waiting);
}

/** There is no stream to the domain any more; what still waited for it comes back. @param reason in Prosody's words. @param resolved its name was known. */
export function giveUp(context: Context, out: Outbound, reason: string, resolved = out.link >= 0): void {
  const { [out.domain]: gone, ...rest } = context.get(outbound);
  if (gone) context.set(outbound, rest);
  // §10.4.3: that is for names which are not known; Prosody gives it wherever nobody answered.
  const known = context.profile === 'rfc' ? resolved : out.answered;
  const condition = known ? 'remote-server-timeout' : 'remote-server-not-found';
  for (const { item } of inOrder(out.queue)) {
    if (!isStanza(item) || !mayBounce(item) || item.attrs['type'] === 'result') {
      const event = { stanza: el(condition, NS.stanzas), to: context.party.jid, from: parseJid(out.domain), unsent: item };
      if (!context.fire(['s2s/unsent'], event)) context.decline(s2sOutRules.discarded);
      continue;
    }
    const details = { by: context.party.name, text: `Server-to-server connection failed: ${reason}` };
    const error = errorOf(item, condition, details);
    const [to, from] = [parseJid(error.attrs['to'] ?? context.party.name), parseJid(error.attrs['from'] ?? out.domain)];
    context.decline(s2sOutRules.unreachable);
    // It arrives as if the other domain had said it.
    dispatch(context, { stanza: { ...error, attrs: { ...error.attrs, to: formatJid(to), from: formatJid(from) } }, to, from });
  }
}
