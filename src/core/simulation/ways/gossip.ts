/**
 * Ways by gossip: the people's clients spread every message among themselves, with any algorithm of the laboratory that can spread several. Everybody
 * knows everybody's address from the beginning: the room's list of members, which here is nobody's to keep. Over XMPP each call is an `iq` of XEP-0009
 * through the servers of its two ends; serverless (XEP-0174, without its discovery) it goes straight, over the same distance, and each iq and its
 * result are counted as over XMPP. The text of a message travels with it.
 * An algorithm's times are in ticks of its own; one of them is a millisecond here. Plumtree's timers are as its help says: a graft is waited for
 * as long as two round trips, an announced message four times that. Bimodal multicast's artificial loss is off: streams lose nothing by themselves.
 */
import type { Param, ParamValue, ParamValues } from '../../../protocol/params.ts';
import type { Change } from '../../../protocol/scenario.ts';
import { AGENT, type Homes } from '../../rpc/homes.ts';
import { complete } from '../../topology/complete.ts';
import type { Topology } from '../../topology/topology.ts';
import { configurationOf } from '../configuration.ts';
import { gossipScenario, type Experiment } from '../experiment.ts';
import { worldOfExperiment, type GossipOnlooker } from '../gossip.ts';
import { emptyResult } from '../../rpc/xep0009.ts';
import { serialize } from '../../../base/xml/codec.ts';
import { utf8Length } from '../../../base/utf8.ts';
import { faultyNetwork, faultyServer } from './fault.ts';
import type { GroupPlan, Person } from './plan.ts';
import { GroupWatch } from './watch.ts';
import { Watches } from './watches.ts';
import type { GroupWorld, Way } from './way.ts';

const TICK = 1000;

/** Everybody with everybody, each pair as far apart as the way through their servers. */
function topologyOf({ people, latency }: GroupPlan): Topology {
  const graph = complete.generate({ nodes: people.length, latency: 'constant(1)' }, '');
  const ticks = (u: number, v: number): number => 2 * latency.client + (people[u]!.server === people[v]!.server ? 0 : latency.federation);
  return {
    ...graph,
    names: people.map(({ name }) => name),
    positions: undefined,
    length: (link) => ticks(graph.source(link), graph.target(link)),
    pairLength: (u, v) => (u === v ? 0 : ticks(u, v)),
  };
}

function timesOf(plan: GroupPlan, schema: Readonly<Record<string, Param>>): ParamValues {
  const roundTrip = 2 * (2 * plan.latency.client + plan.latency.federation);
  const own: Readonly<Record<string, ParamValue>> = { graftTimer: 2 * roundTrip, ihaveTimer: 8 * roundTrip, multicastLoss: 0 };
  const values: Record<string, ParamValue> = {};
  for (const [name, param] of Object.entries(schema)) {
    if (name in own) values[name] = own[name]!;
    else if (param.type === 'int' && param.unit === 'ticks') values[name] = Math.min(param.max, param.default * TICK);
  }
  return values;
}

function experimentOf(plan: GroupPlan, homed: boolean): Experiment {
  const scenario = gossipScenario(plan.algorithm, { id: 'complete' }, { seed: plan.seed, title: 'One room' });
  const algorithm = configurationOf(scenario, {}).algorithm;
  const given = { ...timesOf(plan, algorithm.params), nodes: plan.people.length, updates: plan.says.length, horizon: 1_000_000 };
  const configuration = configurationOf(scenario, given);
  const topology = topologyOf(plan);
  return {
    ...configuration,
    changes: changesOf(plan, homed),
    says: plan.says.map(({ at, author, body }) => ({ node: author, at, text: body })),
    topology,
    homes: homed ? homesOf(plan, topology) : undefined,
    origin: plan.says[0]!.author,
    period: algorithm.period(configuration.params),
    synchronous: false,
    runSeed: plan.seed,
    until: plan.until,
  };
}

/** Who leaves, and without servers the network between two sites: it carries their people's own links. */
function changesOf(plan: GroupPlan, homed: boolean): readonly Change[] {
  const leaving = plan.people.flatMap(({ name, leaves }): Change[] =>
    leaves === undefined ? [] : [{ at: leaves, do: 'leave', node: name }],
  );
  if (homed || plan.fault !== 'link') return leaving;
  const at = (server: number): readonly Person[] => plan.people.filter((person) => person.server === server);
  const pairs = at(0).flatMap((one) => at(1).map((other) => ({ node: one.name, to: other.name })));
  const change = (tick: number, what: 'down' | 'up'): readonly Change[] => pairs.map((pair) => ({ at: tick, do: what, ...pair }));
  return [...leaving, ...change(plan.faultAt, 'down'), ...change(plan.backAt, 'up')];
}

function homesOf(plan: GroupPlan, topology: Topology): Homes {
  const addresses = plan.people.map((person) => addressOf(plan, person));
  return {
    servers: plan.domains.length,
    addresses,
    topology,
    scenario: {
      format: 'stanzascope/scenario',
      version: 1,
      model: 'xmpp',
      id: 'one-room',
      title: '',
      summary: '',
      seed: plan.seed,
      servers: plan.domains.map((domain, server) => ({ domain, ...faultyServer(plan, server) })),
      ...faultyNetwork(plan),
      clients: addresses.map((jid) => ({ jid, agents: [AGENT], acts: [] })),
      latency: plan.latency,
    },
  };
}
const addressOf = (plan: GroupPlan, { name, server }: Person): string => `${name}@${plan.domains[server]!}/${AGENT}`;

function gossipWorldOf(plan: GroupPlan, homed: boolean): GroupWorld {
  const experiment = experimentOf(plan, homed);
  const { algorithm } = experiment;
  const scenario = gossipScenario(algorithm.id, { id: 'complete' }, { seed: plan.seed });
  const first = homed ? plan.domains.length : 0;
  const personAt = (person: number): number => first + person;
  const watches = new Watches();
  const onlook = (): GossipOnlooker => {
    const watch = watches.add(new GroupWatch(plan, inner.stage.entities, personAt));
    const { jid } = inner.stage.entities;
    const straight = {
      called: (from: number, to: number, bytes: number) => watch.sent(watch.tick, from, to, -1, bytes, true),
      acknowledged: (from: number, to: number, id: number, tick: number) =>
        watch.sent(tick, from, to, -1, utf8Length(serialize(emptyResult(jid[from]!, jid[to]!, id), 'jabber:client')), true),
    };
    return {
      watch,
      ...(homed ? {} : straight),
      heard(person, message, tick) {
        if (plan.says[message]!.author === person) watch.said(person, message, tick);
        watch.saw(person, message, tick);
      },
      attached: (kernel) => watch.attached(kernel),
      metrics: () => watch.metrics(),
    };
  };
  const inner = worldOfExperiment(scenario, plan.seed, experiment, onlook);
  return {
    world: {
      ...watches.around(inner),
      stage: { ...inner.stage, reached: { title: 'Have seen everything', of: plan.people.length } },
    },
    watchOf: watches.of,
    personAt,
    serverAt: (server) => (homed ? server : -1),
  };
}

export const gossip: Way = {
  id: 'gossip',
  title: 'Gossip over XMPP',
  short: 'Gossip',
  summary: 'The people’s clients spread it among themselves, each call an iq through their servers (XEP-0009)',
  servers: true,
  world: (plan) => gossipWorldOf(plan, true),
};
export const direct: Way = {
  id: 'direct',
  title: 'Gossip, serverless',
  short: 'Serverless',
  summary: 'The same algorithm straight from client to client, with no server between',
  servers: false,
  world: (plan) => gossipWorldOf(plan, false),
};
