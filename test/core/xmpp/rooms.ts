/** Steps of conversations about one room, `room@rooms.wonderland.lit`, whose owner is the queen (`q`); `m`, `r`, `a`, `k` are others. */
import { existsSync, readFileSync } from 'node:fs';
import { connect, send, type Step } from './conversation.ts';

export const ROOM = 'room@rooms.wonderland.lit';
const USERS = { q: 'queen', a: 'alice', m: 'madhatter', r: 'whiterabbit', k: 'king' } as const;
export const NICKS = { q: 'Queen', a: 'Alice', m: 'Hatter', r: 'Rabbit', k: 'King' } as const;
export type Who = keyof typeof USERS;
export const bareOf = (who: Who): string => `${USERS[who]}@wonderland.lit`;

const MUC = "<x xmlns='http://jabber.org/protocol/muc'/>";
export const online = (...who: readonly Who[]): Step[] => who.map((w) => connect(w, USERS[w], 'x'));
export const join = (who: Who, x = MUC, nick: string = NICKS[who]): Step => send(who, `<presence to='${ROOM}/${nick}'>${x}</presence>`);
export const presence = (who: Who, content = '', type = '', nick: string = NICKS[who]): Step =>
  send(who, `<presence to='${ROOM}/${nick}'${type && ` type='${type}'`}>${content}</presence>`);
export const iq = (who: Who, type: 'get' | 'set', content: string, to = ROOM): Step =>
  send(who, `<iq to='${to}' type='${type}' id='i'>${content}</iq>`);
export const admin = (who: Who, item: string, type: 'get' | 'set' = 'set'): Step =>
  iq(who, type, `<query xmlns='http://jabber.org/protocol/muc#admin'>${item}</query>`);
export const role = (who: Who, of: Who, to: string): Step => admin(who, `<item nick='${NICKS[of]}' role='${to}'/>`);
export const affiliate = (who: Who, of: Who, to: string): Step => admin(who, `<item jid='${bareOf(of)}' affiliation='${to}'/>`);
export const owner = (who: Who, content: string): Step =>
  iq(who, 'set', `<query xmlns='http://jabber.org/protocol/muc#owner'>${content}</query>`);
/** Fields without their common beginning; none: the room is taken as it is. */
export function configure(who: Who, fields: Readonly<Record<string, string>> = {}): Step {
  const type = '<field var="FORM_TYPE"><value>http://jabber.org/protocol/muc#roomconfig</value></field>';
  const given = Object.entries(fields).map(([name, value]) => `<field var='muc#roomconfig_${name}'><value>${value}</value></field>`);
  return owner(who, `<x xmlns='jabber:x:data' type='submit'>${given.length > 0 ? type : ''}${given.join('')}</x>`);
}
/** One field, with as many values as it is given. */
export const configureMany = (who: Who, name: string, values: readonly string[]): Step =>
  owner(
    who,
    `<x xmlns='jabber:x:data' type='submit'><field var="FORM_TYPE"><value>http://jabber.org/protocol/muc#roomconfig</value></field><field var='muc#roomconfig_${name}'>${values.map((v) => `<value>${v}</value>`).join('')}</field></x>`,
  );
/** §7.10: a nick is registered with the room. */
export const register = (who: Who, nick: string): Step =>
  iq(
    who,
    'set',
    `<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field><field var='muc#register_roomnick'><value>${nick}</value></field></x></query>`,
  );
export const say = (who: Who, content = '<body>word</body>', to = ROOM, type = 'groupchat'): Step =>
  send(who, `<message to='${to}' type='${type}' id='s'>${content}</message>`);
export const user = (content: string): string => `<x xmlns='http://jabber.org/protocol/muc#user'>${content}</x>`;

/** A table of ../shared; `undefined` where it is not there. */
export function sharedVectors(name: string): unknown {
  const file = new URL(`../../../../shared/conformance/vectors/${name}`, import.meta.url).pathname;
  const other = `/work/shared/conformance/vectors/${name}`;
  const there = [file, other].find((f) => existsSync(f));
  return there && JSON.parse(readFileSync(there, 'utf8'));
}
