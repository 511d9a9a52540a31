/** Parties and links of a scenario: who is there, who is connected to whom, and with what latency. No event changes it. */
import { formatJid, parseJid, type Jid } from '../../base/jid.ts';
import { InputError } from '../../base/result.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { ClientAct, XmppScenario } from '../../protocol/scenario.ts';
import { EntityKind, LinkKind, type Entities, type Links } from '../../protocol/scene.ts';

/** Where a module can be loaded: by the kind of party that it is written for. */
export type Place = 'server' | 'muc' | 'client';

export type RoomSeed = { readonly name: string; readonly owner: string; readonly title?: string; readonly subject?: string };

export interface Party {
  /** Index of the entity. */
  readonly index: number;
  readonly place: Place;
  /** Domain of a server or a component, full address of a client. */
  readonly jid: Jid;
  readonly name: string;
  /** Index of the server that it belongs to; its own for a server. */
  readonly server: number;
  /** Links by what they lead to: a domain, or for a server the resource of one of its own sessions (its full address). */
  readonly links: ReadonlyMap<string, number>;
  /** Full addresses of the clients whose streams are up from the beginning. */
  readonly sessions: readonly Jid[];
  /** Domains of its own components, on a server. */
  readonly components: readonly string[];
  readonly acts: readonly ClientAct[];
  readonly rooms: readonly RoomSeed[];
}

export interface Network {
  readonly parties: readonly Party[];
  readonly entities: Entities;
  readonly links: Links;
}

interface Draft extends Party {
  readonly links: Map<string, number>;
  readonly sessions: Jid[];
  readonly components: string[];
}

export function buildNetwork(scenario: XmppScenario, values: ParamValues): Network {
  const parties: Draft[] = [];
  const add = (place: Place, jid: Jid, server: number, more: Partial<Pick<Party, 'acts' | 'rooms'>> = {}): Draft => {
    const name = formatJid(jid);
    if (parties.some((p) => p.name === name)) throw new InputError(`${scenario.id}: ${name} occurs twice.`);
    const index = parties.length;
    const draft: Draft = {
      index,
      place,
      jid,
      name,
      server: server < 0 ? index : server,
      links: new Map(),
      sessions: [],
      components: [],
      acts: more.acts ?? [],
      rooms: more.rooms ?? [],
    };
    parties.push(draft);
    return draft;
  };
  for (const s of scenario.servers) add('server', domainOf(s.domain), -1);
  scenario.servers.forEach((s, i) => {
    for (const c of s.components ?? []) parties[i]!.components.push(add('muc', domainOf(c.domain), i, { rooms: c.rooms ?? [] }).name);
  });
  for (const c of scenario.clients) {
    const jid = parseJid(c.jid);
    const server = parties.find((p) => p.place === 'server' && p.name === jid.domain);
    if (!server || jid.local === '' || jid.resource === '')
      throw new InputError({
        message: `${scenario.id}: the client "${c.jid}" needs a name, a resource and a server of the scenario.`,
        hint: 'Write name@domain/resource.',
      });
    add('client', jid, server.index, { acts: sorted(c.jid, c.acts) });
    server.sessions.push(jid);
  }
  return { parties, entities: entitiesOf(parties), links: connect(parties, latencies(scenario, values)) };
}

/** Streams are up from the beginning, for every pair that can talk. */
function connect(parties: readonly Draft[], latency: XmppScenario['latency']): Links {
  const rows: { from: number; to: number; kind: number; latency: number }[] = [];
  const pair = (a: Draft, b: Draft, kind: number, ticks: number): void => {
    a.links.set(b.name, rows.push({ from: a.index, to: b.index, kind, latency: ticks }) - 1);
    b.links.set(a.name, rows.push({ from: b.index, to: a.index, kind, latency: ticks }) - 1);
  };
  const hosts = parties.filter((p) => p.place !== 'client');
  for (const p of parties) if (p.place === 'client') pair(p, parties[p.server]!, LinkKind.c2s, latency.client);
  for (const p of hosts) if (p.place !== 'server') pair(p, parties[p.server]!, LinkKind.component, latency.component);
  // RFC 6120 §4.4: one stream for each direction and each pair of domains, a component's domain being one of its own.
  for (const [i, a] of hosts.entries())
    for (const b of hosts.slice(i + 1)) if (a.server !== b.server) pair(a, b, LinkKind.s2s, latency.federation);
  return {
    from: Uint32Array.from(rows, (r) => r.from),
    to: Uint32Array.from(rows, (r) => r.to),
    kind: Uint8Array.from(rows, (r) => r.kind),
    latency: Float64Array.from(rows, (r) => r.latency),
  };
}

function entitiesOf(parties: readonly Party[]): Entities {
  const kinds = { server: EntityKind.server, muc: EntityKind.component, client: EntityKind.client };
  return {
    name: parties.map((p) => (p.place === 'client' ? p.jid.local : p.name)),
    detail: parties.map((p) => (p.place === 'client' ? `/${p.jid.resource}` : '')),
    jid: parties.map((p) => p.name),
    kind: Uint8Array.from(parties, (p) => kinds[p.place]),
    parent: Int32Array.from(parties, (p) => (p.server === p.index ? -1 : p.server)),
  };
}

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

function domainOf(text: string): Jid {
  const jid = parseJid(text);
  if (jid.local || jid.resource) throw new InputError(`"${text}" must be a domain only.`);
  return jid;
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
