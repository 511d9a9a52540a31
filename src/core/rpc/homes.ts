/**
 * Where the nodes of a gossip run live when they are XMPP clients: one server or several, all streams up from the beginning, each node on the
 * next server in turn. Who may call whom is the graph's affair as ever; how long it takes is that of the way: to the own server, to the other
 * one where it is another, down to the client. Links of a graph have lengths of their own and streams do not: with no latencies given, a message
 * between two servers takes as long as the mean link of the graph (in thirds; with one server in halves), and one within a server less.
 */
import { InputError } from '../../base/result.ts';
import type { Change, XmppScenario } from '../../protocol/scenario.ts';
import type { Conditions } from '../network/conditions.ts';
import { meanLength, type Topology } from '../topology/topology.ts';
import { addressesOf, DOMAIN } from './addresses.ts';
import { domainsOf, serverChanges } from './server-changes.ts';

/** The agent that plays the algorithm at each client. */
export const AGENT = 'gossip';
/** Each is a client with a program, and the servers know the address of each. */
const MOST_CLIENTS = 5000;

export interface Homes {
  readonly scenario: XmppScenario;
  /** Full address of each node. */
  readonly addresses: readonly string[];
  /** The same graph, its links as long as the way through the servers. */
  readonly topology: Topology;
  /** Servers come first among the entities, then the nodes in their order. */
  readonly servers: number;
  /** Ticks that count as a second for TCP and for clients that come back; absent: they are microseconds. */
  readonly second?: number | undefined;
  /** Nodes whose server is up again at a tick, and log in. */
  readonly returns?: readonly { readonly at: number; readonly node: number }[];
  /** Tick of the last thing that befalls a server or the network. */
  readonly lastChange?: number;
}

/** @param changes those of servers are looked at, others are not. */
export function homesOf(topology: Topology, conditions: Conditions, seed: string, changes: readonly Change[] = []): Homes {
  const { nodes } = topology;
  if (nodes > MOST_CLIENTS)
    throw new InputError({
      message: `over XMPP each node is a client of a server, and there may be ${MOST_CLIENTS.toLocaleString('en')} of them: this graph has ${nodes.toLocaleString('en')}`,
      hint: 'Take a smaller graph, or the transport “graph”.',
    });
  const servers = conditions.domains;
  const domains = domainsOf(servers);
  const { starts, last, ...faults } = serverChanges(changes, domains);
  const home = (node: number): number => node % servers;
  const addresses = addressesOf(topology).map((bare, node) => `${bare.slice(0, -DOMAIN.length)}${domains[home(node)]!}/${AGENT}`);
  const latency = latenciesOf(topology, conditions);
  const ticks = (u: number, v: number): number => 2 * latency.client + (home(u) === home(v) ? 0 : latency.federation);
  const all = Array.from({ length: nodes }, (_, node) => node);
  return {
    servers,
    addresses,
    returns: starts.flatMap(({ at, server }) => all.filter((node) => home(node) === server).map((node) => ({ at, node }))),
    lastChange: last,
    topology: {
      ...topology,
      length: (link) => ticks(topology.source(link), topology.target(link)),
      pairLength: ticks,
    },
    scenario: {
      format: 'stanzascope/scenario',
      version: 1,
      model: 'xmpp',
      id: 'gossip',
      title: '',
      summary: '',
      seed,
      ...faults,
      clients: addresses.map((jid) => ({ jid, agents: [AGENT], acts: [] })),
      latency: { ...latency, component: 0 },
    },
  };
}

function latenciesOf(topology: Topology, { domains, clientLatency, federationLatency }: Conditions) {
  const mean = Math.round(meanLength(topology));
  const rest = domains === 1 ? 0 : clientLatency >= 0 ? Math.max(0, mean - 2 * clientLatency) : mean - 2 * Math.floor(mean / 3);
  const federation = federationLatency >= 0 ? federationLatency : rest;
  return { client: clientLatency >= 0 ? clientLatency : Math.max(0, Math.floor((mean - federation) / 2)), federation };
}
