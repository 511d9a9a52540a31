/** Requests of PubSub (XEP-0060) as steps of short conversations: queen `q` is the service's admin, `a` is alice, `m` the hatter. */
import { connect, send, talk, type Step } from './conversation.ts';

const SERVICE = 'notify.wonderland.lit';
const PS = 'http://jabber.org/protocol/pubsub';
export const A = 'alice@wonderland.lit';
export const M = 'madhatter@wonderland.lit';
export type Who = 'q' | 'a' | 'm' | 'cat';
export type Profile = 'prosody' | 'rfc';

const iq = (who: Who, type: 'get' | 'set', content: string, to: string | undefined = SERVICE): Step =>
  send(who, `<iq type='${type}' id='x'${to === '' ? '' : ` to='${to}'`}>${content}</iq>`);
export const pubsub = (who: Who, type: 'get' | 'set', content: string, to?: string): Step =>
  iq(who, type, `<pubsub xmlns='${PS}'>${content}</pubsub>`, to);
export const owner = (who: Who, type: 'get' | 'set', content: string, to?: string): Step =>
  iq(who, type, `<pubsub xmlns='${PS}#owner'>${content}</pubsub>`, to);
export const disco = (who: Who, what: 'info' | 'items', to = SERVICE, node?: string): Step =>
  iq(who, 'get', `<query xmlns='http://jabber.org/protocol/disco#${what}'${node === undefined ? '' : ` node='${node}'`}/>`, to);

/** A submitted form of these fields. */
export const form = (kind: string, fields: Readonly<Record<string, string>>): string => {
  const all = [['FORM_TYPE', `${PS}#${kind}`], ...Object.entries(fields).map(([name, value]) => [`pubsub#${name}`, value])];
  const given = all.map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`);
  return `<x xmlns='jabber:x:data' type='submit'>${given.join('')}</x>`;
};
export const create = (fields: Readonly<Record<string, string>> = {}, node = 'tea', who: Who = 'q', to?: string): Step =>
  pubsub(who, 'set', `<create node='${node}'/><configure>${form('node_config', fields)}</configure>`, to);
export const configure = (fields: Readonly<Record<string, string>>, who: Who = 'q', to?: string): Step =>
  owner(who, 'set', `<configure node='tea'>${form('node_config', fields)}</configure>`, to);
export const payload = "<tea xmlns='urn:tea'/>";
export const publish = (who: Who, id: string, content = payload, to?: string, node = 'tea'): Step =>
  pubsub(who, 'set', `<publish node='${node}'><item id='${id}'>${content}</item></publish>`, to);
export const subscribe = (who: Who, jid: string, to?: string, node = 'tea'): Step =>
  pubsub(who, 'set', `<subscribe node='${node}' jid='${jid}'/>`, to);
export const unsubscribe = (who: Who, jid: string, node = 'tea', more = ''): Step =>
  pubsub(who, 'set', `<unsubscribe node='${node}' jid='${jid}'${more}/>`);
export const items = (who: Who, content = '', to?: string, more = '', node = 'tea'): Step =>
  pubsub(who, 'get', `<items node='${node}'${more}>${content}</items>`, to);
export const retract = (who: Who, id: string, more = '', node = 'tea', to?: string): Step =>
  pubsub(who, 'set', `<retract node='${node}'${more}><item id='${id}'/></retract>`, to);
export const affiliate = (jid: string, affiliation: string, who: Who = 'q', to?: string, node = 'tea'): Step =>
  owner(who, 'set', `<affiliations node='${node}'><affiliation jid='${jid}' affiliation='${affiliation}'/></affiliations>`, to);

export const BEGIN: readonly Step[] = [connect('q', 'queen', 'throne'), connect('a', 'alice', 'tea'), connect('m', 'madhatter', 'hat')];

/** What `who` gets in the last of these steps. */
export function last(profile: Profile, who: Who, ...steps: readonly Step[]): readonly string[] {
  return talk([...BEGIN, ...steps], { profile }).got(who, BEGIN.length + steps.length);
}
