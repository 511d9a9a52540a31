/** Reads one graph file, in a worker that can be thrown away: that is what makes an import cancellable. */
import { problemOf } from '../base/result.ts';
import { readGraph } from '../core/topology/formats/index.ts';
import type { ImportReply, ImportRequest } from '../protocol/protocol.ts';

declare const self: {
  onmessage: ((event: MessageEvent<ImportRequest>) => void) | null;
  postMessage(message: ImportReply, transfer?: Transferable[]): void;
};

self.onmessage = ({ data }) => {
  try {
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
