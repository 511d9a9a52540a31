/**
 * A WebSocket without a network: a class that a client library is given, whose connections are those of clients in a running XMPP world. What the
 * library sends is an intervention there, so the same run can be played again without the library. Simulated time goes on only
 * when something is sent, and until nothing more is due soon; the library's own timers are in real time and its own affair.
 */
import type { Element } from '../../src/base/xml/element.ts';
import { journalHash } from '../../src/core/kernel/hash.ts';
import type { Intervention } from '../../src/protocol/intervention.ts';
import { Journal, What } from '../../src/core/kernel/journal.ts';
import { xmppWorld } from '../../src/core/simulation/xmpp.ts';
import { NS } from '../../src/core/xmpp/namespaces.ts';
import { isWire, wireText } from '../../src/core/xmpp/wire.ts';
import type { XmppScenario } from '../../src/protocol/scenario.ts';
import { EntityKind } from '../../src/protocol/scene.ts';

/** Ticks (µs) without an event after which a world has come to rest: what is set for later is a timeout. */
const REST = 3_000_000;
const MOST_STEPS = 10_000;

export interface Outside {
  /** Path of the address: name of a client of the scenario (`wss://wonderland.lit/alice`); each further connection is the client `alice#2`, `alice#3`… */
  readonly WebSocket: new (url: string, protocols?: string | readonly string[]) => MemorySocket;
  /** What has come down to the library and gone up, in order, as on the wire. */
  readonly frames: readonly string[];
  readonly sockets: readonly MemorySocket[];
  /** Plays on to the scenario's own `kill` of this client: to its library the connection is gone. */
  cut(name: string): void;
  /** What has arrived at a client that the scenario plays. */
  arrivedAt(name: string): readonly Element[];
  /** Hashes of this run so far, and of one of the same world that nobody takes part in but the interventions. */
  hashes(): { readonly lived: string; readonly replayed: string };
}

export interface MemorySocket extends EventTarget {
  readonly url: string;
  readonly protocol: string;
  readyState: number;
  send(text: string): void;
  close(): void;
}

export function createOutside(scenario: XmppScenario): Outside {
  const world = xmppWorld(scenario, scenario.seed, {});
  const journal = new Journal();
  const { kernel } = world.play(journal, []);
  const interventions: Intervention[] = [];
  const frames: string[] = [];
  const sockets: Socket[] = [];
  const clients = [...world.stage.entities.kind].flatMap((kind, entity) => (kind === EntityKind.client ? [entity] : []));
  const entityOf = new Map(scenario.clients.map((c, i) => [c.name ?? c.jid, clients[i]!]));
  /** Connections that are up before a library has asked for them. */
  const waiting = new Set<number>();
  let read = 0;

  /** Hands on what has arrived since the last time. */
  function handOut(): void {
    const { what, entity, subject } = journal.events;
    for (; read < journal.eventCount; read++) {
      if (what.get(read) !== What.arrival) continue;
      const item = journal.stanzas.get(subject.get(read))!;
      const socket = sockets.find((s) => s.entity === entity.get(read));
      if (!socket) {
        if (isWire(item, 'connect')) waiting.add(entity.get(read));
      } else if (isWire(item, 'connect')) socket.later(() => socket.opened());
      else if (isWire(item, 'close') || isWire(item, 'reset')) socket.later(() => socket.gone(1000));
      else {
        const text = wireText(item, NS.client, 'websocket');
        frames.push(`< ${text}`);
        socket.later(() => socket.message(text));
      }
    }
  }
  function settle(until = -1): void {
    for (let steps = 0; kernel.nextTick <= Math.max(kernel.tick + REST, until) && kernel.step();)
      if (++steps > MOST_STEPS) throw new Error('The world does not come to rest.');
    handOut();
  }
  const actOf = (name: string, wanted: string): number => {
    const client = scenario.clients.find((c) => (c.name ?? c.jid) === name);
    const act = client?.acts.find((a) => a.do === wanted);
    if (!act) throw new Error(`${scenario.id}: ${name} has no act "${wanted}".`);
    return act.at;
  };

  class Socket extends EventTarget implements MemorySocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readonly CLOSING = 2;
    readonly CLOSED = 3;
    readonly protocol = 'xmpp';
    readonly url: string;
    readonly name: string;
    readonly entity: number;
    readyState = 0;
    onopen: Listener = null;
    onmessage: Listener = null;
    onclose: Listener = null;
    onerror: Listener = null;
    private queue: Promise<void> = Promise.resolve();

    constructor(url: string, protocols: string | readonly string[] = []) {
      super();
      // RFC 7395 §3.1: the subprotocol is named, or this is no XMPP.
      if (![protocols].flat().includes('xmpp')) throw new Error('The subprotocol "xmpp" is not asked for.');
      this.url = url;
      const base = new URL(url).pathname.slice(1);
      const before = sockets.filter((s) => s.name.split('#', 1)[0] === base).length;
      this.name = before === 0 ? base : `${base}#${before + 1}`;
      this.entity = entityOf.get(this.name) ?? -1;
      const at = actOf(this.name, 'open');
      sockets.push(this);
      this.later(() => (waiting.has(this.entity) ? this.opened() : settle(at)));
    }
    send(text: string): void {
      if (this.readyState !== 1) throw new Error(`The WebSocket is not open: ${this.readyState}.`);
      frames.push(`> ${text}`);
      interventions.push(kernel.type(this.entity, text));
      this.later(() => settle());
    }
    close(): void {
      if (this.readyState >= 2) return;
      this.readyState = 2;
      this.later(() => this.gone(1000));
    }

    /** After what was to happen before, and never while the library is in the middle of something. */
    later(what: () => void): void {
      this.queue = this.queue.then(() => new Promise((done) => setImmediate(() => (what(), done()))));
    }
    opened(): void {
      this.readyState = 1;
      this.tell('open', {});
    }
    message(data: string): void {
      if (this.readyState === 1) this.tell('message', { data });
    }
    gone(code: number): void {
      if (this.readyState === 3) return;
      this.readyState = 3;
      this.tell('close', { code, reason: '', wasClean: code === 1000 });
    }
    private tell(type: 'open' | 'message' | 'close', about: object): void {
      const event = Object.assign(new Event(type), about);
      this.dispatchEvent(event);
      this[`on${type}`]?.(event);
    }
  }

  return {
    WebSocket: Socket,
    frames,
    sockets,
    cut(name) {
      settle(actOf(name, 'kill'));
      const socket = sockets.find((s) => s.name === name)!;
      socket.later(() => socket.gone(1006));
    },
    arrivedAt(name) {
      const { what, entity, subject } = journal.events;
      const rows = Array.from({ length: journal.eventCount }, (_, row) => row);
      const there = rows.filter((row) => what.get(row) === What.arrival && entity.get(row) === entityOf.get(name));
      return there.map((row) => journal.stanzas.get(subject.get(row))!);
    },
    hashes() {
      const again = new Journal();
      const replay = world.play(again, interventions).kernel;
      while (replay.ordinal < kernel.ordinal && replay.step());
      return { lived: journalHash(journal), replayed: journalHash(again) };
    },
  };
}

type Listener = ((event: Event) => void) | null;
