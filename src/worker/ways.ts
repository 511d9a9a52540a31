/** Runs ways of carrying a group's messages, in a worker that can be thrown away: that is what makes a comparison cancellable. */
import { problemOf } from '../base/result.ts';
import { runWay } from '../core/simulation/ways/run.ts';
import type { WaysAnswer, WaysTask } from '../protocol/ways.ts';

declare const self: {
  onmessage: ((event: MessageEvent<WaysTask>) => void) | null;
  postMessage(message: WaysAnswer): void;
};

self.onmessage = ({ data: { id, spec, way, fault } }) => {
  try {
    const result = runWay(spec, way, fault, (events) => self.postMessage({ id, ok: true, events }));
    self.postMessage({ id, ok: true, result });
  } catch (error) {
    self.postMessage({ id, ok: false, problem: problemOf(error) });
  }
};
