/**
 * XEP-0388 Extensible SASL Profile 1.0.4 (2025-08-25, https://xmpp.org/extensions/xep-0388.html) §2: one element asks for authentication and for what is to be done
 * with it; success is followed by new features on the same stream. As Prosody's mod_sasl2 does it: it is offered beside the old profile, and not
 * before TLS where the server offers that; the client's `from` is not compared with who it proves to be.
 * Simplified: no tasks (`<continue/>`) and no channel binding; what comes in the middle of an exchange is dealt with as outside of one, where §2.5 has
 * the server disconnect.
 * Modules add to `sasl2/inline` (what may be asked for) and `sasl2/success` (the answers); `sasl2/done` is after all is sent.
 */
import { append, child, childText, el, textOf, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { abandonSasl, beginSasl, continueSasl, mechanismsOf, type Outcome } from '../sasl/server.ts';
import { offerFeatures } from '../server/c2s.ts';
import { keepStream, streamOn, type Stream } from '../server/streams.ts';
import { slice } from '../slice.ts';

const rules = {
  challenge: rule(
    'xep-0388/2.4/challenge',
    'XEP-0388 §2.4, RFC 5802 §3',
    'The server gives the salt and the number of iterations of this account, and adds its own part to the nonce.',
  ),
  success: rule(
    'xep-0388/2.6.1/success',
    'XEP-0388 §2.6.1',
    'The client has proved who it is: the answer says as whom, and holds the answers to all else that was asked for. The stream goes on without a restart.',
  ),
  failure: rule(
    'xep-0388/2.6.2/failure',
    'XEP-0388 §2.6.2',
    'The client has not proved who it is; nothing else that it asked for is done.',
  ),
};

/** The requests whose exchange is not over, by the stream's link. */
const requests = slice<Readonly<Record<number, Element>>>('sasl2', {});

const offered = (context: Context, stream: Stream): boolean =>
  stream.user === '' && mechanismsOf(context).length > 0 && (stream.secure || !context.party.host.tls);

const eventOf = (context: Context, stanza: Element, stream: Stream, request?: Element): StanzaEvent => {
  const { jid } = context.party;
  return { stanza, to: jid, from: jid, stream, request };
};

function feature(context: Context, stream: Stream): readonly Element[] {
  if (!offered(context, stream)) return [];
  const inline = context.decorate('sasl2/inline', eventOf(context, el('inline', NS.sasl2), stream));
  const mechanisms = mechanismsOf(context).map((m) => el('mechanism', NS.sasl2, {}, m));
  return [el('authentication', NS.sasl2, {}, ...mechanisms, ...(inline.children.length > 0 ? [inline] : []))];
}

function authenticate(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream || !offered(context, stream)) return false;
  context.set(requests, { ...context.get(requests), [stream.link]: stanza });
  return tell(
    context,
    stream,
    beginSasl(context, stream, NS.sasl2, stanza.attrs['mechanism'] ?? '', childText(stanza, 'initial-response') ?? ''),
  );
}

function response(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream || stream.user !== '') return false;
  return tell(context, stream, continueSasl(context, stream, NS.sasl2, textOf(stanza)));
}

function tell(context: Context, stream: Stream, outcome: Outcome): true {
  if (outcome.type === 'challenge') {
    context.put(stream.link, el('challenge', NS.sasl2, {}, outcome.text), rules.challenge);
    return true;
  }
  const { [stream.link]: request, ...rest } = context.get(requests);
  context.set(requests, rest);
  if (outcome.type === 'failure' || !request) fail(context, stream, outcome);
  else succeed(context, stream, outcome, request);
  return true;
}

function fail(context: Context, stream: Stream, outcome: Outcome): void {
  abandonSasl(context, stream);
  const { condition, text } = outcome.type === 'failure' ? outcome : { condition: 'malformed-request', text: undefined };
  const words = text === undefined ? [] : [el('text', NS.sasl2, {}, text)];
  context.put(stream.link, el('failure', NS.sasl2, {}, el(condition, NS.sasl), ...words), rules.failure);
}

function succeed(context: Context, stream: Stream, { user, proof }: Extract<Outcome, { type: 'success' }>, request: Element): void {
  keepStream(context, { ...stream, user });
  const data = proof === undefined ? [] : [el('additional-data', NS.sasl2, {}, proof)];
  const made = eventOf(context, el('success', NS.sasl2, {}, ...data), stream, request);
  const answered = context.decorate('sasl2/success', made);
  const now = streamOn(context, stream.link);
  // A module may have ended it.
  if (!now) return;
  const identity = el('authorization-identifier', NS.sasl2, {}, now.full || `${user}@${now.host}`);
  context.put(now.link, append(answered, identity), rules.success, -1, context.row);
  // §2.6.1 wants the features at once; Prosody first says what a resumed session waits for.
  if (context.profile === 'rfc') offerFeatures(context, now);
  context.fire(['sasl2/done'], { ...made, stream: now });
  if (context.profile === 'prosody') offerFeatures(context, now);
}

function abort(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream || stream.user !== '') return false;
  return tell(context, stream, { type: 'failure', condition: 'aborted', text: child(stanza, 'text') && childText(stanza, 'text') });
}

export const xep0388: Module = {
  id: 'xep-0388',
  title: 'Extensible SASL profile',
  spec: 'XEP-0388',
  version: '1.0.4',
  places: ['server'],
  optional: true,
  rules,
  streamFeatures: feature,
  hooks: [
    { event: `stream/${NS.sasl2}:authenticate`, run: authenticate },
    { event: `stream/${NS.sasl2}:response`, run: response },
    { event: `stream/${NS.sasl2}:abort`, run: abort },
  ],
};
