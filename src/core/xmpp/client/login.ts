/** A client that logs in by itself: RFC 6120 §4.3.4, from the server's features to the bound resource, then roster and presence (RFC 6121 §2.2, §4.2). */
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
import { beginScram } from './scram.ts';
import { presenceRules } from './own-presence.ts';
import { changeStream, clientStream, clientStreamRules, sendHeader, sendUp } from './stream.ts';

export const loginRules = {
  auth: rule('rfc-6120/6.4.2/initiation', 'RFC 6120 §6.4.2', 'The client chooses a mechanism that the server offers, and begins with it.'),
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
export const passwordOf = (context: Context, login: Login): string => login.password ?? `pw-${context.party.jid.local}`;

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
    begin(context, login.as);
  } else if (login.stage === 'sasl' && item.ns === NS.sasl && item.name === 'failure') give();
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

function begin(context: Context, login: Login): void {
  const { local } = context.party.jid;
  const { mechanism = 'PLAIN' } = login;
  if (mechanism === 'ANONYMOUS') return sendUp(context, el('auth', NS.sasl, { mechanism }), loginRules.auth);
  if (isScram(mechanism)) return void beginScram(context, { mechanism, user: local, password: passwordOf(context, login) });
  const plain = base64(utf8(`\0${local}\0${passwordOf(context, login)}`));
  sendUp(context, el('auth', NS.sasl, { mechanism: 'PLAIN' }, plain), loginRules.auth);
}

function finish(context: Context, login: Login): void {
  changeStream(context, { login: undefined });
  if (login.manage === true) enableManagement(context);
  if (login.roster === true)
    sendUp(context, el('iq', NS.client, { type: 'get', id: 'ros_1' }, el('query', 'jabber:iq:roster')), loginRules.roster);
  if (login.presence === undefined) return;
  sendUp(context, login.presence === '' ? el('presence', NS.client) : parseXml(login.presence, NS.client), presenceRules.announce);
}

/** The address that a bind result gives. */
export function boundIn(item: Element): string | undefined {
  const bind = item.name === 'iq' && item.attrs['type'] === 'result' ? child(item, 'bind', NS.bind) : undefined;
  return bind && (childText(bind, 'jid') ?? elements(bind)[0]?.attrs['jid']);
}
