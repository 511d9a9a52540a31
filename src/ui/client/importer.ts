/** Graph files: read and parsed in a worker that is thrown away to cancel. */
import type { GraphFormatEntry } from '../../protocol/catalogue.ts';
import type { Change } from '../../protocol/scenario.ts';
import type { GraphData, ImportReply, ImportRequest } from '../../protocol/protocol.ts';
import type { Importing } from '../state/store.ts';

/** More links than this take seconds to read and to lay out, and the person is asked first. */
const MANY_LINKS = 20_000;
const MANY_BYTES = 2_000_000;

const LONGEST_EXCERPT = 160;

/** That line, 1-based, as much of it as can be shown. */
function lineOf(text: string, line: number | undefined): string | undefined {
  const whole = line === undefined ? undefined : text.split('\n', line)[line - 1]?.trimEnd();
  return whole && whole.length > LONGEST_EXCERPT ? `${whole.slice(0, LONGEST_EXCERPT)}…` : whole;
}

/** For a file field. `txt` and `xml` are judged by what they hold; `jsonl` is a journal. */
export const acceptedFiles = (formats: readonly GraphFormatEntry[]): string =>
  [...formats.flatMap(({ extensions }) => extensions), 'txt', 'xml', 'jsonl'].map((extension) => `.${extension}`).join(',');

/** Links of a graph file, counted without parsing: about as many as there are. */
function countLinks(text: string): number {
  const start = text.slice(0, 4000).trimStart();
  if (start.startsWith('<')) return occurrences(text, '<edge ');
  if (/^[{[]/.test(start)) return occurrences(text, '"source"');
  return /^[^]*?\b(di)?graph\b[^\n]*\{/i.test(start) ? countArrows(text) : occurrences(text, '\n');
}

function occurrences(text: string, word: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) count++;
  return count;
}

/** `--` and `->` of DOT. */
function countArrows(text: string): number {
  let count = 0;
  for (let at = text.indexOf('-'); at >= 0; at = text.indexOf('-', at + 1)) {
    const next = text[at + 1];
    if (next === '-' || next === '>') {
      count++;
      at++;
    }
  }
  return count;
}

export interface ImporterEvents {
  moved(importing: Importing | null): void;
  done(graph: GraphData): void;
  /** The file was a trace: what changes over time in the graph that is open. */
  changed(changes: readonly Change[], name: string): void;
}

export function createImporter({ moved, done, changed }: ImporterEvents) {
  let file: File | null = null;
  let text = '';
  let links = 0;
  let worker: Worker | null = null;
  let turn = 0;

  const show = (stage: Importing['stage'], problem?: Importing['problem']) => {
    if (file) moved({ name: file.name, bytes: file.size, links, stage, problem, excerpt: lineOf(text, problem?.line) });
  };
  const stop = () => {
    turn++;
    worker?.terminate();
    worker = null;
  };
  const refuse = (problem: Importing['problem']) => {
    stop();
    show('refused', problem);
    text = '';
  };
  const parse = (name: string) => {
    show('parsing');
    worker = new Worker(new URL('../../worker/import.ts', import.meta.url), { type: 'module', name: 'import' });
    worker.onerror = (event) => {
      event.preventDefault();
      refuse({ message: `“${name}” could not be imported: ${event.message || 'the importer stopped'}.` });
    };
    worker.onmessage = ({ data }: MessageEvent<ImportReply>) => {
      if (!data.ok) {
        refuse(data.problem);
        return;
      }
      stop();
      text = '';
      moved(null);
      if ('graph' in data) done(data.graph);
      else changed(data.changes, name);
    };
    worker.postMessage({ name, text } satisfies ImportRequest);
  };
  const read = async (next: File) => {
    const mine = turn;
    show('reading');
    try {
      const whole = await next.text();
      if (mine !== turn) return;
      text = whole;
      links = countLinks(whole);
    } catch {
      if (mine === turn) refuse({ message: `“${next.name}” could not be read.`, hint: 'Was it moved or deleted? Choose it again.' });
      return;
    }
    if (text.includes('\0')) {
      refuse({
        message: `“${next.name}” is not a text file.`,
        hint: 'Graphs are read from text files: DOT, GraphML, GEXF, Cytoscape JSON and CSV.',
      });
    } else if (links > MANY_LINKS || next.size > MANY_BYTES) show('large');
    else parse(next.name);
  };

  return {
    begin(next: File) {
      stop();
      file = next;
      links = 0;
      text = '';
      void read(next);
    },
    /** Yes to a large file. */
    confirm() {
      if (file) parse(file.name);
    },
    /** Also closes a refusal. */
    cancel() {
      stop();
      file = null;
      text = '';
      moved(null);
    },
  };
}
