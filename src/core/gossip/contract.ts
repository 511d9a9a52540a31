/**
 * The gossip contract. An algorithm is written once against `Net`; what carries its calls (a simulated graph, simulated
 * XMPP, a live server) is the transport's affair. All state is in typed columns, one value per node, and everything
 * pending is plain data: no closures, promises or generators.
 */
import type { ParamSchema, ParamValues } from '../../protocol/params.ts';
import type { KindName, ShownState } from '../../protocol/scene.ts';

export type ColumnType = 'u8' | 'u16' | 'i32' | 'f64';
export const COLUMN_ARRAYS = { u8: Uint8Array, u16: Uint16Array, i32: Int32Array, f64: Float64Array } as const;
export type StateSchema = Readonly<Record<string, ColumnType>>;
export type State<S extends StateSchema> = { readonly [K in keyof S]: InstanceType<(typeof COLUMN_ARRAYS)[S[K]]> };

/** A link to a peer, as `Net` hands it out: only good for calls of the node that asked for it. */
export type Peer = number;
/** Names a call until its reply or time-out. */
export type Token = number;
/** What `onCall` answers when the acknowledgement carries nothing: it is the transport's and is not counted. */
export const EMPTY = -1;

/** What an algorithm may do. `node` is always the node whose handler runs. */
export interface Net<S extends StateSchema = StateSchema> {
  readonly state: State<S>;
  readonly params: ParamValues;
  readonly tick: number;
  /** The period or cycle that runs, from 0. */
  readonly round: number;
  /** How many peers the node has. */
  degree(node: number): number;
  /** One of the node's peers, each as likely, from the node's own random stream; -1 if it has none. */
  randomPeer(node: number): Peer;
  /** A whole number in 0 … n-1 from the node's own random stream. */
  below(node: number, n: number): number;
  /** Tell a peer something; no answer matters. */
  cast(node: number, peer: Peer, method: number, a: number, b: number): void;
  /** Ask a peer; its answer comes to `onReply`. With `timeout` > 0 ticks and no answer by then, `onTimeout` comes instead. */
  call(node: number, peer: Peer, method: number, a: number, b: number, timeout: number): Token;
  /** Wake the node after `delay` ticks: `onTimer` with this code. */
  later(node: number, delay: number, code: number): void;
  /** Wake the node at the beginning of the next period or cycle. */
  nextRound(node: number, code: number): void;
  /** The node has the update. */
  learned(node: number): void;
  /** The node does nothing, and rule `<algorithm>/<rule>` is why. */
  idle(node: number, rule: string): void;
}

/** A method of the algorithm's interface, as XEP-0009 names it: `gossip.<name>`. */
export interface Method {
  readonly name: string;
  readonly kind: KindName;
  /** Counts as an update sent (`traffic`); requests and verdicts do not. */
  readonly update: boolean;
  /** Names of the integer arguments, in order; at most two. */
  readonly args: readonly string[];
  /** Why it is sent, in our own words, and the section of the paper. */
  readonly why: string;
  /** What a reply means, by value from 0; absent where replies are always empty. */
  readonly replies?: readonly { readonly label: string; readonly why: string }[];
}

export interface GossipDefinition<S extends StateSchema> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Paper and section. */
  readonly source: string;
  readonly params: ParamSchema;
  readonly needs: readonly ('globalClock' | 'globalPairs' | 'fullMembership')[];
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
  shown(state: State<S>, node: number): number;
  start(net: Net<S>, origin: number): void;
  onTimer(net: Net<S>, node: number, code: number): void;
  /** Answers what goes back: `EMPTY`, or the index of one of the method's replies. */
  onCall(net: Net<S>, node: number, method: number, a: number, b: number): number;
  onReply(net: Net<S>, node: number, method: number, reply: number, token: Token): void;
  onTimeout?(net: Net<S>, node: number, method: number, token: Token): void;
}

/** Checks the types of an algorithm's state and forgets them: transports handle every algorithm alike. */
export const defineGossip = <const S extends StateSchema>(definition: GossipDefinition<S>): GossipDefinition<S> => definition;

/** An algorithm whose state columns are known only to itself. */
export type Algorithm = GossipDefinition<StateSchema>;

export const SUSCEPTIBLE: ShownState = { id: 'susceptible', label: 'susceptible', look: 'hollow' };
export const INFECTIVE: ShownState = { id: 'infective', label: 'infective', look: 'infective' };
export const REMOVED: ShownState = { id: 'removed', label: 'removed', look: 'removed' };
