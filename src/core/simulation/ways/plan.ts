/**
 * Who is where, who says what when, and what befalls them: a pure function of the group's parameters and the seed, the same for every way.
 * Ticks are microseconds.
 */
import { InputError } from '../../../base/result.ts';
import type { ParamValues } from '../../../protocol/params.ts';
import { FAULTS, type Fault } from '../../../protocol/ways.ts';
import { GROUP_PARAMS } from '../../../scenarios/one-room.ts';
import { Streams } from '../../kernel/random.ts';
import { readParams } from '../params.ts';

const MS = 1000;
const SECOND = 1000 * MS;
const STREAMS = ['author', 'time', 'leaver', 'word'] as const;
const [AUTHOR, TIME, LEAVER, WORD] = [0, 1, 2, 3];
const NAMES =
  'anna ben carla david elif farid greta hugo ines jonas kim lena milo nora omar paula quinn rosa samir tara uwe vera wim xenia yusuf zoe'.split(
    ' ',
  );
const WORDS = [
  'Who brings the bread?',
  'I am on the train, ten minutes late.',
  'The door was open when I came.',
  'Could somebody read that again?',
  'Not before Thursday, I am afraid.',
  'Then let us meet at the bridge.',
  'It has begun to rain here.',
  'That is the third time this week.',
  'I have it in front of me.',
  'Say that to my sister!',
  'No, the other one, with the blue lid.',
  'Agreed.',
];

export interface Person {
  readonly name: string;
  /** Index of their server. */
  readonly server: number;
  /** Tick at which they leave in good order, where they do. */
  readonly leaves: number | undefined;
}
export interface Saying {
  readonly at: number;
  readonly author: number;
  readonly body: string;
}
export interface GroupPlan {
  readonly seed: string;
  readonly values: ParamValues;
  readonly way: string;
  readonly fault: Fault;
  readonly algorithm: string;
  readonly domains: readonly string[];
  readonly people: readonly Person[];
  readonly says: readonly Saying[];
  /** Before this everybody comes and joins; from here on is counted. */
  readonly begins: number;
  /** When the conversation is over, and how long is waited for the rest. */
  readonly ends: number;
  readonly until: number;
  readonly faultAt: number;
  /** When a cut link comes back. */
  readonly backAt: number;
  readonly latency: { readonly client: number; readonly federation: number; readonly component: number };
}

/** Between two people's joining. */
const JOIN_EVERY = 20 * MS;
/** The room service is a process beside its server. */
const COMPONENT = MS;

/** @param given by name; the rest is as the schema has it. @throws InputError that names the parameter. */
export function planOf(seed: string, given: ParamValues): GroupPlan {
  const where = 'one-room';
  const values = readParams(GROUP_PARAMS, given, where);
  const number = (name: keyof typeof GROUP_PARAMS): number => Number(values[name]);
  const [people, servers, messages] = [number('people'), number('servers'), number('messages')];
  if (number('backAt') < number('faultAt'))
    throw new InputError({
      message: `${where}: \`backAt\` is ${number('backAt')}, before the fault at ${number('faultAt')}`,
      hint: 'A link comes back after it was cut.',
    });
  const streams = Streams.named(seed, STREAMS);
  const begins = 2 * SECOND + 2 * people * JOIN_EVERY;
  const length = messages * number('every') * MS;
  const at = (part: number): number => begins + Math.round(part * length);
  const [faultAt, backAt] = [at(number('faultAt')), at(number('backAt'))];
  const fault = FAULTS.find((one) => one === values['fault']) ?? 'none';
  const leavers = fault === 'leave' ? drawn(streams, people, Math.max(1, Math.round(people / 10))) : new Set<number>();
  const staying = Array.from({ length: people }, (_, i) => i).filter((i) => !leavers.has(i));
  const times = Array.from({ length: messages }, () => begins + Math.floor(streams.unit(TIME) * length)).toSorted((a, b) => a - b);
  const says = times.map((tick, i): Saying => {
    const author = staying[streams.below(AUTHOR, staying.length)]!;
    return { at: tick, author, body: `${WORDS[streams.below(WORD, WORDS.length)]} (${i + 1})` };
  });
  return {
    seed,
    values,
    way: String(values['way']),
    fault,
    algorithm: String(values['algorithm']),
    domains: Array.from({ length: servers }, (_, i) => `s${i + 1}.lit`),
    people: Array.from({ length: people }, (_, i) => ({
      name: `${NAMES[i % NAMES.length]}${i < NAMES.length ? '' : Math.floor(i / NAMES.length) + 1}`,
      server: i % servers,
      leaves: leavers.has(i) ? faultAt : undefined,
    })),
    says,
    begins,
    ends: begins + length,
    until: begins + length + number('settle') * SECOND,
    faultAt,
    backAt,
    latency: {
      client: Math.round(number('clientLatency') * MS),
      federation: Math.round(number('federationLatency') * MS),
      component: COMPONENT,
    },
  };
}

/** So many different people, never the first: the group has somebody left to talk. */
function drawn(streams: Streams, people: number, wanted: number): ReadonlySet<number> {
  const others = Array.from({ length: people - 1 }, (_, i) => i + 1);
  for (let i = 0; i < Math.min(wanted, others.length); i++) {
    const j = i + streams.below(LEAVER, others.length - i);
    [others[i], others[j]] = [others[j]!, others[i]!];
  }
  return new Set(others.slice(0, wanted));
}

const ROOM_NAME = 'group';
export const roomDomain = (plan: GroupPlan, server: number): string => `rooms.${plan.domains[server]!}`;
export const roomOf = (plan: GroupPlan, server: number): string => `${ROOM_NAME}@${roomDomain(plan, server)}`;
/** The first person of its server owns it; on a server without people, the first of all. */
export function ownedRoom(plan: GroupPlan, server: number): { readonly name: string; readonly owner: string; readonly title: string } {
  const owner = plan.people.find((person) => person.server === server) ?? plan.people[0]!;
  return { name: ROOM_NAME, owner: `${owner.name}@${plan.domains[owner.server]!}`, title: 'The group' };
}
export const nickOf = ({ name }: Person): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
/** Ticks at which person i comes online, and joins. */
export const comesAt = (i: number): number => i * JOIN_EVERY;
export const joinsAt = (plan: GroupPlan, i: number): number => plan.people.length * JOIN_EVERY + 500 * MS + i * JOIN_EVERY;
