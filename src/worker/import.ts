/** Reads one graph file, in a worker that can be thrown away: that is what makes an import cancellable. */
import { problemOf } from '../base/result.ts';
import { readDot } from '../core/topology/dot.ts';
import type { ImportReply, ImportRequest } from '../protocol/protocol.ts';

declare const self: {
  onmessage: ((event: MessageEvent<ImportRequest>) => void) | null;
  postMessage(message: ImportReply, transfer?: Transferable[]): void;
};

self.onmessage = ({ data }) => {
  try {
    const graph = readDot(data.text, data.name);
    self.postMessage({ ok: true, graph }, [
      graph.from.buffer as ArrayBuffer,
      graph.to.buffer as ArrayBuffer,
      graph.length.buffer as ArrayBuffer,
    ]);
  } catch (error) {
    self.postMessage({ ok: false, problem: problemOf(error) });
  }
};
