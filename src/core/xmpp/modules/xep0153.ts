/**
 * XEP-0153 vCard-Based Avatars 1.1.1 (2018-02-27, https://xmpp.org/extensions/xep-0153.html) §3.1, as Prosody does it with XEP-0398: the server adds the
 * element to every presence of its users.
 * §4.1: empty where there is none.
 */
import { append, child, el, withChildren } from '../../../base/xml/element.ts';
import { bareOf } from '../../../base/jid.ts';
import type { Module } from '../module.ts';
import { photoHash } from './xep0054.ts';
import { NS } from '../namespaces.ts';

const photo = (hash: string) => el('photo', NS.vcardUpdate, {}, ...(hash === '' ? [] : [hash]));

export const xep0153: Module = {
  id: 'xep-0153',
  title: 'vCard-based avatars',
  spec: 'XEP-0153',
  version: '1.1.1',
  places: ['server'],
  rules: {},
  hooks: [
    {
      event: 'pre-presence',
      priority: 10,
      run(context, event) {
        const { stanza } = event;
        if (stanza.attrs['type'] !== undefined) return false;
        const own = child(stanza, 'x', NS.vcardUpdate);
        // What a client says of its picture stands.
        if (own && child(own, 'photo')) return false;
        const added = photo(photoHash(context, bareOf(event.from)));
        const children = stanza.children.map((c) => (c === own ? append(own, added) : c));
        event.stanza = own ? withChildren(stanza, children) : append(stanza, el('x', NS.vcardUpdate, {}, added));
        return false;
      },
    },
  ],
};
