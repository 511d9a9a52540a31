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

export function crowdScenario(crowd: Crowd): XmppScenario {
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

/** Each call is the next part: the joins, the message, the netsplit. Answers how many events there were. */
export function crowd(): () => number {
  const run = new Run(createWorld({ scenario: crowdScenario(HALL) }, undefined));
  const ends = [SAYS, DIES, Infinity];
  let part = 0;
  let before = 0;
  return () => {
    const end = ends[part++]!;
    while (run.nextTick < end && run.advance(1 << 12));
    if (end === Infinity && run.ended !== 'drained') throw new Error(`The crowd ended by ${run.ended}.`);
    const events = run.processed - before;
    before = run.processed;
    return events;
  };
}
