/** Rooms that federate, for tests: one on each server, people in them, and what each has heard in its own order. */
import type { ClientAct, NetworkAct, RoomOfScenario, ServerAct, XmppScenario } from '../../../src/protocol/scenario.ts';
import { bodyOf, nickOf } from '../../../src/core/xmpp/read.ts';
import { MS, online, scene, SECOND } from '../../../src/scenarios/xmpp/parts.ts';
import { play, type Played } from './host.ts';

type Mode = 'primary-primary' | 'primary-replica';
export const P_P: Mode = 'primary-primary';
export const P_R: Mode = 'primary-replica';

/** `room@rooms.a.lit` of the server `a.lit`. */
export const roomAt = (server: string): string => `room@rooms.${server}.lit`;

/** Servers by letter, with what each one's room joins. */
export interface Set {
  readonly with: Readonly<Record<string, string | undefined>>;
  readonly mode?: Mode;
  /** Where a server’s room is set up otherwise. */
  readonly modes?: Readonly<Record<string, Mode>>;
  readonly accepts?: NonNullable<RoomOfScenario['federation']>['accepts'];
  readonly subject?: Readonly<Record<string, string>>;
  readonly acts?: Readonly<Record<string, readonly ServerAct[]>>;
  readonly network?: readonly NetworkAct[];
  readonly streams?: XmppScenario['streams'];
  readonly history?: number;
}

/** Somebody of a server (`ada@a.lit`), with what they do, in ms. */
export type Person = readonly [address: string, ...acts: readonly ClientAct[]];

export const join = (at: number, server: string, nick: string): ClientAct => ({ at: at * MS, do: 'join', room: roomAt(server), nick });
export const say = (at: number, server: string, id: string): ClientAct => ({ at: at * MS, do: 'say', room: roomAt(server), id, body: id });
export const leave = (at: number, server: string, nick: string): ClientAct => ({ at: at * MS, do: 'leave', room: roomAt(server), nick });
export const xml = (at: number, text: string): ClientAct => ({ at: at * MS, do: 'send', xml: text });
export const cut = (at: number, a: string, b: string): NetworkAct => ({ at: at * MS, do: 'cut', between: [`${a}.lit`, `${b}.lit`] });
export const mend = (at: number, a: string, b: string): NetworkAct => ({ ...cut(at, a, b), do: 'mend' });

export function scenarioOf(set: Set, people: readonly Person[]): XmppScenario {
  const { mode = P_P, accepts = 'anyone' } = set;
  return scene({
    id: 'set',
    title: 'Rooms that federate',
    summary: '',
    until: 120 * SECOND,
    ...(set.network ? { network: set.network } : {}),
    ...(set.streams ? { streams: set.streams } : {}),
    servers: Object.entries(set.with).map(([letter, partner]) => ({
      domain: `${letter}.lit`,
      ...(set.acts?.[letter] ? { acts: set.acts[letter] } : {}),
      components: [
        {
          domain: `rooms.${letter}.lit`,
          service: 'muc' as const,
          rooms: [
            {
              name: 'room',
              owner: `owner@${letter}.lit`,
              subject: set.subject?.[letter],
              history: set.history,
              federation: { mode: set.modes?.[letter] ?? mode, accepts, with: partner === undefined ? undefined : roomAt(partner) },
            },
          ],
        },
      ],
    })),
    clients: people.map(([address, ...acts]) => online(`${address}/x`, 0, ...acts)),
  });
}

export const federate = (set: Set, ...people: readonly Person[]): Talk => talkOf(play(scenarioOf(set, people)));

export interface Talk extends Played {
  /** Ids of what somebody has heard, in that order; a `~` before what came with the time when it was said. */
  heard(address: string, since?: number): readonly string[];
  /** Presence in the room as somebody was sent it: `+Nick`, `-Nick`, with codes. */
  saw(address: string, since?: number, until?: number): readonly string[];
  /** What somebody was sent since (in ms), as XML. */
  got(address: string, since?: number, until?: number): readonly string[];
  /** What one room sent to another. */
  between(a: string, b: string, since?: number, until?: number): Played['sent'];
  rulesAt(server: string, since?: number): readonly string[];
}

function talkOf(played: Played): Talk {
  const told = (address: string, since: number, until: number): Played['sent'] =>
    played.sent.filter((r) => r.to === `${address}/x` && r.tick >= since * MS && r.tick < until * MS);
  return {
    ...played,
    heard: (address, since = 0) =>
      told(address, since, Infinity)
        .filter(({ stanza }) => stanza.attrs['type'] === 'groupchat' && bodyOf(stanza) !== '')
        .map(({ stanza, xml: text }) => `${text.includes("xmlns='urn:xmpp:delay'") ? '~' : ''}${stanza.attrs['id'] ?? bodyOf(stanza)}`),
    saw: (address, since = 0, until = Infinity) =>
      told(address, since, until)
        .filter(({ stanza }) => stanza.name === 'presence' && (stanza.attrs['from'] ?? '').includes('@rooms.'))
        .map(({ stanza, xml: text }) => {
          const sign = { unavailable: '-', error: '!' }[stanza.attrs['type'] ?? ''] ?? '+';
          const codes = [...text.matchAll(/code='(\d+)'/g)].map((m) => ` ${m[1]}`);
          return `${sign}${nickOf(stanza.attrs['from'])}${codes.join('')}`;
        }),
    got: (address, since = 0, until = Infinity) => told(address, since, until).map((r) => r.xml),
    between: (a, b, since = 0, until = Infinity) =>
      played.sent.filter(
        (r) =>
          r.from === `rooms.${a}.lit` && r.to === `rooms.${b}.lit` && r.tick >= since * MS && r.tick < until * MS && r.xml.includes('fmuc'),
      ),
    rulesAt: (server, since = 0) =>
      played.silences.filter((s) => s.entity === `rooms.${server}.lit` && s.tick >= since * MS).map((s) => s.rule),
  };
}
