/**
 * RFC 6120 (March 2011, https://www.rfc-editor.org/rfc/rfc6120) §6 SASL, with the mechanisms of `sasl/server.ts`.
 * As Prosody does it: several attempts on one stream.
 */
import { el, textOf } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { abandonSasl, beginSasl, continueSasl, mechanismsOf, type Outcome } from '../sasl/server.ts';
import { keepStream, streamOn, type Stream } from '../server/streams.ts';

const rules = {
  success: rule('rfc-6120/6.4.6/success', 'RFC 6120 §6.4.6', 'The client has proved who it is.'),
  failure: rule(
    'rfc-6120/6.4.5/failure',
    'RFC 6120 §6.4.5, §6.5',
    'The client has not proved who it is, and may try again on the same stream.',
  ),
  challenge: rule(
    'rfc-5802/3/challenge',
    'RFC 5802 §3, §5',
    'The server gives the salt and the number of iterations of this account, and adds its own part to the nonce.',
  ),
  verified: rule(
    'rfc-5802/3/verified',
    'RFC 5802 §3, §5',
    'The proof was made from the password; the server shows by its signature that it knows the account, too.',
  ),
};

function auth(context: Context, { stanza, stream }: StanzaEvent): boolean {
  // Whoever has authenticated has nothing more to negotiate here.
  if (!stream || stream.user !== '') return false;
  return tell(context, stream, beginSasl(context, stream, NS.sasl, stanza.attrs['mechanism'] ?? '', textOf(stanza)));
}

function response(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream || stream.user !== '') return false;
  return tell(context, stream, continueSasl(context, stream, NS.sasl, textOf(stanza)));
}

function tell(context: Context, stream: Stream, outcome: Outcome): true {
  if (outcome.type === 'challenge') context.put(stream.link, el('challenge', NS.sasl, {}, outcome.text), rules.challenge);
  else if (outcome.type === 'failure') fail(context, stream, outcome.condition, outcome.text);
  else {
    const { user, proof } = outcome;
    // The stream begins anew: what was declared on it is forgotten (§6.3.2).
    keepStream(context, { ...stream, user, opened: undefined, buffer: '' });
    const why = proof === undefined ? rules.success : rules.verified;
    context.put(stream.link, el('success', NS.sasl, {}, ...(proof === undefined ? [] : [proof])), why);
  }
  return true;
}

function fail(context: Context, stream: Stream, condition: string, text?: string): true {
  abandonSasl(context, stream);
  const words = text === undefined ? [] : [el('text', NS.sasl, {}, text)];
  context.put(stream.link, el('failure', NS.sasl, {}, el(condition, NS.sasl), ...words), rules.failure);
  return true;
}

export const rfc6120Sasl: Module = {
  id: 'rfc-6120-sasl',
  title: 'SASL',
  spec: 'RFC 6120',
  version: '2011-03',
  places: ['server'],
  rules,
  streamFeatures: (context, stream) =>
    stream.user === '' ? [el('mechanisms', NS.sasl, {}, ...mechanismsOf(context).map((m) => el('mechanism', NS.sasl, {}, m)))] : [],
  hooks: [
    { event: `stream/${NS.sasl}:auth`, run: auth },
    { event: `stream/${NS.sasl}:response`, run: response },
    {
      event: `stream/${NS.sasl}:abort`,
      run: (context, { stream }) =>
        stream !== undefined && streamOn(context, stream.link) !== undefined && fail(context, stream, 'aborted'),
    },
  ],
};
