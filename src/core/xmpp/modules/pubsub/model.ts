/**
 * What a PubSub service keeps: nodes with their configuration, affiliations, subscriptions and items. XEP-0060 §4. A node's items are bounded
 * (`pubsub#max_items`), so keeping one more costs no more than that bound, however many have been published.
 */
import type { Element } from '../../../../base/xml/element.ts';
import type { Context } from '../../module.ts';
import { store } from '../../slice.ts';
import type { Config } from './config.ts';

export const PUBSUB = 'http://jabber.org/protocol/pubsub';
export const PUBSUB_OWNER = `${PUBSUB}#owner`;
export const PUBSUB_EVENT = `${PUBSUB}#event`;

/** §4.1. Prosody takes any word that an owner writes; one that it does not know may do nothing. */
export type Affiliation = 'owner' | 'publisher' | 'publish-only' | 'member' | 'none' | 'outcast';

export interface Item {
  readonly id: string;
  readonly payload: Element;
  /** Bare address (§7.1.2.3); none for what the server itself has put there. */
  readonly publisher: string | undefined;
  readonly when: number;
}

export interface Subscription {
  /** §4.2; a pending one gets nothing until an owner has said yes. */
  readonly pending?: boolean;
  /** `pubsub#include_body`. */
  readonly includeBody?: boolean;
}

export interface Node {
  readonly name: string;
  /** What differs from the service's defaults. */
  readonly config: Config;
  /** By the address that was subscribed, bare or full. */
  readonly subscribers: Readonly<Record<string, Subscription>>;
  /** By bare address. */
  readonly affiliations: Readonly<Record<string, string>>;
  /** Oldest first; `undefined` for a transient node. */
  readonly items: readonly Item[] | undefined;
}

/** Nodes by name. */
export type Nodes = Readonly<Record<string, Node>>;

/** By address of the service: a component's domain, or an account (XEP-0163). */
export const nodesByService = store<Readonly<Record<string, Nodes>>>('pubsub', {});

/** Names are anybody's choice: one like that of a property of every object is no exception. */
export const at = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Without an entry. */
export function without<T>(table: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _gone, ...rest } = table;
  return rest;
}

export const nodesOf = (context: Pick<Context, 'get'>, address: string): Nodes => at(context.get(nodesByService), address) ?? {};

export function keepNode(context: Context, address: string, node: Node): void {
  const nodes = nodesOf(context, address);
  context.set(nodesByService, { ...context.get(nodesByService), [address]: { ...nodes, [node.name]: node } });
}

export function dropNode(context: Context, address: string, name: string): void {
  context.set(nodesByService, { ...context.get(nodesByService), [address]: without(nodesOf(context, address), name) });
}
