/** A journal that is dropped or chosen: its run is played again, and has to pass where the file ends. */
import type { JournalFile } from '../../protocol/journal-file.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import { live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { computedTo } from './computed.ts';
import type { Controller } from './contract.ts';

/** As much of the file as is looked at: its first line, which holds the scenario, and its end. */
const MOST_HEAD = 64 * 2 ** 20;
const SLICE = 2 ** 18;

export const isJournal = ({ name }: File): boolean => /\.jsonl$/i.test(name);

export interface JournalHost {
  readonly ask: Controller['ask'];
  /** The same, whatever is opened meanwhile. */
  readonly request: Controller['ask'];
  readonly open: (args: OpenArgs) => Promise<boolean>;
  readonly failed: (error: unknown) => void;
}

async function firstLine(file: File): Promise<string> {
  for (let size = SLICE; ; size *= 4) {
    const text = await file.slice(0, size).text();
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
    if (size >= file.size || size > MOST_HEAD) return text;
  }
}

export async function openJournal(file: File, { ask, request, open, failed }: JournalHost): Promise<void> {
  const { said, problemMet } = useView.getState();
  let read: JournalFile;
  try {
    const [head, tail] = await Promise.all([firstLine(file), file.slice(Math.max(0, file.size - SLICE)).text()]);
    read = await request('journalFile', { name: file.name, head, tail });
  } catch (error) {
    failed(error);
    return;
  }
  if (!(await open(read.open))) return;
  const { run } = live.get();
  const { last, cut, own } = read;
  const words = [
    `${file.name}: played again from its scenario, seed and what was done by hand.`,
    own ? 'Its scenario is not one of the catalogue, so no link leads here: keep the file.' : '',
  ];
  said(words.filter((word) => word !== '').join(' '));
  if (cut)
    problemMet({
      message: `${file.name} is cut off within a line, which was left out.`,
      hint: last
        ? `It ends with event #${last.event}; what follows is computed as it would have been.`
        : 'It holds no event; the run is computed all the same.',
    });
  if (!last) return;
  await computedTo(live, last.event);
  if (live.get().run !== run) return;
  try {
    const [row] = await ask('rows', { from: last.event, count: 1 });
    if (row?.tick !== last.tick)
      problemMet({
        message: `${file.name} was recorded differently: in the file event #${last.event} is at tick ${last.tick}, and ${row ? `here at ${row.tick}` : 'here there is none'}.`,
        hint: 'It was made by another version of Stanzascope, or changed. What is shown is the run as it is computed here.',
      });
  } catch (error) {
    failed(error);
  }
}
