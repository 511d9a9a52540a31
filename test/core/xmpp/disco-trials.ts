/** What a feature of a service announces is tried as a client would use it: one trial for each, by the kind of address that announces it. */
import type { Element } from '../../../src/base/xml/element.ts';
import type { Probe } from './disco-probe.ts';

/** What is tried, and where. */
export interface Tried extends Probe {
  /** The address that announces it; empty: the own account. */
  readonly at: string;
  /** Of its server. */
  readonly domain: string;
  /** Domains of the scene's services, by kind. */
  readonly services: Readonly<Record<'muc' | 'mix' | 'pubsub' | 'upload', readonly string[]>>;
  /** Clients on the other servers of the scene. */
  readonly far: readonly Probe[];
}
/** Whether it works: what came is as the specification has it. */
export type Trial = (tried: Tried) => boolean;
export type Trials = Readonly<Record<string, Trial>>;

/** Of the errors of a request, the condition's name. */
export const condition = (answer: Element): string => {
  const error = answer.children.find((c): c is Element => typeof c !== 'string' && c.name === 'error');
  const first = error?.children[0];
  return typeof first === 'object' ? first.name : '';
};
