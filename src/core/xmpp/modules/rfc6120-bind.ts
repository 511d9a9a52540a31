/**
 * RFC 6120 §7 resource binding, and the session of RFC 3921 §3 that old clients ask for. As Prosody does it: the newer of two streams with one
 * resource wins (§7.7.2.2, `conflict`); a resource that is none, or too long, is replaced by one that the server makes.
 */
import { formatJid, parseJid, tryParseJid } from '../../../base/jid.ts';
import { child, childText, el } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { leaveSession, streamError } from '../server/c2s.ts';
import { boundSession, keepSession, sessionAt, type Session } from '../server/sessions.ts';
import { keepStream, streamOn, type Stream } from '../server/streams.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { END } from '../wire.ts';

const rules = {
  bound: rule(
    'rfc-6120/7.6.1/bound',
    'RFC 6120 §7.6.1, §7.7.1',
    'The server bound the stream to this full address: from now on stanzas can go both ways.',
  ),
  early: rule('rfc-6120/7.1/before-auth', 'RFC 6120 §7.1', 'Who has not authenticated can bind nothing: not-authorized.'),
  session: rule('rfc-3921/3/session', 'RFC 3921 §3', 'A session means nothing any more; the server says yes so that old clients go on.'),
};

function bind(context: Context, event: StanzaEvent): boolean {
  const { stanza, stream } = event;
  const asked = payloadOf(stanza);
  if (!stream || stanza.attrs['type'] !== 'set' || asked?.name !== 'bind' || asked.ns !== NS.bind) return false;
  if (stream.user === '') return (context.put(stream.link, notAuthorized(stanza.attrs['id']), rules.early), true);
  const wish = child(asked, 'resource') ? childText(asked, 'resource') : undefined;
  const { full } = bindResource(context, stream, wish);
  const result = el('iq', NS.client, { id: stanza.attrs['id'], type: 'result' }, el('bind', NS.bind, {}, el('jid', NS.bind, {}, full)));
  context.put(stream.link, result, rules.bound, -1, context.row);
  return true;
}

/** Whatever way it was asked for. @param wish a resource, where the client or the server has one in mind. */
export function bindResource(context: Context, stream: Stream, wish: string | undefined): Stream {
  const account = { local: stream.user, domain: context.party.name, resource: '' };
  const wanted = wish === undefined || wish === '' ? undefined : tryParseJid(`${formatJid(account)}/${wish}`);
  const full = formatJid(wanted ?? { ...account, resource: context.makeId('resource').slice(0, 12) });
  const older = sessionAt(context, full);
  const olderStream = older && streamOn(context, older.link);
  if (olderStream) streamError(context, olderStream, 'conflict', 'Replaced by new connection');
  else if (older) replaceHeld(context, older);
  keepSession(context, boundSession(full, formatJid(account), stream.link));
  return keepStream(context, { ...stream, full });
}

/** One that XEP-0198 keeps without a stream: it is closed as if it had one. */
function replaceHeld(context: Context, older: Session): void {
  const jid = parseJid(older.full);
  context.fire(['session-close'], { stanza: END, to: jid, from: jid, session: older.full });
  leaveSession(context, older, undefined, 'Disconnected: Replaced by new connection');
}

const notAuthorized = (id: string | undefined) =>
  el('iq', NS.client, { type: 'error', id }, el('error', NS.client, { type: 'auth' }, el('not-authorized', NS.stanzas)));

export const rfc6120Bind: Module = {
  id: 'rfc-6120-bind',
  title: 'Resource binding',
  spec: 'RFC 6120',
  version: '2011-03',
  places: ['server'],
  rules,
  streamFeatures: (_context, stream) =>
    stream.user === '' || stream.full !== ''
      ? []
      : [el('bind', NS.bind, {}, el('required', NS.bind)), el('session', NS.session, {}, el('optional', NS.session))],
  hooks: [
    { event: 'unbound/iq', run: bind },
    ...['host', 'self', 'bare'].map((kind) => ({
      event: `iq-set/${kind}/${NS.session}:session`,
      run: (context: Context, event: StanzaEvent) => context.reply(resultOf(event.stanza), rules.session),
    })),
  ],
};
