/** What of a server or of one of its services its scenario says. */
import { parseJid, type Jid } from '../../base/jid.ts';
import { InputError } from '../../base/result.ts';
import type { Account, ServerAct, XmppScenario } from '../../protocol/scenario.ts';
import { seededRosters } from './modules/roster/seed.ts';
import type { Roster } from './modules/roster/rosters.ts';

type ServerOfScenario = XmppScenario['servers'][number];
type ServiceOfScenario = NonNullable<ServerOfScenario['components']>[number];

export interface HostSetting {
  readonly title: string;
  /** Domain of the server that a service belongs to. */
  readonly home: string;
  readonly accounts: readonly Account[];
  /** What the rosters of its accounts hold at the beginning, by bare address. */
  readonly rosters: ReadonlyMap<string, Roster>;
  readonly tls: boolean;
  /** SASL mechanisms that are offered to clients. */
  readonly mechanisms: readonly string[];
  readonly modules: readonly string[];
  /** What external services prove themselves with, by domain (XEP-0114); a service knows its own. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What its services are called, by domain. */
  readonly titles: Readonly<Record<string, string>>;
  readonly acts: readonly ServerAct[];
  /** Domains where nobody listens. */
  readonly refusing: readonly string[];
  /** Bare addresses of those who may do everything at this service. */
  readonly admins: readonly string[];
}
export const NO_HOST: HostSetting = {
  title: '',
  home: '',
  accounts: [],
  rosters: new Map(),
  tls: false,
  mechanisms: [],
  modules: [],
  secrets: {},
  titles: {},
  acts: [],
  refusing: [],
  admins: [],
};
/** As the scenario has it; what it leaves open is as with most servers. */
export function serverSetting(scenario: XmppScenario, server: ServerOfScenario): HostSetting {
  const { domain, components = [], tls = false, modules = [], acts = [], admins = [], mechanisms = ['SCRAM-SHA-1', 'PLAIN'] } = server;
  const accounts = accountsOf(scenario, server);
  const titles = components.flatMap((c) => (c.title === undefined ? [] : [[domainOf(c.domain).domain, c.title] as const]));
  return {
    title: domain,
    home: domain,
    accounts,
    rosters: seededRosters(domain, accounts, server.rosters),
    tls,
    mechanisms,
    modules,
    secrets: secretsOf(components),
    titles: Object.fromEntries(titles),
    acts,
    refusing: scenario.refusing ?? [],
    admins,
  };
}

export const serviceSetting = (scenario: XmppScenario, server: ServerOfScenario, service: ServiceOfScenario): HostSetting => ({
  ...NO_HOST,
  title: service.title ?? '',
  home: server.domain,
  secrets: secretsOf([service]),
  tls: server.tls ?? false,
  modules: server.modules ?? [],
  acts: server.acts ?? [],
  refusing: scenario.refusing ?? [],
  admins: service.admins ?? [],
});

/** Of the services that are external. */
const secretsOf = (services: readonly ServiceOfScenario[]): Readonly<Record<string, string>> =>
  Object.fromEntries(services.flatMap(({ domain, secret }) => (secret === undefined ? [] : [[domainOf(domain).domain, secret]])));

/** Those that the scenario lists; where it lists none, one for each of its clients. */
function accountsOf(scenario: XmppScenario, server: ServerOfScenario): readonly Account[] {
  if (server.accounts) return server.accounts;
  const names = scenario.clients.map((c) => parseJid(c.jid)).filter((jid) => jid.domain === server.domain);
  return [...new Set(names.map((jid) => jid.local))].map((name) => ({ name, password: `pw-${name}` }));
}

export function domainOf(text: string): Jid {
  const jid = parseJid(text);
  if (jid.local || jid.resource) throw new InputError(`"${text}" must be a domain only.`);
  return jid;
}
