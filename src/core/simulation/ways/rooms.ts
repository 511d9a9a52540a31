/**
 * Ways by rooms: people are clients of XMPP servers that join a room and say groupchat messages. Everything in them is the XMPP world's own;
 * what is seen and said is learned from a program at each client that only looks. Streams between servers are up from the beginning, so that
 * what is counted is the conversation's. Who leaves does it in good order (XEP-0045 §7.14), then ends its stream.
 */
import { childText } from '../../../base/xml/element.ts';
import type { ClientAct, XmppScenario } from '../../../protocol/scenario.ts';
import type { Module } from '../../xmpp/module.ts';
import type { World } from '../world.ts';
import { xmppWorld, type Onlooker } from '../xmpp.ts';
import { comesAt, joinsAt, nickOf, type GroupPlan, type Person } from './plan.ts';
import { faultyNetwork, faultyServer } from './fault.ts';
import { GroupWatch } from './watch.ts';
import { Watches } from './watches.ts';
import type { GroupWorld } from './way.ts';

const WITNESS = 'witness';

/** What differs between ways by rooms. */
export interface Rooms {
  /** Services of a server, by its number. */
  services(server: number): NonNullable<XmppScenario['servers'][number]['components']>;
  /** Address of the room that this person joins. */
  roomOf(person: Person): string;
  /** Ids of modules that the servers load beside. */
  readonly modules?: readonly string[];
  /** How one comes online, joins and leaves, where that is not presence to the room. */
  readonly manners?: Manners;
}

export interface Manners {
  comes(at: number): readonly ClientAct[];
  joins(at: number, room: string, nick: string): ClientAct;
  leaves(at: number, room: string, nick: string): ClientAct;
}
/** Of rooms: XEP-0045 §7.2, §7.14. */
const OF_ROOMS: Manners = {
  comes: (at) => [{ at, do: 'presence' }],
  joins: (at, room, nick) => ({ at, do: 'join', room, nick }),
  leaves: (at, room, nick) => ({ at, do: 'leave', room, nick }),
};

/** How a person comes into the room, speaks there and leaves it. */
function actsOf(plan: GroupPlan, rooms: Rooms, person: Person, i: number): readonly ClientAct[] {
  const room = rooms.roomOf(person);
  const says = plan.says.flatMap(({ at, author, body }, message): ClientAct[] =>
    author === i ? [{ at, do: 'say', room, id: `m${message + 1}`, body }] : [],
  );
  const { comes, joins, leaves } = rooms.manners ?? OF_ROOMS;
  const nick = nickOf(person);
  const leaving: readonly ClientAct[] =
    person.leaves === undefined ? [] : [leaves(person.leaves, room, nick), { at: person.leaves + 1, do: 'close' }];
  return [...comes(comesAt(i)), joins(joinsAt(plan, i), room, nick), ...says, ...leaving];
}

function roomsScenario(plan: GroupPlan, rooms: Rooms): XmppScenario {
  return {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    id: 'one-room',
    title: '',
    summary: '',
    seed: plan.seed,
    until: plan.until,
    servers: plan.domains.map((domain, server) => ({
      domain,
      ...(rooms.modules ? { modules: rooms.modules } : {}),
      components: rooms.services(server),
      ...faultyServer(plan, server),
    })),
    ...faultyNetwork(plan),
    clients: plan.people.map((person, i) => ({
      jid: addressOf(plan, person),
      agents: [WITNESS],
      acts: actsOf(plan, rooms, person, i),
    })),
    latency: plan.latency,
    // Nobody is reached by one message, but by all of them: the witness says when.
    follow: { id: '', title: 'Have seen everything' },
  };
}
const addressOf = (plan: GroupPlan, { name, server }: Person): string => `${name}@${plan.domains[server]!}/talk`;

export function roomsWorld(plan: GroupPlan, rooms: Rooms): GroupWorld {
  const scenario = roomsScenario(plan, rooms);
  const watches = new Watches();
  const onlook = (): Onlooker => {
    const watch = watches.add(new GroupWatch(plan, inner.stage.entities, personAt));
    return {
      watch,
      agents: [witness(plan, (context) => people.get(context.party.index) ?? -1, watch)],
      attached: (kernel) => watch.attached(kernel),
      metrics: () => watch.metrics(),
    };
  };
  const idle: Onlooker = { agents: [idleWitness], attached: () => undefined, metrics: () => ({}) };
  let staging = true;
  const inner: World = xmppWorld(scenario, plan.seed, {}, () => (staging ? idle : onlook()));
  staging = false;
  const at = new Map(inner.stage.entities.jid.map((jid, entity) => [jid, entity]));
  const personAt = (person: number): number => at.get(addressOf(plan, plan.people[person]!))!;
  const people = new Map(plan.people.map((_, person) => [personAt(person), person]));
  return {
    world: watches.around(inner),
    watchOf: watches.of,
    personAt,
    serverAt: (server) => at.get(plan.domains[server]!)!,
  };
}

const idleWitness: Module = { id: WITNESS, title: 'Witness', spec: 'agent', version: '1', places: ['client'], rules: {}, hooks: [] };

/** Messages are known by their bodies, as ids are changed on some ways. */
function witness(
  plan: GroupPlan,
  personOf: (context: { readonly party: { readonly index: number } }) => number,
  watch: GroupWatch,
): Module {
  const known = new Map(plan.says.map(({ body }, message) => [body, message]));
  return {
    ...idleWitness,
    hooks: [
      {
        event: 'sent-message',
        run(context, { stanza }) {
          const message = known.get(childText(stanza, 'body') ?? '');
          if (message !== undefined) watch.said(personOf(context), message, context.tick);
          return false;
        },
      },
      {
        event: 'message/client',
        priority: 100,
        run(context, { stanza }) {
          const message = stanza.attrs['type'] === 'groupchat' ? known.get(childText(stanza, 'body') ?? '') : undefined;
          if (message !== undefined) watch.saw(personOf(context), message, context.tick);
          return false;
        },
      },
    ],
  };
}
