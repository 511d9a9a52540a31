/** Graph files: read and parsed in a worker that is thrown away to cancel. */
import type { GraphData, ImportReply, ImportRequest } from '../../protocol/protocol.ts';
import type { Importing } from '../state/store.ts';

/** About what one link of a DOT or CSV file takes. */
const BYTES_PER_LINK = 36;
/** Above this it takes seconds, and the person is asked first. */
const LARGE_BYTES = 2_000_000;

export interface ImporterEvents {
  moved(importing: Importing | null): void;
  done(graph: GraphData): void;
}

export function createImporter({ moved, done }: ImporterEvents) {
  let file: File | null = null;
  let worker: Worker | null = null;
  let turn = 0;

  const at = (f: File, stage: Importing['stage'], problem?: Importing['problem']): Importing => ({
    name: f.name,
    bytes: f.size,
    estimatedLinks: Math.round(f.size / BYTES_PER_LINK),
    stage,
    problem,
  });
  const stop = () => {
    turn++;
    worker?.terminate();
    worker = null;
  };
  const run = async (f: File) => {
    const mine = ++turn;
    const refuse = (problem: Importing['problem']) => {
      if (mine !== turn) return;
      stop();
      moved(at(f, 'refused', problem));
    };
    moved(at(f, 'reading'));
    let text: string;
    try {
      text = await f.text();
    } catch {
      refuse({ message: `“${f.name}” could not be read.`, hint: 'Was it moved or deleted? Choose it again.' });
      return;
    }
    if (mine !== turn) return;
    moved(at(f, 'parsing'));
    worker = new Worker(new URL('../../worker/import.ts', import.meta.url), { type: 'module', name: 'import' });
    worker.onerror = (event) => {
      event.preventDefault();
      refuse({ message: `“${f.name}” could not be imported: ${event.message || 'the importer stopped'}.` });
    };
    worker.onmessage = ({ data }: MessageEvent<ImportReply>) => {
      if (mine !== turn) return;
      if (!data.ok) {
        refuse(data.problem);
        return;
      }
      stop();
      moved(null);
      done(data.graph);
    };
    worker.postMessage({ name: f.name, text } satisfies ImportRequest);
  };

  return {
    begin(next: File) {
      stop();
      file = next;
      if (next.size > LARGE_BYTES) moved(at(next, 'large'));
      else void run(next);
    },
    confirm() {
      if (file) void run(file);
    },
    /** Also closes a refusal. */
    cancel() {
      stop();
      file = null;
      moved(null);
    },
  };
}
