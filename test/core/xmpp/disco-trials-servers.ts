/** Trials of what servers and accounts announce (PubSub's in `disco-trials-pubsub.ts`). */
import { child, elements } from '../../../src/base/xml/element.ts';
import { COMMANDS } from '../../../src/core/xmpp/modules/commands/contract.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { infoOf, inside, isResult, type Voice } from './disco-probe.ts';
import { condition, type Trial, type Trials } from './disco-trials.ts';

const chat = (from: Voice, to: string, id: string, content = `<body>${id}</body>`): void =>
  from.say(`<message to='${to}' type='chat' id='${id}'>${content}</message>`);
const has = (voice: Voice, id: string): boolean => voice.heard().some((m) => m.name === 'message' && m.attrs['id'] === id);
const copied = (voice: Voice, id: string): boolean =>
  voice
    .heard()
    .some(
      (m) =>
        child(m, 'received', 'urn:xmpp:carbons:2') !== undefined && inside(m, 'forwarded') !== undefined && JSON.stringify(m).includes(id),
    );
const enable = (voice: Voice, what: 'enable' | 'disable'): boolean =>
  isResult(voice.ask('set', '', `<${what} xmlns='urn:xmpp:carbons:2'/>`));

export const info: Trial = ({ one, at }) => {
  const answer = infoOf(one, at);
  return isResult(answer) && inside(answer, 'identity') !== undefined;
};
export const items: Trial = ({ one, at }) => isResult(one.ask('get', at, `<query xmlns='${NS.discoItems}'/>`));
const asked =
  (payload: string, found: string): Trial =>
  ({ one, at }) => {
    const answer = one.ask('get', at, payload);
    return isResult(answer) && inside(answer, found) !== undefined;
  };
export const commands: Trial = ({ one, at }) => {
  const list = one.ask('get', at, `<query xmlns='${NS.discoItems}' node='${COMMANDS}'/>`);
  const nodes = elements(elements(list)[0] ?? list).map((i) => i.attrs['node'] ?? '');
  const runs = nodes.map((node) => one.ask('set', at, `<command xmlns='${COMMANDS}' node='${node}'/>`));
  return isResult(list) && runs.every((run) => isResult(run) && inside(run, 'command')?.attrs['sessionid'] !== undefined);
};

const storage = (voice: Voice, name: string): string =>
  JSON.stringify(voice.ask('get', '', `<query xmlns='jabber:iq:private'><${name} xmlns='urn:x:${name}'/></query>`));

