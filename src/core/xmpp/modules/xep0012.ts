/**
 * XEP-0012 Last Activity 2.0 (2008-11-26, https://xmpp.org/extensions/xep-0012.html) §3 of an account, §4 of a server (how long it has been up). As Prosody does it: an account's
 * is for its contacts, and the answer is 0 for who has not gone since the server began.
 */
import { bareOf } from '../../../base/jid.ts';
import { childText, el } from '../../../base/xml/element.ts';
import { uptime } from './commands/uptime.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { upSince } from '../server/power.ts';
import { resultOf } from '../stanza.ts';
import { slice } from '../slice.ts';

const LAST = 'jabber:iq:last';
const SECOND = 1_000_000;

const rules = {
  uptime: rule('xep-0012/4/uptime', 'XEP-0012 §4', 'Of a server it is the time since it has been up.'),
  last: rule('xep-0012/3/last', 'XEP-0012 §3', 'Seconds since the user went, and what they said when they did.'),
  stranger: rule('xep-0012/5/not-subscribed', 'XEP-0012 §5', 'Who may not see the user’s presence may not ask when they went: forbidden.'),
};

interface Gone {
  readonly tick: number;
  readonly status: string;
}
/** By account: when its last resource said that it was going. */
const lastGone = slice<Readonly<Record<string, Gone>>>('last-activity', {});

const answer = (event: StanzaEvent, seconds: number, text = '') =>
  resultOf(event.stanza, el('query', LAST, { seconds: String(seconds) }, ...(text === '' ? [] : [text])));

function ofAccount(context: Context, event: StanzaEvent): true {
  const bare = bareOf(event.to);
  const own = bareOf(event.from) === bare;
  if (!own && !context.fire(['may-see-presence'], event)) return context.bounce(event.stanza, 'forbidden', rules.stranger);
  const gone = context.get(lastGone)[bare];
  return context.reply(gone ? answer(event, Math.floor((context.tick - gone.tick) / SECOND), gone.status) : answer(event, 0), rules.last);
}

export const xep0012: Module = {
  id: 'xep-0012',
  title: 'Last activity',
  spec: 'XEP-0012',
  version: '2.0',
  places: ['server'],
  features: [LAST],
  commands: [uptime],
  rules,
  hooks: [
    {
      event: `iq-get/host/${LAST}:query`,
      run: (context, event) => context.reply(answer(event, Math.floor((context.tick - context.get(upSince)) / SECOND)), rules.uptime),
    },
    { event: `iq-get/self/${LAST}:query`, run: ofAccount },
    { event: `iq-get/bare/${LAST}:query`, run: ofAccount },
    {
      event: 'pre-presence',
      priority: 20,
      run(context, { stanza, from }) {
        if (stanza.attrs['to'] === undefined && stanza.attrs['type'] === 'unavailable')
          context.set(lastGone, {
            ...context.get(lastGone),
            [bareOf(from)]: { tick: context.tick, status: childText(stanza, 'status') ?? '' },
          });
        return false;
      },
    },
  ],
};
