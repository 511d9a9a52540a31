/**
 * SASL, the server's side, whatever profile it is carried in: RFC 4422 with PLAIN (RFC 4616), SCRAM-SHA-1 (RFC 5802), SCRAM-SHA-256 (RFC 7677), ANONYMOUS (RFC 4505).
 * As Prosody does it: a name that nobody has fails SCRAM at its first message; the conditions are its own.
 * Simplified: PLAIN compares passwords; what a hashed store would compute for that is computed for SCRAM only, once for each account.
 */
import { base64, bytesOfBase64 } from '../../../base/base64.ts';
import { utf8, utf8Text } from '../../../base/utf8.ts';
import type { Context } from '../module.ts';
import type { Stream } from '../server/streams.ts';
import { slice, store } from '../slice.ts';
import { credentialsOf, isScram, readClientFirst, serverFirst, verify, type Credentials, type ScramMechanism } from './scram.ts';

/** What a message of the client came to; its texts are in Base64. */
export type Outcome =
  | { readonly type: 'challenge'; readonly text: string }
  | { readonly type: 'success'; readonly user: string; readonly proof: string | undefined }
  | { readonly type: 'failure'; readonly condition: string; readonly text: string | undefined };

/** What Prosody's store takes. */
const ITERATIONS = 10_000;
const credentials = store<Readonly<Record<string, Credentials>>>('credentials', {});

interface Attempt {
  /** Namespace of the profile in which it began. */
  readonly profile: string;
  readonly mechanism: ScramMechanism;
  readonly user: string;
  readonly bare: string;
  readonly challenge: string;
}
/** By the stream's link. */
const attempts = slice<Readonly<Record<number, Attempt>>>('sasl', {});

export const mechanismsOf = (context: Context): readonly string[] => context.party.host.mechanisms;

const TEXT = {
  credentials: "Unable to authorize you with the authentication credentials you've sent.",
  proof: "The response provided by the client doesn't match the one we calculated.",
};

/** The client's first message: an initial response in Base64. */
export function beginSasl(context: Context, stream: Stream, profile: string, mechanism: string, initial: string): Outcome {
  abandonSasl(context, stream);
  if (!mechanismsOf(context).includes(mechanism)) return failure('invalid-mechanism');
  const message = decoded(initial);
  if (message === undefined) return failure('incorrect-encoding');
  if (isScram(mechanism)) return challenge(context, stream, profile, mechanism, message);
  return mechanism === 'PLAIN' ? plain(context, message) : success(context.makeId('anonymous').toLowerCase());
}

/** What it answers to the challenge. */
export function continueSasl(context: Context, stream: Stream, profile: string, response: string): Outcome {
  const attempt = context.get(attempts)[stream.link];
  abandonSasl(context, stream);
  if (attempt?.profile !== profile) return failure('malformed-request');
  const final = decoded(response);
  if (final === undefined) return failure('incorrect-encoding');
  const known = credentialsFor(context, attempt.mechanism, attempt.user)!;
  const signature = verify(attempt.mechanism, known, attempt.bare, attempt.challenge, final);
  return signature === undefined ? failure('not-authorized', TEXT.proof) : success(attempt.user, base64(utf8(`v=${signature}`)));
}

export function abandonSasl(context: Context, stream: Stream): void {
  const { [stream.link]: gone, ...rest } = context.get(attempts);
  if (gone) context.set(attempts, rest);
}

const success = (user: string, proof?: string): Outcome => ({ type: 'success', user, proof });
const failure = (condition: string, text?: string): Outcome => ({ type: 'failure', condition, text });

function plain(context: Context, message: string): Outcome {
  const parts = message.split('\0');
  const [identity = '', name = '', password = ''] = parts;
  if (parts.length !== 3 || name === '') return failure('malformed-request');
  const account = context.party.host.accounts.find((a) => a.name === name);
  if (account?.password !== password || (identity !== '' && identity !== name && identity !== `${name}@${context.party.name}`))
    return failure('not-authorized', TEXT.credentials);
  return success(name);
}

function challenge(context: Context, stream: Stream, profile: string, mechanism: ScramMechanism, message: string): Outcome {
  const first = readClientFirst(message);
  if (!first) return failure('malformed-request');
  const known = credentialsFor(context, mechanism, first.user);
  if (!known) return failure('not-authorized');
  const text = serverFirst(first.nonce + context.makeId('nonce'), known);
  const attempt: Attempt = { profile, mechanism, user: first.user, bare: first.bare, challenge: text };
  context.set(attempts, { ...context.get(attempts), [stream.link]: attempt });
  return { type: 'challenge', text: base64(utf8(text)) };
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

/** Base64 of UTF-8; `=` stands for an empty response (RFC 6120 §6.4.2). */
function decoded(text: string): string | undefined {
  const bytes = text === '=' ? new Uint8Array() : bytesOfBase64(text);
  return bytes && utf8Text(bytes);
}
