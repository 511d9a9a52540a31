/**
 * SCRAM, both sides, as computations on texts: RFC 5802 §3 and §5 with SHA-1, RFC 7677 with SHA-256. No channel binding (`n,,`), and
 * no authorization identity. Names and passwords are taken as they are: SASLprep would change none that a scenario has.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base64, bytesOfBase64 } from '../../../base/base64.ts';
import { utf8 } from '../../../base/utf8.ts';

const HASHES = { 'SCRAM-SHA-1': sha1, 'SCRAM-SHA-256': sha256 } as const;
export type ScramMechanism = keyof typeof HASHES;
export const isScram = (mechanism: string): mechanism is ScramMechanism => mechanism in HASHES;

/** What a server keeps of a password (§5.1): Base64 of salt and keys, never the password. */
export interface Credentials {
  readonly salt: string;
  readonly iterations: number;
  readonly storedKey: string;
  readonly serverKey: string;
}

function keysOf(mechanism: ScramMechanism, password: string, salt: string, iterations: number) {
  const hash = HASHES[mechanism];
  const salted = pbkdf2(hash, utf8(password), bytesOfBase64(salt) ?? new Uint8Array(), { c: iterations, dkLen: hash.outputLen });
  const clientKey = hmac(hash, salted, utf8('Client Key'));
  return { clientKey, storedKey: hash(clientKey), serverKey: hmac(hash, salted, utf8('Server Key')) };
}

export function credentialsOf(mechanism: ScramMechanism, password: string, salt: string, iterations: number): Credentials {
  const { storedKey, serverKey } = keysOf(mechanism, password, salt, iterations);
  return { salt, iterations, storedKey: base64(storedKey), serverKey: base64(serverKey) };
}

/** Attributes of a SCRAM message: a letter, `=`, a value without a comma. */
const attributes = (message: string): Readonly<Record<string, string>> =>
  Object.fromEntries(message.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));

const escapeName = (name: string): string => name.replaceAll('=', '=3D').replaceAll(',', '=2C');
const unescapeName = (name: string): string => name.replaceAll('=2C', ',').replaceAll('=3D', '=');

export const clientFirstBare = (user: string, nonce: string): string => `n=${escapeName(user)},r=${nonce}`;
export const GS2 = 'n,,';

/** What the first message says; `undefined` where it is malformed or asks for what is not here (channel binding). */
export function readClientFirst(message: string): { readonly user: string; readonly nonce: string; readonly bare: string } | undefined {
  const match = /^[ny],(?:a=[^,]+)?,(n=([^,]+),r=([^,]+).*)$/.exec(message);
  return match ? { bare: match[1]!, user: unescapeName(match[2]!), nonce: match[3]! } : undefined;
}

export const serverFirst = (nonce: string, { salt, iterations }: Credentials): string => `r=${nonce},s=${salt},i=${iterations}`;

/** The client's last word, and the signature that it will expect. `undefined` where the challenge is none, or not for its nonce. */
export function clientFinal(
  mechanism: ScramMechanism,
  password: string,
  bare: string,
  challenge: string,
): { readonly message: string; readonly signature: string } | undefined {
  const { r = '', s = '', i = '' } = attributes(challenge);
  const own = attributes(bare)['r'] ?? '';
  const iterations = Number(i);
  if (!r.startsWith(own) || r === own || !Number.isSafeInteger(iterations) || iterations < 1 || bytesOfBase64(s) === undefined)
    return undefined;
  const hash = HASHES[mechanism];
  const keys = keysOf(mechanism, password, s, iterations);
  const withoutProof = `c=${base64(utf8(GS2))},r=${r}`;
  const auth = utf8(`${bare},${challenge},${withoutProof}`);
  const proof = xor(keys.clientKey, hmac(hash, keys.storedKey, auth));
  return { message: `${withoutProof},p=${base64(proof)}`, signature: base64(hmac(hash, keys.serverKey, auth)) };
}

/** The server's signature, where the proof is that of the password; else `undefined`. */
export function verify(
  mechanism: ScramMechanism,
  credentials: Credentials,
  bare: string,
  challenge: string,
  final: string,
): string | undefined {
  const hash = HASHES[mechanism];
  const { r, p = '' } = attributes(final);
  const proof = bytesOfBase64(p);
  const storedKey = bytesOfBase64(credentials.storedKey)!;
  if (r !== attributes(challenge)['r'] || proof?.length !== storedKey.length) return undefined;
  const auth = utf8(`${bare},${challenge},${final.slice(0, final.lastIndexOf(',p='))}`);
  const clientKey = xor(proof, hmac(hash, storedKey, auth));
  if (base64(hash(clientKey)) !== credentials.storedKey) return undefined;
  return base64(hmac(hash, bytesOfBase64(credentials.serverKey)!, auth));
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ b[i]!);
