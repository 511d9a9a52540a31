/**
 * What a run of a way comes to. Whoever leaves is owed nothing, and nobody is owed their own messages; all else that was said, or was to be, is
 * owed to everybody, whatever befell their server. `reach` leaves out whom no way through servers could serve, because their server is dead.
 */
import type { Moment, WayResult } from '../../../protocol/ways.ts';
import { EntityKind } from '../../../protocol/scene.ts';
import type { Stage } from '../../kernel/model.ts';
import type { GroupPlan } from './plan.ts';
import { curveOf, delayFigures } from './delays.ts';
import type { GroupWatch } from './watch.ts';
import type { GroupWorld, Way } from './way.ts';

const MOST_LINKS = 5;

/** One message that one person is owed. */
export interface Owed {
  readonly person: number;
  readonly message: number;
  /** Tick at which it was seen; -1: never. */
  readonly seen: number;
  /** Ticks from its saying. */
  readonly delay: number;
  /** Both servers live when it is said, or no server is needed. */
  readonly connected: boolean;
}

function owedOf(plan: GroupPlan, way: Way, watch: GroupWatch): readonly Owed[] {
  const isCutOff = (person: number): boolean => way.servers && plan.fault === 'server' && plan.people[person]!.server === 0;
  return plan.says.flatMap(({ at, author }, message) =>
    plan.people.flatMap(({ leaves }, person): Owed[] => {
      if (person === author || leaves !== undefined) return [];
      const seen = watch.sightings.seen(person, message);
      const dead = at >= plan.faultAt && (isCutOff(author) || isCutOff(person));
      return [{ person, message, seen, delay: seen - at, connected: !dead }];
    }),
  );
}

export function resultOf(way: Way, plan: GroupPlan, group: GroupWorld, watch: GroupWatch, events: number): WayResult {
  const owed = owedOf(plan, way, watch);
  const { stage } = group.world;
  const found = watch.sightings.found();
  const missed = owed.filter(({ seen }) => seen < 0);
  const links = watch.links();
  const servers = plan.domains.flatMap((name, server) => {
    const entity = group.serverAt(server);
    return entity < 0 ? [] : [{ name, entity, stanzas: watch.handled[entity]! }];
  });
  const busiest = servers.toSorted((a, b) => b.stanzas - a.stanzas)[0];
  const slowest = owed.reduce<Owed | undefined>((most, one) => (one.seen >= 0 && one.delay > (most?.delay ?? -1) ? one : most), undefined);
  const delays = delayFigures(owed);
  const name = (person: number): string => plan.people[person]!.name;
  const figures = {
    stanzas: watch.stanzas,
    perMessage: watch.stanzas / plan.says.length,
    bytes: watch.bytes,
    setup: watch.setup,
    serverMax: busiest?.stanzas ?? null,
    linkMax: links[0]?.stanzas ?? null,
    ...delays,
    missed: missed.length,
    missedShare: owed.length === 0 ? null : (100 * missed.length) / owed.length,
    missedConnected: missed.filter(({ connected }) => connected).length,
    disputed: found.disputed,
    violations: found.violations,
  };
  const { firstDispute, firstViolation } = found;
  return {
    way: way.id,
    fault: plan.fault,
    events,
    figures,
    moments: momentsOf(plan, group, { slowest, missed, found, busiest: busiest?.entity, heaviest: links[0] }),
    servers,
    links: links.slice(0, MOST_LINKS).map(({ from, to, stanzas }) => ({ from: nameOf(stage, from), to: nameOf(stage, to), stanzas })),
    curve: curveOf(owed),
    order: {
      verdict: found.verdict,
      disputed: found.disputed,
      violations: found.violations,
      ...(firstDispute && { firstDispute: { ...firstDispute, one: name(firstDispute.one), other: name(firstDispute.other) } }),
      ...(firstViolation && { firstViolation: { ...firstViolation, person: name(firstViolation.person) } }),
    },
    people: plan.people.map(({ name, server, leaves }, person) => ({
      name,
      server: plan.domains[server]!,
      entity: group.personAt(person),
      left: leaves !== undefined,
      seen: watch.sightings.order[person]!.length,
      missed: missed.filter((one) => one.person === person).length,
      order: watch.sightings.order[person]!,
    })),
    messages: plan.says.map(({ at, author, body }, message) => {
      const mine = owed.filter((one) => one.message === message);
      const seen = mine.filter((one) => one.seen >= 0);
      const last = seen.reduce((tick, one) => Math.max(tick, one.seen), -1);
      return { author: name(author), at, body, seen: seen.length, owed: mine.length, last };
    }),
    reach: {
      before: shareOf(owed, ({ message }) => plan.says[message]!.at < plan.faultAt),
      during: shareOf(owed, ({ message }) => isDuring(plan, plan.says[message]!.at)),
      after: plan.fault === 'link' ? shareOf(owed, ({ message }) => plan.says[message]!.at >= plan.backAt) : null,
    },
  };
}

