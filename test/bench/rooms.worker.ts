/** The workloads of gossip.worker.ts, for the bench of rooms. */
import './gossip.worker.ts';
