/**
 * XEP-0191 Blocking Command 1.3 (2015-03-12, https://xmpp.org/extensions/xep-0191.html) §3. As Prosody does it: what a blocked address sends is bounced where it is a
 * request or a message to be read, and dropped otherwise; a subscription can be asked, answered and ended in spite of a block; a request that waits for an answer is
 * forgotten when its sender is blocked; a contact who is let in again is told of the user's presence.
 */
import { bareOf, formatJid, tryParseJid, type Jid } from '../../../base/jid.ts';
import { append, child, el, elements, withChildren } from '../../../base/xml/element.ts';
import { errorOf, mayBounce } from '../errors.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { availableOf, senderOf, sessionsOf } from '../server/sessions.ts';
import { slice, store } from '../slice.ts';
import { isRequest, payloadOf, resultOf } from '../stanza.ts';

const BLOCKING = 'urn:xmpp:blocking';

const rules = {
  list: rule(
    'xep-0191/3.1/list',
    'XEP-0191 §3.1',
    'The whole list of addresses that this user has blocked. Whoever asks is told of changes from now on.',
  ),
  changed: rule('xep-0191/3.2/changed', 'XEP-0191 §3.2, §3.3', 'The server changed the list.'),
  push: rule('xep-0191/3.2/push', 'XEP-0191 §3.2', 'The user’s resources that have asked for the list are told of the change.'),
  unavailable: rule(
    'xep-0191/3.2/unavailable',
    'XEP-0191 §3.2',
    'A contact who has just been blocked, and who could see the user’s presence, is told that the user has gone.',
  ),
  empty: rule('xep-0191/3.2/nobody', 'XEP-0191 §3.2', 'Nobody was named to be blocked: bad-request.'),
  malformed: rule('xep-0191/3.2/malformed', 'XEP-0191 §3.2', 'One of the addresses is none, so the list stays as it was.'),
  bounced: rule('xep-0191/3.2/bounced', 'XEP-0191 §3.2', 'The user has blocked the sender, so this comes back as if nobody were here.'),
  dropped: rule(
    'xep-0191/3.2/dropped',
    'XEP-0191 §3.2',
    'The user has blocked the sender, so this was dropped; the user never sees it, and the sender is not told.',
  ),
  outgoing: rule(
    'xep-0191/3.3/outgoing',
    'XEP-0191 §3.2',
    'The user has blocked this address and cannot write to it: not-acceptable, until it is unblocked.',
  ),
  silent: rule(
    'xep-0191/3.3/outgoing-dropped',
    'XEP-0191 §3.2',
    'The user has blocked this address; what must not be answered by an error is dropped without a word.',
  ),
  available: rule(
    'xep-0191/3.3/available',
    'XEP-0191 §3.3',
    'A contact who may see the user’s presence is not blocked any more, so the server tells them of it, as if they had asked.',
  ),
};

/** By account. */
const blocked = store<Readonly<Record<string, readonly string[]>>>('blocked', {});
/** Full addresses that have asked for the list. */
const interested = slice<readonly string[]>('blocking-interested', []);

/** §3: an address is matched as it is, by its account, or by its domain. */
function isBlocked(context: Context, bare: string, other: Jid): boolean {
  const list = context.get(blocked)[bare];
  return list !== undefined && [formatJid(other), bareOf(other), other.domain].some((jid) => list.includes(jid));
}

function list(context: Context, event: StanzaEvent): true {
  const items = (context.get(blocked)[bareOf(event.to)] ?? []).map((jid) => el('item', BLOCKING, { jid }));
  const { session } = event;
  if (session !== undefined && !context.get(interested).includes(session)) context.set(interested, [...context.get(interested), session]);
  return context.reply(resultOf(event.stanza, el('blocklist', BLOCKING, {}, ...items)), rules.list);
}

