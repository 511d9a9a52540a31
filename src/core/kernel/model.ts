/** What runs on the kernel, and what the kernel offers it. The gossip world and the XMPP world are the two of them. */
import type { Element } from '../../base/xml/element.ts';
import type { Part } from '../../protocol/parts.ts';
import type { Scene } from '../../protocol/scene.ts';

/** A message to be put on a link. */
export interface Outgoing {
  readonly link: number;
  /** An index into `KINDS`. */
  readonly kind: number;
  readonly stanza: Element;
  /** Bytes of its XML in UTF-8. */
  readonly bytes: number;
  /** Id of the rule that made the sender send it (`xep-0045/7.4/reflect`). */
  readonly rule: string;
  /** The message that this one carries on (id of its row); -1 if it is new. */
  readonly relays?: number;
  /** The request that this one answers (id of its row); -1 if none. */
  readonly answers?: number;
}

/** What a message is when it arrives. */
export interface Arrival {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly link: number;
  readonly kind: number;
  readonly stanza: Element;
}

/** What the kernel offers a model that handles whole stanzas. All of it is valid only while a handler runs. */
export interface Host {
  readonly tick: number;
  /** Put a message on a link; answers the id of its row. */
  send(message: Outgoing): number;
  /** Wake the entity after `delay` ticks (an integer, 0 or more). */
  timer(entity: number, delay: number, code: number, argument: number): void;
  /** Nothing happened, or something was left undone, and this rule is why. `dropped`: the arriving message goes no further. */
  silence(entity: number, rule: string, dropped?: boolean): void;
  /** The entity is shown in another state from now on. */
  show(entity: number, state: number): void;
  /** The stream on the link is shown in another state (`LINK_STATES`) from now on. */
  showLink(link: number, state: number): void;
  /** The entity has what this scene spreads; later calls for the same entity do nothing. */
  reached(entity: number): void;
  /** Whether the link is cut by hand now. Absent: none ever is. */
  isCut?(link: number): boolean;
  /** What is still on the link is of a connection that is over: it is lost. Does nothing where nothing is out of order. */
  abandon?(link: number): void;
}

/** A rule that acts or declines: where explanations, notes and "why did nothing happen" come from. */
export interface Rule {
  readonly id: string;
  /** Specification and section: `XEP-0045 §7.4`. */
  readonly source: string;
  /** One to three sentences of our own. */
  readonly text: string;
}

/** A message row as views read it. */
export interface MessageView {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly link: number;
  readonly kind: number;
  readonly code: number;
  readonly a: number;
  readonly b: number;
  readonly answers: number;
  /** What it carries beside its arguments. */
  readonly data: readonly number[];
  readonly stanza: Element | undefined;
}

/** What a message is after a person has edited it. */
export interface Edited {
  readonly kind: number;
  readonly code: number;
  readonly a: number;
  readonly b: number;
  readonly data: readonly number[] | undefined;
  readonly stanza: Element | undefined;
  /** Bytes of its XML, where it is a whole stanza. */
  readonly bytes?: number | undefined;
}

/** The static side of a model: everything about it that no event changes. */
export interface Stage extends Pick<
  Scene,
  'entities' | 'links' | 'linksOmitted' | 'streams' | 'groups' | 'states' | 'kinds' | 'reached' | 'roundName'
> {
  /** Rules by id. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** Why a message was sent, where its row does not say: an id of `rules`. */
  ruleOf?(message: MessageView): string;
  /** Gossip: the updates that the message carries, by number, so that it can be said who got what from whom. */
  updatesIn?(message: MessageView): readonly number[];
  /** The empty acknowledgement that a transport implies for this message and neither schedules nor counts. */
  acknowledgement?(message: MessageView): Element | undefined;
  /** The stanza of a row, byte for byte what the transport would send; made on demand where the row has none. */
  stanzaOf(message: MessageView): Element;
  /** What of it is seen on the wire, where that is not the stanza's own XML: a stream's header, text that is no element. */
  wireText?(message: MessageView): string | undefined;
  /** Namespace of the stream that the message travels on. */
  streamNs(link: number): 'jabber:client' | 'jabber:server' | 'jabber:component:accept';
  /** The message with this XML in its place. @throws InputError that says where the text is wrong, or why this message cannot hold it. */
  edited?(message: MessageView, xml: string): Edited;
  /** Links are TCP connections: on which machine each entity runs, and ticks of a second. Absent: a message that is lost is lost. */
  readonly tcp?: { readonly second: number; readonly machine: readonly number[] } | undefined;
  /** One line for the event list. */
  summary(message: MessageView): string;
  /** One line for a timer of this entity. */
  timerSummary(entity: number, code: number): string;
}

/** The changing side: handlers, state to keep and restore, and state to look at. */
export interface StanzaModel {
  readonly stage: Stage;
  start(host: Host): void;
  arrive(host: Host, message: Arrival): void;
  timer(host: Host, entity: number, code: number, argument: number): void;
  /** Somebody has typed this for the entity to send. */
  typed?(host: Host, entity: number, text: string): void;
  /** The entity crashes, or comes up again; false where it is down, or up, already. */
  power?(host: Host, entity: number, on: boolean): boolean;
  /** Nothing has gone over this cut link for a while: a sign of life may be sent. */
  idle?(host: Host, link: number): void;
  /** TCP has given up the connection of this link at its beginning. */
  broken?(host: Host, link: number): void;
  /** The entity goes offline, in good order or without a word; false where it is not online. `join`: it comes back. */
  leave?(host: Host, entity: number, orderly: boolean): boolean;
  join?(host: Host, entity: number): void;
  /** All changing state as plain data; immutable parts may be shared, others are copied. */
  save(): unknown;
  load(saved: unknown): void;
  /** Bytes that `save` copies, now or later; what stays shared costs nothing. */
  readonly stateBytes: number;
  /** The entity's state now. */
  inspect(entity: number): readonly Part[];
  /** What else can be said of a link now. */
  inspectLink?(link: number): readonly Part[];
}
