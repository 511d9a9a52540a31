/**
 * Random faults of a run: what chance does to stanzas under way, each kind from a stream of its own, so that none moves another draw (`kernel/disturbances.ts`).
 * Streams are TCP, which loses, doubles and swaps nothing by itself: these are the faults of what is built on it — a connection that dies unnoticed, a client that sends again, two
 * ways of different length. What opens and negotiates streams is spared. Gossip has its own losses and its churn (`conditions.ts`).
 */
import type { ParamSchema, ParamValues } from '../../protocol/params.ts';
import { Kind } from '../../protocol/scene.ts';
import type { Faults } from '../kernel/disturbances.ts';

const share = (help: string) => ({ type: 'number', min: 0, max: 1, default: 0, help, group: 'conditions' }) as const;

/** Of any scene. */
export const faultParams = {
  duplication: share('share of messages that come twice'),
  reordering: share('share of messages that take up to four times as long, so that later ones overtake them'),
} as const satisfies ParamSchema;

/** Of a scene of servers and clients. */
export const xmppFaultParams = {
  loss: share('share of stanzas that are lost on the way'),
  ...faultParams,
} as const satisfies ParamSchema;

/** @param values read against the above. @param loss where the network loses messages, and not the model. */
export function faultsOf(values: ParamValues, loss: number): Faults {
  const { duplication, reordering } = values as { readonly duplication: number; readonly reordering: number };
  return { loss, duplication, reordering, spared: (kind) => kind === Kind.stream };
}
