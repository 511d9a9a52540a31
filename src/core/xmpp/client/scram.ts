/** SCRAM, the client's side: RFC 5802 §3. It goes by itself from the first message to the last, whoever began it. */
import { base64, bytesOfBase64 } from '../../../base/base64.ts';
import { utf8, utf8Text } from '../../../base/utf8.ts';
import { childText, el, textOf, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { clientFinal, clientFirstBare, GS2, isScram, type ScramMechanism } from '../sasl/scram.ts';
import { slice } from '../slice.ts';
import { Shown } from '../states.ts';
import { END } from '../wire.ts';
import { dropConnection, sendUp } from './stream.ts';

interface Exchange {
  readonly mechanism: ScramMechanism;
  readonly password: string;
  readonly bare: string;
  /** Namespace of the SASL profile. */
  readonly profile: string;
  /** Of the server, that proves that it knows the password. */
  readonly signature: string;
}
const exchange = slice<Exchange | null>('scram', null);

const rules = {
  first: rule('rfc-5802/3/client-first', 'RFC 5802 §3, §5', 'The client names the account, and a nonce of its own.'),
  final: rule(
    'rfc-5802/3/client-final',
    'RFC 5802 §3, §5',
    'The client proves that it has the password, without saying it: the proof is made from it, the salt and both nonces.',
  ),
  forged: rule(
    'rfc-5802/5/forged',
    'RFC 5802 §5',
    'The server’s signature is not made from the account’s keys: this is not the server that has the account. The client ends the stream.',
  ),
  malformed: rule('rfc-5802/5/malformed', 'RFC 5802 §5', 'The challenge does not continue the client’s nonce, so the client gives up.'),
};

export function beginScram(
  context: Context,
  {
    mechanism,
    user,
    password,
    nonce,
    more,
  }: {
    readonly mechanism: ScramMechanism;
    readonly user: string;
    readonly password: string;
    readonly nonce?: string | undefined;
    /** In SASL2 (XEP-0388): what else is asked for in the same step. */
    readonly more?: readonly Element[] | undefined;
  },
): void {
  const bare = clientFirstBare(user, nonce ?? context.makeId('nonce'));
  context.set(exchange, { mechanism, password, bare, profile: more ? NS.sasl2 : NS.sasl, signature: '' });
  sendUp(context, initiation(mechanism, base64(utf8(GS2 + bare)), more), rules.first);
}

/** The element that begins an exchange, in either profile. */
export function initiation(mechanism: string, response: string | undefined, more: readonly Element[] | undefined): Element {
  if (!more) return el('auth', NS.sasl, { mechanism }, ...(response === undefined ? [] : [response]));
  const initial = response === undefined ? [] : [el('initial-response', NS.sasl2, {}, response)];
  return el('authenticate', NS.sasl2, { mechanism }, ...initial, ...more);
}

const read = (text: string): string => utf8Text(bytesOfBase64(text) ?? new Uint8Array()) ?? '';

export const clientScram: Module = {
  id: 'rfc-5802-client',
  title: 'SCRAM, the client’s side',
  spec: 'RFC 5802',
  version: '2010-07',
  places: ['client'],
  rules,
  hooks: [
    {
      event: 'act/scram',
      run(context, { act }) {
        if (act?.do !== 'scram') return false;
        const { mechanism = 'SCRAM-SHA-1', user = context.party.jid.local, password = `pw-${user}`, nonce } = act;
        if (isScram(mechanism)) beginScram(context, { mechanism, user, password, nonce });
        return true;
      },
    },
    ...[NS.sasl, NS.sasl2].flatMap((profile) => [
      { event: `stream/${profile}:challenge`, run: challenged },
      { event: `stream/${profile}:success`, run: succeeded },
    ]),
  ],
};

function challenged(context: Context, { stanza }: StanzaEvent): boolean {
  const now = context.get(exchange);
  if (now?.profile !== stanza.ns) return false;
  const final = clientFinal(now.mechanism, now.password, now.bare, read(textOf(stanza)));
  if (!final) {
    context.set(exchange, null);
    sendUp(context, el('abort', now.profile), rules.malformed);
    return true;
  }
  context.set(exchange, { ...now, signature: final.signature });
  sendUp(context, el('response', now.profile, {}, base64(utf8(final.message))), rules.final);
  return true;
}

function succeeded(context: Context): true {
  context.set(exchange, null);
  return true;
}

/** §5: whose signature is another one has not proved to know the password; the client has no more to say to it. Answers whether that is so. */
export function distrusts(context: Context, item: Element): boolean {
  const now = context.get(exchange);
  if (!now || item.name !== 'success' || item.ns !== now.profile) return false;
  const proof = item.ns === NS.sasl2 ? (childText(item, 'additional-data') ?? '') : textOf(item);
  if (read(proof) === `v=${now.signature}`) return false;
  context.set(exchange, null);
  context.decline(rules.forged);
  dropConnection(context, END);
  context.show(Shown.offline);
  return true;
}
