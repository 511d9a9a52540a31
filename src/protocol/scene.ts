/** What the interface is told about an opened scene before the first frame: who is there, and how it may be drawn. */
import type { ParamSchema, ParamValues } from './params.ts';

/** How a stanza is drawn; the index is the `kind` of a message row. */
export const KINDS = ['message', 'presence', 'iq', 'result', 'error', 'push', 'pull', 'digest', 'stream'] as const;
export type KindName = (typeof KINDS)[number];
export const Kind = { message: 0, presence: 1, iq: 2, result: 3, error: 4, push: 5, pull: 6, digest: 7, stream: 8 } as const;

/** What an entity is; the index is the `kind` of an entity. */
export const ENTITY_KINDS = ['node', 'client', 'server', 'component'] as const;
export const EntityKind = { node: 0, client: 1, server: 2, component: 3 } as const;

/** What a link is; the index is the `kind` of a link. */
export const LINK_KINDS = ['edge', 'c2s', 's2s', 'component'] as const;
export const LinkKind = { edge: 0, c2s: 1, s2s: 2, component: 3 } as const;

/** How far the stream on a link is. `half`: one side holds it and the other no longer does, and has not been told. */
export const LINK_STATES = ['down', 'negotiating', 'up', 'half'] as const;
export type LinkStateName = (typeof LINK_STATES)[number];
export const LinkState = { down: 0, negotiating: 1, up: 2, half: 3 } as const;

/** How a shown state of an entity looks. Each look has its own shape as well as its colour. */
export type Look = 'hollow' | 'infective' | 'removed' | 'offline' | 'online' | 'active';

export interface ShownState {
  readonly id: string;
  readonly label: string;
  readonly look: Look;
}

export interface Entities {
  /** Short name, as drawn beside the entity: `alice`, `wonderland.lit`, `17`. */
  readonly name: readonly string[];
  /** The part shown muted after the name, such as `/tea`; empty where there is none. */
  readonly detail: readonly string[];
  /** The whole address. */
  readonly jid: readonly string[];
  readonly kind: Uint8Array;
  /** The server that an entity belongs to; -1 where it belongs to none. */
  readonly parent: Int32Array;
  /** Where the graph has a drawing of its own: x and y of each entity in the unit square, y downwards. */
  readonly position?: Float64Array | undefined;
}

/** Directed links, one row per direction, in the order of their index in the journal. */
export interface Links {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly kind: Uint8Array;
  /** One-way latency in ticks. */
  readonly latency: Float64Array;
}

/** What a source can do; the views ask for these and never for a kind of source. */
export interface Capabilities {
  readonly inspect: boolean;
  readonly intervene: boolean;
  readonly branch: boolean;
  readonly seekAnywhere: boolean;
}

export interface TimeUnit {
  /** Name of what the reader sees: `s` (seconds) or `ticks`. */
  readonly label: 's' | 'ticks';
  /** Ticks in one such unit: 1,000,000 for XMPP scenes, 1 for abstract time. */
  readonly ticks: number;
}

export interface Scene {
  readonly scenario: string;
  readonly title: string;
  readonly summary: string;
  readonly seed: string;
  readonly unit: TimeUnit;
  /** Suggested speed, in ticks of simulated time for one second here. */
  readonly speed: number;
  readonly entities: Entities;
  readonly links: Links;
  /** Streams come up and go down here: frames say how far each is. */
  readonly streams?: boolean | undefined;
  /** Rooms and nodes may be there, as `groups` tells: at these entities from the beginning on. */
  readonly groups?: readonly number[] | undefined;
  /** Why links are not listed, where there are too many to draw (their rows still work). */
  readonly linksOmitted?: string | undefined;
  /** Named by code: `states[code]`. */
  readonly states: readonly ShownState[];
  /** Kinds of stanza that can occur here, for the legend. */
  readonly kinds: readonly KindName[];
  /** What "reached" counts in this scene, and out of how many. */
  readonly reached: { readonly title: string; readonly of: number };
  /** What a round is here: `round`, `period`, `cycle` or `causal wave`. */
  readonly roundName: string;
  /** Id of the gossip algorithm that runs; absent in an XMPP scene. */
  readonly algorithm?: string | undefined;
  /** Id of its topology: one of the catalogue's, or `file`. */
  readonly topology?: string | undefined;
  /** Path or name of the graph file that it comes from. */
  readonly topologyFile?: string | undefined;
  /** In a gossip scene: ticks of a period or cycle, and the tick at which the first update enters. */
  readonly period?: number | undefined;
  readonly entered?: number | undefined;
  readonly params: ParamSchema;
  readonly values: ParamValues;
  readonly capabilities: Capabilities;
  /** Said once when the scene opens: what an importer changed or left out, what is simplified. */
  readonly notes: readonly string[];
}
