/**
 * Random faults of a run: what chance does to stanzas under way, and who goes away and comes back; each kind from a stream of its own, so that none moves another draw (`kernel/disturbances.ts`).
 * Streams are TCP, which loses, doubles and swaps nothing by itself: these are the faults of what is built on it — a connection that dies unnoticed, a client that sends again, two
 * ways of different length. What opens and negotiates streams is spared. Gossip has its own losses and its churn (`conditions.ts`).
 */
import type { ParamSchema, ParamValues } from '../../protocol/params.ts';
import { Kind } from '../../protocol/scene.ts';
import type { ChurnKind, ChurnOf, ChurnOptions } from '../kernel/churn.ts';
import { CHURN_KINDS } from '../kernel/churn.ts';
import type { Faults } from '../kernel/disturbances.ts';

const share = (help: string) => ({ type: 'number', min: 0, max: 1, default: 0, help, group: 'conditions' }) as const;

const rate = (label: string, help: string, max: number) =>
  ({ type: 'number', label, min: 0, max, default: 0, unit: '/ min', help, group: 'conditions' }) as const;

/** Of any scene. */
export const faultParams = {
  duplication: share('share of messages that come twice'),
  reordering: share('share of messages that take up to four times as long, so that later ones overtake them'),
} as const satisfies ParamSchema;

/** Of a scene of servers and clients. */
export const xmppFaultParams = {
  loss: share('share of stanzas that are lost, as where a connection dies unnoticed: TCP itself loses nothing'),
  ...faultParams,
  churn: rate('churn', 'how often each client goes away by chance, on the mean', 60),
  churnKind: {
    type: 'choice',
    label: 'clients',
    options: ['crash', 'go offline', 'lose contact'],
    default: 'crash',
    help: 'how clients go: their process dies; they leave in good order; their network is gone and nobody is told',
    group: 'conditions',
    with: 'churn',
  },
  away: {
    type: 'number',
    label: 'away for',
    min: 0.01,
    max: 600,
    default: 5,
    unit: 's',
    help: 'how long who has gone stays away, on the mean',
    group: 'conditions',
    with: 'churn',
  },
  serverChurn: rate('server churn', 'how often each server’s process dies by chance, and is started again', 60),
} as const satisfies ParamSchema;

/** @param values read against the above. @param loss where the network loses messages, and not the model. */
export function faultsOf(values: ParamValues, loss: number): Faults {
  const { duplication, reordering } = values as { readonly duplication: number; readonly reordering: number };
  return { loss, duplication, reordering, spared: (kind) => kind === Kind.stream };
}

/** @param entities who there is. @param second in ticks. @returns undefined where nobody goes. */
export function churnOf(
  values: ParamValues,
  entities: { readonly clients: readonly number[]; readonly servers: readonly number[] },
  second: number,
): ChurnOptions | undefined {
  const { churn, serverChurn, away } = values as { readonly churn: number; readonly serverChurn: number; readonly away: number };
  const of = (perMinute: number, who: readonly number[], kind: ChurnKind): ChurnOf | undefined =>
    perMinute > 0 ? { entities: who, kind, stays: (60 * second) / perMinute, away: away * second } : undefined;
  const clients = of(churn, entities.clients, CHURN_KINDS[xmppFaultParams.churnKind.options.findIndex((o) => o === values['churnKind'])]!);
  const servers = of(serverChurn, entities.servers, 'crash');
  return clients || servers ? { clients, servers } : undefined;
}
