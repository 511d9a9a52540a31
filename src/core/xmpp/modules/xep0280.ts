/**
 * XEP-0280 Message Carbons 1.0.1 (2021-10-25, https://xmpp.org/extensions/xep-0280.html) §4 to §9, §11, with XEP-0297 Stanza Forwarding 1.0 §3 for the
 * copies. As Prosody does it: chat messages, normal ones with a body, errors from accounts and calls are copied, whether or not anybody is there to take
 * them; who gets the message by its own way gets no copy of it; what is `private` loses that mark before a user here gets it, but keeps it on its way to
 * another server. Prosody puts no delay into the forwarded message, as the copy is made at once.
 */
import { bareOf, formatJid, tryParseJid } from '../../../base/jid.ts';
import { child, el, elements, withAttrs, withChildren, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Hook, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { senderOf, sessionAt, sessionsOf, type Session } from '../server/sessions.ts';
import { slice } from '../slice.ts';
import { resultOf } from '../stanza.ts';

export const CARBONS = 'urn:xmpp:carbons:2';
export const FORWARD = 'urn:xmpp:forward:0';
const HINTS = 'urn:xmpp:hints';
const CALLS: ReadonlySet<string> = new Set(['urn:xmpp:jingle-message:0', 'urn:xmpp:jingle-message:1']);

const rules = {
  enabled: rule('xep-0280/4/enabled', 'XEP-0280 §4', 'From now on this resource gets a copy of what the user’s others send and receive.'),
  disabled: rule('xep-0280/5/disabled', 'XEP-0280 §5', 'This resource gets no more copies.'),
  sent: rule(
    'xep-0280/8/sent',
    'XEP-0280 §6.1, §8',
    'Another resource of this user has sent this, so a copy goes to each that has carbons enabled: as from the account itself, so that nobody else can make one.',
  ),
  received: rule(
    'xep-0280/7/received',
    'XEP-0280 §6.1, §7',
    'The message goes to another resource of this user, so a copy goes to those that have carbons enabled and do not get it by themselves.',
  ),
  unmarked: rule(
    'xep-0280/9/private',
    'XEP-0280 §9',
    'The sender wanted no copies of this. The server makes none, and takes the mark out before it delivers the message.',
  ),
};

/** Full addresses that have carbons enabled. */
const copied = slice<readonly string[]>('carbons', []);

const turn = (context: Context, { session, stanza }: StanzaEvent, on: boolean): true => {
  const others = context.get(copied).filter((full) => full !== session);
  if (session !== undefined) context.set(copied, on ? [...others, session] : others);
  return context.reply(resultOf(stanza), on ? rules.enabled : rules.disabled);
};

type Verdict = 'copy' | 'private' | 'leave';

/** §6.1. Prosody’s event for it does not say which way the message goes, so the same is asked of what is sent and of what comes. */
function verdictOn(stanza: Element): Verdict {
  const type = stanza.attrs['type'] ?? 'normal';
  if (child(stanza, 'private', CARBONS)) return 'private';
  if (child(stanza, 'no-copy', HINTS)) return 'leave';
  // Private messages in rooms are between occupants.
  if (child(stanza, 'x', NS.mucUser)) return 'leave';
  if (type === 'chat' || (type === 'normal' && child(stanza, 'body'))) return 'copy';
  if (type === 'error' && tryParseJid(stanza.attrs['from'] ?? '')?.resource === '') return 'copy';
  return elements(stanza).some((c) => CALLS.has(c.ns)) ? 'copy' : 'leave';
}

function copies(context: Context, event: StanzaEvent, how: 'sent' | 'received', to: readonly Session[], bare: string): boolean {
  const enabled = context.get(copied);
  const able = to.filter((s) => enabled.includes(s.full));
  const type = event.stanza.attrs['type'] ?? 'normal';
  const content = el(how, CARBONS, {}, el('forwarded', FORWARD, {}, event.stanza));
  for (const s of able) context.deliver(s.full, el('message', NS.client, { type, from: bare, to: s.full }, content), rules[how]);
  return able.length > 0;
}

function outgoing(context: Context, event: StanzaEvent): boolean {
  const sender = senderOf(context, event);
  if (!sender || verdictOn(event.stanza) !== 'copy') return false;
  const others = sessionsOf(context, sender.bare).filter((s) => s.full !== sender.full);
  // What is for the own account gets its address back once a copy has been made, as Prosody has it.
  if (copies(context, event, 'sent', others, sender.bare) && event.stanza.attrs['to'] === undefined)
    event.stanza = withAttrs(event.stanza, { to: sender.bare });
  return false;
}

/** @param without a session that is about to end. */
function incoming(context: Context, event: StanzaEvent, without?: string): boolean {
  const bare = bareOf(event.to);
  const own = sessionsOf(context, bare).filter((s) => s.full !== without);
  // Prosody looks at the address that is written: what a user sends to the own account has none, unless a copy was made.
  if (own.length === 0 || event.stanza.attrs['to'] === undefined) return false;
  const verdict = verdictOn(event.stanza);
  if (verdict === 'private') {
    const kept = event.stanza.children.filter((c) => typeof c === 'string' || c.ns !== CARBONS || c.name !== 'private');
    event.stanza = withChildren(event.stanza, kept);
    context.decline(rules.unmarked);
  }
  if (verdict !== 'copy') return false;
  const target = sessionAt(context, formatJid(event.to));
  const able = own.filter((s) => s.presence !== null && s.priority >= 0);
  const highest = able.length > 0 ? Math.max(...able.map((s) => s.priority)) : undefined;
  // Those of the highest priority get what is for the account anyway.
  const others = own.filter((s) => (target ? s !== target : (s.presence === null ? undefined : s.priority) !== highest));
  copies(context, event, 'received', others, bare);
  return false;
}

const TO_USERS: readonly Hook[] = ['self', 'bare', 'full'].map((kind) => ({
  event: `message/${kind}`,
  priority: 10,
  run: (context, event) => incoming(context, event),
}));

export const xep0280: Module = {
  id: 'xep-0280',
  title: 'Message carbons',
  spec: 'XEP-0280',
  version: '1.0.1',
  places: ['server'],
  features: [CARBONS, 'urn:xmpp:carbons:rules:0'],
  rules,
  hooks: [
    { event: `iq-set/self/${CARBONS}:enable`, run: (context, event) => turn(context, event, true) },
    { event: `iq-set/self/${CARBONS}:disable`, run: (context, event) => turn(context, event, false) },
    { event: 'pre-message', priority: 10, run: outgoing },
    ...TO_USERS,
    // Errors of the server itself, which do not go by the events of addresses.
    { event: 'message/passing', priority: 10, run: (context, event) => incoming(context, event, event.session) },
    {
      event: 'session-end',
      priority: 10,
      run(context, { session }) {
        const left = context.get(copied).filter((full) => full !== session);
        if (left.length !== context.get(copied).length) context.set(copied, left);
        return false;
      },
    },
  ],
  inspect: ({ get }) => [
    {
      type: 'table',
      key: 'carbons',
      title: 'Gets copies of messages',
      columns: ['Resource'],
      rows: get(copied).map((full) => ({ key: full, cells: [{ text: full }] })),
      empty: 'Nobody.',
    },
  ],
};
