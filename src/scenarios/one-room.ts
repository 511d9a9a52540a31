/** The same group of people, carried by one way or another: data of which `core/simulation/ways` makes the world that is asked for. */
import type { ParamSchema } from '../protocol/params.ts';
import type { GroupScenario } from '../protocol/scenario.ts';
import { FAULTS } from '../protocol/ways.ts';
import { LATENCIES } from './xmpp/parts.ts';

/** Algorithms that spread several updates at once and need no common clock; a test holds the list against the registry. */
const ALGORITHMS = ['anti-entropy', 'bimodal', 'flood', 'gossipsub', 'infect-and-die', 'plumtree', 'serial'];
const share = { type: 'number', min: 0, max: 1 } as const;

export const GROUP_PARAMS = {
  way: {
    type: 'choice',
    label: 'Way',
    help: 'what carries the messages',
    options: ['muc', 'fmuc-primaries', 'fmuc-replicas', 'mix', 'gossip', 'direct'],
    default: 'muc',
  },
  fault: {
    type: 'choice',
    label: 'Fault',
    help: 'nothing; the room’s server dies; its link to the second server is cut and comes back; a tenth of the people leave',
    options: FAULTS,
    default: 'none',
  },
  people: { type: 'int', label: 'People', help: 'each on the next server in turn', min: 2, max: 300, default: 12 },
  servers: { type: 'int', label: 'Servers', help: 'the room is on the first', min: 2, max: 30, default: 3 },
  messages: { type: 'int', label: 'Messages', help: 'said by people drawn from the seed', min: 1, max: 500, default: 40 },
  every: {
    type: 'int',
    label: 'Every',
    unit: 'ms',
    help: 'mean time between two messages; when exactly is drawn from the seed',
    min: 1,
    max: 60_000,
    default: 200,
  },
  algorithm: {
    type: 'choice',
    label: 'Algorithm',
    help: 'of the ways that gossip, with its own defaults (1 tick of theirs is 1 ms)',
    options: ALGORITHMS,
    default: 'bimodal',
  },
  faultAt: { ...share, label: 'Fault after', help: 'share of the conversation after which the fault comes', default: 0.35 },
  backAt: { ...share, label: 'Mended after', help: 'share of it after which a cut link comes back', default: 0.65 },
  settle: {
    type: 'int',
    label: 'Settling time',
    unit: 's',
    help: 'how long is waited after the last message; what was not seen by then is missed',
    min: 1,
    max: 600,
    default: 20,
  },
  ...LATENCIES,
} as const satisfies ParamSchema;

export const oneRoom: GroupScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'group',
  id: 'one-room',
  title: 'One room, several ways',
  summary: 'The same talk by a room, by gossip, by both',
  seed: '42',
  speed: 400_000,
  params: GROUP_PARAMS,
};
