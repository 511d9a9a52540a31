/** A client that logs in by itself: RFC 6120 §4.3.4, from the server's features to the bound resource, then roster and presence (RFC 6121 §2.2, §4.2). */
import { sha256 } from '@noble/hashes/sha2.js';
import { base64 } from '../../../base/base64.ts';
import { utf8 } from '../../../base/utf8.ts';
import { parseXml } from '../../../base/xml/codec.ts';
import { child, childText, el, elements, type Element } from '../../../base/xml/element.ts';
import type { Login } from '../../../protocol/scenario.ts';
import { rule, type Context } from '../module.ts';
import { NS } from '../namespaces.ts';
import { isScram } from '../sasl/scram.ts';
import { CONNECT, isWire, TLS } from '../wire.ts';
import { enableManagement, resumeManaged } from './managed.ts';
import { beginScram, initiation } from './scram.ts';
import { presenceRules } from './own-presence.ts';
import { changeStream, clientStream, ownJid, clientStreamRules, sendHeader, sendUp } from './stream.ts';

export const loginRules = {
  auth: rule('rfc-6120/6.4.2/initiation', 'RFC 6120 §6.4.2', 'The client chooses a mechanism that the server offers, and begins with it.'),
  auth2: rule(
    'xep-0388/2.3/initiation',
    'XEP-0388 §2.3',
    'The client authenticates, and asks in the same step for what it wants to have then: so less time is lost on the way there and back.',
  ),
  tls: rule(
    'rfc-6120/5.4.2.1/starttls',
    'RFC 6120 §5.4.2.1',
    'The server offers TLS, and a careful client says nothing more in the clear.',
  ),
  handshake: rule('rfc-6120/5.4.3/handshake', 'RFC 6120 §5.4.3', 'The TLS handshake, shown as one step there and one back.'),
  restart: rule(
    'rfc-6120/6.4.6/restart',
    'RFC 6120 §4.3.3, §5.4.3.3, §6.4.6',
    'After TLS and after success the stream begins anew on the same connection.',
  ),
  bind: rule(
    'rfc-6120/7.6/ask',
    'RFC 6120 §7.6, §7.7',
    'The client asks for a resource: the one that it names, or one that the server makes.',
  ),
  session: rule('rfc-3921/3/session', 'RFC 3921 §3', 'Old servers wanted a session, too; new ones answer and mean nothing by it.'),
  roster: rule(
    'rfc-6121/2.2/ask',
    'RFC 6121 §2.2',
    'The client asks for its roster before it is available, so that it knows whom presence comes from.',
  ),
};

/** The account's own, where the act does not say another. */
const passwordOf = (context: Context, login: Login): string => login.password ?? `pw-${context.party.jid.local}`;

export function connect(context: Context, login: Login | undefined): void {
  // Where streams are up from the beginning, what is left of a login is what comes after it.
  if (login && context.party.client.up && context.get(clientStream).phase === 'bound') return finish(context, login);
  changeStream(context, { phase: 'connected', full: '', secure: false, login: login && { as: login, stage: 'connect', kept: '' } });
  sendUp(context, CONNECT, clientStreamRules.connect);
}

