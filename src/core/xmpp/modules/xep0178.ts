/**
 * Between servers: RFC 6120 (March 2011, https://www.rfc-editor.org/rfc/rfc6120) §5 STARTTLS and §6 SASL EXTERNAL as XEP-0178 (version 1.2, 2020-08-19,
 * https://xmpp.org/extensions/xep-0178.html) §3 has it: the certificates of the handshake have told both who the other is. A host of a server with TLS
 * insists on it in both directions, as Prosody does with s2s_secure_auth. Simplified: the handshake is a step there and one back, what follows is shown in the clear,
 * and every host of the scenario that has TLS has a certificate for its domain which all others trust. Left: stream management on such streams,
 * which Prosody enables.
 */
import { base64, bytesOfBase64 } from '../../../base/base64.ts';
import { utf8, utf8Text } from '../../../base/utf8.ts';
import { child, el, elements, textOf } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { beginStream, closeLink } from '../server/s2s.ts';
import { keepStream, type Stream } from '../server/streams.ts';
import { TLS, WIRE } from '../wire.ts';

const rules = {
  start: rule(
    'rfc-6120/5.4.2.1/s2s-starttls',
    'RFC 6120 §5.4.2.1',
    'The other server offers TLS and this one has it too, so it asks to begin.',
  ),
  proceed: rule('rfc-6120/5.4.2.3/s2s-proceed', 'RFC 6120 §5.4.2.3', 'The server agrees: whatever comes next is the TLS handshake.'),
  handshake: rule(
    'rfc-6120/5.4.3.3/s2s-handshake',
    'RFC 6120 §5.4.3.3, §13.7.2',
    'The handshake: each server shows a certificate for its domain. What was known of the stream is forgotten, and it begins anew.',
  ),
  external: rule(
    'xep-0178/3/external',
    'XEP-0178 §3, RFC 6120 §6.3.4',
    'The certificate has told already who this server is, so SASL EXTERNAL is enough: it only names the domain that it speaks for.',
  ),
  success: rule(
    'xep-0178/3/success',
    'XEP-0178 §3, RFC 6120 §6.4.6',
    'The certificate of the handshake is for the domain that was named, so the other server is who it says. No dialback is needed.',
  ),
  failure: rule('xep-0178/3/failure', 'XEP-0178 §3, RFC 6120 §6.5', 'This cannot prove who the other server is, and it is told why.'),
};

const restarted = (stream: Stream): Stream => ({ ...stream, phase: 'connected', opened: undefined, buffer: '' });

/** At the side that opened the connection: TLS comes before everything else. */
function choose(context: Context, { stanza, stream }: StanzaEvent): boolean {
  const { tls } = context.party.host;
  if (!stream || !tls || stream.user !== '') return false;
  if (!stream.secure) {
    if (child(stanza, 'starttls', NS.tls)) {
      context.put(stream.link, el('starttls', NS.tls), rules.start);
      return true;
    }
    const text = 'Encrypted server-to-server communication is required but was not offered';
    closeLink(context, stream, 'policy-violation', text, 'Could not establish encrypted connection to remote server');
    return true;
  }
  const mechanisms = child(stanza, 'mechanisms', NS.sasl);
  if (!mechanisms || !elements(mechanisms).some((m) => textOf(m) === 'EXTERNAL')) return false;
  context.put(stream.link, el('auth', NS.sasl, { mechanism: 'EXTERNAL' }, base64(utf8(stream.host))), rules.external);
  return true;
}

/** At the side that took it. */
function external(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream || stream.user !== '') return false;
  const bytes = bytesOfBase64(textOf(stanza));
  const named = bytes && utf8Text(bytes);
  const wrong = problemOf(context, stream, stanza.attrs['mechanism'], textOf(stanza) === '=' ? '' : named);
  if (wrong !== undefined) {
    context.put(stream.link, el('failure', NS.sasl, {}, el(wrong, NS.sasl)), rules.failure);
    return true;
  }
  context.put(stream.link, el('success', NS.sasl), rules.success);
  keepStream(context, { ...restarted(stream), user: stream.remote });
  return true;
}

function problemOf(context: Context, stream: Stream, mechanism: string | undefined, named: string | undefined): string | undefined {
  if (mechanism !== 'EXTERNAL') return 'invalid-mechanism';
  if (!context.party.host.tls || !stream.secure) return 'encryption-required';
  if (named === undefined) return 'incorrect-encoding';
  return named === '' || named === stream.remote ? undefined : 'invalid-authzid';
}

export const xep0178: Module = {
  id: 'xep-0178',
  title: 'TLS and certificates between servers',
  spec: 'XEP-0178',
  version: '1.2',
  places: ['server', 'muc', 'mix', 'pubsub', 'upload'],
  rules,
  hostFeatures(context, stream) {
    if (!context.party.host.tls || stream.user !== '') return [];
    if (!stream.secure) return [el('starttls', NS.tls, {}, el('required', NS.tls))];
    return [el('mechanisms', NS.sasl, {}, el('mechanism', NS.sasl, {}, 'EXTERNAL'))];
  },
  hooks: [
    { event: `s2s-out/${NS.streams}:features`, priority: 200, run: choose },
    {
      event: `s2s-in/${NS.tls}:starttls`,
      run(context, { stream }) {
        if (!stream || stream.secure || !context.party.host.tls) return false;
        context.put(stream.link, el('proceed', NS.tls), rules.proceed);
        keepStream(context, restarted(stream));
        return true;
      },
    },
    {
      event: `s2s-out/${NS.tls}:proceed`,
      run(context, { stream }) {
        if (!stream || stream.secure) return false;
        context.put(stream.link, TLS, rules.handshake);
        return true;
      },
    },
    {
      event: `s2s-in/${WIRE}:tls`,
      run(context, { stream }) {
        if (!stream) return false;
        keepStream(context, { ...stream, secure: true });
        context.put(stream.link, TLS, rules.handshake);
        return true;
      },
    },
    {
      event: `s2s-out/${WIRE}:tls`,
      run(context, { stream }) {
        if (!stream) return false;
        beginStream(context, { ...stream, secure: true });
        return true;
      },
    },
    { event: `s2s-in/${NS.sasl}:auth`, run: external },
    {
      event: `s2s-out/${NS.sasl}:success`,
      run(context, { stream }) {
        if (!stream || !stream.secure) return false;
        beginStream(context, { ...stream, user: stream.remote });
        return true;
      },
    },
    {
      event: `s2s-out/${NS.sasl}:failure`,
      run(context, { stream }) {
        if (!stream) return false;
        closeLink(context, stream, 'not-authorized', undefined, 'Could not authenticate to remote server');
        return true;
      },
    },
  ],
};
