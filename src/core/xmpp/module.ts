/** What a module is — one specification (or a part of it), its hooks and its rules — and what its hooks can do. */
import type { Jid } from '../../base/jid.ts';
import type { Element } from '../../base/xml/element.ts';
import type { Part } from '../../protocol/parts.ts';
import type { ClientAct } from '../../protocol/scenario.ts';
import type { Rule } from '../kernel/model.ts';
import type { ActionView, Deeds } from './actions/contract.ts';
import type { Condition, ErrorDetails } from './errors.ts';
import type { GroupSeen } from './groups.ts';
import type { Command } from './modules/commands/contract.ts';
import type { Party, Place } from './network.ts';
import type { Stream } from './server/streams.ts';
import type { Slice } from './slice.ts';

/** A stanza on its way through one party. Hooks before its delivery may put another stanza in its place. */
export interface StanzaEvent {
  stanza: Element;
  /** Prepared; the account itself where the stanza has no `to`. */
  readonly to: Jid;
  readonly from: Jid;
  /** Full address of the session that sent it, where it came from one of the party's own. */
  readonly session?: string | undefined;
  /** The stream that it came on, where it came from outside: a client, another server. */
  readonly stream?: Stream | undefined;
  /** Of a session's end: why, in the words that others are told; none where the stream ended in good order. */
  readonly reason?: string | undefined;
  /** Of what is about to leave (`to-session`, `route`): its rule, and the rows that it carries on and answers. */
  readonly why?: Rule | undefined;
  readonly relays?: number | undefined;
  readonly answers?: number | undefined;
  /** Between servers: the link on which the party answers. */
  readonly link?: number | undefined;
  /** What could not be sent to another domain, while `stanza` is the condition that says why. */
  readonly unsent?: Element | undefined;
  /** Of an act that a module performs for a client. */
  readonly act?: ClientAct | undefined;
  /** Of what SASL2 has done: the `<authenticate/>` that began it. */
  readonly request?: Element | undefined;
  /** In the rooms' events: who the stanza is about. */
  readonly occupant?: { readonly room: string; readonly bare: string; readonly full?: string | undefined } | undefined;
  /** In rooms: the room of another service by which it has come, or come back (XEP-0289). */
  readonly via?: string | undefined;
  /** Of a message in a room: as the room is about to reflect it. */
  readonly reflected?: Element | undefined;
}

/** Read and keep state, send, carry on, answer, decline. One is made for each event that a party handles. */
export interface Context {
  readonly tick: number;
  /** Ticks of a second: microseconds, or a share of a period where gossip runs over XMPP. */
  readonly second: number;
  readonly party: Party;
  /** Row of the stanza being handled; -1 when a timer is. */
  readonly row: number;
  /** Whom the servers follow where real ones and the specifications differ. */
  readonly profile: 'prosody' | 'rfc';
  /** What is loaded here; disco is collected from it. */
  readonly modules: readonly Module[];
  get<T>(slice: Slice<T>): T;
  set<T>(slice: Slice<T>, value: T): void;
  /** A stanza of the party's own making, to where it is addressed. */
  originate(stanza: Element, rule: Rule): void;
  /** The stanza being handled, changed or not, as it goes on from here; `answers`: the row that it answers, where the addresses do not tell. */
  forward(stanza: Element, rule: Rule, answers?: number): void;
  /** The answer to the stanza being handled. Always `true`, for hooks to return. */
  reply(stanza: Element, rule: Rule): true;
  /** The stanza being handled is answered by an error, or dropped where errors must not be answered. Always `true`. */
  bounce(stanza: Element, condition: Condition, rule: Rule, details?: ErrorDetails): true;
  /** To one of the server's own sessions, whatever its `to` says. `relayed`: it carries on the stanza being handled. */
  deliver(session: string, stanza: Element, rule: Rule, relayed?: boolean): void;
  /** An item on one of the party's links: a stream's header, features, negotiation, or a stanza that is written out already. */
  put(link: number, item: Element, rule: Rule, relays?: number, answers?: number): void;
  /** How another domain is reached: it is this one; a link leads there; a stream to it may be opened; not at all. */
  wayTo(domain: string): 'here' | 'link' | 'route' | 'none';
  /** Whether the network on which this link lies is cut. */
  isCut(link: number): boolean;
  /** Wakes the party after so many ticks: the timer of this name of a loaded module, with a number for it to know what it was about. */
  later(delay: number, timer: string, argument?: number): void;
  /** A new identifier, in the order of their making; different for each seed, party and purpose. */
  makeId(purpose: string): string;
  /** The stanza being handled goes no further, and this rule is why. Always `true`. */
  drop(rule: Rule): true;
  /** Something was left undone, though the stanza being handled had its effect. */
  decline(rule: Rule): void;
  /** Runs the hooks of these events in turn until one deals with the stanza. */
  fire(names: readonly string[], event: StanzaEvent): boolean;
  /** Lets hooks add to a stanza of the party's own before it is sent; answers what they made of it. */
  decorate(name: string, event: StanzaEvent): Element;
  /** The host has gone down: all its state is lost but what it had stored. */
  forget(): void;
  /** The same party at the same time, handling the stanza of an earlier row, which was held until now. */
  as(row: number): Context;
  /** The entity is shown in another state from now on: an index into `states.ts`. */
  show(state: number): void;
}

