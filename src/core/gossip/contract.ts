/**
 * The gossip contract. An algorithm is written once against `Net`; what carries its calls (a simulated graph, simulated
 * XMPP, a live server) is the transport's affair. All state is in typed columns, and everything pending is plain data: no
 * closures, promises or generators. Nodes are numbered from 0, and so are updates.
 */
import type { ParamSchema, ParamValues } from '../../protocol/params.ts';
import type { KindName, ShownState } from '../../protocol/scene.ts';

export type ColumnType = 'u8' | 'u16' | 'i32' | 'f64';
export const COLUMN_ARRAYS = { u8: Uint8Array, u16: Uint16Array, i32: Int32Array, f64: Float64Array } as const;

/** What the width of a column may depend on. */
export interface Size {
  readonly nodes: number;
  readonly updates: number;
  readonly params: ParamValues;
}
/** A column of several values per node: the value `i` of a node stands at `node * width + i`. All begin as 0. */
export interface Wide<T extends ColumnType = ColumnType> {
  readonly type: T;
  readonly width: (size: Size) => number;
  /** The values are nodes plus one, 0 being none: the inspector names them. */
  readonly nodes: boolean;
}
/** One value per node and update: at `node * net.updates + update`. */
export const perUpdate = <T extends ColumnType>(type: T): Wide<T> => ({ type, width: (size) => size.updates, nodes: false });
/** A bounded row per node, such as a window or a table. */
export const slots = <T extends ColumnType>(type: T, width: (size: Size) => number): Wide<T> => ({ type, width, nodes: false });
/** A bounded view per node: entries are a node plus one, 0 where there is none. */
export const view = (width: (size: Size) => number): Wide<'i32'> => ({ type: 'i32', width, nodes: true });

export type ColumnSpec = ColumnType | Wide;
type TypeOf<C extends ColumnSpec> = C extends ColumnType ? C : C extends Wide<infer T> ? T : never;
export type StateSchema = Readonly<Record<string, ColumnSpec>>;
export type State<S extends StateSchema> = { readonly [K in keyof S]: InstanceType<(typeof COLUMN_ARRAYS)[TypeOf<S[K]>]> };

/** A way to a peer, as `Net` hands it out: only good for calls of the node that asked for it. */
export type Peer = number;
/** Names a call until its reply or time-out; -1 where nothing was sent. */
export type Token = number;
/** Numbers that a message carries beside its arguments: ids, digests, values. Never changed once sent. */
export type Data = readonly number[];
/** What `onCall` answers when the acknowledgement carries nothing: it is the transport's and is not counted. */
export const EMPTY = -1;

/** What an algorithm may do. `node` is always the node whose handler runs (but for algorithms that declare `globalPairs`). */
export interface Net<S extends StateSchema = StateSchema> extends Size {
  readonly state: State<S>;
  readonly tick: number;
  /** The period or cycle that runs, from 0. */
  readonly round: number;
  /** Ticks of a period or cycle. */
  readonly period: number;
  /** Every node may call every other one: full membership, or a complete graph. */
  readonly everybody: boolean;

  /** How many peers the node has: its links, everybody, or its view in the membership layer. */
  degree(node: number): number;
  /** The i-th of them, 0 ≤ i < degree. */
  peer(node: number, i: number): Peer;
  /** One of the node's peers, each as likely, from the node's own random stream; -1 if it has none. */
  randomPeer(node: number): Peer;
  /** The way to a node whose address this one knows; -1 if it is no neighbour and the algorithm does not declare `fullMembership`. */
  peerTo(node: number, other: number): Peer;
  /** The node at the other end. */
  nodeOf(peer: Peer): number;
  /** Ticks that a message to this peer takes. */
  distance(peer: Peer): number;

  /** A whole number in 0 … n-1 from the node's own random stream. */
  below(node: number, n: number): number;
  /** A number in [0, 1) from the node's own random stream. */
  unit(node: number): number;

  /** Tell a peer something; no answer matters. */
  cast(node: number, peer: Peer, method: number, a: number, b: number, data?: Data): void;
  /** Ask a peer; its answer comes to `onReply`. With `timeout` > 0 ticks and no answer by then, `onTimeout` comes instead. */
  call(node: number, peer: Peer, method: number, a: number, b: number, timeout: number, data?: Data): Token;
  /** What the message (call or reply) that is being handled carries; empty for none. */
  readonly data: Data;
  /** Within `onCall`: the reply that is about to be answered carries this. */
  attach(data: Data): void;

  /** Wake the node after `delay` ticks: `onTimer` with this code and argument. A crash forgets it. */
  later(node: number, delay: number, code: number, argument?: number): void;
  /** Wake the node at the beginning of its next period, or of the next cycle where cycles are synchronous. */
  nextRound(node: number, code: number, argument?: number): void;

  /** The node has the update (0 if there is only one); saying it again does nothing. */
  learned(node: number, update?: number): void;
  /** Whether the node has said so. */
  knows(node: number, update?: number): boolean;
  /** The node does nothing, and rule `<algorithm>/<rule>` is why. */
  idle(node: number, rule: string): void;

