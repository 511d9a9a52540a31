/** What runs are measured by, in words and in the order in which they are shown. */
import type { MeasureName } from './gossip.ts';

export interface MeasureEntry {
  readonly id: MeasureName;
  readonly label: string;
  readonly help: string;
}

export const MEASURES: readonly MeasureEntry[] = [
  { id: 'tLast', label: 'longest delay (periods)', help: 'Periods or cycles until the last node that was reached, over all runs' },
  {
    id: 'tAve',
    label: 'mean delay (periods)',
    help: 'Periods or cycles until a node is reached, the mean of those that were, over all runs',
  },
  { id: 'rounds', label: 'rounds until all', help: 'Whole periods or cycles until every live node was reached, over runs that completed' },
  { id: 'time', label: 'time until all (ticks)', help: 'Ticks until the last live node was reached, over runs that completed' },
  { id: 'residue', label: 'residue', help: 'Share of live nodes never reached' },
  { id: 'traffic', label: 'traffic per node', help: 'Updates sent, per node and update; requests and verdicts are not counted' },
  { id: 'redundancy', label: 'redundancy', help: 'Copies of an update that arrived for each one that was news, less one' },
  { id: 'maxInFlight', label: 'most in flight', help: 'The largest number of messages under way at one time' },
  { id: 'messages', label: 'messages per node', help: 'Messages of every kind sent, per node' },
  { id: 'loadMax', label: 'heaviest load', help: 'Messages sent and taken in by the busiest node' },
  { id: 'loadMean', label: 'mean load', help: 'Messages sent and taken in, per node' },
  { id: 'loadGini', label: 'load, Gini', help: 'Inequality of the nodes’ loads: 0 all equal, near 1 all on one' },
  { id: 'treeDepth', label: 'infection tree, depth', help: 'Longest chain of who told whom' },
  { id: 'treeWidth', label: 'infection tree, width', help: 'Most nodes at one depth of who told whom' },
  { id: 'treeBranching', label: 'infection tree, branching', help: 'Nodes told by each one that told any, in the mean' },
  { id: 'bytes', label: 'XML bytes', help: 'Bytes of the XML of all messages sent; empty acknowledgements are not counted' },
  {
    id: 'payload',
    label: 'payload bytes',
    help: 'Bytes of the updates themselves: 4 for each copy sent, as each travels as a 32-bit number',
  },
  { id: 'overhead', label: 'XML bytes per payload byte', help: 'What a byte of an update costs on the wire' },
  { id: 'stanzas', label: 'stanzas on all streams', help: 'Over XMPP: every stanza on every stream, acknowledgements and errors included' },
  { id: 'streamBytes', label: 'bytes on all streams', help: 'Over XMPP: bytes of everything on every stream' },
  { id: 'serverMax', label: 'busiest server (stanzas)', help: 'Over XMPP: stanzas that the busiest server took in' },
  { id: 'linkMax', label: 'busiest stream (stanzas)', help: 'Over XMPP: stanzas on the busiest stream, in one direction' },
];
