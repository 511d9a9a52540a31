/**
 * XEP-0163 Personal Eventing Protocol 1.2.2 (2021-06-22, https://xmpp.org/extensions/xep-0163.html): every account is a PubSub service of its own. §3 nodes are made by
 * publishing, for those who may see the owner's presence; §4.1–4.3 whoever may see it and has `+notify` in its capabilities (XEP-0115) is told, own resources
 * too; §4.3.4 the last items to who comes online. As Prosody does it: what software can is asked by each account for itself, by an iq with the id `disco`,
 * until one answer with the right hash is known; a client without capabilities is told of nothing; what the answer to the own account says counts at
 * the contacts of the same server for the bare address.
 */
import { bareOf, formatJid } from '../../../base/jid.ts';
import { child, el } from '../../../base/xml/element.ts';
import type { Part } from '../../../protocol/parts.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { slice } from '../slice.ts';
import { decided } from './pubsub/authorize.ts';
import { accountDisco, ACCOUNT_FEATURES, ACCOUNT_UNTOLD, nodeRules } from './pubsub/disco.ts';
import { bare, configOf, may, nodeOf, serviceAt } from './pubsub/capabilities.ts';
import { sendLast } from './pubsub/events.ts';
import { accountGroup, describe, interestsPart, publicOf } from './pubsub/inspect.ts';
import { at, nodesByService } from './pubsub/model.ts';
import { keepInterest, recipientsOf } from './pubsub/recipients.ts';
import { lastItem } from './pubsub/service.ts';
import { mayTell } from './roster/ties.ts';
import { rosterOf, tiesOf } from './roster/rosters.ts';
import { requestHooks } from './xep0060.ts';
import { capsHash, capsOf, interestsOf, isIllFormed } from './xep0115.ts';

const rules = {
  asked: rule(
    'xep-0115/6.2/ask',
    'XEP-0115 §6.2, XEP-0163 §4.2',
    'The presence names software by a hash that this server has not seen, so it asks what that can: it may want to be told of some nodes.',
  ),
  learnt: rule(
    'xep-0115/5.4/learnt',
    'XEP-0115 §5.4',
    'The answer says what software can. It is remembered under the hash that its content has, so that nobody with the same one is asked again.',
  ),
  illFormed: rule(
    'xep-0115/5.4/ill-formed',
    'XEP-0115 §5.4',
    'The answer says something twice, so that other answers may have the same hash: it is not gone by.',
  ),
};

/** Nodes of interest, by hash. */
const known = slice<Readonly<Record<string, readonly string[]>>>('caps', {});
const NOBODY: readonly string[] = [];

/** §4.3.4: of the nodes that it was not interested in before, the last item. */
function update(context: Context, account: string, recipient: string, nodes: readonly string[]): void {
  const before = at(recipientsOf(context, account), recipient) ?? NOBODY;
  if (before.length === 0 && nodes.length === 0) return;
  const service = serviceAt(context, account);
  for (const name of nodes) {
    const node = nodeOf(service, name);
    if (!node || before.includes(name) || !may(service, name, recipient, 'subscribe')) continue;
    const last =
      configOf(service, node).send_last_published_item === 'on_sub_and_presence' ? lastItem(service, name, recipient) : undefined;
    if (last) sendLast(service, name, recipient, last);
  }
  keepInterest(context, account, recipient, nodes);
}

/** The presence of a contact, or of an own resource, as the account's service hears it. */
function heard(context: Context, { stanza, to, from }: StanzaEvent): false {
  const account = bareOf(to);
  const contact = bareOf(from);
  const recipient = formatJid(from);
  const { type } = stanza.attrs;
  if (type === 'unavailable') update(context, account, recipient, NOBODY);
  else if (type === 'unsubscribe' && contact !== account) {
    for (const jid of Object.keys(recipientsOf(context, account))) if (bare(jid) === contact) update(context, account, jid, NOBODY);
  } else if (type === undefined && (contact === account || tiesOf(rosterOf(context, account), contact).from))
    listens(context, account, recipient, stanza);
  return false;
}

function listens(context: Context, account: string, recipient: string, presence: StanzaEvent['stanza']): void {
  const caps = capsOf(presence);
  const nodes = caps && at(context.get(known), caps.hash);
  const before = at(recipientsOf(context, account), recipient);
  if (before !== undefined && before === nodes) return;
  if (!caps || nodes) return update(context, account, recipient, nodes ?? NOBODY);
  const query = el('query', NS.discoInfo, { node: caps.node });
  context.originate(el('iq', NS.client, { type: 'get', id: DISCO, from: account, to: recipient }, query), rules.asked);
}

/** Prosody's only id for these requests, whoever is asked. */
const DISCO = 'disco';

function learn(context: Context, { stanza, to, from }: StanzaEvent): boolean {
  const query = stanza.attrs['type'] === 'result' && stanza.attrs['id'] === DISCO ? child(stanza, 'query', NS.discoInfo) : undefined;
  if (!query) return false;
  // Prosody goes by any answer.
  if (context.profile === 'rfc' && isIllFormed(query)) return context.drop(rules.illFormed);
  const account = bareOf(to);
  const nodes = interestsOf(query);
  context.set(known, { ...context.get(known), [capsHash(query)]: nodes });
  if (bareOf(from) === account && context.profile === 'prosody')
    for (const { jid, subscription } of Object.values(rosterOf(context, account).items))
      if (mayTell(subscription) && jid.endsWith(`@${context.party.name}`)) update(context, jid, account, nodes);
  // Prosody goes by what anybody says, asked or not.
  const mayKnow = bareOf(from) === account || tiesOf(rosterOf(context, account), bareOf(from)).from;
  if (mayKnow || context.profile === 'prosody') update(context, account, formatJid(from), nodes);
  return context.drop(rules.learnt);
}

const ownAddress = (event: StanzaEvent): string => bareOf(event.to);

export const xep0163: Module = {
  id: 'xep-0163',
  title: 'Personal eventing',
  spec: 'XEP-0163',
  version: '1.2.2',
  places: ['server'],
  accountFeatures: ACCOUNT_FEATURES,
  untold: { accountFeatures: ACCOUNT_UNTOLD },
  // Those of the requests are XEP-0060's.
  rules: { ...nodeRules, ...rules },
  hooks: [
    ...requestHooks('self', ownAddress),
    ...requestHooks('bare', ownAddress),
    ...accountDisco,
    { event: 'presence/self', priority: 20, run: heard },
    { event: 'presence/bare', priority: 20, run: heard },
    ...['self', 'bare'].map((kind) => ({ event: `message/${kind}`, priority: 30, run: decided })),
    { event: 'iq/self', priority: 20, run: learn },
    { event: 'iq/bare', priority: 20, run: learn },
    {
      event: 'session-end',
      run(context, { session, from }) {
        if (session !== undefined) update(context, bareOf(from), session, NOBODY);
        return false;
      },
    },
  ],
  inspect({ get }): readonly Part[] {
    return Object.entries(get(nodesByService)).flatMap(([account, nodes]) => [
      interestsPart(account, recipientsOf({ get }, account)),
      ...describe(nodes, account),
    ]);
  },
  groups: ({ get }) =>
    Object.entries(get(nodesByService))
      .map(([account, nodes]) => [account, publicOf(nodes)] as const)
      .filter(([, nodes]) => Object.keys(nodes).length > 0)
      .map(([account, nodes]) => accountGroup(account, nodes, recipientsOf({ get }, account))),
};
