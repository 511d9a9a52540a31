/**
 * XEP-0249 Direct MUC Invitations 1.2 (2011-09-22, https://xmpp.org/extensions/xep-0249.html) §2, at the client that is invited; with XEP-0045 §7.8.2, where
 * the room passes the invitation on. Neither opens the room: who is invited joins like anybody else, and needs the password and the membership that it asks for.
 */
import { child, childText, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { shortOf } from '../read.ts';
import { slice } from '../slice.ts';

const CONFERENCE = 'jabber:x:conference';

interface Invitation {
  readonly room: string;
  readonly from: string;
  readonly reason: string;
  readonly password: string;
  readonly how: 'by the room' | 'directly';
}
const invitations = slice<readonly Invitation[]>('invitations', []);
const KEPT = 50;

const rules = {
  invited: rule(
    'xep-0249/2/invited',
    'XEP-0249 §2, XEP-0045 §7.8.2',
    'The client is invited to a room, by the room itself or straight from another user. It shows that to its user, who may join.',
  ),
};

function invitationIn(stanza: Element): Invitation | undefined {
  const from = stanza.attrs['from'] ?? '';
  const x = child(stanza, 'x', NS.mucUser);
  const mediated = x && child(x, 'invite');
  if (mediated) {
    const inviter = mediated.attrs['from'] ?? '';
    return {
      room: from,
      from: inviter,
      reason: childText(mediated, 'reason') ?? '',
      password: childText(x, 'password') ?? '',
      how: 'by the room',
    };
  }
  const direct = child(stanza, 'x', CONFERENCE);
  const { jid, reason = '', password = '' } = direct?.attrs ?? {};
  return jid === undefined ? undefined : { room: jid, from, reason, password, how: 'directly' };
}

function invited(context: Context, { stanza }: StanzaEvent): boolean {
  const invitation = stanza.attrs['type'] === 'error' ? undefined : invitationIn(stanza);
  if (!invitation) return false;
  context.set(invitations, [...context.get(invitations), invitation].slice(-KEPT));
  context.decline(rules.invited);
  // What it says besides is a message like any other.
  return false;
}

export const xep0249: Module = {
  id: 'xep-0249',
  title: 'Invitations to rooms',
  spec: 'XEP-0249',
  version: '1.2',
  places: ['client'],
  features: [CONFERENCE],
  rules,
  hooks: [{ event: 'message/client', priority: 20, run: invited }],
  inspect({ get }) {
    const all = get(invitations);
    if (all.length === 0) return [];
    return [
      {
        type: 'table',
        key: 'invitations',
        title: 'Invitations to rooms',
        columns: ['Room', 'From', 'Reason', 'Password', 'How'],
        rows: all.map((i, n) => ({
          key: String(n),
          cells: [i.room, shortOf(i.from), i.reason, i.password, i.how].map((text) => ({ text })),
        })),
        empty: 'None.',
      },
    ];
  },
};
