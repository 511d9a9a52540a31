/** Parties and links of a scenario: who is there, who can reach whom, and with what latency. No event changes it. */
import { formatJid, parseJid, type Jid } from '../../base/jid.ts';
import { InputError } from '../../base/result.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { ClientAct, XmppScenario } from '../../protocol/scenario.ts';
import { EntityKind, LinkKind, type Entities, type Links } from '../../protocol/scene.ts';
import { domainOf, NO_HOST, serverSetting, serviceSetting, type HostSetting } from './host-setting.ts';
import { roomSeeds, type RoomSeed } from './room-seeds.ts';
import type { StreamNs, Transport } from './wire.ts';

/** Where a module can be loaded: by the kind of party that it is written for. */
export type Place = 'server' | 'muc' | 'mix' | 'pubsub' | 'upload' | 'client';

export interface Party {
  /** Index of the entity. */
  readonly index: number;
  readonly place: Place;
  /** Domain of a server or a component, address of a client: full where its stream is up. */
  readonly jid: Jid;
  readonly name: string;
  /** Index of the server that it belongs to; its own for a server. */
  readonly server: number;
  /** Links by the domain that they lead to, where a stream is up or none is needed: inside a server, and from a client to it. */
  readonly links: ReadonlyMap<string, number>;
  /** Links by the domain to which this host may open a stream. */
  readonly routes: ReadonlyMap<string, number>;
  /** Full addresses of the clients whose streams are up from the beginning, and the link to each. */
  readonly sessions: readonly { readonly jid: Jid; readonly link: number }[];
  /** Domains of its own components, on a server. */
  readonly components: readonly string[];
  readonly acts: readonly ClientAct[];
  readonly rooms: readonly RoomSeed[];
  readonly host: HostSetting;
  readonly client: ClientSetting;
}

export interface ClientSetting {
  readonly transport: Transport;
  readonly passive: boolean;
  readonly agents: readonly string[];
  /** Its stream is up from the beginning. */
  readonly up: boolean;
}

/** What a link is of: the way back, and whether the party at its beginning opens the connection. */
export interface Way {
  readonly reverse: number;
  readonly opens: boolean;
  readonly transport: Transport;
  /** Of a service that is no part of its server, and connects to it (XEP-0114). */
  readonly external?: boolean;
}

/** The namespace of stanzas on a link: RFC 6120 §4.8, XEP-0114 §3. */
export const nsOfLink = ({ links, ways }: Pick<Network, 'links' | 'ways'>, link: number): StreamNs =>
  links.kind[link] === LinkKind.s2s ? 'jabber:server' : ways[link]?.external === true ? 'jabber:component:accept' : 'jabber:client';

export interface Network {
  readonly parties: readonly Party[];
  readonly entities: Entities;
  readonly links: Links;
  readonly ways: readonly Way[];
  /** Which streams are up from the beginning. */
  readonly up: { readonly clients: boolean; readonly servers: boolean };
}

interface Draft extends Party {
  readonly links: Map<string, number>;
  readonly routes: Map<string, number>;
  readonly sessions: { readonly jid: Jid; readonly link: number }[];
  readonly components: string[];
}

const NO_CLIENT: ClientSetting = { transport: 'tcp', passive: false, agents: [], up: true };

/** @param agents ids of those that there are. */
export function buildNetwork(scenario: XmppScenario, values: ParamValues, agents: readonly string[]): Network {
  const parties: Draft[] = [];
  const add = (
    place: Place,
    jid: Jid,
    server: number,
    more: Partial<Pick<Party, 'name' | 'acts' | 'rooms' | 'host' | 'client'>> = {},
  ): Draft => {
    const name = more.name ?? formatJid(jid);
    if (parties.some((p) => p.name === name)) throw new InputError(`${scenario.id}: ${name} occurs twice.`);
    const index = parties.length;
    const draft: Draft = {
      index,
      place,
      jid,
      name,
      server: server < 0 ? index : server,
      links: new Map(),
      routes: new Map(),
      sessions: [],
      components: [],
      acts: more.acts ?? [],
      rooms: more.rooms ?? [],
      host: more.host ?? NO_HOST,
      client: more.client ?? NO_CLIENT,
    };
    parties.push(draft);
    return draft;
  };
  for (const s of scenario.servers) add('server', domainOf(s.domain), -1, { host: serverSetting(scenario, s) });
  scenario.servers.forEach((s, i) => {
    for (const c of s.components ?? []) {
      const more = { rooms: roomSeeds(scenario, values, c), host: serviceSetting(scenario, s, c) };
      parties[i]!.components.push(add(c.service, domainOf(c.domain), i, more).name);
    }
  });
  const up = streamsUp(scenario, values);
  for (const c of scenario.clients) {
    const jid = parseJid(c.jid);
    const server = parties.find((p) => p.place === 'server' && p.name === jid.domain);
    if (!server || jid.local === '' || (up.clients && jid.resource === ''))
      throw new InputError({
        message: `${scenario.id}: the client "${c.jid}" needs a name, a resource and a server of the scenario.`,
        hint: 'Write name@domain/resource.',
      });
    const strange = c.agents?.find((id) => !agents.includes(id));
    if (strange !== undefined)
      throw new InputError({
        message: `${scenario.id}: there is no agent "${strange}" for ${c.jid}.`,
        hint: `There are: ${agents.join(', ')}.`,
      });
    const client = { transport: c.transport ?? 'tcp', passive: c.passive ?? false, agents: c.agents ?? [], up: up.clients };
    add('client', jid, server.index, { ...(c.name === undefined ? {} : { name: c.name }), acts: sorted(c.jid, c.acts), client });
  }
  return { parties, entities: entitiesOf(parties), up, ...connect(parties, latencies(scenario, values), up) };
}