export const SERVER: Trials = {
  [NS.discoInfo]: info,
  [NS.discoItems]: items,
  [COMMANDS]: commands,
  'jabber:iq:last': asked("<query xmlns='jabber:iq:last'/>", 'query'),
  'jabber:iq:version': asked("<query xmlns='jabber:iq:version'/>", 'version'),
  'jabber:iq:time': asked("<query xmlns='jabber:iq:time'/>", 'utc'),
  'urn:xmpp:time': asked("<time xmlns='urn:xmpp:time'/>", 'utc'),
  'urn:xmpp:ping': ({ one, at }) => isResult(one.ask('get', at, "<ping xmlns='urn:xmpp:ping'/>")),
  'jabber:iq:register': ({ one }) => inside(one.ask('get', '', "<query xmlns='jabber:iq:register'/>"), 'registered') !== undefined,
  'jabber:iq:private': ({ one, fresh }) => {
    const [name, words] = [fresh(), fresh()];
    const kept = one.ask('set', '', `<query xmlns='jabber:iq:private'><${name} xmlns='urn:x:${name}'>${words}</${name}></query>`);
    return isResult(kept) && storage(one, name).includes(words);
  },
  'jabber:iq:roster': ({ one, same, fresh }) => {
    const jid = `${fresh()}@x.lit`;
    same.ask('get', '', "<query xmlns='jabber:iq:roster'/>");
    const set = one.ask('set', '', `<query xmlns='jabber:iq:roster'><item jid='${jid}' name='X'/></query>`);
    const pushed = same.heard().some((s) => inside(s, 'item')?.attrs['jid'] === jid);
    return isResult(set) && pushed && JSON.stringify(one.ask('get', '', "<query xmlns='jabber:iq:roster'/>")).includes(jid);
  },
  'urn:xmpp:blocking': ({ one, stranger, fresh }) => {
    const [before, during, after] = [fresh(), fresh(), fresh()];
    const list = (what: string) =>
      isResult(one.ask('set', '', `<${what} xmlns='urn:xmpp:blocking'><item jid='${stranger.bare}'/></${what}>`));
    const heard = (id: string): boolean => {
      chat(stranger, one.full, id);
      return has(one, id);
    };
    return heard(before) && list('block') && !heard(during) && list('unblock') && heard(after);
  },
  // The word for it is older than its specification: XEP-0160 §3.
  msgoffline: ({ one, other, fresh }) => {
    const id = fresh();
    other.say("<presence type='unavailable'/>");
    chat(one, other.bare, id);
    const isLate = !has(other, id);
    other.say('<presence/>');
    return isLate && other.heard().some((m) => m.attrs['id'] === id && child(m, 'delay', NS.delay) !== undefined);
  },
  'urn:xmpp:carbons:2': ({ one, same, other, fresh }) => {
    const [with_, without] = [fresh(), fresh()];
    if (!enable(same, 'enable')) return false;
    chat(other, one.full, with_);
    const isCopied = copied(same, with_);
    if (!enable(same, 'disable')) return false;
    chat(other, one.full, without);
    return isCopied && !copied(same, without);
  },
  // XEP-0280 §6.1: what is copied: chat and normal with a body, and not what is private.
  'urn:xmpp:carbons:rules:0': ({ one, same, other, fresh }) => {
    const [normal, headline, hidden] = [fresh(), fresh(), fresh()];
    if (!enable(same, 'enable')) return false;
    other.say(`<message to='${one.full}' id='${normal}'><body>${normal}</body></message>`);
    const isNormal = copied(same, normal);
    other.say(`<message to='${one.full}' type='headline' id='${headline}'><body>${headline}</body></message>`);
    const isHeadline = copied(same, headline);
    chat(other, one.full, hidden, `<body>${hidden}</body><private xmlns='urn:xmpp:carbons:2'/><no-copy xmlns='urn:xmpp:hints'/>`);
    const isHidden = copied(same, hidden);
    enable(same, 'disable');
    return isNormal && !isHeadline && !isHidden;
  },
  'vcard-temp': ({ one, other, fresh }) => {
    const name = fresh();
    const set = one.ask('set', '', `<vCard xmlns='vcard-temp'><FN>${name}</FN></vCard>`);
    return isResult(set) && JSON.stringify(other.ask('get', one.bare, "<vCard xmlns='vcard-temp'/>")).includes(name);
  },
  // XEP-0363 §4: of a service that has this.
  'urn:xmpp:http:upload:0': ({ one, at }) => slotAt(one, at),
};

const slotAt = (one: Voice, at: string): boolean =>
  inside(one.ask('get', at, "<request xmlns='urn:xmpp:http:upload:0' filename='tea.txt' size='10'/>"), 'put')?.attrs['url']?.includes(
    'tea.txt',
  ) === true;

export const UPLOAD: Trials = {
  [NS.discoInfo]: info,
  [NS.discoItems]: items,
  'urn:xmpp:http:upload:0': ({ one, at }) =>
    slotAt(one, at) &&
    condition(one.ask('get', at, "<request xmlns='urn:xmpp:http:upload:0' filename='tea.txt' size='99999999999'/>")) === 'not-acceptable',
};

const VCARD4 = 'urn:ietf:params:xml:ns:vcard-4.0';
const PRIVATE = "<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query>";
const bookmark = (voice: Voice, room: string): boolean =>
  isResult(
    voice.ask(
      'set',
      '',
      `<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:bookmarks:1'><item id='${room}'><conference xmlns='urn:xmpp:bookmarks:1' name='Tea'/></item></publish></pubsub>`,
    ),
  );
const itemsOf = (voice: Voice, node: string): string =>
  JSON.stringify(voice.ask('get', '', `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='${node}'/></pubsub>`));
const archive = (voice: Voice, content = ''): readonly string[] => {
  const fin = voice.ask('set', '', `<query xmlns='urn:xmpp:mam:2'>${content}</query>`);
  return isResult(fin)
    ? voice
        .heard()
        .filter((m) => m.name === 'message')
        .map((m) => JSON.stringify(m))
    : [];
};

