/**
 * XEP-0160 Best Practices for Handling Offline Messages 1.0.1 (2016-10-07, https://xmpp.org/extensions/xep-0160.html) §2, §3. As Prosody does it: `chat` and `normal` are
 * stored, whatever they contain and whatever hints they carry (XEP-0334); they are delivered upon the first presence of a session whose priority is
 * not negative, and not when a priority is raised later.
 */
import { append, childText, type Element } from '../../../base/xml/element.ts';
import { bareOf } from '../../../base/jid.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { senderOf } from '../server/sessions.ts';
import { store } from '../slice.ts';
import { delay } from './xep0203.ts';

const rules = {
  stored: rule(
    'xep-0160/2/stored',
    'XEP-0160 §2, RFC 6121 §8.5.2.2.1',
    'Nobody is there to take the message, so the server keeps it until the user comes online. The sender is not told.',
  ),
  delivered: rule(
    'xep-0160/2/delivered',
    'XEP-0160 §2, XEP-0203',
    'The user has come online, so the server delivered what it had kept, in order, with the time at which it had come.',
  ),
};

/** By account. */
export const offlineMessages = store<Readonly<Record<string, readonly Element[]>>>('offline', {});

/** Keeps a message for an account of this server; `false` where there is no such account. */
function keep(context: Context, event: StanzaEvent): boolean {
  const { stanza, to } = event;
  const type = stanza.attrs['type'] ?? 'normal';
  if (type === 'groupchat' || type === 'headline' || type === 'error') return false;
  if (!context.party.host.accounts.some((a) => a.name === to.local)) return false;
  const bare = bareOf(to);
  const all = context.get(offlineMessages);
  // What came late already has its own stamp, and keeps it.
  const stamped = append(stanza, delay(context.tick, context.party.name));
  context.set(offlineMessages, { ...all, [bare]: [...(all[bare] ?? []), stamped] });
  return context.drop(rules.stored);
}

function deliver(context: Context, event: StanzaEvent): boolean {
  const session = senderOf(context, event);
  // Who reads the archive (XEP-0313) has these messages from there; they stay here.
  if (!session || context.fire(['offline-delivery'], event)) return false;
  const { [session.bare]: kept = [], ...rest } = context.get(offlineMessages);
  if (kept.length === 0) return false;
  context.set(offlineMessages, rest);
  for (const stanza of kept) context.deliver(session.full, stanza, rules.delivered, false);
  return false;
}

export const xep0160: Module = {
  id: 'xep-0160',
  title: 'Offline messages',
  spec: 'XEP-0160',
  version: '1.0.1',
  places: ['server'],
  features: ['msgoffline'],
  rules,
  hooks: [
    { event: 'message/offline', run: keep },
    { event: 'session-available', run: deliver },
  ],
  inspect: ({ get }) => [
    {
      type: 'table',
      key: 'offline',
      title: 'Kept for who is not online',
      columns: ['Account', 'From', 'Message'],
      rows: Object.entries(get(offlineMessages)).flatMap(([bare, kept]) =>
        kept.map((m, i) => ({
          key: `${bare}/${i}`,
          cells: [{ text: bare }, { text: m.attrs['from'] ?? '' }, { text: childText(m, 'body') ?? 'without a body' }],
        })),
      ),
      empty: 'Nothing.',
    },
  ],
};
