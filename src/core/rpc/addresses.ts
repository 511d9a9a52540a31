/** Addresses of the nodes of a graph: the node's name, escaped by XEP-0106, at `graph.lit`. */
import { escapeLocal } from '../../base/jid-escaping.ts';
import { formatJid, tryParseJid } from '../../base/jid.ts';
import type { Topology } from '../topology/topology.ts';

export const DOMAIN = 'graph.lit';

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
