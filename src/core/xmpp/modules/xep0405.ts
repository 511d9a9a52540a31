/**
 * XEP-0405 Mediated Information eXchange (MIX): Participant Server Requirements 0.5.3 (2022-07-15, experimental, https://xmpp.org/extensions/xep-0405.html): what the
 * server of an account does so that the account takes part in channels, and any of its clients can. §2.1 and §2.2 messages, §2.6 joining, §2.7 leaving, §2.8 the
 * roster and presence, §2.9 annotated rosters. Loaded where the scenario asks for it.
 * Chosen: a client knows MIX if it has asked for a join, a leave or an annotated roster on its session (§2.1 has the client's capabilities asked for; that a client
 * which is called a MIX one by its hash and never uses MIX is left out makes no difference to who takes part).
 * Simplified: the server keeps no presence of channels (§2.8.2 allows that), so it asks for it anew whenever a client comes; it archives nothing of channels
 * (§2.10, optional) and does not announce it; preferences of XEP-0404, such as not to share presence, are not there.
 */
import { bareOf, formatJid, tryParseJid } from '../../../base/jid.ts';
import { child, el, elements, withAttrs, withChildren, type Element } from '../../../base/xml/element.ts';
import type { Part } from '../../../protocol/parts.ts';
import type { Context, Hook, Module, StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { payloadOf } from '../stanza.ts';
import {
  ANNOTATE,
  annotating,
  asked,
  channelsOf,
  keepMembership,
  knowing,
  knowsMix,
  memberships,
  mixClients,
  PAM,
  type Asked,
} from './mix/account.ts';
import { CORE } from './mix/channel.ts';
import { pamRules as rules } from './mix/rules.ts';
import { keepItem, keepRoster, newItem, push, ROSTER, rosterOf } from './roster/rosters.ts';

const keepKnowing = (context: Context, full: string): void => {
  if (!knowsMix(context, full)) context.set(knowing, [...context.get(knowing), full]);
};

/** §2.6, §2.7: in the name of the account, with the id of the client's request. */
const ask =
  (kind: Asked['kind'], name: 'join' | 'leave'): Hook['run'] =>
  (context, { stanza, session, to }) => {
    const payload = payloadOf(stanza);
    const channel = tryParseJid(payload?.attrs['channel'] ?? '');
    const content = payload && child(payload, name, CORE);
    if (session === undefined) return false;
    if (!content || !channel || channel.local === '' || channel.resource !== '') return context.bounce(stanza, 'bad-request', rules[name]);
    keepKnowing(context, session);
    const bare = bareOf(to);
    const id = stanza.attrs['id'] ?? '';
    const request: Asked = { bare, channel: formatJid(channel), id, full: session, kind, row: context.row };
    context.set(asked, [...context.get(asked), request]);
    context.forward(el('iq', NS.client, { type: 'set', from: bare, to: formatJid(channel), id }, content), rules[name]);
    return true;
  };

/** The channel has answered the account. */
function answered(context: Context, { stanza, from, to }: StanzaEvent): boolean {
  const { type, id = '' } = stanza.attrs;
  const waiting = context.get(asked);
  const request = waiting.find((r) => r.id === id && r.channel === formatJid(from) && r.bare === bareOf(to));
  if ((type !== 'result' && type !== 'error') || !request) return false;
  const rest = waiting.filter((r) => r !== request);
  context.set(asked, rest);
  const { bare, channel, full, kind, row } = request;
  const reply = (payload: readonly (Element | string)[], rule: (typeof rules)[keyof typeof rules]): void =>
    context.forward(el('iq', NS.client, { type, id, from: bare, to: full }, ...payload), rule, row);
  if (type === 'error') {
    reply(stanza.children, rules.refused);
    return true;
  }
  const content = payloadOf(stanza);
  if (kind === 'client-join') enrolled(context, bare, channel, content?.attrs['id'] ?? '');
  else {
    const { [channel]: _, ...items } = rosterOf(context, bare).items;
    keepMembership(context, bare, channel, undefined);
    keepRoster(context, bare, { items });
    push(context, bare, channel);
  }
  reply([el(kind, PAM, {}, ...(content ? [content] : []))], kind === 'client-join' ? rules.joined : rules.left);
  return true;
}

/** §2.8: in the roster with presence one way; clients that are there already are told of. */
function enrolled(context: Context, bare: string, channel: string, id: string): void {
  const isNew = channelsOf(context, bare)[channel] === undefined;
  keepMembership(context, bare, channel, id);
  if (!isNew) return;
  const item = rosterOf(context, bare).items[channel] ?? newItem(channel);
  keepItem(context, bare, { ...item, subscription: 'from' });
  push(context, bare, channel);
  for (const { presence } of mixClients(context, bare)) if (presence) context.originate(withAttrs(presence, { to: channel }), rules.told);
}

/** Whether it is from a channel of this account: its own address, one with an identifier behind it, or the encoded one of presence. */
function isOfChannel(context: Context, { from, to }: StanzaEvent): boolean {
  const own = channelsOf(context, bareOf(to));
  const local = from.local.slice(from.local.indexOf('#') + 1);
  return own[`${local}@${from.domain}`] !== undefined;
}

function fanOut(context: Context, event: StanzaEvent, rule: (typeof rules)[keyof typeof rules]): boolean {
  if (!isOfChannel(context, event) || event.stanza.attrs['type'] === 'error') return false;
  const able = mixClients(context, bareOf(event.to));
  if (able.length === 0) return context.drop(rules.nobody);
  for (const { full } of able) context.deliver(full, withAttrs(event.stanza, { to: full }), rule);
  return true;
}

/** §2.9: on the way to a client that wants it so. */
function annotate(context: Context, event: StanzaEvent): boolean {
  const { stanza, session } = event;
  const query = stanza.name === 'iq' ? child(stanza, 'query', ROSTER) : undefined;
  if (!query || session === undefined || !context.get(annotating).includes(session)) return false;
  const own = channelsOf(context, session.slice(0, session.indexOf('/')));
  const marked = (item: Element): Element => {
    const id = own[item.attrs['jid'] ?? ''];
    return id === undefined || item.attrs['subscription'] === 'remove'
      ? item
      : withChildren(item, [...item.children, el('channel', ANNOTATE, { 'participant-id': id })]);
  };
  const now = withChildren(query, elements(query).map(marked));
  event.stanza = withChildren(
    stanza,
    stanza.children.map((c) => (c === query ? now : c)),
  );
  return false;
}

export const xep0405: Module = {
  id: 'xep-0405',
  title: 'Mediated information exchange: the participant’s server',
  spec: 'XEP-0405',
  version: '0.5.3',
  places: ['server'],
  optional: true,
  accountFeatures: [PAM],
  rules,
  hooks: [
    ...['self', 'bare'].flatMap((kind): Hook[] => [
      { event: `iq-set/${kind}/${PAM}:client-join`, run: ask('client-join', 'join') },
      { event: `iq-set/${kind}/${PAM}:client-leave`, run: ask('client-leave', 'leave') },
      {
        event: `iq-get/${kind}/${ROSTER}:query`,
        priority: 20,
        run(context, { stanza, session }) {
          const query = payloadOf(stanza);
          if (session === undefined || !query || !child(query, 'annotate', ANNOTATE)) return false;
          keepKnowing(context, session);
          if (!context.get(annotating).includes(session)) context.set(annotating, [...context.get(annotating), session]);
          context.decline(rules.annotated);
          return false;
        },
      },
    ]),
    { event: 'iq/bare', priority: 10, run: answered },
    { event: 'message/bare', priority: 10, run: (context, event) => fanOut(context, event, rules.message) },
    { event: 'presence/bare', priority: 10, run: (context, event) => fanOut(context, event, rules.presence) },
    { event: 'to-session', priority: 10, run: annotate },
    {
      event: 'presence-initial',
      priority: -10,
      run(context, { session }) {
        if (session === undefined || !knowsMix(context, session)) return false;
        const bare = session.slice(0, session.indexOf('/'));
        for (const channel of Object.keys(channelsOf(context, bare)))
          context.originate(el('presence', NS.client, { from: bare, to: channel }), rules.refresh);
        return false;
      },
    },
    {
      // §2.8: only clients that know MIX are seen in a channel.
      event: 'presence-withheld',
      run(context, { session, to }) {
        if (session === undefined || knowsMix(context, session)) return false;
        if (channelsOf(context, session.slice(0, session.indexOf('/')))[bareOf(to)] === undefined) return false;
        context.decline(rules.withheld);
        return true;
      },
    },
    {
      event: 'session-end',
      priority: -20,
      run(context, { session }) {
        if (session === undefined || !knowsMix(context, session)) return false;
        context.set(
          knowing,
          context.get(knowing).filter((full) => full !== session),
        );
        context.set(
          annotating,
          context.get(annotating).filter((full) => full !== session),
        );
        return false;
      },
    },
  ],
  inspect({ get }): readonly Part[] {
    const rows = Object.entries(get(memberships)).flatMap(([bare, own]) =>
      Object.entries(own).map(([channel, id]) => ({
        key: `${bare} ${channel}`,
        cells: [
          bare,
          channel,
          id,
          get(knowing)
            .flatMap((full) => (full.startsWith(`${bare}/`) ? [full.slice(bare.length + 1)] : []))
            .join(', '),
        ].map((text) => ({ text })),
      })),
    );
    const columns = ['Account', 'Channel', 'Identifier there', 'Clients that know MIX'];
    return [{ type: 'table', key: 'channels', title: 'Channels', columns, rows, empty: 'No account takes part in any.' }];
  },
};
