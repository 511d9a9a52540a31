/** The cache of rows of the open scene, as a hook: drawn again when rows arrive. */
import { useReducer, useState } from 'react';
import { problemOf } from '../../base/result.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/controller.ts';
import { useView } from '../state/store.ts';
import { createRowCache, type RowCache } from './cache.ts';

export function useRows(): RowCache {
  const controller = useController();
  const [, arrived] = useReducer((count: number) => count + 1, 0);
  const [cache] = useState(() =>
    createRowCache({
      rows: (from, count) => controller.ask('rows', { from, count }),
      arrived,
      failed: (error) => {
        if (!isStale(error)) useView.getState().problemMet(problemOf(error));
      },
    }),
  );
  return cache;
}
