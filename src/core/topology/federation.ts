/**
 * An XMPP federation (RFC 6120 §2): servers in any shape, and clients that are linked to their own server alone. Servers are
 * nodes 0 … servers - 1, then come the clients of server 0, of server 1 and so on. A message between two nodes without a
 * link takes the way of XMPP: to the sender's server, straight to the other one, and on to its client.
 */
import { InputError } from '../../base/result.ts';
import { EntityKind } from '../../protocol/scene.ts';
import { subSeed } from '../kernel/random.ts';
import { around, circle, distances } from './drawing.ts';
import { checkLinks, checkNodes } from './edges.ts';
import { latency } from './latency.ts';
import { latencyParam } from './params.ts';
import { partOf, partParam } from './parts.ts';
import { defineTopology, sparse, type Topology, type TopologyDefinition } from './topology.ts';

export const federation = (registry: readonly TopologyDefinition[]): TopologyDefinition =>
  defineTopology({
    id: 'federation',
    title: 'Federation',
    summary: 'XMPP servers in any shape, each with its clients around it',
    params: {
      servers: { type: 'int', min: 1, max: 100_000, default: 6, help: 'how many servers' },
      shape: partParam('complete', 'how the servers are linked, without their number'),
      clients: { type: 'int', min: 0, max: 100_000, default: 5, help: 'clients of each server' },
      access: { ...latencyParam, default: 'uniform(1,100)', help: 'ticks between a client and its server, as `latency`' },
      latency: { ...latencyParam, help: `between servers: ${latencyParam.help}` },
    },
    generate(params, seed) {
      const where = 'topology/federation';
      const count = params['servers'] as number;
      const clients = params['clients'] as number;
      const nodes = count * (1 + clients);
      checkNodes(where, nodes, `${count} servers with ${clients} clients each`);
      const servers = shaped(registry, params, seed, `${where}: \`shape\``);
      checkLinks(where, servers.links + 2 * count * clients, `${count} servers with ${clients} clients each`);
      const drawn = drawing(servers, count, clients);
      const access = latency(params['access'] as string, {
        seed: subSeed(seed, 'access'),
        where: `${where}, access`,
        nodes,
        positions: drawn,
      });
      const home = (u: number): number => (u < count ? u : Math.floor((u - count) / clients));
      const toServer = (u: number): number => (u < count ? 0 : access.byPair(u, home(u)));
      const backbone = servers.links;
      const from = new Uint32Array(backbone + 2 * count * clients);
      const to = new Uint32Array(from.length);
      for (let link = 0; link < backbone; link++) [from[link], to[link]] = [servers.source(link), servers.target(link)];
      for (let u = count, i = backbone; u < nodes; u++) {
        [from[i], to[i++]] = [home(u), u];
        [from[i], to[i++]] = [u, home(u)];
      }
      const length = (i: number): number => (i < backbone ? servers.length(i) : toServer(Math.max(from[i]!, to[i]!)));
      return sparse(nodes, from, to, length, {
        directed: servers.directed,
        notes: servers.notes,
        positions: drawn,
        kind: (u) => (u < count ? EntityKind.server : EntityKind.client),
        parent: (u) => (u < count ? -1 : home(u)),
        pairLength: (u, v) => (u === v ? 0 : toServer(u) + straight(servers, home(u), home(v)) + toServer(v)),
      });
    },
  });

function shaped(registry: readonly TopologyDefinition[], params: Readonly<Record<string, unknown>>, seed: string, where: string): Topology {
  const nodes = params['servers'] as number;
  const latency = params['latency'] as string;
  // One server has no shape, but a wrong word for it is still said.
  const text = params['shape'] as string;
  const known = registry.find((topology) => topology.id === text.split(':')[0]!.trim());
  if (nodes === 1 && known) return partOf(registry, 'single', { where, seed: subSeed(seed, 'servers'), latency });
  const servers = partOf(registry, text, { where, seed: subSeed(seed, 'servers'), latency, nodes });
  if (servers.nodes === nodes) return servers;
  throw new InputError({
    message: `${where}: ${JSON.stringify(text)} has ${servers.nodes} nodes, but \`servers\` is ${nodes}`,
    hint: 'Give both the same number, or leave it out of the shape.',
  });
}

/** Servers that have no link still reach each other: XMPP's federation is open. Either way takes as long. */
function straight(servers: Topology, a: number, b: number): number {
  if (a === b) return 0;
  const link = servers.between(Math.min(a, b), Math.max(a, b));
  return link < 0 ? servers.pairLength(a, b) : servers.length(link);
}

/** The servers in their own drawing, else in a circle, and the clients of each close around it. */
function drawing(servers: Topology, count: number, clients: number): Float64Array {
  const places = servers.positions ?? circle(count);
  const margin = Math.min(0.25, 0.4 / Math.sqrt(count));
  const out = new Float64Array(2 * count * (1 + clients));
  for (let i = 0; i < 2 * count; i++) out[i] = count === 1 ? 0.5 : margin + (1 - 2 * margin) * places[i]!;
  const radius = count === 1 ? 0.5 : Math.min(margin, 0.4 * nearest(out, count));
  for (let s = 0; s < count; s++) around(out, count + s * clients, clients, { x: out[2 * s]!, y: out[2 * s + 1]!, radius });
  return out;
}

/** How far apart the two nearest servers are drawn; of very many, about. */
function nearest(places: Float64Array, count: number): number {
  if (count > 500) return 0.5 / Math.sqrt(count);
  const apart = distances(places);
  let least = 1;
  for (let a = 0; a < count; a++) for (let b = 0; b < a; b++) least = Math.min(least, apart(a, b));
  return least;
}
