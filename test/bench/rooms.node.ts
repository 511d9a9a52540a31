/** The workloads of gossip.node.ts, for the bench of rooms. */
import './gossip.node.ts';
