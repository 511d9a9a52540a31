/** Rooms by hand, the owner's part: XEP-0045 §10.1 opening and configuring, §10.9 destroying; §7.10 registering. What is fetched comes back as a form to fill in. */
import { el, type Element } from '../../../../base/xml/element.ts';
import { open, text, type Deed } from '../../actions/contract.ts';
import { NS } from '../../namespaces.ts';
import { FORM } from './forms.ts';
import { OWNER } from './owner.ts';
import { REGISTER } from './register.ts';
import type { Inside } from './seen.ts';

export function ownerActions({ id, room, own, prefix }: Inside): readonly Deed[] {
  const iq = (type: 'get' | 'set', payload: Element): Element => el('iq', NS.client, { type, id, to: room.jid }, payload);
  const noOwner =
    own.affiliation === 'owner'
      ? undefined
      : `This takes the affiliation owner, and ${own.nick} has ${own.affiliation || 'none'} (XEP-0045 §10).`;
  return [
    {
      id: `${prefix}configure`,
      title: 'Fetch the configuration',
      source: 'XEP-0045 §10.2',
      help: 'The room answers with a form; once that has come it stands here, to be filled in.',
      refused: noOwner,
      fields: [],
      write: () => iq('get', el('query', OWNER)),
    },
    {
      id: `${prefix}instant`,
      title: 'Open it as it is',
      source: 'XEP-0045 §10.1.2',
      help: 'Takes the configuration that the room has: a new one lets others in then.',
      refused: noOwner,
      fields: [],
      write: () => iq('set', el('query', OWNER, {}, el('x', FORM, { type: 'submit' }))),
    },
    {
      id: `${prefix}destroy`,
      title: 'Destroy the room',
      source: 'XEP-0045 §10.9',
      refused: noOwner,
      fields: [open('jid', 'Room to go to instead', []), text('reason', 'Reason')],
      write(form) {
        const alternative = form.jid('jid', 'bare');
        const reason = form.some('reason');
        const why = reason === undefined ? [] : [el('reason', OWNER, {}, reason)];
        return iq('set', el('query', OWNER, {}, el('destroy', OWNER, { jid: alternative === '' ? undefined : alternative }, ...why)));
      },
    },
    {
      id: `${prefix}register`,
      title: 'Fetch the registration',
      source: 'XEP-0045 §7.10',
      help: 'For a nick that is kept; the room answers with a form where it lets this person register.',
      fields: [],
      write: () => iq('get', el('query', REGISTER)),
    },
  ];
}