/** The server's next item, to a client that is logging in. */
export function advance(context: Context, item: Element): void {
  const { login } = context.get(clientStream);
  if (!login) return;
  const to = (stage: string, kept = ''): void => void changeStream(context, { login: { ...login, stage, kept } });
  const give = (): void => void changeStream(context, { login: undefined });
  if (login.stage === 'connect' && isWire(item, 'connect')) {
    to('features');
    sendHeader(context);
  } else if (login.stage === 'features' && isFeatures(item) && child(item, 'starttls', NS.tls)) {
    to('proceed');
    sendUp(context, el('starttls', NS.tls), loginRules.tls);
  } else if (login.stage === 'proceed' && item.ns === NS.tls && item.name === 'proceed') {
    to('tls');
    sendUp(context, TLS, loginRules.handshake);
  } else if (login.stage === 'tls' && isWire(item, TLS.name)) {
    to('features');
    sendHeader(context, loginRules.restart);
  } else if (login.stage === 'features' && isFeatures(item)) {
    to('sasl');
    begin(context, login.as, login.as.sasl2 === true ? child(item, 'authentication', NS.sasl2) : undefined);
  } else if (login.stage === 'sasl' && (item.ns === NS.sasl || item.ns === NS.sasl2) && item.name === 'failure') give();
  // SASL2: the stream goes on, and a resource may be bound already.
  else if (login.stage === 'sasl' && item.ns === NS.sasl2 && item.name === 'success' && boundIn(item) !== undefined)
    finish(context, login.as);
  else if (login.stage === 'sasl' && item.ns === NS.sasl2 && item.name === 'success') to('bind');
  else if (login.stage === 'sasl' && item.ns === NS.sasl && item.name === 'success') {
    to('bind');
    sendHeader(context, loginRules.restart);
  } else if (login.stage === 'bind' && isFeatures(item) && login.as.resume === true && resumeManaged(context)) to('resume');
  else if (login.stage === 'resume' && item.name === 'resumed') give();
  else if ((login.stage === 'bind' && isFeatures(item)) || (login.stage === 'resume' && item.name === 'failed')) {
    to('bound');
    const { resource = context.party.jid.resource || undefined } = login.as;
    const wish = resource === undefined ? [] : [el('resource', NS.bind, {}, resource)];
    sendUp(context, el('iq', NS.client, { type: 'set', id: 'bind_1' }, el('bind', NS.bind, {}, ...wish)), loginRules.bind);
  } else if (login.stage === 'bound' && item.name === 'iq' && item.attrs['id'] === 'bind_1') {
    if (item.attrs['type'] !== 'result') return give();
    if (login.as.session !== true) return finish(context, login.as);
    to('session');
    sendUp(context, el('iq', NS.client, { type: 'set', id: 'sess_1' }, el('session', NS.session)), loginRules.session);
  } else if (login.stage === 'session' && item.attrs['id'] === 'sess_1') finish(context, login.as);
}

const isFeatures = (item: Element): boolean => item.ns === NS.streams && item.name === 'features';

/** @param offer of SASL2, where it is to be used. */
function begin(context: Context, login: Login, offer: Element | undefined): void {
  const { local } = context.party.jid;
  const { mechanism = 'PLAIN' } = login;
  const more = offer && inlineRequests(context, login, offer);
  const password = passwordOf(context, login);
  if (isScram(mechanism)) return void beginScram(context, { mechanism, user: local, password, more });
  const response = mechanism === 'ANONYMOUS' ? undefined : base64(utf8(`\0${local}\0${password}`));
  sendUp(context, initiation(mechanism, response, more), offer ? loginRules.auth2 : loginRules.auth);
}

/** XEP-0388 §2.3, XEP-0386 §3.2: who the client is, and a resource, where the server binds in the same step. */
function inlineRequests(context: Context, login: Login, offer: Element): readonly Element[] {
  const inline = child(offer, 'inline');
  const agent = el('user-agent', NS.sasl2, { id: uuid(context.party.name) }, el('software', NS.sasl2, {}, 'Stanzascope'));
  const tag = login.resource ?? context.party.jid.resource;
  const bind = el('bind', NS.bind2, {}, ...(tag === '' ? [] : [el('tag', NS.bind2, {}, tag)]));
  return [agent, ...(inline && child(inline, 'bind', NS.bind2) ? [bind] : [])];
}

/** Always the same for one client, and of the form of version 4 (RFC 9562 §5.4). */
function uuid(name: string): string {
  const hex = Array.from(sha256(utf8(name)).subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function finish(context: Context, login: Login): void {
  changeStream(context, { login: undefined });
  if (login.manage === true) enableManagement(context);
  if (login.roster === true)
    sendUp(context, el('iq', NS.client, { type: 'get', id: 'ros_1' }, el('query', 'jabber:iq:roster')), loginRules.roster);
  if (login.presence !== undefined) announce(context, login.presence);
  const { jid } = context.party;
  context.fire(['client/logged-in'], { stanza: el('presence', NS.client), to: jid, from: jid });
}

function announce(context: Context, presence: string): void {
  const stanza = presence === '' ? el('presence', NS.client) : parseXml(presence, NS.client);
  const [to, from] = [{ ...context.party.jid, resource: '' }, ownJid(context)];
  // Habits of the client may add to it.
  sendUp(context, context.decorate('sent-presence', { stanza, to, from }), presenceRules.announce);
}

/** The address that a bind result gives, or SASL2's success with a resource bound. */
export function boundIn(item: Element): string | undefined {
  if (item.ns === NS.sasl2) return child(item, 'bound', NS.bind2) && childText(item, 'authorization-identifier');
  const bind = item.name === 'iq' && item.attrs['type'] === 'result' ? child(item, 'bind', NS.bind) : undefined;
  return bind && (childText(bind, 'jid') ?? elements(bind)[0]?.attrs['jid']);
}
