/**
 * RFC 6120 (March 2011, https://www.rfc-editor.org/rfc/rfc6120) §5 STARTTLS. The handshake is a step there and one back, and what follows is shown in
 * the clear, because this is a glass server. Simplified: no certificate is looked at on a client's stream, and no cipher is chosen.
 */
import { el } from '../../../base/xml/element.ts';
import { changeStream, sendUp } from '../client/stream.ts';
import { rule, type Module } from '../module.ts';
import { NS } from '../namespaces.ts';
import { keepStream } from '../server/streams.ts';
import { TLS, WIRE } from '../wire.ts';

const rules = {
  proceed: rule(
    'rfc-6120/5.4.2.3/proceed',
    'RFC 6120 §5.4.2.3',
    'The server agrees: whatever comes next on the connection is the TLS handshake.',
  ),
  failure: rule('rfc-6120/5.4.2.2/failure', 'RFC 6120 §5.4.2.2', 'TLS cannot be begun on this stream, so the server ends it.'),
  handshake: rule(
    'rfc-6120/5.4.3.3/handshake',
    'RFC 6120 §5.4.3.3',
    'TLS is up: what was known of the stream is forgotten, and it begins anew.',
  ),
};

export const rfc6120Tls: Module = {
  id: 'rfc-6120-tls',
  title: 'STARTTLS',
  spec: 'RFC 6120',
  version: '2011-03',
  places: ['server', 'client'],
  rules,
  streamFeatures: (context, stream) => (context.party.host.tls && !stream.secure && stream.user === '' ? [el('starttls', NS.tls)] : []),
  hooks: [
    {
      event: `stream/${NS.tls}:starttls`,
      run(context, { stream }) {
        if (!stream || !context.party.host.tls || stream.secure || stream.user !== '') return false;
        keepStream(context, { ...stream, opened: undefined, buffer: '' });
        context.put(stream.link, el('proceed', NS.tls), rules.proceed);
        return true;
      },
    },
    {
      event: `stream/${WIRE}:tls`,
      run(context, { stream }) {
        if (context.party.place === 'client') {
          changeStream(context, { secure: true });
          return true;
        }
        if (!stream) return false;
        keepStream(context, { ...stream, secure: true });
        context.put(stream.link, TLS, rules.handshake);
        return true;
      },
    },
    {
      event: 'act/tls',
      run(context) {
        sendUp(context, TLS, rules.handshake);
        return true;
      },
    },
  ],
};
