/** Where a room stands with those that it federates with: plain, immutable, lost with the process. XEP-0289 §1.1 for the words. */
import { child, el, elements, withChildren, type Element } from '../../../../base/xml/element.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { slice } from '../../slice.ts';
import { rooms, type Occupant, type Room } from '../muc/room.ts';

export const FMUC = 'http://isode.com/protocol/fmuc';

/** How it is with the room that this one joins (its joined node). */
export type Phase = 'none' | 'joining' | 'joined' | 'rejoining' | 'lost' | 'leaving' | 'refused';

/** What waits: for the answer to the first join; in a replica for the primary to send it back. */
export interface Held {
  /** Row of the stanza. */
  readonly row: number;
  readonly stanza: Element;
  /** Full address of who sent it. */
  readonly full: string;
  /** Of a message, to know it again; empty for presence. */
  readonly key: string;
  readonly since: number;
}

export interface Federation {
  /** For timers, which know rooms by it. */
  readonly number: number;
  readonly phase: Phase;
  readonly since: number;
  /** When the joined room was last heard of. */
  readonly heard: number;
  readonly tries: number;
  /** Full address of the one for whom it is being joined. */
  readonly asker: string;
  /** Rooms that have joined this one (its joining nodes). */
  readonly below: readonly string[];
  readonly held: readonly Held[];
}

/** By the room's address. */
export const federations = slice<Readonly<Record<string, Federation>>>('federations', {});

export function federationOf(context: Context, room: string): Federation {
  const all = context.get(federations);
  return all[room] ?? { number: Object.keys(all).length + 1, phase: 'none', since: 0, heard: 0, tries: 0, asker: '', below: [], held: [] };
}

export function change(context: Context, room: string, changes: Partial<Federation>): Federation {
  const now = { ...federationOf(context, room), ...changes };
  context.set(federations, { ...context.get(federations), [room]: now });
  return now;
}

export function turnTo(context: Context, room: string, phase: Phase): Federation {
  return change(context, room, { phase, since: context.tick });
}

/** Ticks. How long an answer may take, and how often a room that is out of reach is tried. */
export const PATIENCE = 10_000_000;
export const RETRY = 2_000_000;
export const TRIES = 30;

export const roomOf = (context: Context, jid: string): Room | undefined => context.get(rooms)[jid];

/** All that are not here by way of the room that this one has joined: those for whom it is there. */
export const ownSide = (room: Room): readonly Occupant[] =>
  room.occupants.filter((o) => o.via === undefined || o.via !== room.federateWith);

export const fullOf = (o: Occupant): string => o.clients[0]?.full ?? o.bare;

export const byFull = (room: Room, full: string): Occupant | undefined =>
  room.occupants.find((o) => o.clients.some((c) => c.full === full));

/** With the address of who it is about; none on what rooms say to each other of themselves. */
export const fmuc = (from: string | undefined, ...content: readonly Element[]): Element => el('fmuc', FMUC, { from }, ...content);

export const payload = (stanza: Element): Element | undefined => child(stanza, 'fmuc', FMUC);

/** §5.1: clients are never shown it; and what only a room may say is its own to say anew. */
export function cleaned(stanza: Element): Element {
  const kept = stanza.children.filter(
    (c) => typeof c === 'string' || (c.ns !== FMUC && c.ns !== NS.muc && c.ns !== NS.mucUser && c.ns !== NS.occupantId),
  );
  return kept.length === stanza.children.length ? stanza : withChildren(stanza, kept);
}

/** To know a message again: the specification has nothing for it. */
export function keyOf(message: Element): string {
  const part = (name: string): string =>
    elements(message)
      .find((c) => c.name === name)
      ?.children.join('') ?? '';
  return `${message.attrs['id'] ?? ''}\n${part('subject')}\n${part('body')}`;
}
