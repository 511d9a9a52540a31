/**
 * The XMPP transport: the same gossip world as on a graph, but each node is a client of a simulated server, and each call an `iq` that its server
 * passes on. Timers, random streams, time-outs and accounting are the graph transport's own code. What differs, because XMPP differs:
 * acknowledgements travel (journalled, not counted); a call to a client that is gone is bounced by its server, which its caller hears before any
 * time-out; a node that crashes loses its connection, and comes back by logging in, which takes its time. Streams are TCP and lose nothing by themselves:
 * `loss` takes a call or a response away at the last step, as a connection does that dies unnoticed (without XEP-0198); acknowledgements are spared.
 */
import type { Kernel } from '../kernel/kernel.ts';
import type { StateColumn } from '../kernel/patches.ts';
import type { Program } from '../kernel/program.ts';
import { Outcome } from '../kernel/journal.ts';
import type { Host, Stage } from '../kernel/model.ts';
import type { PoppedEvent } from '../kernel/pool.ts';
import { connect } from '../xmpp/client/login.ts';
import { clientStream, dropConnection } from '../xmpp/client/stream.ts';
import { isStanza } from '../xmpp/stanza.ts';
import { Shown } from '../xmpp/states.ts';
import { END, RESET } from '../xmpp/wire.ts';
import { createXmppWorld, type XmppWorld } from '../xmpp/world.ts';
import type { Carrier } from './carrier.ts';
import { GraphWorld } from './graph.ts';
import type { Homes } from './homes.ts';
import { NO_DATA } from './layer.ts';
import type { GraphWorldOptions } from './options.ts';
import { gossipAgent } from './xmpp-agent.ts';
import { XmppCalls, type SavedCalls } from './xmpp-calls.ts';

/** Codes of the gossip world's timers begin here; below are those of XMPP. */
export const GOSSIP_TIMER = 8192;
/** The world’s own are negative. */
export const FIRST_OF_GOSSIP = GOSSIP_TIMER - 100;
/** A node whose server is up again logs in. */
export const RETURN = FIRST_OF_GOSSIP + 1;

interface Saved {
  readonly model: unknown;
  readonly world: ReturnType<GraphWorld['save']>;
  readonly calls: SavedCalls;
  readonly flights: ReadonlySet<number>;
  readonly numbers: readonly number[];
}
export class XmppGossip implements Program {
  readonly stage: Stage;
  /** As on a graph. */
  readonly world: GraphWorld;
  readonly model: XmppWorld;
  /** The most messages of the algorithm under way at one time; what else travels is not among them. */
  maxInFlight = 0;
  /** Bytes of everything on every stream. */
  wireBytes = 0;
  /** Stanzas by link. */
  readonly through: Uint32Array;
  private readonly homes: Homes;
  private readonly calls: XmppCalls;
  /** Rows in flight that carry a message of the algorithm. */
  private flights = new Set<number>();
  private host!: Host;
  private carrier!: Carrier;
  /** The one that is being handled. */
  private row = -1;

  constructor({ homes, ...options }: GraphWorldOptions & { readonly homes: Homes }) {
    this.homes = homes;
    this.stage = options.stage;
    this.world = new GraphWorld({ ...options, topology: homes.topology, lastChange: homes.lastChange, weigh: true });
    this.calls = new XmppCalls(options, homes, this.world);
    this.model = createXmppWorld(homes.scenario, {}, [gossipAgent(this.calls)], homes.second);
    this.through = new Uint32Array(this.model.stage.links.from.length);
  }

  begin(kernel: Kernel): void {
    this.host = this.hostOn(kernel);
    this.carrier = this.carrierOn(kernel);
    this.calls.begin(this.carrier, (node) => this.model.contextOf(this.host, this.homes.servers + node));
    this.model.start(this.host);
    for (let server = 0; server < this.homes.servers; server++) this.host.show(server, Shown.online);
    this.world.begin(this.carrier);
    for (const { at, node } of this.homes.returns ?? []) kernel.timer(this.homes.servers + node, at, RETURN, 0);
    this.maxInFlight = this.flights.size;
  }
  arrive(kernel: Kernel, { id, from, to, link, kind, stanza }: PoppedEvent): void {
    this.row = id;
    this.model.arrive(this.host, { id, from, to, link, kind, stanza: stanza! });
    const node = to - this.homes.servers;
    if (node >= 0 && !this.world.isUp(node) && this.flights.has(id)) kernel.undelivered(to, 'network/down', id, Outcome.dropped);
    this.row = -1;
    this.flights.delete(id);
    this.calls.handled();
    this.tally();
  }
  timer(_kernel: Kernel, { to, code, a, b }: PoppedEvent): void {
    if (code < FIRST_OF_GOSSIP) this.model.timer(this.host, to, code, a);
    else if (code === RETURN) this.comeBack(to);
    else this.world.timer(this.carrier, { to: to - this.homes.servers, code: code - GOSSIP_TIMER, a, b });
    this.calls.handled();
    this.tally();
  }
  /** Whoever has gone down meanwhile does not. */
  private comeBack(entity: number): void {
    const { phase } = this.model.contextOf(this.host, entity).get(clientStream);
    if (phase !== 'closed' || !this.world.isUp(entity - this.homes.servers)) return;
    this.model.within(this.host, entity, (context) => connect(context, {}));
  }
  private tally(): void {
    if (this.flights.size > this.maxInFlight) this.maxInFlight = this.flights.size;
  }

