/** The numbers by which ways are compared, with what each means. */
import type { FaultEntry, FigureEntry } from '../../../protocol/ways.ts';

export const FIGURES: readonly FigureEntry[] = [
  {
    id: 'stanzas',
    label: 'Stanzas',
    help: 'sent between machines from the first message on: calls, results, reflections, acknowledgements',
  },
  { id: 'perMessage', label: 'Stanzas a message', help: 'the same, for each message said' },
  { id: 'bytes', label: 'Bytes', unit: 'B', help: 'of their XML' },
  { id: 'setup', label: 'Stanzas before', help: 'what it took to come together: presences, joins, connections' },
  { id: 'serverMax', label: 'Busiest server', help: 'stanzas that it and its services sent and took in' },
  { id: 'linkMax', label: 'Heaviest link', help: 'stanzas between two machines, both directions' },
  { id: 'mean', label: 'Delay, mean', unit: 'ms', help: 'from the saying to the seeing, of all that was seen by others than its author' },
  { id: 'median', label: 'Delay, median', unit: 'ms', help: 'half of what was seen was seen sooner' },
  { id: 'p95', label: 'Delay, 95 %', unit: 'ms', help: '95 of 100 were seen sooner' },
  { id: 'max', label: 'Delay, largest', unit: 'ms', help: 'the slowest of all that was seen' },
  { id: 'missed', label: 'Missed', help: 'messages of others that people who stayed had not seen in the end' },
  { id: 'missedShare', label: 'Missed, share', unit: '%', help: 'of all that they were to see' },
  {
    id: 'missedConnected',
    label: 'Missed, servers alive',
    help: 'of these: where both the author’s and the receiver’s server live (serverless: all)',
  },
  { id: 'disputed', label: 'Pairs in two orders', help: 'pairs of messages that somebody saw one way round and somebody the other' },
  {
    id: 'violations',
    label: 'Effects before causes',
    help: 'times that somebody saw a message before one that its author had seen when saying it',
  },
];

export const FAULT_ENTRIES: readonly FaultEntry[] = [
  { id: 'none', title: 'Nothing happens' },
  { id: 'server', title: 'The room’s server dies' },
  { id: 'link', title: 'A link is cut and mended' },
  { id: 'leave', title: 'A tenth leave' },
];
