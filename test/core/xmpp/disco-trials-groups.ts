/** Trials of what services of rooms and channels, rooms and channels announce: XEP-0045 §6, XEP-0369 §6. */
import { child, elements, type Element } from '../../../src/base/xml/element.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { COMMANDS } from '../../../src/core/xmpp/modules/commands/contract.ts';
import { featuresIn, infoOf, inside, isResult, type Voice } from './disco-probe.ts';
import { commands, info, items } from './disco-trials-servers.ts';
import { condition, type Tried, type Trial, type Trials } from './disco-trials.ts';

const MUC = 'http://jabber.org/protocol/muc';
/** By default with the password that those rooms have that have one. */
const join = (who: Voice, room: string, nick: string, content = '<password>tea</password>'): readonly Element[] => {
  who.say(`<presence to='${room}/${nick}'><x xmlns='${MUC}'>${content}</x></presence>`);
  return who.heard().filter((p) => p.name === 'presence');
};
const leave = (who: Voice, room: string, nick: string): void => who.say(`<presence to='${room}/${nick}' type='unavailable'/>`);
const isIn = (presences: readonly Element[]): boolean =>
  presences.some((p) => child(p, 'x', NS.mucUser)?.children.some((c) => typeof c !== 'string' && c.attrs['code'] === '110') === true);
const itemOf = (presences: readonly Element[], nick: string): Element | undefined => {
  const presence = presences.find((p) => p.attrs['from']?.endsWith(`/${nick}`) === true);
  return presence && inside(presence, 'item');
};
/** Somebody comes in, something is tried, they go again. Where only members may come, they are made one. */
const within =
  (trial: (tried: Tried, came: readonly Element[], nick: string) => boolean): Trial =>
  (tried) => {
    const nick = tried.fresh();
    const first = join(tried.stranger, tried.at, nick);
    const isShut = first.some((p) => condition(p) === 'registration-required');
    if (isShut) affiliate(tried, 'member');
    const came = isShut ? join(tried.stranger, tried.at, nick) : first;
    const works = isIn(came) && trial(tried, came, nick);
    leave(tried.stranger, tried.at, nick);
    if (isShut) affiliate(tried, 'none');
    return works;
  };
const affiliate = ({ one, stranger, other, at }: Tried, to: string): void => {
  for (const { bare } of [stranger, other])
    one.ask('set', at, `<query xmlns='${MUC}#admin'><item jid='${bare}' affiliation='${to}'/></query>`);
};
const isListed = ({ one, at }: Tried): boolean =>
  JSON.stringify(one.ask('get', at.slice(at.indexOf('@') + 1), `<query xmlns='${NS.discoItems}'/>`)).includes(`"${at}"`);
const role = (to: string): Trial => within((_tried, came, nick) => itemOf(came, nick)?.attrs['role'] === to);
const archive = (who: Voice, at: string, content = ''): readonly Element[] =>
  isResult(who.ask('set', at, `<query xmlns='urn:xmpp:mam:2'>${content}</query>`))
    ? who.heard().filter((m) => inside(m, 'forwarded') !== undefined)
    : [];
/** The owner says something, whom nobody keeps from it, and the one inside hears it. */
const spoken = ({ one, stranger, at, fresh }: Tried): { readonly id: string; readonly heard: Element | undefined } => {
  const [id, own] = [fresh(), fresh()];
  join(one, at, own);
  one.say(`<message to='${at}' type='groupchat' id='${id}'><body>${id}</body></message>`);
  const heard = stranger.heard().find((m) => m.attrs['type'] === 'groupchat' && inside(m, 'body') !== undefined);
  leave(one, at, own);
  return { id, heard };
};
const stableId = (message: Element | undefined, by: string): string => {
  const found = message && elements(message).find((c) => c.name === 'stanza-id' && c.attrs['by'] === by);
  return found?.attrs['id'] ?? '';
};

/** A stranger is let in. */
function comes({ stranger, at, fresh }: Tried): boolean {
  const nick = fresh();
  const came = isIn(join(stranger, at, nick));
  leave(stranger, at, nick);
  return came;
}

