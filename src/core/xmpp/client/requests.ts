/** What a client has asked and is waiting for: replies to it are taken in, others are not (RFC 6120 §8.2.3). */
import { allPending, pendingRequests, remember, settle } from '../pending.ts';
import { withAttrs } from '../../../base/xml/element.ts';
import { bareOf, formatJid } from '../../../base/jid.ts';
import type { Module } from '../module.ts';
import { ownJid } from './stream.ts';
import { isRequest } from '../stanza.ts';

export const clientRequests: Module = {
  id: 'rfc-6120-client',
  title: 'Requests, the client’s side',
  spec: 'RFC 6120',
  version: '2011-03',
  places: ['client'],
  rules: {},
  hooks: [
    {
      event: 'sent-iq',
      run(context, { stanza }) {
        // The client does not write its own address, but the reply will be to it.
        const asked = { ...stanza, attrs: { ...stanza.attrs, from: formatJid(ownJid(context)) } };
        if (isRequest(stanza)) context.set(pendingRequests, remember(context.get(pendingRequests), asked, -1));
        return false;
      },
    },
    {
      event: 'iq/client',
      run(context, { stanza }) {
        const pending = context.get(pendingRequests);
        // What comes down the own stream is for this client, whether it says so or not.
        const own = withAttrs(stanza, { to: formatJid(ownJid(context)) });
        const { rest: asked } = settle(pending, own);
        // What was asked of nobody by name was asked of the own account (RFC 6120 §10.3.3).
        const isAccount = asked === pending && stanza.attrs['from'] === bareOf(ownJid(context));
        const { rest } = isAccount ? settle(pending, withAttrs(own, { from: undefined })) : { rest: asked };
        context.set(pendingRequests, rest);
        return rest !== pending;
      },
    },
  ],
  inspect: ({ get }) => [
    {
      type: 'table',
      key: 'requests',
      title: 'Waiting for answers',
      columns: ['To', 'Id'],
      rows: allPending(get(pendingRequests)).map((p) => ({
        key: `${p.to ?? ''} ${p.id ?? ''}`,
        cells: [{ text: p.to ?? 'own account' }, { text: p.id ?? '' }],
      })),
      empty: 'For none.',
    },
  ],
};
