/**
 * A room of many people on many servers, whose streams come up as they are needed: all join within a second, one of them says something, half of the
 * servers die, and the next message finds that out. Recorded, as the page records it. What the specification predicts of each stands beside it.
 */
import { Run } from '../../src/core/simulation/run.ts';
import { createWorld } from '../../src/core/simulation/scenario.ts';
import type { XmppScenario } from '../../src/protocol/scenario.ts';

const ROOM = 'hall@rooms.server0.example';
const MS = 1000;
const SECOND = 1_000_000;
/** In ticks: the message, the death of the servers, the message after that. */
const SAYS = 20 * SECOND;
const DIES = 22 * SECOND;
const SAYS_AGAIN = 24 * SECOND;

export interface Crowd {
  readonly people: number;
  /** Even: the latter half of them dies. */
  readonly servers: number;
}
export const HALL: Crowd = { people: 1000, servers: 20 };

export const serverOf = ({ people, servers }: Crowd, person: number): number => Math.floor((person * servers) / people);

function crowdScenario(crowd: Crowd): XmppScenario {
  const { people, servers } = crowd;
  const says = (at: number, id: string) => ({ at, do: 'say' as const, room: ROOM, body: 'Is everybody here?', id });
  const person = (i: number): string => `person${i}@server${serverOf(crowd, i)}.example`;
  return {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    id: 'crowd',
    title: 'Crowd',
    summary: '',
    seed: '1',
    streams: { clients: 'up', servers: 'down' },
    servers: Array.from({ length: servers }, (_, s) => ({
      domain: `server${s}.example`,
      ...(s === 0
        ? { components: [{ domain: 'rooms.server0.example', service: 'muc' as const, rooms: [{ name: 'hall', owner: person(0) }] }] }
        : {}),
      ...(2 * s >= servers ? { acts: [{ at: DIES, do: 'crash' as const }] } : {}),
    })),
    clients: Array.from({ length: people }, (_, i) => ({
      jid: `${person(i)}/desk`,
      acts: [
        { at: i * MS, do: 'join' as const, room: ROOM, nick: `person${i}` },
        ...(i === 0 ? [says(SAYS, 'first'), says(SAYS_AGAIN, 'second')] : []),
      ],
    })),
    latency: { client: 1 * MS, federation: 2 * MS, component: 100 },
  };
}

/** Stanzas on links, items of streams among them, that the specifications predict of each part. */
export interface Prediction {
  readonly stanzas: number;
  readonly formula: string;
}
export type Part = 'join storm' | 'one message' | 'netsplit';

/**
 * With n people on s servers, of which d with m people die. A stanza of the room takes two links to an occupant, one of the room's and one of the
 * occupant's server, and one to the room takes two as well; the owner's server is the room's.
 */
export function predicted({ people: n, servers: s }: Crowd): Readonly<Record<Part, Prediction>> {
  const d = Math.floor(s / 2);
  const m = Array.from({ length: n }, (_, i) => serverOf({ people: n, servers: s }, i)).filter((server) => 2 * server >= s).length;
  return {
    // XEP-0045 §7.2.2, §7.2.15: who comes as the k-th is told of k − 1 others, who are told of the newcomer, and gets the own presence and the subject: 2k,
    // in sum n(n + 1). RFC 6120 §4 and XEP-0220: 18 items bring up the two streams between the room and another server.
    'join storm': { stanzas: 2 * (n * (n + 1) + n) + 18 * (s - 1), formula: '2(n(n+1) + n) + 18(s−1)' },
    // XEP-0045 §7.4: to the room, and reflected to every occupant.
    'one message': { stanzas: 2 + 2 * n, formula: '2 + 2n' },
    // Connections are closed: one a client, two a pair of servers. The message reaches n − m, and comes back from the dead: each of them leaves (§7.14, status 333),
    // and all others are told. RFC 6120 §3.2: a server is tried, and refuses, once for the message and once for those presences.
    netsplit: { stanzas: m + 2 * d + 2 + 2 * (n - m) + 2 * m * (n - m) + 4 * d, formula: 'm + 2d + 2 + 2(n−m) + 2m(n−m) + 4d' },
  };
}

export const PARTS: readonly Part[] = ['join storm', 'one message', 'netsplit'];
const ENDS: Readonly<Record<Part, number>> = { 'join storm': SAYS, 'one message': DIES, netsplit: Infinity };

/** Fewer events than what the last one to join, or a dead server, leads to. */
const SLICE = 512;
/** Before this tick the part has more events to come than a slice. */
const sureOf = ({ people }: Crowd, part: Part): number =>
  part === 'netsplit' ? Infinity : part === 'join storm' && people > SLICE ? (people - 1) * MS : 0;

/** One part after the other. Each answers how many stanzas there were. */
export function crowdRun(of: Crowd): { readonly run: Run; play(part: Part): number } {
  const run = new Run(createWorld({ scenario: crowdScenario(of) }, undefined));
  return {
    run,
    play(part) {
      const before = run.metrics()['stanzas']!;
      // In slices, as the page has it; one by one where the next part is near, so that no event of it is among them.
      while (run.nextTick < sureOf(of, part) && run.advance(SLICE));
      while (run.nextTick < ENDS[part] && run.advance(1));
      if (part === 'netsplit' && run.ended === 'horizon') throw new Error(`The crowd ended by ${run.ended}.`);
      return run.metrics()['stanzas']! - before;
    },
  };
}

/** Each call is the next part of the crowd in the hall; a part that is not as predicted is no figure. */
export function crowd(): () => number {
  const { play } = crowdRun(HALL);
  let next = 0;
  return () => {
    const part = PARTS[next++]!;
    const { stanzas } = predicted(HALL)[part];
    const found = play(part);
    if (found !== stanzas) throw new Error(`The ${part} took ${found} stanzas in place of ${stanzas}.`);
    return found;
  };
}
