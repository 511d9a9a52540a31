/** What a client knows of its own presence. RFC 6121 §4.2.1: it is available once the server has sent its presence back. */
import { sameJid } from '../../../base/jid.ts';
import { childText } from '../../../base/xml/element.ts';
import { rule, type Module } from '../module.ts';
import { slice } from '../slice.ts';
import { Shown } from '../states.ts';
import { joinedRooms } from './rooms.ts';
import { presenceActions } from './presence-actions.ts';
import { ownJid } from './stream.ts';

interface OwnPresence {
  readonly available: boolean;
  readonly show: string;
  readonly status: string;
}
export const ownPresence = slice<OwnPresence>('own-presence', { available: false, show: '', status: '' });

export const presenceRules = {
  announce: rule(
    'rfc-6121/4.2.1/announce',
    'RFC 6121 §4.2.1, §4.4.1, §4.5.1',
    'The client says that it is available, or how, or that it is not any more. It writes no `to`: who may know is the server’s business.',
  ),
};

function wordsOf(own: OwnPresence): string {
  const words = own.available ? own.show || 'available' : 'not available';
  return own.status === '' ? words : `${words}, “${own.status}”`;
}

export const clientPresence: Module = {
  id: 'rfc-6121-client',
  title: 'Presence, the client’s side',
  spec: 'RFC 6121',
  version: '2011-03',
  places: ['client'],
  rules: presenceRules,
  hooks: [
    {
      event: 'presence/client',
      priority: 10,
      run(context, { stanza, from }) {
        if (!sameJid(from, ownJid(context))) return false;
        const available = stanza.attrs['type'] === undefined;
        context.set(ownPresence, { available, show: childText(stanza, 'show') ?? '', status: childText(stanza, 'status') ?? '' });
        if (!available) context.set(joinedRooms, []);
        const inRoom = context.get(joinedRooms).some((room) => room.in);
        context.show(available ? (inRoom ? Shown.room : Shown.online) : Shown.offline);
        return true;
      },
    },
  ],
  actions: (view) => presenceActions(view, wordsOf(view.get(ownPresence))),
  inspect({ get }) {
    return [{ type: 'fields', key: 'own-presence', fields: [{ key: 'presence', label: 'Presence', value: wordsOf(get(ownPresence)) }] }];
  },
};
