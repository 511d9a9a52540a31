/** An agent: whatever is said to it, it says back. It is a module of one client, loaded where the scenario names it. */
import { childText, el } from '../../../base/xml/element.ts';
import { formatJid } from '../../../base/jid.ts';
import { rule, type Module } from '../module.ts';
import { NS } from '../namespaces.ts';

const rules = { back: rule('agent/echo/back', 'the echo bot', 'This client is a bot: it says back whatever is said to it.') };

export const echo: Module = {
  id: 'echo',
  title: 'Echo bot',
  spec: 'agent',
  version: '1',
  places: ['client'],
  rules,
  hooks: [
    {
      event: 'message/client',
      priority: 1,
      run(context, { stanza, from }) {
        const body = childText(stanza, 'body');
        const { type = 'normal', id } = stanza.attrs;
        // A room or a bot that is answered by a bot would never end; an error must not be answered.
        if (body === undefined || type === 'error' || type === 'groupchat' || type === 'headline') return false;
        context.originate(
          el(
            'message',
            NS.client,
            { to: formatJid(from), type, id: `echo-${id ?? context.makeId('echo')}` },
            el('body', NS.client, {}, body),
          ),
          rules.back,
        );
        return false;
      },
    },
  ],
};