export const ROOM: Trials = {
  [NS.discoInfo]: info,
  [NS.discoItems]: items,
  [MUC]: within(() => true),
  'http://jabber.org/protocol/muc#stable_id': within((tried) => {
    const { id, heard } = spoken(tried);
    return heard?.attrs['id'] === id;
  }),
  'http://jabber.org/protocol/muc#self-ping-optimization': within(({ stranger, at }, _came, nick) => {
    const outside = condition(stranger.ask('get', `${at}/${nick}x`, "<ping xmlns='urn:xmpp:ping'/>"));
    return isResult(stranger.ask('get', `${at}/${nick}`, "<ping xmlns='urn:xmpp:ping'/>")) && outside !== '';
  }),
  // §7.13: a moderator is asked by a form. The owner is one.
  'http://jabber.org/protocol/muc#request': within((tried, _came, nick) => {
    const { one, stranger, at } = tried;
    const own = tried.fresh();
    join(one, at, own);
    one.ask('set', at, `<query xmlns='${MUC}#admin'><item nick='${nick}' role='visitor'/></query>`);
    stranger.say(
      `<message to='${at}'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>${MUC}#request</value></field><field var='muc#role'><value>participant</value></field></x></message>`,
    );
    const form = one.heard().some((m) => m.name === 'message' && JSON.stringify(m).includes('muc#request_allow'));
    leave(one, at, own);
    return form;
  }),
  // §7.10: who is somebody here keeps a nick.
  'jabber:iq:register': ({ one, at, fresh }) => {
    const nick = fresh();
    const form = `<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>${MUC}#register</value></field><field var='muc#register_roomnick'><value>${nick}</value></field></x>`;
    const kept = isResult(one.ask('set', at, `<query xmlns='jabber:iq:register'>${form}</query>`));
    const own = one.ask('get', at, `<query xmlns='${NS.discoInfo}' node='x-roomuser-item'/>`);
    return (
      kept && JSON.stringify(own).includes(nick) && isResult(one.ask('set', at, "<query xmlns='jabber:iq:register'><remove/></query>"))
    );
  },
  [NS.occupantId]: within((_tried, came, nick) => {
    const own = came.find((p) => p.attrs['from']?.endsWith(`/${nick}`) === true);
    return own !== undefined && (child(own, 'occupant-id', NS.occupantId)?.attrs['id'] ?? '') !== '';
  }),
  muc_open: (tried) => comes(tried),
  muc_membersonly: ({ stranger, at, fresh }) => join(stranger, at, fresh()).some((p) => condition(p) === 'registration-required'),
  muc_public: isListed,
  muc_hidden: (tried) => isResult(infoOf(tried.one, tried.at)) && !isListed(tried),
  muc_unmoderated: role('participant'),
  muc_moderated: role('visitor'),
  muc_unsecured: within((tried) => {
    const nick = tried.fresh();
    const came = isIn(join(tried.other, tried.at, nick, ''));
    leave(tried.other, tried.at, nick);
    return came;
  }),
  muc_passwordprotected: within(({ other, at, fresh }) => join(other, at, fresh(), '').some((p) => condition(p) === 'not-authorized')),
  muc_semianonymous: within(
    (tried, _came, nick) => itemOf(join(tried.other, tried.at, nick + nick), nick)?.attrs['jid'] === undefined && isIn(tried.other.heard()),
  ),
  muc_nonanonymous: within(
    (tried, _came, nick) => itemOf(join(tried.other, tried.at, nick + nick), nick)?.attrs['jid'] === tried.stranger.full,
  ),
  'urn:xmpp:sid:0': within((tried) => stableId(spoken(tried).heard, tried.at) !== ''),
  'urn:xmpp:mam:2': within((tried) => {
    const { id } = spoken(tried);
    return archive(tried.stranger, tried.at).some((m) => JSON.stringify(m).includes(id));
  }),
  'urn:xmpp:mam:2#extended': within((tried) => {
    const known = stableId(spoken(tried).heard, tried.at);
    const ids = `<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field><field var='ids'><value>${known}</value></field></x>`;
    const metadata = tried.stranger.ask('get', tried.at, "<metadata xmlns='urn:xmpp:mam:2'/>");
    return archive(tried.stranger, tried.at, ids).length === 1 && inside(metadata, 'end')?.attrs['id'] === known;
  }),
  'urn:xmpp:message-moderate:1': within((tried) => {
    const id = stableId(spoken(tried).heard, tried.at);
    const own = tried.fresh();
    join(tried.one, tried.at, own);
    const done = tried.one.ask(
      'set',
      tried.at,
      `<moderate xmlns='urn:xmpp:message-moderate:1' id='${id}'><retract xmlns='urn:xmpp:message-retract:1'/></moderate>`,
    );
    const isTold = tried.stranger.heard().some((m) => inside(m, 'moderated') !== undefined);
    leave(tried.one, tried.at, own);
    return isResult(done) && isTold;
  }),
  // XEP-0289: who joins here is seen in the room of the other service.
  'http://isode.com/protocol/fmuc': within(({ far, services, at }, _came, nick) =>
    far.some(({ one, fresh }) =>
      services.muc.some((service) => {
        const list = one.ask('get', service, `<query xmlns='${NS.discoItems}'/>`);
        const rooms = elements(elements(list)[0] ?? list).map((i) => i.attrs['jid'] ?? '');
        return rooms.some((room) => {
          if (room === at) return false;
          const own = fresh();
          const sees = itemOf(join(one, room, own), nick) !== undefined;
          leave(one, room, own);
          return sees;
        });
      }),
    ),
  ),
  // Last: it empties the room.
  muc_persistent: (tried) => emptied(tried) && isResult(infoOf(tried.one, tried.at)),
  muc_temporary: (tried) => emptied(tried) && condition(infoOf(tried.one, tried.at)) === 'item-not-found',
};