  /** The node takes part: it has not crashed or left. Only for bookkeeping of the algorithm as a whole, never for a node's decisions. */
  isUp(node: number): boolean;
  /** The node is an adversary that lies about values. */
  lies(node: number): boolean;
  /** For algorithms that are about failures: node `other` crashes after so many ticks. */
  crash(other: number, delay: number): void;
  /** For membership layers: the node's view gained or lost a member. The algorithm above hears it in `onPeerUp` and `onPeerDown`. */
  peerUp(node: number, other: number): void;
  peerDown(node: number, other: number): void;
}

/** What a reply means. */
export interface ReplyMeaning {
  readonly label: string;
  readonly why: string;
  /** It carries an update back (`data`: as many as it carries numbers), as in pull. */
  readonly update?: boolean | 'data';
}

/** A method of the algorithm's interface, as XEP-0009 names it: `gossip.<name>`. */
export interface Method {
  readonly name: string;
  readonly kind: KindName;
  /** Counts as an update sent (`traffic`); `data`: as many as it carries numbers. Requests and verdicts do not count. */
  readonly update: boolean | 'data';
  /** Names of the integer arguments, in order; at most two. */
  readonly args: readonly string[];
  /** Name of what it carries as `data`, if it does. */
  readonly data?: string;
  /** Why it is sent, in our own words, and the section of the paper. */
  readonly why: string;
  /** It goes on a way of its own, beside the network: where the scenario cuts a link, it gets through. Only algorithms of exercises do so. */
  readonly outOfBand?: boolean;
  /** What a reply means, by value from 0; absent where replies are always empty. */
  readonly replies?: readonly ReplyMeaning[];
}

/** What a transport may be unable to give. */
export type Need = 'globalClock' | 'globalPairs' | 'fullMembership';

export interface GossipDefinition<S extends StateSchema> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Paper and section. */
  readonly source: string;
  readonly params: ParamSchema;
  /** What it needs with these parameters; `globalClock` follows from `synchronous`. */
  needs(params: ParamValues): readonly Need[];
  /** Several updates at once make sense. */
  readonly many: boolean;
  /** It never falls silent by itself with these parameters: the run ends a while after everyone was reached, or at the horizon. */
  endless(params: ParamValues): boolean;
  /** Periods that an endless run goes on after everyone was reached; 10 where it does not say. */
  afterwards?(params: ParamValues): number;
  /** `true`: synchronous cycles, in which links' own latencies do not count. */
  synchronous(params: ParamValues): boolean;
  /** Ticks of a period or cycle. */
  period(params: ParamValues): number;
  readonly methods: readonly Method[];
  readonly timers: readonly string[];
  /** Why a node does nothing, by name. */
  readonly rules: Readonly<Record<string, string>>;
  readonly states: readonly ShownState[];
  readonly state: S;
  /** How the node is shown: an index into `states`. */
  shown(state: State<S>, node: number, size: Size): number;
  /** What "reached" counts here, where it is not "has the update". */
  readonly reached?: string;

  /** Once, before the first event: what every node does of itself, such as to set its clock. */
  start?(net: Net<S>, origin: number): void;
  /** A new update enters the system at this node. */
  onUpdate(net: Net<S>, node: number, update: number): void;
  onTimer(net: Net<S>, node: number, code: number, argument: number): void;
  /** Answers what goes back: `EMPTY`, or the index of one of the method's replies. @param from the calling node. */
  onCall(net: Net<S>, node: number, method: number, a: number, b: number, from: number): number;
  /** @param from the node that replies. */
  onReply?(net: Net<S>, node: number, method: number, reply: number, token: Token, from: number): void;
  /** @param to the node that did not answer. */
  onTimeout?(net: Net<S>, node: number, method: number, token: Token, to: number): void;
  /** The node joins, or comes back after a crash with empty columns. Nodes that are there from the beginning get no such call. */
  onUp?(net: Net<S>, node: number): void;
  /** The node is about to leave in good order: the last moment to send. */
  onLeave?(net: Net<S>, node: number): void;
  /** An algorithm with connections (this handler is there) is told when one breaks: the peer crashed, or a message met a crashed peer. */
  onDown?(net: Net<S>, node: number, other: number): void;
  /** The membership layer below changed the node's view. */
  onPeerUp?(net: Net<S>, node: number, other: number): void;
  onPeerDown?(net: Net<S>, node: number, other: number): void;

  /** A membership layer offers its views to the algorithm above. */
  readonly membership?: {
    count(state: State<S>, node: number, size: Size): number;
    /** The i-th member of the node's view: a node. */
    at(state: State<S>, node: number, i: number, size: Size): number;
    /** Periods of the layer after which its views are good enough to gossip on. */
    warmup(params: ParamValues): number;
  };
}

/** Checks the types of an algorithm's state and forgets them: transports handle every algorithm alike. */
export const defineGossip = <const S extends StateSchema>(definition: GossipDefinition<S>): GossipDefinition<S> => definition;

/** An algorithm whose state columns are known only to itself. */
export type Algorithm = GossipDefinition<StateSchema>;

export const SUSCEPTIBLE: ShownState = { id: 'susceptible', label: 'susceptible', look: 'hollow' };
export const INFECTIVE: ShownState = { id: 'infective', label: 'infective', look: 'infective' };
export const REMOVED: ShownState = { id: 'removed', label: 'removed', look: 'removed' };