function connect(parties: readonly Draft[], latency: XmppScenario['latency'], up: Network['up']): Pick<Network, 'links' | 'ways'> {
  const rows: { from: number; to: number; kind: number; latency: number }[] = [];
  const ways: Way[] = [];
  /** Both directions of one connection, or of two; answers the link from `a`. */
  const pair = (a: Draft, b: Draft, kind: number, ticks: number, transport: Transport = 'tcp', both = false, external = false): number => {
    const there = rows.push({ from: a.index, to: b.index, kind, latency: ticks }) - 1;
    const back = rows.push({ from: b.index, to: a.index, kind, latency: ticks }) - 1;
    ways.push({ reverse: back, opens: true, transport, external }, { reverse: there, opens: both, transport, external });
    return there;
  };
  const hosts = parties.filter((p) => p.place !== 'client');
  for (const p of parties) {
    if (p.place !== 'client') continue;
    const server = parties[p.server]!;
    const link = pair(p, server, LinkKind.c2s, latency.client, p.client.transport);
    p.links.set(server.name, link);
    if (up.clients) server.sessions.push({ jid: p.jid, link: link + 1 });
  }
  for (const p of hosts) {
    if (p.place === 'server') continue;
    const server = parties[p.server]!;
    const external = p.host.secrets[p.name] !== undefined;
    const link = pair(p, server, LinkKind.component, latency.component, 'tcp', !external, external);
    p.links.set(server.name, link);
    server.links.set(p.name, link + 1);
    // Services of one server reach each other through it.
    for (const sibling of server.components) if (sibling !== p.name) p.links.set(sibling, link);
  }
  // RFC 6120 §4.4: one stream for each direction and each pair of domains, a component's domain being one of its own.
  for (const [i, a] of hosts.entries())
    for (const b of hosts.slice(i + 1)) {
      if (a.server === b.server) continue;
      const link = pair(a, b, LinkKind.s2s, latency.federation, 'tcp', up.servers);
      if (up.servers) {
        a.links.set(b.name, link);
        b.links.set(a.name, link + 1);
      } else {
        a.routes.set(b.name, link);
        b.routes.set(a.name, pair(b, a, LinkKind.s2s, latency.federation));
      }
    }
  return {
    links: {
      from: Uint32Array.from(rows, (r) => r.from),
      to: Uint32Array.from(rows, (r) => r.to),
      kind: Uint8Array.from(rows, (r) => r.kind),
      latency: Float64Array.from(rows, (r) => r.latency),
    },
    ways,
  };
}

function entitiesOf(parties: readonly Party[]): Entities {
  const kindOf = (place: Place): number =>
    place === 'server' ? EntityKind.server : place === 'client' ? EntityKind.client : EntityKind.component;
  return {
    name: parties.map((p) => (p.place === 'client' && p.name === formatJid(p.jid) ? p.jid.local : p.name)),
    detail: parties.map((p) => (p.place === 'client' && p.jid.resource !== '' ? `/${p.jid.resource}` : '')),
    jid: parties.map((p) => formatJid(p.jid)),
    kind: Uint8Array.from(parties, (p) => kindOf(p.place)),
    parent: Int32Array.from(parties, (p) => (p.server === p.index ? -1 : p.server)),
  };
}

/** What is up from the beginning; a person may have what would come up step by step be up already, where the scenario declares it. */
function streamsUp(scenario: XmppScenario, values: ParamValues): Network['up'] {
  const skipped = (param: string): boolean => scenario.params?.[param] !== undefined && values[param] === UP_ALREADY;
  return {
    clients: scenario.streams?.clients !== 'down' || skipped('logins'),
    servers: scenario.streams?.servers !== 'down' || skipped('federation'),
  };
}
/** Of the parameters `logins` and `federation`; the other is step by step. */
const UP_ALREADY = 'up already';

function latencies(scenario: XmppScenario, values: ParamValues): XmppScenario['latency'] {
  // The form is in milliseconds, a tick is a microsecond.
  const ticks = (param: string, own: number): number => {
    const value = values[param];
    return scenario.params?.[param] !== undefined && typeof value === 'number' ? Math.round(value * 1000) : own;
  };
  const found = {
    client: ticks('clientLatency', scenario.latency.client),
    federation: ticks('federationLatency', scenario.latency.federation),
    component: ticks('componentLatency', scenario.latency.component),
  };
  for (const [name, value] of Object.entries(found))
    if (!Number.isSafeInteger(value) || value < 0)
      throw new InputError(`${scenario.id}: latency.${name} must be a whole number of ticks, 0 or more, got ${value}.`);
  return found;
}

function sorted(client: string, acts: readonly ClientAct[]): readonly ClientAct[] {
  acts.forEach((act, i) => {
    if (!Number.isSafeInteger(act.at) || act.at < (acts[i - 1]?.at ?? 0))
      throw new InputError({
        message: `${client}: act ${i + 1} is at ${act.at}, before the one in front of it.`,
        hint: 'List acts in order of time, from 0.',
      });
  });
  return acts;
}
