/** The comparison's requests, answered. */
import type { WaysRequests } from '../../../protocol/ways.ts';
import { claimsOf } from './claims.ts';
import { exportWays } from './export.ts';
import { planWays } from './run.ts';

export const waysHandlers: { [N in keyof WaysRequests]: (args: WaysRequests[N]['args']) => WaysRequests[N]['reply'] } = {
  waysPlan: ({ spec }) => planWays(spec),
  waysClaims: ({ results }) => claimsOf(results),
  waysExport: ({ spec, results, format }) => exportWays(spec, results, format),
};
