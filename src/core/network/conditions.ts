/**
 * What a gossip run has to live with, beside its algorithm and its graph: who may be called, how many updates there are,
 * what gets lost, who crashes, comes and goes, and who does not play fair. One schema for the form, links, sweeps and the
 * command line. Each cause draws from a random stream of its own.
 */
import type { ParamSchema, ParamValues } from '../../protocol/params.ts';
import { faultParams } from './faults.ts';

const share = (help: string) => ({ type: 'number', min: 0, max: 1, default: 0, help, group: 'conditions' }) as const;
const asDrawn = (help: string) =>
  ({ type: 'int', min: -1, max: 1_000_000_000, default: -1, help, group: 'conditions', unit: 'ticks', with: 'transport' }) as const;
const whole = (min: number, max: number, otherwise: number, help: string, more: { readonly unit?: string; readonly with?: string } = {}) =>
  ({ type: 'int', min, max, default: otherwise, help, group: 'conditions', ...more }) as const;

export const conditionParams = {
  membership: {
    type: 'choice',
    options: ['topology', 'full', 'hyparview', 'cyclon'],
    default: 'topology',
    help: 'whom a node may call: its links in the graph, everybody, or its view in a membership protocol that runs below',
    group: 'conditions',
  },
  transport: {
    type: 'choice',
    options: ['graph', 'xmpp'],
    default: 'graph',
    help: 'what carries a call: the link itself, or an iq of XEP-0009 through the servers of its two ends',
    group: 'conditions',
  },
  domains: whole(1, 1000, 2, 'over XMPP: how many servers there are; each node is a client of one of them in turn', { with: 'transport' }),
  clientLatency: asDrawn('over XMPP: ticks one way between a client and its server; -1: its part of the graph’s mean link'),
  federationLatency: asDrawn('over XMPP: ticks one way between two servers; -1: its part of the graph’s mean link'),
  updates: whole(1, 1000, 1, 'how many updates are spread'),
  updateEvery: whole(0, 100_000_000, 1000, 'ticks between two updates; the second and later ones enter at random nodes', {
    unit: 'ticks',
    with: 'updates',
  }),
  warmup: whole(0, 100_000, 0, 'periods before the first update; 0: as long as the membership protocol suggests', {
    unit: 'periods',
    with: 'membership',
  }),
  horizon: whole(1, 1_000_000, 500, 'a run that never falls silent by itself ends after so many periods', { unit: 'periods' }),
  loss: share('share of messages that are lost on the way'),
  ...faultParams,
  crash: share('share of nodes that crash at one time; the origin does not'),
  crashAt: whole(0, 1_000_000, 1, 'when they crash, in periods after the first update', { unit: 'periods', with: 'crash' }),
  churn: share('share of nodes that leave without a word in each period and come back empty; the origin stays'),
  downtime: whole(1, 100_000, 10, 'how long such a node is away', { unit: 'periods', with: 'churn' }),
  droppers: share('share of nodes that listen but send nothing of their own: they only answer'),
  liars: share('share of nodes that lie about values (push-sum)'),
  flooders: share('share of nodes that send everything ten times'),
} as const satisfies ParamSchema;

export interface Conditions {
  readonly membership: 'topology' | 'full' | 'hyparview' | 'cyclon';
  readonly transport: 'graph' | 'xmpp';
  readonly domains: number;
  readonly clientLatency: number;
  readonly federationLatency: number;
  readonly updates: number;
  readonly updateEvery: number;
  readonly warmup: number;
  readonly horizon: number;
  readonly loss: number;
  readonly duplication: number;
  readonly reordering: number;
  readonly crash: number;
  readonly crashAt: number;
  readonly churn: number;
  readonly downtime: number;
  readonly droppers: number;
  readonly liars: number;
  readonly flooders: number;
}

/** @param values read against `conditionParams`. */
export const conditionsOf = (values: ParamValues): Conditions => values as unknown as Conditions;
