/**
 * RFC 6120 (March 2011, https://www.rfc-editor.org/rfc/rfc6120) §8.1 addresses, §8.2 what an iq is, §8.3 errors, §8.4 what nobody
 * knows, §10 routing. As Prosody does it: a wrong `from` is overwritten in silence, the payload is not echoed in errors.
 * Streams are in server/ and in the other modules of this RFC. Simplified: where a scenario has its servers' streams up from the beginning, no other
 * server is ever out of reach, only unknown.
 */
import { elements, withAttrs, type Element } from '../../../base/xml/element.ts';
import { errorOf, mayBounce } from '../errors.ts';
import { rule, type Context, type Hook, type Module, type StanzaEvent } from '../module.ts';
import { isRequest, isStanza } from '../stanza.ts';

const rules = {
  local: rule(
    'rfc-6120/10.5/local-service',
    'RFC 6120 §8.1.2.1, §10.5',
    'The server set `from` to the full address of the session that sent this, whatever the client had written there, and passed it to the service of its own that has this domain.',
  ),
  remote: rule(
    'rfc-6120/10.4/remote',
    'RFC 6120 §8.1.2.1, §10.4',
    'The domain is not one of this server’s own. It set `from` to the full address of the session, put the stanza in the namespace jabber:server and sent it on the stream that it has with that domain.',
  ),
  notFound: rule(
    'rfc-6120/10.4.3/not-found',
    'RFC 6120 §10.4.3',
    'No server of this name can be found, so the sender is told remote-server-not-found.',
  ),
  malformedTo: rule(
    'rfc-6120/8.1.1.1/to-malformed',
    'RFC 6120 §8.1.1.1, §8.3.3.8',
    'The `to` is no XMPP address, so the stanza comes back with jid-malformed.',
  ),
  badIq: rule(
    'rfc-6120/8.2.3/bad-request',
    'RFC 6120 §8.2.3',
    'A request needs an id, one of the four types, and exactly one payload for get and set. This one does not have them, so it comes back with bad-request.',
  ),
  wrongHost: rule(
    'rfc-6120/8.1.1.2/wrong-host',
    'RFC 6120 §8.1.1.2, §8.1.2.2',
    'What comes from another server must name a sender there and an addressee here. This did not, so it was dropped (a real server ends the stream).',
  ),
  notAStanza: rule(
    'rfc-6120/8/not-a-stanza',
    'RFC 6120 §8, §4.9.3.25',
    'Only message, presence and iq travel between addresses; this was dropped (a real server ends the stream).',
  ),
  unknownPayload: rule(
    'rfc-6120/8.4/unknown-payload',
    'RFC 6120 §8.4',
    'No module that is loaded here handles this payload for this address, so the request is answered by service-unavailable.',
  ),
  unusedReply: rule(
    'rfc-6120/8.2.3/unused-reply',
    'RFC 6120 §8.2.3, §10.5',
    'A result or an error for an address that asked for nothing: it ends here, because a reply is never answered.',
  ),
  messageToHost: rule(
    'rfc-6120/10.5.1/message-to-host',
    'RFC 6120 §10.5.1',
    'Nobody reads messages to the domain itself, so this one is answered by service-unavailable.',
  ),
  emptyError: rule(
    'rfc-6120/8.3.1/empty-error',
    'RFC 6120 §8.3.1',
    'It says that it is an error and has no child that says which: it was dropped.',
  ),
  presenceRefused: rule(
    'rfc-6120/8.4/presence-refused',
    'RFC 6120 §8.4',
    'This service does nothing with presence. The RFC wants that to be ignored; Prosody answers service-unavailable.',
  ),
  presenceToHost: rule(
    'rfc-6120/10.5.1/presence-to-host',
    'RFC 6120 §8.4, §10.5.1',
    'The domain itself does nothing with presence, so it is ignored.',
  ),
};

const unknownIq = (event: string): Hook => ({
  event,
  priority: -100,
  run: (context, e) =>
    isRequest(e.stanza) ? context.bounce(e.stanza, 'service-unavailable', rules.unknownPayload) : context.drop(rules.unusedReply),
});

/** Prosody's services that know nothing of presence refuse it; its server and its rooms have modules for that. */
function presenceToHost(context: Context, { stanza }: StanzaEvent): boolean {
  const { place } = context.party;
  const refuses = context.profile === 'prosody' && (place === 'pubsub' || place === 'upload');
  return refuses ? context.bounce(stanza, 'service-unavailable', rules.presenceRefused) : context.drop(rules.presenceToHost);
}

export const rfc6120 = {
  id: 'rfc-6120',
  title: 'Stanzas, addresses and routing',
  spec: 'RFC 6120',
  version: '2011-03',
  places: ['server', 'muc', 'mix', 'pubsub', 'upload', 'client'],
  rules,
  hooks: [
    unknownIq('iq/host'),
    unknownIq('iq/bare'),
    unknownIq('iq/full'),
    unknownIq('iq/client'),
    { event: 'message/host', priority: -100, run: (context, e) => context.bounce(e.stanza, 'service-unavailable', rules.messageToHost) },
    { event: 'presence/host', priority: -100, run: presenceToHost },
  ],
} satisfies Module;

/** §8.2.3, with the words that Prosody has for it; `undefined` for a stanza that is all right. */
function iqProblem(stanza: Element): string | undefined {
  if (stanza.name !== 'iq') return undefined;
  const { id, type } = stanza.attrs;
  if (id === undefined || id === '') return "Missing required 'id' attribute";
  if (type !== 'get' && type !== 'set' && type !== 'result' && type !== 'error') return 'Invalid IQ type';
  const count = elements(stanza).length;
  return (isRequest(stanza) ? count !== 1 : type === 'result' && count > 1) ? 'Incorrect number of children for IQ stanza' : undefined;
}

/** Answers whether it may go on: what is no stanza goes nowhere. */
export function checked(context: Context, event: StanzaEvent): boolean {
  if (!isStanza(event.stanza)) return !context.drop(rules.notAStanza);
  if (event.session !== undefined && event.stanza.attrs['type'] === 'error' && elements(event.stanza).length === 0)
    return !context.drop(rules.emptyError);
  const problem = iqProblem(event.stanza);
  if (problem === undefined) return true;
  const { stream, session } = event;
  if (!stream || session === undefined || context.profile === 'rfc' || !mayBounce(event.stanza))
    return !context.bounce(event.stanza, 'bad-request', rules.badIq, { text: problem });
  // Prosody answers on the stream before it has looked at whom it is from: without `to`.
  const error = withAttrs(errorOf(event.stanza, 'bad-request', { text: problem }), { to: undefined });
  context.put(stream.link, error, rules.badIq, -1, context.row);
  return false;
}
