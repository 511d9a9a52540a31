/** Rows of the journal that are or were in view: fetched in blocks, one request at a time, the view's latest wish first. */
import type { Row } from '../../protocol/protocol.ts';

const BLOCK = 100;
/** Kept around the view; those unused for longest go first. */
const MOST_BLOCKS = 40;

interface RowCache {
  /** Undefined while it is on its way. */
  get(ordinal: number): Row | undefined;
  /** These are in view now: what is missing of them is fetched. */
  want(first: number, last: number): void;
  /** Grows with everything that arrives. */
  version(): number;
  subscribe(listener: () => void): () => void;
}

export function createRowCache(
  fetchRows: (args: { readonly from: number; readonly count: number }) => Promise<readonly Row[]>,
  failed: (error: unknown) => void,
): RowCache {
  const blocks = new Map<number, readonly Row[]>();
  const listeners = new Set<() => void>();
  let wanted = { first: 1, last: 0 };
  let busy = false;
  let version = 0;

  const blockOf = (ordinal: number) => Math.floor((ordinal - 1) / BLOCK);
  /** A block that was fetched while the run was young holds less than there is now. */
  const missing = (): number | undefined => {
    for (let block = blockOf(wanted.first); block <= blockOf(wanted.last); block++) {
      const needed = Math.min(BLOCK, wanted.last - block * BLOCK);
      if ((blocks.get(block)?.length ?? 0) < needed) return block;
    }
    return undefined;
  };
  const keep = (block: number, rows: readonly Row[]) => {
    blocks.delete(block);
    blocks.set(block, rows);
    for (const oldest of blocks.keys()) {
      if (blocks.size <= MOST_BLOCKS) break;
      blocks.delete(oldest);
    }
    version++;
    for (const listener of listeners) listener();
  };
  const pump = async () => {
    if (busy) return;
    busy = true;
    try {
      for (let block = missing(); block !== undefined; block = missing()) {
        const rows = await fetchRows({ from: block * BLOCK + 1, count: BLOCK });
        // Nothing new there: asked again when the view moves, and not in a circle.
        if (rows.length <= (blocks.get(block)?.length ?? 0)) break;
        keep(block, rows);
      }
    } catch (error) {
      failed(error);
    } finally {
      busy = false;
    }
  };

  return {
    get: (ordinal) => blocks.get(blockOf(ordinal))?.[(ordinal - 1) % BLOCK],
    want(first, last) {
      wanted = { first, last };
      void pump();
    },
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
