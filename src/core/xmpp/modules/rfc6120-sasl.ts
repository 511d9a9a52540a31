/**
 * RFC 6120 (March 2011, https://www.rfc-editor.org/rfc/rfc6120) §6 SASL: PLAIN (RFC 4616), SCRAM-SHA-1 (RFC 5802), SCRAM-SHA-256 (RFC 7677), ANONYMOUS (RFC 4505).
 * As Prosody does it: several attempts on one stream; a name that nobody has fails SCRAM at its first message; the conditions are its own.
 * Simplified: PLAIN compares passwords; what a hashed store would compute for that is computed for SCRAM only, once for each account.
 */
import { bytesOfBase64, base64 } from '../../../base/base64.ts';
import { utf8, utf8Text } from '../../../base/utf8.ts';
import { el, textOf } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { credentialsOf, isScram, readClientFirst, serverFirst, verify, type Credentials, type ScramMechanism } from '../sasl/scram.ts';
import { keepStream, streamOn, type Stream } from '../server/streams.ts';
import { slice, store } from '../slice.ts';

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

/** What Prosody's store takes. */
const ITERATIONS = 10_000;
const credentials = store<Readonly<Record<string, Credentials>>>('credentials', {});

interface Attempt {
  readonly mechanism: ScramMechanism;
  readonly user: string;
  readonly bare: string;
  readonly challenge: string;
}
/** By the stream's link. */
const attempts = slice<Readonly<Record<number, Attempt>>>('sasl', {});

export const mechanismsOf = (context: Context): readonly string[] => context.party.host.mechanisms;

const SASL_TEXT = {
  credentials: "Unable to authorize you with the authentication credentials you've sent.",
  proof: "The response provided by the client doesn't match the one we calculated.",
};

function auth(context: Context, { stanza, stream }: StanzaEvent): boolean {
  // Whoever has authenticated has nothing more to negotiate here.
  if (!stream || stream.user !== '') return false;
  const mechanism = stanza.attrs['mechanism'] ?? '';
  if (!mechanismsOf(context).includes(mechanism)) return fail(context, stream, 'invalid-mechanism');
  const initial = decoded(textOf(stanza));
  if (initial === undefined) return fail(context, stream, 'incorrect-encoding');
  if (isScram(mechanism)) return challenge(context, stream, mechanism, initial);
  return mechanism === 'PLAIN' ? plain(context, stream, initial) : succeed(context, stream, context.makeId('anonymous').toLowerCase());
}

function plain(context: Context, stream: Stream, message: string): true {
  const parts = message.split('\0');
  const [identity = '', name = '', password = ''] = parts;
  if (parts.length !== 3 || name === '') return fail(context, stream, 'malformed-request');
  const account = context.party.host.accounts.find((a) => a.name === name);
  if (account?.password !== password || (identity !== '' && identity !== name && identity !== `${name}@${context.party.name}`))
    return fail(context, stream, 'not-authorized', SASL_TEXT.credentials);
  return succeed(context, stream, name);
}

function challenge(context: Context, stream: Stream, mechanism: ScramMechanism, message: string): true {
  const first = readClientFirst(message);
  if (!first) return fail(context, stream, 'malformed-request');
  const known = credentialsFor(context, mechanism, first.user);
  if (!known) return fail(context, stream, 'not-authorized');
  const text = serverFirst(first.nonce + context.makeId('nonce'), known);
  context.set(attempts, { ...context.get(attempts), [stream.link]: { mechanism, user: first.user, bare: first.bare, challenge: text } });
  context.put(stream.link, el('challenge', NS.sasl, {}, base64(utf8(text))), rules.challenge);
  return true;
}

function response(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream || stream.user !== '') return false;
  const attempt = context.get(attempts)[stream.link];
  if (!attempt) return fail(context, stream, 'malformed-request');
  forget(context, stream);
  const final = decoded(textOf(stanza));
  if (final === undefined) return fail(context, stream, 'incorrect-encoding');
  const known = credentialsFor(context, attempt.mechanism, attempt.user)!;
  const signature = verify(attempt.mechanism, known, attempt.bare, attempt.challenge, final);
  if (signature === undefined) return fail(context, stream, 'not-authorized', SASL_TEXT.proof);
  return succeed(context, stream, attempt.user, base64(utf8(`v=${signature}`)));
}

/** Kept from their first use on. */
function credentialsFor(context: Context, mechanism: ScramMechanism, user: string): Credentials | undefined {
  const key = `${mechanism} ${user}`;
  const all = context.get(credentials);
  if (key in all) return all[key];
  const account = context.party.host.accounts.find((a) => a.name === user);
  if (!account) return undefined;
  const made = credentialsOf(mechanism, account.password, base64(utf8(context.makeId('salt'))), ITERATIONS);
  context.set(credentials, { ...all, [key]: made });
  return made;
}

function succeed(context: Context, stream: Stream, user: string, proof?: string): true {
  // The stream begins anew: what was declared on it is forgotten (§6.3.2).
  keepStream(context, { ...stream, user, opened: undefined, buffer: '' });
  context.put(
    stream.link,
    el('success', NS.sasl, {}, ...(proof === undefined ? [] : [proof])),
    proof === undefined ? rules.success : rules.verified,
  );
  return true;
}

function fail(context: Context, stream: Stream, condition: string, text?: string): true {
  forget(context, stream);
  const words = text === undefined ? [] : [el('text', NS.sasl, {}, text)];
  context.put(stream.link, el('failure', NS.sasl, {}, el(condition, NS.sasl), ...words), rules.failure);
  return true;
}

function forget(context: Context, stream: Stream): void {
  const { [stream.link]: gone, ...rest } = context.get(attempts);
  if (gone) context.set(attempts, rest);
}

/** Base64 of UTF-8; `=` stands for an empty response (§6.4.2). */
function decoded(text: string): string | undefined {
  const bytes = text === '=' ? new Uint8Array() : bytesOfBase64(text);
  return bytes && utf8Text(bytes);
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
