/** What an entry of the registry of theory is, and what all entries ask about the configuration before them. */
import { exp } from '../../../base/math.ts';
import type { ParamValues } from '../../../protocol/params.ts';

/** A configuration; `values` holds every parameter by its flat name, defaults filled in. */
export interface Chosen {
  readonly algorithm: string;
  readonly topology: string;
  readonly values: ParamValues;
  readonly nodes: number;
  /** Ticks of a period or cycle, and whether cycles are common to all. */
  readonly period: number;
  readonly synchronous: boolean;
}

export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface Theory {
  readonly id: string;
  readonly title: string;
  readonly formula: string;
  readonly source: string;
  readonly assumptions: readonly string[];
  applies(chosen: Chosen): boolean;
  /** Why the simulation differs, where the configuration breaks an assumption. */
  differs(chosen: Chosen): string | undefined;
  /** Share of nodes reached over periods. */
  readonly reached?: (chosen: Chosen) => Points;
  /** The expected value of a measure, by the measure's name. */
  readonly values?: Readonly<Record<string, (chosen: Chosen) => number>>;
}

export const numberOf = ({ values }: Chosen, name: string, otherwise: number): number => {
  const value = values[name];
  return typeof value === 'number' ? value : otherwise;
};

/** Everybody may call everybody. */
const callsAnyone = ({ topology, values }: Chosen): boolean => topology === 'complete' || values['membership'] === 'full';

/** Ways in which a configuration leaves the world that nearly all of these theories are about, as sentences. */
export function unlike(chosen: Chosen): string[] {
  const { topology, values } = chosen;
  const told: string[] = [];
  const membership = values['membership'];
  if (membership === 'hyparview' || membership === 'cyclon')
    told.push(`Peers come from the partial views of ${membership}, which are not a fresh uniform draw from all nodes.`);
  else if (!callsAnyone(chosen))
    told.push(
      `Nodes call only their neighbours in “${topology}”, not everybody: whom a node can tell soon knows already, so it is slower.`,
    );
  const above = (name: string): boolean => numberOf(chosen, name, 0) > 0;
  if (above('loss')) told.push('Messages get lost, and the formula counts on every one.');
  if (above('crash') || above('churn')) told.push('Nodes crash or leave, and the formula counts on all of them.');
  if (above('droppers')) told.push('Some nodes receive but pass nothing on, and the formula counts on their help.');
  if (above('flooders')) told.push('Flooding nodes send everything ten times, more than the formula counts.');
  return told;
}

/** Ticks that a message takes where they are always the same; else undefined. */
export function constantLatency({ values }: Chosen): number | undefined {
  const latency = values['latency'];
  if (latency === undefined) return undefined;
  const found = /^\s*(?:constant\(\s*([\d.]+)\s*\)|([\d.]+))\s*$/.exec(String(latency));
  return found ? Number(found[1] ?? found[2]) : undefined;
}

/** Said of theories in rounds where the run has no common rounds. */
export function unlikeRounds(chosen: Chosen): string[] {
  if (chosen.synchronous) return [];
  const delay = constantLatency(chosen);
  const own = 'Every node has a clock of its own here, and the formula counts rounds that all nodes begin together.';
  return delay === 0 ? [own] : [own, 'Messages are on their way for a time of their own, which rounds do not know.'];
}

export const sentences = (told: readonly string[]): string | undefined => (told.length > 0 ? told.join(' ') : undefined);

/** Whether an update is spread by push, by pull, or both, by whatever name the algorithm has for it. */
export function directionOf({ algorithm, values }: Chosen): string | undefined {
  if (algorithm === 'uniform') return 'push';
  if (algorithm === 'median-counter') return 'push-pull';
  if (algorithm === 'rumour') return String(values['direction'] ?? 'push');
  if (algorithm === 'anti-entropy') return String(values['exchange'] ?? 'one-way');
  return undefined;
}
/** Every node acts once a period; else one pair does. */
export const perNode = ({ algorithm, values }: Chosen): boolean => algorithm !== 'anti-entropy' || values['schedule'] === 'per-node';
/** Peers that a node calls in a period. */
export const callsOf = (chosen: Chosen): number => (chosen.algorithm === 'rumour' ? numberOf(chosen, 'fanout', 1) : 1);

/** Said of theories in which nobody ever stops. */
export const givesUp = ({ algorithm }: Chosen): string[] =>
  algorithm === 'anti-entropy'
    ? []
    : ['Nodes lose interest after a while, and the formula lets them go on for ever: the run may end below it, with some never reached.'];

/** Where s = e^(−m·(1−s)) has a solution below 1, that one: the share left out when each of the others makes m calls. */
export function leftOut(m: number): number {
  if (!(m > 1)) return 1;
  // Newton from 0: the function is concave there, and each step stays below the solution.
  let s = 0;
  for (let i = 0; i < 100; i++) {
    const e = exp(-m * (1 - s));
    const next = s + (e - s) / (1 - m * e);
    if (!(next > s)) break;
    s = next;
  }
  return s;
}

/** A mark in time, drawn as an upright line. */
export const markAt = (at: number): Points => ({ x: [at, at], y: [0, 1] });
/** Where the share of nodes reached ends up, drawn as a level line. */
export const levelAt = (share: number, until: number): Points => ({ x: [0, until], y: [share, share] });
