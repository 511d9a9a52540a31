/** A small host for tests of the XMPP world alone: events by tick and order, rows kept as they come. */
import { serialize } from '../../../src/base/xml/codec.ts';
import type { Arrival, Host, Outgoing, StanzaModel } from '../../../src/core/kernel/model.ts';
import type { Module } from '../../../src/core/xmpp/module.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';

export interface SentRow extends Outgoing {
  readonly id: number;
  readonly tick: number;
  readonly from: string;
  readonly to: string;
  readonly relays: number;
  readonly answers: number;
  /** As on the wire of its stream. */
  readonly xml: string;
}
export interface Played {
  readonly model: StanzaModel;
  readonly sent: readonly SentRow[];
  readonly silences: readonly { readonly tick: number; readonly entity: string; readonly rule: string }[];
  readonly shown: ReadonlyMap<string, string>;
  readonly reached: readonly string[];
}

type Pending = { tick: number; seq: number; run(host: Host): void };

/** Plays to the end; `between` sees the model after every event. @param agents programs that clients can have beside those of the registry. */
export function play(scenario: XmppScenario, values = {}, between?: (model: StanzaModel) => void, agents: readonly Module[] = []): Played {
  const model = createXmppWorld(scenario, values, agents);
  const { stage } = model;
  const name = (entity: number): string => stage.entities.jid[entity]!;
  const sent: SentRow[] = [];
  const silences: Played['silences'][number][] = [];
  const shown = new Map<string, string>();
  const reached: string[] = [];
  const queue: Pending[] = [];
  let seq = 0;
  const plan = (tick: number, run: Pending['run']): void => void queue.push({ tick, seq: seq++, run });
  const hostAt = (tick: number): Host => ({
    tick,
    send(m) {
      const from = stage.links.from[m.link]!;
      const to = stage.links.to[m.link]!;
      const id = sent.length;
      const xml = serialize(m.stanza, stage.streamNs(m.link));
      sent.push({ ...m, relays: m.relays ?? -1, answers: m.answers ?? -1, id, tick, from: name(from), to: name(to), xml });
      const arrival: Arrival = { id, from, to, link: m.link, kind: m.kind, stanza: m.stanza };
      plan(tick + stage.links.latency[m.link]!, (host) => model.arrive(host, arrival));
      return id;
    },
    timer: (entity, delay, code, argument) => plan(tick + delay, (host) => model.timer(host, entity, code, argument)),
    silence: (entity, rule) => void silences.push({ tick, entity: name(entity), rule }),
    show: (entity, state) => void shown.set(name(entity), stage.states[state]!.id),
    showLink() {},
    reached: (entity) => void (reached.includes(name(entity)) || reached.push(name(entity))),
  });
  model.start(hostAt(0));
  for (let count = 0; queue.length > 0 && count < 100_000; count++) {
    queue.sort((a, b) => a.tick - b.tick || a.seq - b.seq);
    const next = queue.shift()!;
    next.run(hostAt(next.tick));
    between?.(model);
  }
  return { model, sent, silences, shown, reached };
}
