/** XMPP scenarios on the kernel: whole stanzas travel, and each row keeps its own. */
import type { ParamSchema, ParamValues } from '../../protocol/params.ts';
import type { XmppScenario } from '../../protocol/scenario.ts';
import { EntityKind } from '../../protocol/scene.ts';
import type { PoppedEvent } from '../kernel/pool.ts';
import type { ChurnKind } from '../kernel/churn.ts';
import { setCut } from '../kernel/disturbances.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { Program } from '../kernel/program.ts';
import type { Host, Outgoing, StanzaModel } from '../kernel/model.ts';
import { waves } from '../kernel/rounds.ts';
import type { Watch } from '../kernel/watch.ts';
import { churnOf, faultsOf, xmppFaultParams } from '../network/faults.ts';
import { latencyOf } from '../network/latency.ts';
import type { Module } from '../xmpp/module.ts';
import { createXmppWorld } from '../xmpp/world.ts';
import { readParams } from './params.ts';
import type { World } from './world.ts';

const MICROSECONDS = 1_000_000;
/** TCP gives up after a hundred seconds, and who had nothing to say begins a minute later; then comes a server's time-out for a new stream. */
const AFTERMATH = 300 * MICROSECONDS;

/** Looks on while a world is played: at what its clients take in, and at what goes over its links. One is made for each play. */
export interface Onlooker {
  readonly watch?: Watch;
  /** Programs of clients, by which it learns what they do. */
  readonly agents: readonly Module[];
  /** Before the first event that it may see. */
  attached(kernel: Kernel): void;
  metrics(): Readonly<Record<string, number>>;
}

/** What a person may change of any such scene: what it lists, whom its servers follow, and chance. */
export const xmppSchema = (scenario: XmppScenario): ParamSchema => ({
  ...scenario.params,
  profile: {
    type: 'choice',
    label: 'Servers follow',
    help: 'where Prosody and the specifications differ: a server’s inspector lists where',
    options: ['prosody', 'rfc'],
    default: scenario.profile ?? 'prosody',
  },
  ...xmppFaultParams,
});

/** @param onlook where somebody looks on. */
export function xmppWorld(scenario: XmppScenario, seed: string, given: ParamValues, onlook?: () => Onlooker): World {
  const params = xmppSchema(scenario);
  const values = readParams(params, { ...scenario.values, ...given }, scenario.id);
  const played: XmppScenario = { ...scenario, profile: values['profile'] === 'rfc' ? 'rfc' : 'prosody' };
  const { stage, wayOf } = createXmppWorld(played, values, onlook?.().agents);
  const { kind } = stage.entities;
  const all = (wanted: number): readonly number[] => [...kind.keys()].filter((entity) => kind[entity] === wanted);
  const churn = churnOf(values, { clients: all(EntityKind.client), servers: all(EntityKind.server) }, MICROSECONDS);
  return {
    scenario,
    seed,
    stage,
    params,
    values,
    unit: { label: 's', ticks: MICROSECONDS },
    speed: scenario.speed ?? 100_000,
    notes: [],
    wayOf,
    play(journal, interventions) {
      const onlooker = onlook?.();
      const model = createXmppWorld(played, values, onlooker?.agents);
      const program = new StanzaProgram(model);
      const kernel = new Kernel({
        program,
        rounds: waves(),
        entities: stage.entities.name.length,
        latency: latencyOf(stage.links),
        interventions,
        faults: faultsOf(values, Number(values['loss'])),
        seed,
        // Whoever goes and comes does so for ever.
        until: scenario.until ?? (churn && AFTERMATH),
        churn,
        aftermath: AFTERMATH,
        journal,
        watch: onlooker?.watch,
      });
      onlooker?.attached(kernel);
      return {
        kernel,
        inspectEntity: (entity) => model.inspect(entity),
        inspectLink: (link) => model.inspectLink?.(link) ?? [],
        isDown: model.isDown,
        deeds: model.deeds,
        groups: model.groups,
        metrics: () => ({
          stanzas: kernel.messages,
          bytes: program.bytesSent,
          maxInFlight: kernel.maxInFlight,
          reached: kernel.reachedCount,
          time: kernel.reachedAt.reduce((last, tick) => Math.max(last, tick), 0),
          ...onlooker?.metrics(),
        }),
      };
    },
  };
}

