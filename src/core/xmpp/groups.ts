/** What spreads things to many, from the modules that do it, with addresses made entities; and the copies of theirs that are under way. */
import { child, elements, type Element } from '../../base/xml/element.ts';
import type { Fan, Group, GroupKind, Groups, MemberMark } from '../../protocol/groups.ts';
import { Kind } from '../../protocol/scene.ts';
import { clientStream } from './client/stream.ts';
import type { Surroundings } from './context.ts';
import { PUBSUB_EVENT } from './modules/pubsub/model.ts';
import { read, type Root } from './slice.ts';

/** A group as its module describes it: members by address, bare for all clients of an account. */
export interface GroupSeen {
  readonly kind: GroupKind;
  /** What its copies are from: a room, a service, an account. */
  readonly address: string;
  /** Of a node; else empty. */
  readonly node: string;
  readonly title: string;
  readonly words: string;
  readonly part: string;
  readonly members: readonly { readonly address: string; readonly name: string; readonly mark: MemberMark; readonly words: string }[];
  /** Addresses of rooms that it passes things on to. */
  readonly peers?: readonly string[] | undefined;
}

/** Words of the legend. */
export const MARKS = {
  room: { high: 'moderator', low: 'no voice' },
  node: { high: 'may publish', waits: 'waits for a yes' },
} as const;

const keyOf = (address: string, node: string): string => (node === '' ? address : `${address} ${node}`);
const bareOf = (address: string): string => address.split('/', 1)[0] ?? address;

/** @param flights what is under way. */
export function groupsOf(
  around: readonly Surroundings[],
  roots: readonly Root[],
  flights: Iterable<Flight>,
): Pick<Groups, 'groups' | 'fans'> {
  const clients = clientsByAddress(around, roots);
  const groups: Group[] = [];
  around.forEach(({ party, modules }, host) => {
    const root = roots[host]!;
    for (const module of modules)
      for (const seen of module.groups?.({ party, get: (slice) => read(root, slice) }) ?? []) {
        const { kind, title, words, part, peers = [] } = seen;
        const members = seen.members.flatMap(({ address, ...member }) =>
          (clients.get(address) ?? [-1]).map((entity) => ({ ...member, entity })),
        );
        groups.push({ key: keyOf(seen.address, seen.node), kind, title, words, host, part, members, peers });
      }
  });
  return { groups, fans: fansOf(groups, flights, clients) };
}

/** Clients by the full address that they have now, and by the account. Of several that had one address, the last. */
function clientsByAddress(around: readonly Surroundings[], roots: readonly Root[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  around.forEach(({ party }, i) => {
    const { full, phase } = party.place === 'client' ? read(roots[i]!, clientStream) : clientStream.initial;
    if (full === '' || phase !== 'bound') return;
    found.set(full, [i]);
    const bare = bareOf(full);
    found.set(bare, [...(found.get(bare) ?? []), i]);
  });
  return found;
}

interface Flight {
  readonly stanza: Element;
  readonly kind: number;
  /** Where its link leads. */
  readonly to: number;
}

/** Messages and presence from the groups to clients. */
function fansOf(groups: readonly Group[], flights: Iterable<Flight>, clients: ReadonlyMap<string, readonly number[]>): readonly Fan[] {
  const byKey = new Map(groups.map((g) => [g.key, g]));
  const fans = new Map<string, { group: string; kind: number; ends: Set<number> }>();
  for (const { stanza, kind, to } of flights) {
    if (kind !== Kind.message && kind !== Kind.presence) continue;
    const from = bareOf(stanza.attrs['from'] ?? '');
    const group = byKey.get(from) ?? byKey.get(keyOf(from, nodeIn(stanza)));
    // What comes back to where it lives is an answer, and no copy.
    if (!group || to === group.host) continue;
    const key = `${group.key} ${kind}`;
    const fan = fans.get(key) ?? { group: group.key, kind, ends: new Set<number>() };
    fans.set(key, fan);
    for (const entity of clients.get(stanza.attrs['to'] ?? '') ?? []) fan.ends.add(entity);
  }
  return [...fans.values()].flatMap(({ ends, ...fan }) => (ends.size > 0 ? [{ ...fan, ends: [...ends] }] : []));
}

/** An event names its node. XEP-0060 §7.1.2.1. */
function nodeIn(stanza: Element): string {
  const event = child(stanza, 'event', PUBSUB_EVENT);
  return (event && elements(event)[0]?.attrs['node']) ?? '';
}
