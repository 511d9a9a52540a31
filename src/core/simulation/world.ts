/** A scenario made ready to run: what is there, and kernels that play it. Every kernel of one world plays the same run. */
import type { Element } from '../../base/xml/element.ts';
import type { Groups } from '../../protocol/groups.ts';
import type { ParamSchema, ParamValues } from '../../protocol/params.ts';
import type { Part } from '../../protocol/parts.ts';
import type { GraphData } from '../../protocol/protocol.ts';
import type { Scenario } from '../../protocol/scenario.ts';
import type { TimeUnit } from '../../protocol/scene.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import type { Journal } from '../kernel/journal.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Stage } from '../kernel/model.ts';
import type { Deeds } from '../xmpp/actions/contract.ts';

export interface World {
  readonly scenario: Scenario;
  readonly seed: string;
  /** What was read from the graph file that the scenario names. */
  readonly graph?: GraphData | undefined;
  readonly stage: Stage;
  readonly params: ParamSchema;
  readonly values: ParamValues;
  readonly unit: TimeUnit;
  /** Ticks of simulated time for one second here, at first. */
  readonly speed: number;
  readonly notes: readonly string[];
  /** As in the scene. */
  readonly period?: number | undefined;
  readonly entered?: number | undefined;
  /** Of an XMPP world: who opens the connection that the link is of, and its other direction. */
  wayOf?(link: number): { readonly opens: boolean; readonly reverse: number };
  /** @param journal absent: nothing is recorded; the run is the same. */
  play(journal: Journal | undefined, interventions: readonly Intervention[]): Playing;
}

/** One kernel at its work, and what can be asked of its present state. */
export interface Playing {
  readonly kernel: Kernel;
  inspectEntity(entity: number): readonly Part[];
  inspectLink(link: number): readonly Part[];
  /** Of an XMPP world: what spreads things to many. @param flights stanzas under way, with the end of each one’s link. */
  groups?(flights: Iterable<{ readonly stanza: Element; readonly kind: number; readonly to: number }>): Pick<Groups, 'groups' | 'fans'>;
  /** Whether it has crashed, or was stopped. */
  isDown(entity: number): boolean;
  /** What a client, or a node of a gossip world, can be made to do. @param done how much was done by hand before. */
  deeds?(entity: number, done: number): readonly Deeds[];
  metrics(): Readonly<Record<string, number>>;
}