/** Lets a model of whole stanzas run as a program of the kernel. */
class StanzaProgram implements Program {
  readonly stage: StanzaModel['stage'];
  bytesSent = 0;
  private readonly model: StanzaModel;
  private host!: Host;
  private arriving = -1;

  constructor(model: StanzaModel) {
    this.model = model;
    this.stage = model.stage;
  }
  begin(kernel: Kernel): void {
    const { from, to } = this.stage.links;
    this.host = {
      get tick() {
        return kernel.tick;
      },
      send: (message: Outgoing) => {
        this.bytesSent += message.bytes;
        return kernel.post(from[message.link]!, to[message.link]!, message);
      },
      timer: (entity, delay, code, argument) => kernel.timer(entity, delay, code, argument),
      silence: (entity, rule, dropped = false) => kernel.silence(entity, rule, this.arriving, dropped),
      show: (entity, state) => kernel.show(entity, state),
      showLink: (link, state) => kernel.showLink(link, state),
      reached: (entity) => kernel.reached(entity),
      isCut: (link) => kernel.disturbed?.isCut(from[link]!, to[link]!) === true,
      abandon: (link) => kernel.disturbed?.tcp?.abandon(kernel, link),
    };
    this.model.start(this.host);
  }
  arrive(_kernel: Kernel, { id, from, to, link, kind, stanza }: PoppedEvent): void {
    this.arriving = id;
    this.model.arrive(this.host, { id, from, to, link, kind, stanza: stanza! });
    this.arriving = -1;
  }
  timer(_kernel: Kernel, { to, code, a }: PoppedEvent): void {
    this.model.timer(this.host, to, code, a);
  }
  typed(_kernel: Kernel, entity: number, text: string): void {
    this.model.typed?.(this.host, entity, text);
  }
  power(_kernel: Kernel, entity: number, on: boolean): boolean {
    return this.model.power?.(this.host, entity, on) ?? false;
  }
  idle(_kernel: Kernel, link: number): void {
    this.model.idle?.(this.host, link);
  }
  broken(_kernel: Kernel, link: number): void {
    this.model.broken?.(this.host, link);
  }
  away(kernel: Kernel, entity: number, kind: ChurnKind): boolean {
    if (kind === 'crash') return this.powerAll(kernel, entity, false);
    if (this.model.leave?.(this.host, entity, kind === 'offline') !== true) return false;
    if (kind === 'connection') for (const pair of this.network(entity)) setCut(kernel, pair, true);
    return true;
  }
  back(kernel: Kernel, entity: number, kind: ChurnKind): void {
    if (kind === 'crash') this.powerAll(kernel, entity, true);
    else {
      if (kind === 'connection') for (const pair of this.network(entity)) setCut(kernel, pair, false);
      this.model.join?.(this.host, entity);
    }
  }
  /** A server takes its services along. */
  private powerAll(kernel: Kernel, entity: number, on: boolean): boolean {
    const all = kernel.disturb().withServices(entity);
    return all.map((one) => this.power(kernel, one, on)).includes(true);
  }
  /** What connects it with others. */
  private network(entity: number): readonly (readonly [number, number])[] {
    const { from, to } = this.stage.links;
    return Array.from(from, (end, link) => [end, to[link]!] as const).filter(([end]) => end === entity);
  }
  get stateBytes(): number {
    return this.model.stateBytes;
  }
  /** Whole stanzas bring their size along. */
  bytes(): number {
    return 0;
  }
  save(): unknown {
    return { model: this.model.save(), bytesSent: this.bytesSent };
  }
  load(saved: { readonly model: unknown; readonly bytesSent: number }): void {
    this.model.load(saved.model);
    this.bytesSent = saved.bytesSent;
  }
}
