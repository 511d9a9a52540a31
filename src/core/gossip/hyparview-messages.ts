/** What HyParView nodes say to each other (Leitão, Pereira and Rodrigues, DSN 2007, section 4). */
import type { Method } from './contract.ts';

export const JOIN = 0;
export const FORWARD_JOIN = 1;
export const NEIGHBOR = 2;
export const DISCONNECT = 3;
export const SHUFFLE = 4;
export const SHUFFLE_REPLY = 5;
/** Replies to `join` and `neighbor`. */
export const ACCEPTED = 0;
export const REJECTED = 1;

export const methods: readonly Method[] = [
  {
    name: 'join',
    kind: 'pull',
    update: false,
    args: [],
    why: 'A newcomer asks a contact to take it in as a neighbour (§4.2).',
    replies: [{ label: 'accepted', why: 'A contact always takes a newcomer in, and drops a neighbour if it has no room (§4.2).' }],
  },
  {
    name: 'forward-join',
    kind: 'push',
    update: false,
    args: ['newcomer', 'steps'],
    why: 'A random walk carries the news of a newcomer to nodes that will be its neighbours, or keep it in reserve (§4.2).',
  },
  {
    name: 'neighbor',
    kind: 'pull',
    update: false,
    args: ['priority'],
    why: 'A node asks another to be its neighbour: with high priority (1) if it has no other, or at the end of a join’s walk (§4.3).',
    replies: [
      { label: 'accepted', why: 'There is room, or the priority is high and a neighbour is dropped for it: both are neighbours now.' },
      { label: 'rejected', why: 'The priority is low and there is no room.' },
    ],
  },
  {
    name: 'disconnect',
    kind: 'digest',
    update: false,
    args: ['leaves'],
    why: 'A node tells another that it is no neighbour any more: it had to make room, it leaves (1), or it never knew of it (§4.2).',
  },
  {
    name: 'shuffle',
    kind: 'digest',
    update: false,
    args: ['origin', 'steps'],
    data: 'nodes',
    why: 'Once a period a node sends itself and some of whom it knows on a random walk, to swap them for others (§4.4).',
  },
  {
    name: 'shuffle-reply',
    kind: 'digest',
    update: false,
    args: [],
    data: 'nodes',
    why: 'The end of the walk answers with as many members of its passive view, straight to the origin (§4.4).',
  },
];