export const ACCOUNT: Trials = {
  [NS.discoInfo]: info,
  [NS.discoItems]: items,
  [VCARD4]: ({ one, other, fresh }) => {
    const name = fresh();
    const set = one.ask('set', '', `<vcard xmlns='${VCARD4}'><fn><text>${name}</text></fn></vcard>`);
    return isResult(set) && JSON.stringify(other.ask('get', one.bare, `<vcard xmlns='${VCARD4}'/>`)).includes(name);
  },
  // XEP-0398: a picture in the old vCard is an avatar of the account.
  'urn:xmpp:pep-vcard-conversion:0': ({ one }) => {
    const set = one.ask('set', '', "<vCard xmlns='vcard-temp'><PHOTO><TYPE>image/png</TYPE><BINVAL>aGVsbG8=</BINVAL></PHOTO></vCard>");
    return isResult(set) && itemsOf(one, 'urn:xmpp:avatar:metadata').includes('image/png');
  },
  'urn:xmpp:bookmarks:1#compat': ({ one, fresh }) => {
    const room = `${fresh()}@rooms.lit`;
    return bookmark(one, room) && JSON.stringify(one.ask('get', '', PRIVATE)).includes(room);
  },
  'urn:xmpp:bookmarks:1#compat-pep': ({ one, fresh }) => {
    const room = `${fresh()}@rooms.lit`;
    return bookmark(one, room) && itemsOf(one, 'storage:bookmarks').includes(room);
  },
  // XEP-0411: what stands in private storage is in the node.
  'urn:xmpp:bookmarks-conversion:0': ({ one, fresh }) => {
    const room = `${fresh()}@rooms.lit`;
    const set = one.ask('set', '', PRIVATE.replace("bookmarks'/>", `bookmarks'><conference jid='${room}'/></storage>`));
    return isResult(set) && itemsOf(one, 'storage:bookmarks').includes(room);
  },
  'urn:xmpp:mam:2': ({ one, other, fresh }) => {
    const id = fresh();
    chat(other, one.bare, id);
    return archive(one).some((m) => m.includes(id));
  },
  // XEP-0313 §4.1.3.2, §4.3.3, §5
  'urn:xmpp:mam:2#extended': ({ one, other, fresh }) => {
    const id = fresh();
    chat(other, one.bare, id);
    const own = archive(one).find((m) => m.includes(id)) ?? '';
    const archived = /"queryid".*?"id":"([^"]+)"|"result".*?"id":"([^"]+)"/.exec(own);
    const known = archived?.[1] ?? archived?.[2] ?? '';
    const ids = `<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field><field var='ids'><value>${known}</value></field></x>`;
    const metadata = one.ask('get', '', "<metadata xmlns='urn:xmpp:mam:2'/>");
    return known !== '' && archive(one, ids).length === 1 && inside(metadata, 'end')?.attrs['id'] === known;
  },
  'urn:xmpp:sid:0': ({ one, other, fresh }) => {
    const id = fresh();
    chat(other, one.bare, id);
    return one.heard().some((m) => m.attrs['id'] === id && child(m, 'stanza-id', 'urn:xmpp:sid:0')?.attrs['by'] === one.bare);
  },
  'urn:xmpp:mix:pam:2': ({ one, services }) => {
    const service = services.mix[0];
    const listed = service === undefined ? undefined : one.ask('get', service, `<query xmlns='${NS.discoItems}'/>`);
    const channel = listed && inside(listed, 'item')?.attrs['jid'];
    const join = `<client-join xmlns='urn:xmpp:mix:pam:2' channel='${channel ?? 'none@none.lit'}'><join xmlns='urn:xmpp:mix:core:1'><subscribe node='urn:xmpp:mix:nodes:messages'/><nick>Probe</nick></join></client-join>`;
    const left = `<client-leave xmlns='urn:xmpp:mix:pam:2' channel='${channel ?? 'none@none.lit'}'><leave xmlns='urn:xmpp:mix:core:1'/></client-leave>`;
    return inside(one.ask('set', '', join), 'join')?.attrs['id'] !== undefined && isResult(one.ask('set', '', left));
  },
};
