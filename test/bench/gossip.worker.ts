/** The same workloads in a worker of the browser. */
import { workbench, type Request, type Sample } from './workloads.ts';

declare const self: {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(sample: Sample): void;
};

const answer = workbench();
self.onmessage = ({ data }) => self.postMessage(answer(data));
