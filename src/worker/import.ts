/** Reads one graph file, or a trace of changes over time, in a worker that can be thrown away: that is what makes an import cancellable. */
import { problemOf } from '../base/result.ts';
import { readGraph } from '../core/topology/formats/index.ts';
import { holdsTrace, readTrace } from '../core/topology/formats/trace.ts';
import type { ImportReply, ImportRequest } from '../protocol/protocol.ts';

declare const self: {
  onmessage: ((event: MessageEvent<ImportRequest>) => void) | null;
  postMessage(message: ImportReply, transfer?: Transferable[]): void;
};

self.onmessage = ({ data }) => {
  try {
    if (holdsTrace(data.text, data.name)) {
      self.postMessage({ ok: true, changes: readTrace(data.text, data.name) });
      return;
    }
    const graph = readGraph(data.text, data.name);
    const columns = [graph.from, graph.to, graph.length, ...(graph.positions ? [graph.positions] : [])];
    self.postMessage(
      { ok: true, graph },
      columns.map((column) => column.buffer as ArrayBuffer),
    );
  } catch (error) {
    self.postMessage({ ok: false, problem: problemOf(error) });
  }
};
