/** XEP-0307 Unique Room Names for Multi-User Chat 0.1 (2011-11-10, https://xmpp.org/extensions/xep-0307.html) §2: the service makes up a name that no room has. */
import { el } from '../../../base/xml/element.ts';
import { rule, type Module } from '../module.ts';
import { resultOf } from '../stanza.ts';

const UNIQUE = 'http://jabber.org/protocol/muc#unique';

const rules = {
  made: rule(
    'xep-0307/2/made',
    'XEP-0307 §2',
    'The service has made up a name for a room that nobody can have guessed. It keeps nothing of it.',
  ),
};

export const xep0307: Module = {
  id: 'xep-0307',
  title: 'Unique room names',
  spec: 'XEP-0307',
  version: '0.1',
  places: ['muc'],
  features: [UNIQUE],
  rules,
  hooks: [
    {
      event: `iq-get/host/${UNIQUE}:unique`,
      run: (context, { stanza }) =>
        context.reply(resultOf(stanza, el('unique', UNIQUE, {}, context.makeId('room').toLowerCase())), rules.made),
    },
  ],
};