function edit(context: Context, event: StanzaEvent): boolean {
  const action = payloadOf(event.stanza);
  if (!action) return false;
  const bare = bareOf(event.to);
  const before = context.get(blocked)[bare] ?? [];
  const named: string[] = [];
  for (const item of elements(action).filter((c) => c.name === 'item')) {
    const jid = tryParseJid(item.attrs['jid'] ?? '');
    if (!jid) return context.bounce(event.stanza, 'jid-malformed', rules.malformed);
    named.push(formatJid(jid));
  }
  const blocking = action.name === 'block';
  if (blocking && named.length === 0) return context.bounce(event.stanza, 'bad-request', rules.empty);
  const rest = named.length === 0 ? [] : before.filter((jid) => !named.includes(jid));
  context.set(blocked, { ...context.get(blocked), [bare]: blocking ? [...rest, ...named] : rest });
  context.reply(resultOf(event.stanza), rules.changed);
  for (const jid of named) {
    if (!blocking) comeBack(context, event, bare, jid);
    else if (!before.includes(jid)) leave(context, event, bare, jid);
  }
  const items = named.map((jid) => el('item', BLOCKING, { jid }));
  const push = el('iq', NS.client, { type: 'set', id: 'blocklist-push' }, withChildren(action, items));
  for (const s of sessionsOf(context, bare).filter((one) => context.get(interested).includes(one.full)))
    context.deliver(s.full, { ...push, attrs: { ...push.attrs, to: s.full } }, rules.push, false);
  return true;
}

/** For contacts who could see the user, and who have asked to. */
function leave(context: Context, event: StanzaEvent, bare: string, jid: string): void {
  const contact = tryParseJid(jid);
  if (!contact) return;
  if (!context.fire(['may-see-presence'], { ...event, from: contact }))
    return void context.fire(['forget-request'], { ...event, from: contact });
  for (const s of availableOf(context, bare))
    context.originate(el('presence', NS.client, { type: 'unavailable', from: s.full, to: jid }), rules.unavailable);
}

function comeBack(context: Context, event: StanzaEvent, bare: string, jid: string): void {
  const contact = tryParseJid(jid);
  if (contact && context.fire(['may-see-presence'], { ...event, from: contact }))
    context.originate(el('presence', NS.client, { type: 'probe', from: jid, to: bare }), rules.available);
}

function incoming(context: Context, event: StanzaEvent): boolean {
  const { stanza, to, from } = event;
  if (!isBlocked(context, bareOf(to), from)) return false;
  const type = stanza.attrs['type'] ?? 'normal';
  const told = stanza.name === 'iq' ? isRequest(stanza) : stanza.name === 'message' && (type === 'chat' || type === 'normal');
  return told ? context.bounce(stanza, 'service-unavailable', rules.bounced) : context.drop(rules.dropped);
}

function outgoing(context: Context, event: StanzaEvent): boolean {
  const { stanza, to } = event;
  const sender = senderOf(context, event);
  if (!sender || stanza.attrs['to'] === undefined || !isBlocked(context, sender.bare, to)) return false;
  const isReply = stanza.name === 'iq' && !isRequest(stanza);
  if (isReply || !mayBounce(stanza)) return context.drop(rules.silent);
  const error = errorOf(stanza, 'not-acceptable', { type: 'cancel', text: 'You have blocked this JID' });
  const told = child(error, 'error');
  const why = told ? withChildren(error, [append(told, el('blocked', 'urn:xmpp:blocking:errors'))]) : error;
  return context.reply(why, rules.outgoing);
}

export const xep0191: Module = {
  id: 'xep-0191',
  title: 'Blocking',
  spec: 'XEP-0191',
  version: '1.3',
  places: ['server'],
  features: [BLOCKING],
  rules,
  hooks: [
    { event: `iq-get/self/${BLOCKING}:blocklist`, run: list },
    { event: `iq-set/self/${BLOCKING}:block`, run: edit },
    { event: `iq-set/self/${BLOCKING}:unblock`, run: edit },
    { event: 'incoming', priority: 100, run: incoming },
    ...['pre-message', 'pre-iq'].map((event) => ({ event, priority: 100, run: outgoing })),
    // To an account after what subscriptions do with it.
    { event: 'pre-presence', priority: 100, run: (context, event) => event.to.resource !== '' && outgoing(context, event) },
    { event: 'pre-presence', priority: -1, run: (context, event) => event.to.resource === '' && outgoing(context, event) },
    {
      event: 'session-end',
      priority: 10,
      run(context, { session }) {
        if (session !== undefined)
          context.set(
            interested,
            context.get(interested).filter((full) => full !== session),
          );
        return false;
      },
    },
  ],
  inspect: ({ get }) => [
    {
      type: 'table',
      key: 'blocked',
      title: 'Blocked addresses',
      columns: ['Account', 'Blocks'],
      rows: Object.entries(get(blocked)).map(([bare, jids]) => ({ key: bare, cells: [{ text: bare }, { text: jids.join(', ') }] })),
      empty: 'None.',
    },
  ],
};
