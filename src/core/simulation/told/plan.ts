/** What the comparisons have in common: two servers, updates at times that are drawn from the seed alone, latencies. Ticks are microseconds. */
import type { Element } from '../../../base/xml/element.ts';
import type { ParamValues } from '../../../protocol/params.ts';
import type { ClientAct, XmppScenario } from '../../../protocol/scenario.ts';
import { Streams } from '../../kernel/random.ts';

export const MS = 1000;
export const SECOND = 1000 * MS;
export const DOMAINS = ['s1.lit', 's2.lit'] as const;
/** The service is a process beside its server. */
const COMPONENT = MS;
/** Between two clients' coming. */
const COMES_EVERY = 20 * MS;
/** How long is waited after the last that is planned. */
const SETTLES = 5 * SECOND;

export interface Given {
  readonly seed: string;
  readonly values: ParamValues;
  number(name: string): number;
  /** From here on is counted. */
  readonly begins: number;
  /** Ticks of the updates. */
  readonly at: readonly number[];
}

/** A comparison's run: what happens in it, and how it is read off the stanzas that clients get. */
export interface Comparison {
  readonly scenario: XmppScenario;
  /** Who makes the updates. */
  readonly writer: string;
  /** Full addresses of those who are to know. */
  readonly readers: readonly string[];
  /** What a stanza tells a client of: numbers of updates; `undefined` where it is about something else. */
  updatesIn(stanza: Element): readonly number[] | undefined;
}

export const homeOf = (i: number): string => DOMAINS[i % 2]!;
export const comesAt = (i: number): number => i * COMES_EVERY;

/** @param clients how many come before the first update. */
export function givenOf(seed: string, values: ParamValues, clients: number): Given {
  const number = (name: string): number => Number(values[name]);
  const begins = 3 * SECOND + 2 * comesAt(clients);
  const length = number('updates') * number('gap') * MS;
  const streams = Streams.named(seed, ['update']);
  const at = Array.from({ length: number('updates') }, () => begins + Math.floor(streams.unit(0) * length)).toSorted((a, b) => a - b);
  return { seed, values, number, begins, at };
}

/** @param ends tick of the last that is planned. */
export function scenarioOf(
  { seed, number }: Given,
  ends: number,
  rest: Pick<XmppScenario, 'id' | 'servers' | 'clients'> & Partial<XmppScenario>,
): XmppScenario {
  return {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    title: '',
    summary: '',
    seed,
    until: ends + SETTLES,
    // Prosody would tell contacts on the own server twice.
    profile: 'rfc',
    latency: {
      client: Math.round(number('clientLatency') * MS),
      federation: Math.round(number('federationLatency') * MS),
      component: COMPONENT,
    },
    follow: { id: '', title: 'Know the last update' },
    ...rest,
  };
}

export const sends = (at: number, xml: string): ClientAct => ({ at, do: 'send', xml });
export const inOrder = (acts: readonly ClientAct[]): readonly ClientAct[] => acts.toSorted((a, b) => a.at - b.at);
