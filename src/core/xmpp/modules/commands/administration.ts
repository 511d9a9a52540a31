/** What a server's admin can have done, as Prosody's mod_admin_adhoc and mod_announce offer it: XEP-0133 1.3.1 §4.6 end session, §4.8 roster, §4.9 statistics, §4.16 online users, §4.20 announcement. */
import { bareOf, parseJid, tryParseJid } from '../../../../base/jid.ts';
import { childText, el, type Element } from '../../../../base/xml/element.ts';
import { serialize } from '../../../../base/xml/codec.ts';
import { rule, type Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { leaveSession } from '../../server/c2s.ts';
import { sessions, sessionsOf, type Session } from '../../server/sessions.ts';
import { endStream, streamOn } from '../../server/streams.ts';
import { append } from '../../../../base/xml/element.ts';
import { field, form } from '../muc/forms.ts';
import { itemElement, rosterOf, ROSTER } from '../roster/rosters.ts';
import { first, type Command, type Finished, type Stage } from './contract.ts';

const ADMIN = 'http://jabber.org/protocol/admin';

export const administrationRules = {
  ended: rule('xep-0133/4.6/ended', 'XEP-0133 §4.6', 'An admin has ended this session: the server closes its stream.'),
  announced: rule(
    'xep-0133/4.20/announced',
    'XEP-0133 §4.20',
    'An admin has something to say to everybody who is connected to this server.',
  ),
};

const stage = (title: string, instructions: string, fields: readonly Element[]): Stage => ({
  title,
  instructions,
  type: ADMIN,
  fields: () => fields,
});
const failed = (text: string): Finished => ({ note: { type: 'error', text } });
const told = (text: string): Finished => ({ note: { type: 'info', text } });
const result = (fields: readonly Element[]): Element => form('result', ADMIN, fields);
const byName = (a: string, b: string): number => (a < b ? -1 : 1);

/** Accounts of which some client is connected. */
const online = (context: Context): readonly (readonly [string, readonly Session[]])[] =>
  Object.entries(context.get(sessions))
    .filter(([, own]) => own.length > 0)
    .toSorted(([a], [b]) => byName(a, b));

/** The bare address of an account of this server; else why it is none. */
function accountOf(context: Context, text: string): { readonly bare: string } | { readonly why: string } {
  const jid = tryParseJid(text);
  if (jid?.domain !== context.party.name) return { why: `${text} is no account of ${context.party.name}, where the command was sent` };
  const exists = context.party.host.accounts.some((a) => a.name === jid.local) || sessionsOf(context, bareOf(jid)).length > 0;
  return exists ? { bare: bareOf(jid) } : { why: 'User does not exist' };
}

const ACCOUNT = field('jid-single', 'accountjid', [], { label: 'The address of the account', required: true });

const onlineUsers: Command = {
  node: `${ADMIN}#get-online-users-list`,
  title: 'Get List of Online Users',
  whom: 'admins',
  stages: [
    stage('Getting List of Online Users', 'How many users should be returned at most?', [
      field('list-single', 'max_items', ['25'], { label: 'At most', options: ['25', '50', '75', '100', '150', '200', 'all'] }),
      field('boolean', 'details', [], { label: 'With their clients' }),
    ]),
  ],
  finish(context, _event, answers) {
    const most = first(answers, 'max_items');
    const detailed = ['1', 'true'].includes(first(answers, 'details'));
    const users = online(context).slice(0, most === 'all' || most === '' ? undefined : Number(most));
    const lines = users.flatMap(([bare, own]) => [bare, ...(detailed ? own.map(inShort) : [])]);
    return { form: result([field('text-multi', 'onlineuserjids', lines, { label: 'Who is online' })]) };
  },
};

const inShort = ({ full, presence, priority }: Session): string => {
  const status = presence ? (childText(presence, 'show') ?? 'available') : 'unavailable';
  return ` - ${parseJid(full).resource}: ${status}(${presence ? priority : '-'})`;
};

const roster: Command = {
  node: `${ADMIN}#get-user-roster`,
  title: 'Get User Roster',
  whom: 'admins',
  stages: [stage('Get User Roster', 'Whose roster?', [ACCOUNT])],
  finish(context, _event, answers) {
    const found = accountOf(context, first(answers, 'accountjid'));
    if ('why' in found) return failed(found.why);
    const { items } = rosterOf(context, found.bare);
    const query = el('query', ROSTER, {}, ...Object.values(items).map((item) => itemElement(context, item)));
    const lines = serialize(query, '').replaceAll('><', '>\n<').split('\n');
    const fields = [
      field('jid-single', 'accountjid', [found.bare], { label: 'The roster of' }),
      field('text-multi', 'roster', lines, { label: 'As XML' }),
    ];
    return { form: append(result(fields), query) };
  },
};

const statistics: Command = {
  node: `${ADMIN}#user-stats`,
  title: 'Get User Statistics',
  whom: 'admins',
  stages: [stage('Get User Statistics', 'Fill out this form to gather user statistics.', [ACCOUNT])],
  finish(context, _event, answers) {
    const found = accountOf(context, first(answers, 'accountjid'));
    if ('why' in found) return failed(found.why);
    const resources = sessionsOf(context, found.bare).map((s) => parseJid(s.full).resource);
    const size = Object.keys(rosterOf(context, found.bare).items).length;
    const fields = [
      field('text-single', 'rostersize', [String(size)], { label: 'Contacts in the roster' }),
      field('text-multi', 'onlineresources', resources, { label: 'Clients online' }),
    ];
    return { form: result(fields) };
  },
};

const endSession: Command = {
  node: `${ADMIN}#end-user-session`,
  title: 'End User Session',
  whom: 'admins',
  stages: [
    stage('Ending a User Session', 'Fill out this form to end a user’s session.', [
      field('jid-multi', 'accountjids', [], { label: 'Whose sessions are to end', required: true }),
    ]),
  ],
  finish(context, _event, answers) {
    const asked = answers['accountjids'] ?? [];
    const known = asked.filter((text) => 'bare' in accountOf(context, text));
    for (const text of known) {
      const { resource, ...jid } = parseJid(text);
      const own = sessionsOf(context, bareOf({ ...jid, resource }));
      for (const s of own) if (resource === '' || parseJid(s.full).resource === resource) close(context, s);
    }
    const unknown = asked.filter((text) => !known.includes(text));
    const words = [
      ...(known.length > 0 ? [`The sessions of these have been ended: ${known.join(', ')}`] : []),
      ...(unknown.length > 0 ? [`These are no accounts here: ${unknown.join(', ')}`] : []),
    ];
    return told(words.join('. '));
  },
};

function close(context: Context, session: Session): void {
  const stream = streamOn(context, session.link);
  leaveSession(context, session, stream);
  const left = streamOn(context, session.link);
  if (left) endStream(context, left, administrationRules.ended);
}

const announcement: Command = {
  node: `${ADMIN}#announce`,
  title: 'Send Announcement to Online Users',
  whom: 'admins',
  stages: [
    stage('Making an Announcement', 'Fill out this form to make an announcement to all active users of this service.', [
      field('text-single', 'subject', [], { label: 'Subject' }),
      field('text-multi', 'announcement', [], { label: 'Announcement', required: true }),
    ]),
  ],
  finish(context, _event, answers) {
    const body = (answers['announcement'] ?? []).join('\n');
    const users = online(context);
    for (const [to] of users) {
      const content = [el('body', NS.client, {}, body), el('subject', NS.client, {}, first(answers, 'subject') || 'Announcement')];
      context.originate(
        el('message', NS.client, { type: 'headline', from: context.party.name, to }, ...content),
        administrationRules.announced,
      );
    }
    return told(`Announcement sent to ${users.length} online users`);
  },
};

export const ADMINISTRATION: readonly Command[] = [onlineUsers, roster, statistics, endSession, announcement];
