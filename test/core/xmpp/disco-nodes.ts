/** Nodes as the trials of PubSub use them: made by the first probe, subscribed to by others. XEP-0060 §6 to §8, XEP-0163 §4.2. */
import { serialize } from '../../../src/base/xml/codec.ts';
import { el, elements, withAttrs, type Element } from '../../../src/base/xml/element.ts';
import { infoQuery } from '../../../src/core/xmpp/modules/xep0030.ts';
import { capsHash } from '../../../src/core/xmpp/modules/xep0115.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { inside, isResult, type Voice } from './disco-probe.ts';
import type { Tried } from './disco-trials.ts';

export const PUBSUB = 'http://jabber.org/protocol/pubsub';
const OWNER = `${PUBSUB}#owner`;
export const PAYLOAD = "<tea xmlns='urn:tea'/>";

export const form = (kind: string, fields: Readonly<Record<string, string>>): string =>
  `<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>${PUBSUB}#${kind}</value></field>${Object.entries(
    fields,
  )
    .map(([name, value]) => `<field var='pubsub#${name}'><value>${value}</value></field>`)
    .join('')}</x>`;

/** Requests about one node: of the owner, who is the first probe, and of others. */
export function nodeOf(tried: Tried, config: Readonly<Record<string, string>> = { access_model: 'open' }) {
  const { one, at, fresh } = tried;
  const node = fresh();
  // Others ask the account by its name.
  const to = at === '' ? one.bare : at;
  const address = (who: Voice): string => (who === one ? at : to);
  const ask = (who: Voice, type: 'get' | 'set', content: string, ns = PUBSUB): Element =>
    who.ask(type, address(who), `<pubsub xmlns='${ns}'>${content}</pubsub>`);
  const own = (type: 'get' | 'set', content: string): Element => ask(one, type, content, OWNER);
  const made = ask(one, 'set', `<create node='${node}'/><configure>${form('node_config', config)}</configure>`);
  return {
    node,
    made: isResult(made),
    ask,
    own,
    publish: (id: string, who = one) => ask(who, 'set', `<publish node='${node}'><item id='${id}'>${PAYLOAD}</item></publish>`),
    items: (who: Voice) => ask(who, 'get', `<items node='${node}'/>`),
    subscribe: (who: Voice) => ask(who, 'set', `<subscribe node='${node}' jid='${who.bare}'/>`),
    affiliate: (who: Voice, affiliation: string) =>
      own('set', `<affiliations node='${node}'><affiliation jid='${who.bare}' affiliation='${affiliation}'/></affiliations>`),
  };
}
export const ids = (answer: Element): readonly string[] => {
  const list = inside(answer, 'items');
  return isResult(answer) && list ? elements(list).map((i) => i.attrs['id'] ?? '') : [];
};
export const state = (answer: Element): string => (isResult(answer) ? (inside(answer, 'subscription')?.attrs['subscription'] ?? '') : '');
/** What it was told of a node. */
export const told = (who: Voice, node: string, what = 'item'): readonly string[] =>
  who.heard().flatMap((m) => {
    const list = m.name === 'message' ? inside(m, 'items') : undefined;
    return list?.attrs['node'] === node ? elements(list).flatMap((i) => (i.name === what ? [i.attrs['id'] ?? ''] : [])) : [];
  });

/** Presence with capabilities, whoever asks for them being answered: XEP-0115, XEP-0163 §4.2. */
export function interested(who: Voice, ...nodes: readonly string[]): void {
  const query = infoQuery(
    [{ category: 'client', type: 'pc' }],
    nodes.map((n) => `${n}+notify`),
  );
  const [url, ver] = ['urn:probe', capsHash(query)];
  who.say(`<presence><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='${url}' ver='${ver}'/></presence>`);
  // Each answer lets others be asked.
  for (const request of who.heard().filter((s) => s.name === 'iq' && s.attrs['type'] === 'get')) {
    const answer = el(
      'iq',
      NS.client,
      { type: 'result', id: request.attrs['id'], to: request.attrs['from'] },
      withAttrs(query, { node: `${url}#${ver}` }),
    );
    who.say(serialize(answer, ''));
  }
}
export const quiet = (who: Voice): void => who.say('<presence/>');
