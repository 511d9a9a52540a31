/** What a client knows of the channels that its account takes part in. XEP-0369 §7.1, XEP-0403 §3, XEP-0405 §2: the client's side. */
import { bareOf, parseJid } from '../../../base/jid.ts';
import { child, childText, elements, textOf, type Element } from '../../../base/xml/element.ts';
import type { Part } from '../../../protocol/parts.ts';
import type { Context, Module, StanzaEvent } from '../module.ts';
import { CORE, PARTICIPANTS, PRESENCE } from '../modules/mix/channel.ts';
import { channelActions } from '../modules/mix/channel-actions.ts';
import { PAM } from '../modules/mix/account.ts';
import { PUBSUB } from '../modules/mix/nodes.ts';
import { slice } from '../slice.ts';
import { Shown } from '../states.ts';

interface SeenParticipant {
  readonly id: string;
  readonly nick: string;
  readonly jid: string;
}
interface JoinedChannel {
  readonly jid: string;
  /** The own identifier; empty where another client of the account has joined. */
  readonly id: string;
  readonly participants: readonly SeenParticipant[];
  /** Encoded addresses of clients that are online. */
  readonly online: readonly string[];
}

const joinedChannels = slice<readonly JoinedChannel[]>('channels', []);
const EVENT = 'http://jabber.org/protocol/pubsub#event';

const at = (context: Context, jid: string): JoinedChannel =>
  context.get(joinedChannels).find((c) => c.jid === jid) ?? { jid, id: '', participants: [], online: [] };

function keep(context: Context, channel: JoinedChannel): void {
  const others = context.get(joinedChannels).filter((c) => c.jid !== channel.jid);
  if (others.length === context.get(joinedChannels).length) context.show(Shown.room);
  context.set(
    joinedChannels,
    [...others, channel].sort((a, b) => (a.jid < b.jid ? -1 : 1)),
  );
}

function answered(context: Context, { stanza }: StanzaEvent): boolean {
  if (stanza.attrs['type'] !== 'result') return false;
  const join = child(stanza, 'client-join', PAM);
  const left = child(stanza, 'client-leave', PAM);
  const list = child(stanza, 'pubsub', PUBSUB);
  if (join) joinedAs(context, stanza, join);
  if (left) gone(context, stanza);
  const items = list && child(list, 'items');
  const jid = stanza.attrs['from'];
  if (items?.attrs['node'] === PARTICIPANTS && jid !== undefined)
    keep(context, { ...at(context, jid), participants: elements(items).flatMap(seen) });
  return false;
}

/** The answer does not name the channel, the request did: it is remembered by its id. */
const requests = slice<Readonly<Record<string, string>>>('channel-requests', {});

function joinedAs(context: Context, stanza: Element, join: Element): void {
  const jid = context.get(requests)[stanza.attrs['id'] ?? ''];
  const id = child(join, 'join', CORE)?.attrs['id'];
  if (jid !== undefined) keep(context, { ...at(context, jid), id: id ?? '' });
}

function gone(context: Context, stanza: Element): void {
  const jid = context.get(requests)[stanza.attrs['id'] ?? ''];
  const rest = context.get(joinedChannels).filter((c) => c.jid !== jid);
  context.set(joinedChannels, rest);
  if (rest.length === 0) context.show(Shown.online);
}

function sent(context: Context, { stanza }: StanzaEvent): boolean {
  const asked = elements(stanza).find((c) => c.ns === PAM);
  const { id } = stanza.attrs;
  const channel = asked?.attrs['channel'];
  if (id !== undefined && channel !== undefined) context.set(requests, { ...context.get(requests), [id]: channel });
  return false;
}

function seen(item: Element): readonly SeenParticipant[] {
  const who = child(item, 'participant', CORE);
  const id = item.attrs['id'];
  return who && id !== undefined ? [{ id, nick: childText(who, 'nick') ?? '', jid: childText(who, 'jid') ?? '' }] : [];
}

/** The participants node has changed. */
function told(context: Context, { stanza, from }: StanzaEvent): boolean {
  const event = child(stanza, 'event', EVENT);
  const items = event && child(event, 'items');
  if (items?.attrs['node'] !== PARTICIPANTS) return false;
  const channel = at(context, bareOf(from));
  const retracted = elements(items).flatMap((i) => (i.name === 'retract' ? [i.attrs['id']] : []));
  const added = elements(items).flatMap(seen);
  const names = new Set([...retracted, ...added.map((p) => p.id)]);
  keep(context, { ...channel, participants: [...channel.participants.filter((p) => !names.has(p.id)), ...added] });
  return true;
}

function presence(context: Context, { stanza, from }: StanzaEvent): boolean {
  const mix = child(stanza, 'mix', PRESENCE);
  if (!mix || !from.local.includes('#')) return false;
  const channel = at(context, `${from.local.slice(from.local.indexOf('#') + 1)}@${from.domain}`);
  const full = textOf(child(mix, 'jid') ?? mix);
  const others = channel.online.filter((o) => o !== full);
  keep(context, { ...channel, online: stanza.attrs['type'] === 'unavailable' ? others : [...others, full] });
  return true;
}

export const clientChannels: Module = {
  id: 'xep-0369-client',
  title: 'Mediated information exchange, the client’s side',
  spec: 'XEP-0369',
  version: '0.14.6',
  places: ['client'],
  rules: {},
  hooks: [
    { event: 'sent-iq', run: sent },
    { event: 'iq/client', priority: 10, run: answered },
    { event: 'message/client', priority: 12, run: told },
    { event: 'presence/client', priority: 10, run: presence },
  ],
  actions: (view) =>
    channelActions(
      view,
      view.get(joinedChannels).map((c) => ({ jid: c.jid, nick: c.participants.find((p) => p.jid === view.bare)?.nick ?? '' })),
    ),
  inspect: ({ get }) => get(joinedChannels).map(describe),
};

function describe({ jid, id, participants, online }: JoinedChannel): Part {
  const own = participants.find((p) => p.id === id)?.nick;
  const name = parseJid(jid).local;
  return {
    type: 'table',
    key: `channel/${jid}`,
    title: own === undefined ? `In the channel ${name}` : `In the channel ${name} as ${own}`,
    columns: ['Participant', 'Account', 'Identifier', 'Clients online'],
    rows: participants.map((p) => ({
      key: p.id,
      cells: [p.nick, p.jid, p.id, online.flatMap((o) => (o.startsWith(`${p.jid}/`) ? [o.slice(p.jid.length + 1)] : [])).join(', ')].map(
        (text) => ({ text }),
      ),
    })),
    empty: 'The channel has not told of anybody yet.',
  };
}