/** Everybody is out; of rooms of this test's own the keeper went first, while one of its clients was there still. */
function emptied(tried: Tried): boolean {
  const { one, same, at, fresh } = tried;
  leave(same, at, 'Keeper');
  const own = fresh();
  const came = join(one, at, own);
  const nicks = came.flatMap((p) => (p.attrs['from']?.startsWith(`${at}/`) === true ? [p.attrs['from'].slice(at.length + 1)] : []));
  for (const nick of nicks) if (nick !== own) one.ask('set', at, `<query xmlns='${MUC}#admin'><item nick='${nick}' role='none'/></query>`);
  leave(one, at, own);
  return isIn(came);
}

export const ROOMS: Trials = {
  [NS.discoInfo]: info,
  [NS.discoItems]: items,
  [COMMANDS]: commands,
  [MUC]: ({ one, at, fresh }) => isIn(join(one, `${fresh()}@${at}`, 'N')),
  'http://jabber.org/protocol/muc#unique': ({ one, at }) =>
    inside(one.ask('get', at, `<unique xmlns='${MUC}#unique'/>`), 'unique') !== undefined,
  [NS.occupantId]: ({ one, at, fresh }) =>
    join(one, `${fresh()}@${at}`, 'N').some((p) => child(p, 'occupant-id', NS.occupantId) !== undefined),
};

const CORE = 'urn:xmpp:mix:core:1';
const NODES = ['messages', 'participants', 'presence', 'info'].map((n) => `<subscribe node='urn:xmpp:mix:nodes:${n}'/>`).join('');
const joined = (who: Voice, channel: string, nick: string): boolean => {
  const content = `<join xmlns='${CORE}'>${NODES}<nick>${nick}</nick></join>`;
  return (
    inside(who.ask('set', '', `<client-join xmlns='urn:xmpp:mix:pam:2' channel='${channel}'>${content}</client-join>`), 'join')?.attrs[
      'id'
    ] !== undefined
  );
};
const left = (who: Voice, channel: string): boolean =>
  isResult(who.ask('set', '', `<client-leave xmlns='urn:xmpp:mix:pam:2' channel='${channel}'><leave xmlns='${CORE}'/></client-leave>`));
const made = ({ one, at, fresh }: Tried): string => {
  const channel = fresh();
  return isResult(one.ask('set', at, `<create xmlns='${CORE}' channel='${channel}'/>`)) ? `${channel}@${at}` : '';
};
/** What one says reaches the other, by the channel. */
const speaks = ({ one, other, fresh }: Tried, channel: string): boolean => {
  if (!joined(one, channel, fresh()) || !joined(other, channel, fresh())) return false;
  const id = fresh();
  // A client shows that it knows channels by asking for them in the roster (XEP-0405 §2.9).
  other.ask('get', '', "<query xmlns='jabber:iq:roster'><annotate xmlns='urn:xmpp:mix:roster:0'/></query>");
  one.say(`<message to='${channel}' type='groupchat' id='${id}'><body>${id}</body></message>`);
  const heard = other.heard().some((m) => JSON.stringify(m).includes(id));
  return left(one, channel) && left(other, channel) && heard;
};

export const CHANNEL: Trials = {
  [NS.discoInfo]: info,
  [NS.discoItems]: items,
  [CORE]: (tried) => speaks(tried, tried.at),
};
export const CHANNELS: Trials = {
  [NS.discoInfo]: info,
  [NS.discoItems]: items,
  [COMMANDS]: commands,
  [`${CORE}#create-channel`]: (tried) => made(tried) !== '',
  [CORE]: (tried) => {
    const channel = made(tried);
    return channel !== '' && featuresIn(infoOf(tried.one, channel)).includes(CORE) && speaks(tried, channel);
  },
  // §6.2: its channels can be looked for.
  [`${CORE}#searchable`]: (tried) => {
    const channel = made(tried);
    return channel !== '' && JSON.stringify(tried.one.ask('get', tried.at, `<query xmlns='${NS.discoItems}'/>`)).includes(`"${channel}"`);
  },
  'urn:xmpp:mix:presence:0': (tried) => {
    const channel = made(tried);
    const { one, other, fresh } = tried;
    if (channel === '' || !joined(one, channel, fresh()) || !joined(other, channel, fresh())) return false;
    other.ask('get', '', "<query xmlns='jabber:iq:roster'><annotate xmlns='urn:xmpp:mix:roster:0'/></query>");
    one.say('<presence><status>tea</status></presence>');
    const seen = other.heard().some((p) => p.name === 'presence' && child(p, 'mix', 'urn:xmpp:mix:presence:0') !== undefined);
    return left(one, channel) && left(other, channel) && seen;
  },
};
