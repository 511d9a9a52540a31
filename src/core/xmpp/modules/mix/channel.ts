/** A MIX channel and who takes part in it: plain, immutable, kept on disk by the service. XEP-0369 §4 and §5, XEP-0403 §2. */
import { bareOf } from '../../../../base/jid.ts';
import { child, el, type Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import type { Party } from '../../network.ts';
import { slice, store } from '../../slice.ts';

export const CORE = 'urn:xmpp:mix:core:1';
export const PRESENCE = 'urn:xmpp:mix:presence:0';
const NODES = 'urn:xmpp:mix:nodes:';

export const MESSAGES = `${NODES}messages`;
export const PARTICIPANTS = `${NODES}participants`;
export const PRESENCES = `${NODES}presence`;
export const INFO = `${NODES}info`;
/** Those that every channel here has. */
export const ALL_NODES: readonly string[] = [INFO, MESSAGES, PARTICIPANTS, PRESENCES];

export interface Participant {
  /** The stable participant identifier (§4). */
  readonly id: string;
  /** Bare address: it is the person who takes part, not a client. */
  readonly bare: string;
  readonly nick: string;
  /** What of the channel is sent to them. */
  readonly nodes: readonly string[];
}

export interface Channel {
  readonly jid: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  /** In order of joining. */
  readonly participants: readonly Participant[];
  /** Whoever left keeps an identifier for when they come again. */
  readonly former: Readonly<Record<string, string>>;
}

/** By address. A participant is one for a long time, so a channel outlives a stop and a crash of its service. */
export const channels = store<Readonly<Record<string, Channel>>>('channels', {});
/** What each client of a participant has last said of itself, by channel and full address. */
export const presences = slice<Readonly<Record<string, Readonly<Record<string, Element>>>>>('channel-presences', {});

/** Channels that are there from the beginning: the rooms of the service in the scenario. */
export function seededChannels(party: Party): Readonly<Record<string, Channel>> {
  const made = party.rooms.map(({ name, owner, title = name, subject = '' }): Channel => {
    return { jid: `${name}@${party.name}`, title, description: subject, owner, participants: [], former: {} };
  });
  return Object.fromEntries(made.map((c) => [c.jid, c]));
}

export const newChannel = (jid: string, owner: string): Channel => ({
  jid,
  title: jid.split('@', 1)[0] ?? jid,
  description: '',
  owner,
  participants: [],
  former: {},
});

export const channelAt = (context: Pick<Context, 'get'>, jid: string): Channel | undefined => context.get(channels)[jid];

export function keepChannel(context: Context, channel: Channel): void {
  context.set(channels, { ...context.get(channels), [channel.jid]: channel });
}

export function removeChannel(context: Context, jid: string): void {
  const { [jid]: gone, ...rest } = context.get(channels);
  if (gone) context.set(channels, rest);
}

const participantOf = (channel: Channel, bare: string): Participant | undefined => channel.participants.find((p) => p.bare === bare);

export interface Visit {
  readonly channel: Channel | undefined;
  readonly bare: string;
  readonly sender: Participant | undefined;
}

export function visit(context: Context, event: StanzaEvent): Visit {
  const channel = channelAt(context, `${event.to.local}@${event.to.domain}`);
  const bare = bareOf(event.from);
  return { channel, bare, sender: channel && participantOf(channel, bare) };
}

const text = (ns: string, name: string, value: string): Element => el(name, ns, {}, value);

/** Who it is, as messages and the participants node have it. */
export const whoIs = (ns: string, { nick, bare }: Participant, jid = bare): readonly Element[] => [
  text(ns, 'nick', nick),
  text(ns, 'jid', jid),
];

/** Of a join, or a change of subscriptions: the nodes that are asked for and that there are. */
export const nodesIn = (asked: Element, name: 'subscribe' | 'unsubscribe' = 'subscribe'): readonly string[] =>
  ALL_NODES.filter((node) => asked.children.some((c) => typeof c !== 'string' && c.name === name && c.attrs['node'] === node));

export const subscribed = (nodes: readonly string[]): readonly Element[] => nodes.map((node) => el('subscribe', CORE, { node }));

export function nickIn(asked: Element): string | undefined {
  const nick = child(asked, 'nick')?.children.join('').trim();
  return nick === undefined || nick === '' ? undefined : nick;
}
