/**
 * Stream management, the client's side: XEP-0198 1.6.3 §3 to §5. A client whose scenario says so enables it after binding, asks for an acknowledgement at every fifth stanza
 * that it has none for, and resumes its session in place of binding when it connects again. A client that only follows its script writes all of that itself.
 */
import { el, type Element } from '../../../base/xml/element.ts';
import type { Rule } from '../../kernel/model.ts';
import { rule, type Context, type Module } from '../module.ts';
import { slice } from '../slice.ts';
import { isStanza } from '../stanza.ts';
import { Shown } from '../states.ts';
import { ownPresence } from './own-presence.ts';
import { changeStream, clientStream, sendUp } from './stream.ts';

const SM = 'urn:xmpp:sm:3';
const EVERY = 5;

interface Kept {
  readonly stanza: Element;
  readonly why: Rule;
}
interface Management {
  /** Counted from `<enable/>` on; told by `<enabled/>`. */
  readonly on: boolean;
  readonly told: boolean;
  readonly token: string;
  /** The address that a resumption brings back. */
  readonly full: string;
  readonly handled: number;
  readonly sent: number;
  /** Sent, and not acknowledged. */
  readonly queue: readonly Kept[];
}
const OFF: Management = { on: false, told: false, token: '', full: '', handled: 0, sent: 0, queue: [] };
const management = slice<Management>('management', OFF);

const rules = {
  enable: rule(
    'xep-0198/3/enable',
    'XEP-0198 §3, §5',
    'The client wants both sides to count stanzas, and to be able to resume this session if it loses its connection.',
  ),
  ack: rule('xep-0198/4/client-answer', 'XEP-0198 §4', 'The server has asked how many of its stanzas have come, and the client tells.'),
  request: rule(
    'xep-0198/4/client-request',
    'XEP-0198 §4',
    'The client has sent several stanzas and asks how many the server has handled.',
  ),
  resume: rule(
    'xep-0198/5/resume',
    'XEP-0198 §5',
    'The client had lost its connection. It asks for its session back, by the id that it was given, and says how much of the server’s it has.',
  ),
  resent: rule('xep-0198/5/client-resent', 'XEP-0198 §5', 'The server’s count does not cover this, so the client sends it again.'),
  failed: rule(
    'xep-0198/5/not-resumed',
    'XEP-0198 §5',
    'The session cannot be resumed; what was not acknowledged may be lost, and the client begins a new one.',
  ),
};

const change = (context: Context, changed: Partial<Management>): void =>
  context.set(management, { ...context.get(management), ...changed });

/** After binding. */
export function enableManagement(context: Context): void {
  context.set(management, OFF);
  sendUp(context, el('enable', SM, { resume: 'true' }), rules.enable);
  change(context, { on: true, full: context.get(clientStream).full });
}

/** In place of binding; `false` where there is nothing to resume. */
export function resumeManaged(context: Context): boolean {
  const { token, handled } = context.get(management);
  if (token === '') return false;
  change(context, { on: false });
  sendUp(context, el('resume', SM, { previd: token, h: String(handled) }), rules.resume);
  return true;
}

/** What the server has not handled yet. */
const unhandled = ({ queue, sent }: Management, h: number): readonly Kept[] => (sent > h ? queue.slice(-(sent - h)) : []);

function resumed(context: Context, answer: Element): void {
  const now = context.get(management);
  // A script that resumes by itself does the rest, too.
  if (now.token === '') return;
  const again = unhandled(now, Number(answer.attrs['h'] ?? '0'));
  changeStream(context, { phase: 'bound', full: now.full });
  for (const { stanza } of again) sendUp(context, stanza, rules.resent);
  change(context, { on: true, told: true, queue: again });
  context.fire(['client/resumed'], { stanza: answer, to: context.party.jid, from: context.party.jid });
  if (context.get(ownPresence).available) context.show(Shown.online);
}

export const clientManagement: Module = {
  id: 'xep-0198-client',
  title: 'Stream management, the client’s side',
  spec: 'XEP-0198',
  version: '1.6.3',
  places: ['client'],
  rules,
  hooks: [
    {
      event: 'client/sent',
      run(context, { stanza, why }) {
        const now = context.get(management);
        if (!now.on || !isStanza(stanza) || !why) return false;
        const queue = [...now.queue, { stanza, why }];
        change(context, { sent: now.sent + 1, queue });
        if (queue.length % EVERY === 0) sendUp(context, el('r', SM), rules.request);
        return false;
      },
    },
    {
      event: 'client/received',
      run(context) {
        const now = context.get(management);
        if (now.on && now.told) change(context, { handled: now.handled + 1 });
        return false;
      },
    },
    {
      event: `stream/${SM}:enabled`,
      run(context, { stanza }) {
        if (context.get(management).on) change(context, { told: true, token: stanza.attrs['id'] ?? '' });
        return true;
      },
    },
    {
      event: `stream/${SM}:r`,
      run(context) {
        const { told, handled } = context.get(management);
        if (told) sendUp(context, el('a', SM, { h: String(handled) }), rules.ack);
        return true;
      },
    },
    {
      event: `stream/${SM}:a`,
      run(context, { stanza }) {
        const now = context.get(management);
        if (now.on) change(context, { queue: unhandled(now, Number(stanza.attrs['h'] ?? '0')) });
        return true;
      },
    },
    { event: `stream/${SM}:resumed`, run: (context, { stanza }) => (resumed(context, stanza), true) },
    {
      event: `stream/${SM}:failed`,
      run(context) {
        if (context.get(management).on || context.get(management).token !== '') context.decline(rules.failed);
        context.set(management, OFF);
        return true;
      },
    },
  ],
  inspect({ get }) {
    const now = get(management);
    if (!now.told) return [];
    const value = `${now.handled} handled; ${now.sent} sent, ${now.queue.length} of them not acknowledged`;
    return [{ type: 'fields', key: 'management', fields: [{ key: 'stanzas', label: 'Counted stanzas', value }] }];
  },
};