  /** Of the algorithm. */
  get messages(): number {
    return this.calls.messages;
  }
  /** Measures of what went over the streams. */
  get streams(): { readonly stanzas: number; readonly streamBytes: number; readonly serverMax: number; readonly linkMax: number } {
    const { to } = this.model.stage.links;
    const servers = new Uint32Array(this.homes.servers);
    this.through.forEach((stanzas, link) => {
      if (to[link]! < servers.length) servers[to[link]!]! += stanzas;
    });
    const most = (counts: Uint32Array): number => counts.reduce((max, count) => Math.max(max, count), 0);
    const stanzas = this.through.reduce((sum, count) => sum + count, 0);
    return { stanzas, streamBytes: this.wireBytes, serverMax: most(servers), linkMax: most(this.through) };
  }

  // What the XMPP world asks: the kernel, and what is counted of the streams.

  private hostOn(kernel: Kernel): Host {
    const { from, to } = this.model.stage.links;
    const isServer = (entity: number): boolean => entity < this.homes.servers;
    const online = this.world.layers[0]!.algorithm.states.length + 1;
    return {
      get tick() {
        return kernel.tick;
      },
      send: (message) => {
        const row = kernel.post(from[message.link]!, to[message.link]!, { ...message, kind: this.calls.kindOf(message) });
        this.wireBytes += message.bytes;
        if (isStanza(message.stanza)) this.through[message.link]!++;
        if (this.calls.own || (message.relays !== undefined && this.flights.has(message.relays))) this.flights.add(row);
        return row;
      },
      timer: (entity, delay, code, argument) => kernel.timer(entity, delay, code, argument),
      silence: (entity, rule, dropped = false) => kernel.silence(entity, rule, this.row, dropped),
      // Clients are shown as nodes of the algorithm.
      show: (entity, state) => void (isServer(entity) && kernel.show(entity, state === Shown.offline ? online - 1 : online)),
      showLink: (link, state) => kernel.showLink(link, state),
      reached: () => undefined,
      isCut: (link) => kernel.disturbed?.isCut(from[link]!, to[link]!) === true,
      abandon: (link) => kernel.disturbed?.tcp?.abandon(kernel, link),
    };
  }
  // What the gossip world asks: streams, and the kernel by number of the node.

  private carrierOn(kernel: Kernel): Carrier {
    const { servers } = this.homes;
    return {
      get tick() {
        return kernel.tick;
      },
      get journal() {
        return kernel.journal;
      },
      get reachedCount() {
        return kernel.reachedCount;
      },
      queue: { burdened: true },
      send: (_peer, node, to, _delay, _kind, code, a, b, answers, data) => this.calls.send(node, to, code, a, b, answers, data ?? NO_DATA),
      timer: (node, delay, code, argument, second) => kernel.timer(servers + node, delay, GOSSIP_TIMER + code, argument, second),
      silence: (node, rule, _subject, dropped) => kernel.silence(servers + node, rule, dropped ? this.row : -1, dropped),
      undelivered: (node, rule, _subject, outcome) => {
        this.calls.settle();
        kernel.undelivered(servers + node, rule, this.row, outcome);
      },
      reached: (node) => kernel.reached(servers + node),
      show: (node, state) => {
        // Whatever the node knows: nobody can be told of it.
        const isCutOff = this.model.contextOf(this.host, servers + node).get(clientStream).phase === 'closed';
        kernel.show(servers + node, isCutOff ? this.world.layers[0]!.algorithm.states.length : state);
      },
      endBy: (tick) => kernel.endBy(tick),
      // Ids of calls are this world's own, and a copy of a stanza has the same.
      originalOf: (id) => id,
      streams: {
        drop: (node, orderly) => {
          this.calls.forget(node);
          this.model.within(this.host, servers + node, (context) => dropConnection(context, orderly ? END : RESET));
        },
        connect: (node) => this.model.within(this.host, servers + node, (context) => connect(context, {})),
      },
    };
  }
  typed(_kernel: Kernel, entity: number, text: string): void {
    this.model.typed?.(this.host, entity, text);
  }
  power(_kernel: Kernel, entity: number, on: boolean): boolean {
    const node = entity - this.homes.servers;
    return node < 0 ? (this.model.power?.(this.host, entity, on) ?? false) : this.world.power(undefined, node, on);
  }
  idle(_kernel: Kernel, link: number): void {
    this.model.idle?.(this.host, link);
    this.calls.handled();
  }
  broken(_kernel: Kernel, link: number): void {
    this.model.broken?.(this.host, link);
    this.calls.handled();
  }
  gone(id: number): void {
    this.flights.delete(id);
  }
  repeated(id: number, copy: number): void {
    if (this.flights.has(id)) this.flights.add(copy);
  }
  /** Whole stanzas bring their size along. */
  bytes(): number {
    return 0;
  }
  get columns(): StateColumn[] {
    return [...this.world.columns, { values: this.through }];
  }
  get stateBytes(): number {
    return this.world.stateBytes + this.model.stateBytes + this.calls.bytes + 64 * this.flights.size;
  }
  save(): Saved {
    const { maxInFlight, wireBytes } = this;
    return {
      model: this.model.save(),
      world: this.world.save(),
      calls: this.calls.save(),
      flights: new Set(this.flights),
      numbers: [maxInFlight, wireBytes],
    };
  }
  load(saved: Saved): void {
    this.model.load(saved.model);
    this.world.load(saved.world);
    this.calls.load(saved.calls);
    this.flights = new Set(saved.flights);
    [this.maxInFlight, this.wireBytes] = saved.numbers as [number, number];
  }
}
