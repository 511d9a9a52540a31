/** Addresses of the nodes of a graph: the node's name, escaped by XEP-0106, at `graph.lit`. */
import { escapeLocal } from '../../base/jid-escaping.ts';
import { formatJid, tryParseJid } from '../../base/jid.ts';
import type { Topology } from '../topology/topology.ts';

const DOMAIN = 'graph.lit';

export const nameOf = (topology: Topology, node: number): string => topology.names?.[node] ?? String(node);

/** One address per node, all different: names that cannot stand in an address, or are taken already, get the node's number. */
export function addressesOf(topology: Topology): readonly string[] {
  if (topology.names === undefined) return Array.from({ length: topology.nodes }, (_, node) => `${node}@${DOMAIN}`);
  const taken = new Set<string>();
  return topology.names.map((name, node) => {
    const jid = tryParseJid(`${name === name.trim() ? escapeLocal(name) : ''}@${DOMAIN}`);
    let address = jid === undefined || jid.local === '' ? `node-${node}@${DOMAIN}` : formatJid(jid);
    // Another node may be named as this one would be numbered.
    for (let local = `node-${node}`; taken.has(address); local += `-${node}`) address = `${local}@${DOMAIN}`;
    taken.add(address);
    return address;
  });
}

/** The vertex named `orig…` if there is one, else the named one, else node 0 (shared contract, "Gossip accounting"). */
export function originOf(topology: Topology, wanted: string | undefined): number {
  if (wanted !== undefined) {
    const named = topology.names?.indexOf(wanted) ?? -1;
    if (named >= 0) return named;
    const number = /^\d+$/.test(wanted) ? Number(wanted) : -1;
    if (topology.names === undefined && number >= 0 && number < topology.nodes) return number;
    return -1;
  }
  const original = topology.names?.findIndex((name) => name.startsWith('orig')) ?? -1;
  return Math.max(0, original);
}
