/** Notes that are or were in view, fetched in pages, one request at a time. */
import type { Note, Notes, NotesArgs } from '../../protocol/notes.ts';

const PAGE = 100;

export interface Pages {
  get(index: number): Note | undefined;
  /** These are in view now. */
  want(first: number, last: number): void;
  readonly total: number;
}

export function createPages(
  ask: (args: NotesArgs) => Promise<Notes>,
  filter: Pick<NotesArgs, 'severities' | 'kind'>,
  changed: () => void,
  failed: (error: unknown) => void,
): Pages & { stop(): void } {
  const pages = new Map<number, readonly Note[]>();
  let total = 0;
  let wanted = { first: 0, last: 0 };
  let busy = false;
  let stopped = false;
  const missing = (): number | undefined => {
    for (let page = Math.floor(wanted.first / PAGE); page <= Math.floor(wanted.last / PAGE); page++) if (!pages.has(page)) return page;
    return undefined;
  };
  const pump = async () => {
    if (busy) return;
    busy = true;
    try {
      for (let page = missing(); page !== undefined && !stopped; page = missing()) {
        const answer = await ask({ ...filter, from: page * PAGE, count: PAGE });
        if (stopped) return;
        pages.set(page, answer.notes);
        ({ total } = answer);
        changed();
      }
    } catch (error) {
      if (!stopped) failed(error);
    } finally {
      busy = false;
    }
  };
  return {
    get: (index) => pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    want(first, last) {
      wanted = { first, last };
      void pump();
    },
    get total() {
      return total;
    },
    stop: () => {
      stopped = true;
    },
  };
}
