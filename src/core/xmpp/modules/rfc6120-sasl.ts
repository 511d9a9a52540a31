/** RFC 6120 §6 SASL. */
import { utf8Text } from '../../../base/utf8.ts';
import { bytesOfBase64 } from '../../../base/base64.ts';
import { el } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { keepStream, type Stream } from '../server/streams.ts';

const rules = {
  success: rule('rfc-6120/6.4.6/success', 'RFC 6120 §6.4.6', 'The client has proved who it is.'),
  failure: rule('rfc-6120/6.4.5/failure', 'RFC 6120 §6.4.5, §6.5', 'The client has not proved who it is, and may try again on the same stream.'),
};

function auth(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream || stream.user !== '') return false;
  const [, name = '', password = ''] = (utf8Text(bytesOfBase64(String(stanza.children[0] ?? '')) ?? new Uint8Array()) ?? '').split('\0');
  const account = context.party.host.accounts.find((a) => a.name === name);
  if (account?.password !== password) return fail(context, stream, 'not-authorized');
  // The stream begins anew: what was declared on it is forgotten (§6.3.2).
  keepStream(context, { ...stream, user: name, opened: undefined, buffer: '' });
  context.put(stream.link, el('success', NS.sasl), rules.success);
  return true;
}
function fail(context: Context, stream: Stream, condition: string): true {
  context.put(stream.link, el('failure', NS.sasl, {}, el(condition, NS.sasl)), rules.failure);
  return true;
}

export const rfc6120Sasl: Module = {
  id: 'rfc-6120-sasl',
  title: 'SASL',
  spec: 'RFC 6120',
  version: '2011-03',
  places: ['server'],
  rules,
  streamFeatures: (_context, stream) =>
    stream.user === '' ? [el('mechanisms', NS.sasl, {}, ...['SCRAM-SHA-1', 'PLAIN'].map((m) => el('mechanism', NS.sasl, {}, m)))] : [],
  hooks: [{ event: `stream/${NS.sasl}:auth`, run: auth }],
};
