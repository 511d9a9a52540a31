/** Who may do what: XEP-0060 §4.1 (affiliations) and §4.5 (access models), in the words of the actions that Prosody tells apart. */
import { ACCOUNT_DEFAULTS, SERVICE_DEFAULTS, type Config } from './config.ts';
import { failed, type Failed } from './failures.ts';
import { at, nodesOf, type Affiliation, type Node } from './model.ts';
import type { Context } from '../../module.ts';
import { rosterOf, tiesOf } from '../roster/rosters.ts';
import { sessionsOf } from '../../server/sessions.ts';

/** A service at work: a component, an account's own (XEP-0163), or that of an account that does not exist. */
export interface Service {
  readonly context: Context;
  readonly address: string;
  readonly kind: 'component' | 'account' | 'nobody';
}

/** The server itself may do everything. */
export type Actor = string | true;

export function serviceAt(context: Context, address: string): Service {
  const { party } = context;
  if (party.place !== 'server') return { context, address, kind: 'component' };
  const local = address.slice(0, address.indexOf('@'));
  const exists = party.host.accounts.some((a) => a.name === local) || sessionsOf(context, address).length > 0;
  return { context, address, kind: exists ? 'account' : 'nobody' };
}

export const nodeOf = ({ context, address }: Service, name: string): Node | undefined => at(nodesOf(context, address), name);

export const defaultsOf = ({ kind }: Service): Config => (kind === 'component' ? SERVICE_DEFAULTS : ACCOUNT_DEFAULTS);
/** With what it does not set itself. */
export const configOf = (service: Service, node: Node): Config => ({ ...defaultsOf(service), ...node.config });

type Action =
  | 'create'
  | 'publish'
  | 'retract'
  | 'purge'
  | 'delete'
  | 'nodes'
  | 'configure'
  | 'configuration'
  | 'subscribe'
  | 'unsubscribe'
  | 'subscription'
  | 'items'
  | 'others'
  | 'be-subscribed'
  | 'be-unsubscribed'
  | 'affiliate';

const OUTCAST: readonly Action[] = ['subscription', 'be-unsubscribed'];
const NONE: readonly Action[] = [...OUTCAST, 'nodes', 'subscribe', 'unsubscribe', 'be-subscribed'];
const MEMBER: readonly Action[] = [...NONE, 'items'];
const PUBLISHER: readonly Action[] = [...MEMBER, 'publish', 'retract', 'purge', 'configuration'];
/** `others`: subscriptions of other people, to be seen and changed. */
const MAY: Readonly<Record<Affiliation, ReadonlySet<Action>>> = {
  outcast: new Set(OUTCAST),
  none: new Set(NONE),
  member: new Set(MEMBER),
  'publish-only': new Set<Action>(['publish', 'retract', 'nodes', ...OUTCAST]),
  publisher: new Set(PUBLISHER),
  owner: new Set<Action>([...PUBLISHER, 'create', 'delete', 'configure', 'others', 'affiliate']),
};
/** Prosody has no such affiliation: it is kept, and lets do nothing. */
const UNKNOWN: ReadonlySet<Action> = new Set();

/** Addresses that are none have come this far only as somebody's words. */
export const bare = (address: string): string => {
  const slash = address.indexOf('/');
  return slash < 0 ? address : address.slice(0, slash);
};

export function may(service: Service, name: string | undefined, actor: Actor, action: Action): boolean {
  if (actor === true) return true;
  return capabilities(service, affiliationOf(service, name, actor)).has(action);
}

function capabilities({ context }: Service, affiliation: string): ReadonlySet<Action> {
  if (affiliation === 'publish-only' && context.profile === 'prosody') return UNKNOWN;
  return at<ReadonlySet<Action>>(MAY, affiliation) ?? UNKNOWN;
}

/** That with the node, else with the service, else what the access model makes of a stranger. */
export function affiliationOf(service: Service, name: string | undefined, actor: string): string {
  const node = name === undefined ? undefined : nodeOf(service, name);
  const own = bare(actor);
  return (node && at(node.affiliations, own)) ?? serviceAffiliation(service, own) ?? byAccess(service, node, own);
}

function serviceAffiliation({ context, address, kind }: Service, own: string): Affiliation | undefined {
  if (kind === 'nobody') return 'outcast';
  if (own === address || (kind === 'component' && context.party.host.admins.includes(own))) return 'owner';
  return undefined;
}

/** §4.5; what only the profile `rfc` has is below. */
function byAccess(service: Service, node: Node | undefined, own: string): Affiliation {
  const config = node ? configOf(service, node) : defaultsOf(service);
  switch (config.access_model) {
    case 'open':
      return 'member';
    case 'whitelist':
      return 'outcast';
    case 'presence':
      return isSubscribed(service, own) ? 'member' : 'outcast';
    case 'roster':
      return isInGroup(service, config, own) ? 'member' : 'outcast';
    default:
      // Who was authorised reads; others may ask to be.
      return node && isAuthorised(node, own) ? 'member' : 'none';
  }
}

const isSubscribed = ({ context, address, kind }: Service, own: string): boolean =>
  kind === 'account' && (own === address || tiesOf(rosterOf(context, address), own).from);

function isInGroup({ context, address, kind }: Service, config: Config, own: string): boolean {
  if (kind !== 'account') return false;
  const allowed = String(config.roster_groups_allowed ?? '').split('\n');
  const item = at(rosterOf(context, address).items, own);
  return item?.groups.some((g) => allowed.includes(g)) === true;
}

const isAuthorised = (node: Node, own: string): boolean =>
  Object.entries(node.subscribers).some(([jid, s]) => bare(jid) === own && s.pending !== true);

/** Prosody says `forbidden` to whoever may not; the specification has a condition for each access model (§6.1.3, §6.5.9). */
export function whyNot(service: Service, name: string | undefined, actor: string): Failed {
  const node = name === undefined ? undefined : nodeOf(service, name);
  if (service.context.profile === 'prosody' || !node || at(node.affiliations, bare(actor)) !== undefined) return failed('forbidden');
  switch (configOf(service, node).access_model) {
    case 'whitelist':
      return failed('closed-node');
    case 'presence':
      return failed('presence-subscription-required');
    case 'roster':
      return failed('not-in-roster-group');
    case 'authorize':
      return failed('not-subscribed-to-read');
    default:
      return failed('forbidden');
  }
}

/** Whether two addresses are the same person's. */
export const samePerson = (a: string, b: string): boolean => bare(a) === bare(b);