/**
 * Events are named like addresses: `message/bare`, `presence/full`, `iq-get/host/urn:xmpp:ping:ping`. Higher priorities
 * run first; a hook that answers `true` has dealt with the stanza and no other sees it.
 */
export interface Hook {
  readonly event: string;
  readonly priority?: number;
  run(context: Context, event: StanzaEvent): boolean;
}

/** A timer that a module sets for the party by its name. */
export interface Timer {
  readonly name: string;
  /** One line for the event list. */
  readonly summary: string;
  /** It runs on a host that is down, too. */
  readonly always?: boolean;
  run(context: Context, argument: number): void;
}

/** What `inspect` gives a module to describe itself from. */
export interface View {
  readonly party: Party;
  get<T>(slice: Slice<T>): T;
}

export interface Module {
  readonly id: string;
  readonly title: string;
  /** `RFC 6121`, `XEP-0045`. */
  readonly spec: string;
  readonly version: string;
  readonly places: readonly Place[];
  /** Disco features (XEP-0030), advertised where the module is loaded. */
  readonly features?: readonly string[];
  /** Those of the accounts of this server. */
  readonly accountFeatures?: readonly string[];
  /** Those that Prosody has and does not tell of: announced by the profile `rfc` alone. */
  readonly untold?: { readonly features?: readonly string[]; readonly accountFeatures?: readonly string[] };
  /** Those of the rooms of this service. */
  readonly roomFeatures?: readonly string[];
  /** What its parties can be asked to do (XEP-0050). */
  readonly commands?: readonly Command[];
  /** What a stream is offered (RFC 6120 §4.3.2), by where its negotiation stands. */
  streamFeatures?(context: Context, stream: Stream): readonly Element[];
  /** The same between servers, for the side that took the connection. */
  hostFeatures?(context: Context, stream: Stream): readonly Element[];
  /** Loaded only where the scenario asks for it. */
  readonly optional?: boolean;
  readonly timers?: readonly Timer[];
  readonly rules: Readonly<Record<string, Rule>>;
  readonly hooks: readonly Hook[];
  inspect?(view: View): readonly Part[];
  /** What here spreads one's words to many: rooms, nodes. */
  groups?(view: View): readonly GroupSeen[];
  /** What a person can have the client do by hand; groups of one key stand together. */
  actions?(view: ActionView): readonly Deeds[];
}

export function rule(id: string, source: string, text: string): Rule {
  return { id, source, text };
}