/** Only a link comes back. */
const isDuring = ({ fault, faultAt, backAt }: GroupPlan, at: number): boolean => at >= faultAt && (fault !== 'link' || at < backAt);

function shareOf(owed: readonly Owed[], includes: (one: Owed) => boolean): number | null {
  const some = owed.filter((one) => one.connected && includes(one));
  return some.length === 0 ? null : some.filter(({ seen }) => seen >= 0).length / some.length;
}

const nameOf = ({ entities }: Stage, entity: number): string => entities.name[entity]!;

interface Found {
  readonly slowest: Owed | undefined;
  readonly missed: readonly Owed[];
  readonly found: ReturnType<GroupWatch['sightings']['found']>;
  readonly busiest: number | undefined;
  readonly heaviest: { readonly from: number; readonly to: number } | undefined;
}

/** Where each number can be looked at. What is of the whole conversation is opened at its end, a fault at its beginning. */
function momentsOf(
  plan: GroupPlan,
  group: GroupWorld,
  { slowest, missed, found, busiest, heaviest }: Found,
): Readonly<Record<string, Moment>> {
  const entity = (index: number) => ({ type: 'entity', index }) as const;
  const whole: Moment = { tick: plan.ends };
  const moments: Record<string, Moment> = { stanzas: whole, perMessage: whole, bytes: whole, setup: { tick: plan.begins } };
  if (busiest !== undefined) moments['serverMax'] = { ...whole, select: entity(busiest) };
  if (heaviest) {
    const { links, entities } = group.world.stage;
    // A machine's services are parts of it.
    const isEnd = (e: number, end: number): boolean =>
      e === end || (entities.kind[e] === EntityKind.component && entities.parent[e] === end);
    const index = links.from.findIndex((from, link) => isEnd(from, heaviest.from) && isEnd(links.to[link]!, heaviest.to));
    moments['linkMax'] = index < 0 ? whole : { ...whole, select: { type: 'link', index } };
  }
  if (slowest) {
    const seen: Moment = { tick: slowest.seen, select: entity(group.personAt(slowest.person)) };
    for (const id of ['mean', 'median', 'p95', 'max']) moments[id] = seen;
  }
  const first = missed[0];
  if (first) {
    const said: Moment = { tick: plan.says[first.message]!.at, select: entity(group.personAt(plan.says[first.message]!.author)) };
    moments['missed'] = moments['missedShare'] = said;
  }
  const connected = missed.find((one) => one.connected);
  if (connected)
    moments['missedConnected'] = {
      tick: plan.says[connected.message]!.at,
      select: entity(group.personAt(plan.says[connected.message]!.author)),
    };
  const { firstDispute, firstViolation } = found;
  if (firstDispute) moments['disputed'] = { tick: firstDispute.tick, select: entity(group.personAt(firstDispute.other)) };
  if (firstViolation) moments['violations'] = { tick: firstViolation.tick, select: entity(group.personAt(firstViolation.person)) };
  moments['fault'] = { tick: plan.faultAt };
  return moments;
}
