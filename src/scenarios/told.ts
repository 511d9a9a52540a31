/** Two comparisons by one parameter, `way`: polling against PubSub, and extended presence in presence against PEP. `core/simulation/told` makes the worlds. */
import type { ParamSchema } from '../protocol/params.ts';
import type { GroupScenario } from '../protocol/scenario.ts';
import { LATENCIES } from './xmpp/parts.ts';

const SHARED = {
  updates: {
    type: 'int',
    label: 'Updates',
    help: 'how many there are; the same, at the same times, whatever the way',
    min: 1,
    max: 500,
    default: 10,
  },
  gap: {
    type: 'int',
    label: 'Between two',
    unit: 'ms',
    help: 'mean time from one update to the next; when exactly is drawn from the seed',
    min: 10,
    max: 600_000,
    default: 8000,
  },
  ...LATENCIES,
} as const satisfies ParamSchema;

export const NEWS_PARAMS = {
  way: {
    type: 'choice',
    label: 'Way',
    help: 'each client asks again and again; or all subscribe, and are told (XEP-0060)',
    options: ['poll', 'subscribe'],
    default: 'poll',
  },
  clients: { type: 'int', label: 'Clients', help: 'on two servers in turn; the service is on the first', min: 1, max: 300, default: 12 },
  every: {
    type: 'int',
    label: 'Asks every',
    unit: 'ms',
    help: 'of polling: from one question of a client to its next; the clients are spread evenly over that time',
    min: 100,
    max: 600_000,
    default: 5000,
  },
  items: {
    type: 'int',
    label: 'Items',
    help: 'of polling: how many of the last items are asked for each time; what has gone by meanwhile is never seen',
    min: 1,
    max: 20,
    default: 1,
  },
  ...SHARED,
} as const satisfies ParamSchema;

export const TUNES_PARAMS = {
  way: {
    type: 'choice',
    label: 'Way',
    help: 'the tune stands in presence, which goes to every contact; or it is an event (XEP-0163), for those who want to know',
    options: ['in presence', 'by events'],
    default: 'in presence',
  },
  contacts: { type: 'int', label: 'Contacts', help: 'who may see the presence, on two servers in turn', min: 1, max: 300, default: 12 },
  interested: {
    type: 'number',
    label: 'Interested',
    help: 'share of the contacts whose clients want to know of tunes (+notify, XEP-0115)',
    min: 0,
    max: 1,
    default: 0.25,
  },
  ...SHARED,
} as const satisfies ParamSchema;

const common = { format: 'stanzascope/scenario', version: 1, model: 'group', seed: '42', speed: 1_000_000 } as const;

export const pollingAgainstPubsub: GroupScenario = {
  ...common,
  id: 'polling',
  title: 'Polling against PubSub',
  summary: 'Clients ask every few seconds, or are told',
  about: 'news',
  params: NEWS_PARAMS,
};
export const extendedPresence: GroupScenario = {
  ...common,
  id: 'extended-presence',
  title: 'Extended presence',
  summary: 'In presence for all, or by events',
  about: 'tunes',
  params: TUNES_PARAMS,
};
