/** What nodes say to each other in anti-entropy (Demers et al., PODC 1987, section 1.3). */
import type { Method } from './contract.ts';

export const TRANSFER = 0;
export const ASK = 1;
export const DIGEST = 2;
export const OFFER = 3;
export const COMPARE = 4;
export const FETCH = 5;
/** What a transfer asks for in return. */
export const NOTHING = 0;
export const YOURS = 1;
export const ECHO = 2;
/** Replies. */
export const UPDATES = 0;

const carries = {
  label: 'updates',
  update: 'data',
} as const;

export const methods: readonly Method[] = [
  {
    name: 'transfer',
    kind: 'push',
    update: 'data',
    args: ['back'],
    data: 'updates',
    why: 'A node gives its partner updates: all that it holds, or those that were found to be missing (§1.3).',
    replies: [
      {
        ...carries,
        why: 'In push-pull the partner gives what it holds in return; in the one-way exchange of 2011 it sends back what it got.',
      },
    ],
  },
  {
    name: 'ask',
    kind: 'pull',
    update: false,
    args: [],
    why: 'A node asks its partner for everything that the partner holds (§1.3).',
    replies: [{ ...carries, why: 'The partner gives all that it holds.' }],
  },
  {
    name: 'digest',
    kind: 'digest',
    update: false,
    args: [],
    data: 'known',
    why: 'A node lists what it knows, to be given the rest.',
    replies: [{ ...carries, why: 'The partner gives what the list does not name.' }],
  },
  {
    name: 'offer',
    kind: 'digest',
    update: false,
    args: [],
    data: 'known',
    why: 'A node lists what it knows, to be told what of it the partner lacks.',
    replies: [{ label: 'wanted', why: 'The partner names what it lacks of the list.' }],
  },
  {
    name: 'compare',
    kind: 'digest',
    update: false,
    args: [],
    data: 'subtrees and hashes',
    why: 'A node sends hashes of subtrees of its Merkle tree, each after the number of the subtree: equal ones need no further look.',
    replies: [{ label: 'different', why: 'The partner names those subtrees whose hashes differ from its own.' }],
  },
  {
    name: 'fetch',
    kind: 'pull',
    update: false,
    args: [],
    data: 'missing',
    why: 'The Merkle trees have shown what this node lacks, and it asks for that alone.',
    replies: [{ ...carries, why: 'The partner gives what was asked for.' }],
  },
];
