/** Things that spread what one sends to many: rooms, nodes, what accounts tell of themselves. Told as of a moment, in words that views need not understand. */

/** `room`: all hear all; `channel`: the same, of accounts (MIX). `node`: subscribers hear publishers. `pep`: contacts hear an account. */
export const GROUP_KINDS = ['room', 'channel', 'node', 'pep'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** How somebody stands to a group, as far as it is drawn: `high` may do more than others, `low` less, `waits` is not let in yet. */
export type MemberMark = 'high' | 'plain' | 'low' | 'waits';

export interface Member {
  /** Index of the client; -1 for somebody who is none of the scene's, or is not there. */
  readonly entity: number;
  readonly name: string;
  readonly mark: MemberMark;
  /** `moderator, owner`. */
  readonly words: string;
}

export interface Group {
  /** The same as long as it is the same. */
  readonly key: string;
  readonly kind: GroupKind;
  /** Short, as drawn. */
  readonly title: string;
  /** What it is, in words, as for a tip. */
  readonly words: string;
  /** Entity that it lives at. */
  readonly host: number;
  readonly members: readonly Member[];
  /** Keys of others that it passes things on to: rooms that are federated. */
  readonly peers: readonly string[];
  /** Key of the part of the host's inspection that is about it. */
  readonly part: string;
}

/** Copies of what one group sends that are under way now. */
export interface Fan {
  readonly group: string;
  /** An index into `KINDS`. */
  readonly kind: number;
  /** Entities that they are for. */
  readonly ends: readonly number[];
}

export interface Groups {
  readonly ordinal: number;
  readonly groups: readonly Group[];
  readonly fans: readonly Fan[];
  /** What the marks are called, by kind of group. */
  readonly marks: Readonly<Partial<Record<GroupKind, Readonly<Partial<Record<MemberMark, string>>>>>>;
}
