/** What runs are measured by, in words and in the order in which they are shown. */
import type { MeasureName } from './gossip.ts';

export interface MeasureEntry {
  readonly id: MeasureName;
  readonly label: string;
  readonly help: string;
}

export const MEASURES: readonly MeasureEntry[] = [
  { id: 'time', label: 'Time', help: 'Ticks until the last node was reached, over the runs that completed' },
  { id: 'tLast', label: 'Longest delay', help: 'Periods or cycles until the last of the reached nodes was reached, over all runs' },
  { id: 'tAve', label: 'Mean delay', help: 'Periods or cycles until a node was reached: the mean over the reached nodes, over all runs' },
  { id: 'rounds', label: 'Rounds', help: 'Whole periods or cycles until everyone was reached, over the runs that completed' },
  { id: 'residue', label: 'Residue', help: 'Share of the live nodes that were never reached' },
  { id: 'traffic', label: 'Traffic', help: 'Updates sent, per node and update; requests and verdicts do not count' },
  { id: 'redundancy', label: 'Redundancy', help: 'Copies of an update that arrived for each one that was news, less one' },
  { id: 'maxInFlight', label: 'Most in flight', help: 'The largest number of the algorithm’s messages in flight after any event' },
  { id: 'loadMax', label: 'Largest load', help: 'Messages sent and taken in by the busiest node' },
  { id: 'loadMean', label: 'Mean load', help: 'Messages sent and taken in, per node' },
  { id: 'loadGini', label: 'Gini of load', help: 'How unevenly the load is spread: 0 if all nodes bear the same, near 1 if one bears it all' },
  { id: 'treeDepth', label: 'Tree depth', help: 'Steps from the origin to the farthest node in the tree of who told whom' },
  { id: 'treeWidth', label: 'Tree width', help: 'The most nodes that are equally many steps from the origin in that tree' },
  { id: 'treeBranching', label: 'Tree branching', help: 'Nodes told by each one that told any, in the mean' },
  { id: 'bytes', label: 'XML bytes', help: 'Bytes of the XML of all messages sent; empty acknowledgements do not count' },
  {
    id: 'payload',
    label: 'Payload bytes',
    help: 'Bytes of the updates themselves: 4 for each copy sent, as an update is carried as a 32-bit number',
  },
  { id: 'overhead', label: 'Bytes per payload byte', help: 'XML bytes for each byte of payload' },
];
