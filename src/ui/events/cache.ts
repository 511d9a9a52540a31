/** Rows of the journal, fetched in blocks as they come into view; the blocks seen longest ago are let go. */
import type { Row } from '../../protocol/protocol.ts';

const BLOCK = 100;
/** Six thousand rows: more than anyone has in view, little enough to keep. */
const MOST_BLOCKS = 60;

export interface RowCache {
  /** The row of that ordinal, if it is here. */
  get(ordinal: number): Row | undefined;
  /** These rows are in view, of so many that exist: what is missing is fetched, one block at a time. */
  want(first: number, last: number, total: number): void;
  /** The row, fetched if need be; undefined where there is none. */
  fetch(ordinal: number): Promise<Row | undefined>;
}

interface CacheHost {
  rows(from: number, count: number): Promise<readonly Row[]>;
  /** Rows arrived: draw them. */
  arrived(): void;
  failed(error: unknown): void;
}

const blockOf = (ordinal: number): number => Math.floor((ordinal - 1) / BLOCK);

export function createRowCache(host: CacheHost): RowCache {
  /** In the order of their last use. */
  const blocks = new Map<number, readonly Row[]>();
  let wanted = { first: 1, last: 0, total: 0 };
  let busy = false;

  const get = (ordinal: number): Row | undefined => blocks.get(blockOf(ordinal))?.[(ordinal - 1) % BLOCK];
  const load = async (block: number) => {
    const rows = await host.rows(block * BLOCK + 1, BLOCK);
    blocks.delete(block);
    blocks.set(block, rows);
    for (const old of blocks.keys()) {
      if (blocks.size <= MOST_BLOCKS) break;
      blocks.delete(old);
    }
  };
  /** A block fetched while the run was still being computed lacks the rows that came since. */
  const isMissing = (block: number): boolean => {
    const inView = Math.min(wanted.last, wanted.total, (block + 1) * BLOCK) - block * BLOCK;
    return (blocks.get(block)?.length ?? 0) < inView;
  };
  const missing = (): number | undefined => {
    for (let block = blockOf(wanted.first); block <= blockOf(wanted.last); block++) if (isMissing(block)) return block;
    return undefined;
  };
  const fill = async () => {
    if (busy) return;
    busy = true;
    try {
      for (let block = missing(); block !== undefined; block = missing()) {
        await load(block);
        host.arrived();
        // The source has fewer rows than it said: asking again at once would ask for ever.
        if (isMissing(block)) break;
      }
    } catch (error) {
      host.failed(error);
    } finally {
      busy = false;
    }
  };

  return {
    get,
    want(first, last, total) {
      wanted = { first, last: Math.min(last, total), total };
      for (let block = blockOf(first); block <= blockOf(wanted.last); block++) {
        const rows = blocks.get(block);
        if (!rows) continue;
        blocks.delete(block);
        blocks.set(block, rows);
      }
      if (missing() !== undefined) void fill();
    },
    async fetch(ordinal) {
      if (!get(ordinal)) await load(blockOf(ordinal));
      return get(ordinal);
    },
  };
}
