/**
 * The XMPP transport: the same gossip world as on a graph, but each node is a client of a simulated server, and each call an `iq` that its server
 * passes on. Timers, random streams, time-outs and accounting are the graph transport's own code. What differs, because XMPP differs:
 * acknowledgements travel (journalled, not counted); a call to a client that is gone is bounced by its server, which its caller hears before any
 * time-out; a node that crashes loses its connection, and comes back by logging in, which takes its time. Streams are TCP and lose nothing by themselves:
 * `loss` takes a call or a response away at the last step, as a connection does that dies unnoticed (without XEP-0198); acknowledgements are spared.
 */
import type { Algorithm, Method } from '../gossip/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { StateColumn } from '../kernel/patches.ts';
import type { Program } from '../kernel/program.ts';
import { Outcome } from '../kernel/journal.ts';
import type { Host, Outgoing, Stage } from '../kernel/model.ts';
import type { PoppedEvent } from '../kernel/pool.ts';
import { KINDS } from '../../protocol/scene.ts';
import { connect } from '../xmpp/client/login.ts';
import { clientStream, clientStreamRules, dropConnection } from '../xmpp/client/stream.ts';
import type { Context } from '../xmpp/module.ts';
import { isStanza } from '../xmpp/stanza.ts';
import { Shown } from '../xmpp/states.ts';
import { END, RESET } from '../xmpp/wire.ts';
import { createXmppWorld, type XmppWorld } from '../xmpp/world.ts';
import type { Carrier } from './carrier.ts';
import { GraphWorld } from './graph.ts';
import { methodsOf } from './plan.ts';
import type { Homes } from './homes.ts';
import { NO_DATA } from './layer.ts';
import type { GraphWorldOptions } from './options.ts';
import { codeOf, callStanza, emptyResult, isReply, methodOf, replyStanza } from './xep0009.ts';
import { methodNameOf, type Call, type Response } from './xep0009-read.ts';
import { ruleOfMethod } from './rules.ts';
import { agentRules, gossipAgent } from './xmpp-agent.ts';

/** Codes of the gossip world's timers begin here; below are those of XMPP. */
export const GOSSIP_TIMER = 8192;
/** The world’s own are negative. */
export const FIRST_OF_GOSSIP = GOSSIP_TIMER - 100;
/** A node whose server is up again logs in. */
export const RETURN = FIRST_OF_GOSSIP + 1;

interface Saved {
  readonly model: unknown;
  readonly world: ReturnType<GraphWorld['save']>;
  readonly asked: ReadonlyMap<number, Asked>;
  readonly flights: ReadonlySet<number>;
  readonly numbers: readonly number[];
}
/** A call without an answer: caller, callee, method. */
type Asked = readonly [number, number, number];

export class XmppGossip implements Program {
  readonly stage: Stage;
  /** As on a graph. */
  readonly world: GraphWorld;
  readonly model: XmppWorld;
  /** Messages of the algorithm, and the most of them under way at one time; what else travels is not among them. */
  messages = 0;
  maxInFlight = 0;
  /** Bytes of everything on every stream. */
  wireBytes = 0;
  /** Stanzas by link. */
  readonly through: Uint32Array;
  private readonly homes: Homes;
  /** What people say, by update. */
  private readonly texts: readonly string[] | undefined;
  private readonly methods: readonly Method[];
  private readonly byName: ReadonlyMap<string, number>;
  private readonly nodeAt: ReadonlyMap<string, number>;
  private readonly layers: readonly Algorithm[];
  private asked = new Map<number, Asked>();
  /** Rows in flight that carry a message of the algorithm. */
  private flights = new Set<number>();
  private host!: Host;
  private carrier!: Carrier;
  /** What is being handled: its row, its client, whether it needs no acknowledgement any more, whether what is sent now is the algorithm's. */
  private row = -1;
  private context: Context | undefined;
  private settled = false;
  private own = false;

  constructor({ homes, ...options }: GraphWorldOptions & { readonly homes: Homes }) {
    this.homes = homes;
    this.texts = options.says?.map(({ text }) => text);
    this.stage = options.stage;
    this.world = new GraphWorld({ ...options, topology: homes.topology, lastChange: homes.lastChange, weigh: true });
    this.model = createXmppWorld(homes.scenario, {}, [gossipAgent(this)], homes.second);
    this.methods = methodsOf(options.algorithm, options.membership?.algorithm);
    this.layers = options.membership ? [options.algorithm, options.membership.algorithm] : [options.algorithm];
    this.byName = new Map(this.methods.map(({ name }, method) => [name, method]));
    this.nodeAt = new Map(homes.addresses.map((address, node) => [address, node]));
    this.through = new Uint32Array(this.model.stage.links.from.length);
  }

  begin(kernel: Kernel): void {
    this.host = this.hostOn(kernel);
    this.carrier = this.carrierOn(kernel);
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
    this.context = undefined;
    this.tally();
  }
  timer(_kernel: Kernel, { to, code, a, b }: PoppedEvent): void {
    if (code < FIRST_OF_GOSSIP) this.model.timer(this.host, to, code, a);
    else if (code === RETURN) this.comeBack(to);
    else this.world.timer(this.carrier, { to: to - this.homes.servers, code: code - GOSSIP_TIMER, a, b });
    this.context = undefined;
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
        const row = kernel.post(from[message.link]!, to[message.link]!, { ...message, kind: this.kindOf(message) });
        this.wireBytes += message.bytes;
        if (isStanza(message.stanza)) this.through[message.link]!++;
        if (this.own || (message.relays !== undefined && this.flights.has(message.relays))) this.flights.add(row);
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
  /** A call is drawn as what the algorithm does by it. */
  private kindOf({ stanza, kind }: Outgoing): number {
    const name = stanza.name === 'iq' && stanza.attrs['type'] === 'set' ? methodNameOf(stanza) : undefined;
    const method = name === undefined ? undefined : this.methods[this.byName.get(name) ?? -1];
    return method ? KINDS.indexOf(method.kind) : kind;
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
      send: (_peer, node, to, _delay, _kind, code, a, b, answers, data) => this.send(node, to, code, a, b, answers, data ?? NO_DATA),
      timer: (node, delay, code, argument, second) => kernel.timer(servers + node, delay, GOSSIP_TIMER + code, argument, second),
      silence: (node, rule, _subject, dropped) => kernel.silence(servers + node, rule, dropped ? this.row : -1, dropped),
      undelivered: (node, rule, _subject, outcome) => {
        this.settled = true;
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
          for (const [id, [caller]] of this.asked) if (caller === node) this.asked.delete(id);
          this.model.within(this.host, servers + node, (context) => dropConnection(context, orderly ? END : RESET));
        },
        connect: (node) => this.model.within(this.host, servers + node, (context) => connect(context, {})),
      },
    };
  }
  private send(node: number, to: number, code: number, a: number, b: number, answers: number, data: readonly number[]): number {
    const { addresses } = this.homes;
    const id = this.messages++;
    const method = methodOf(code);
    const why = ruleOfMethod(this.layers, method, isReply(code) ? a : undefined);
    const entity = this.homes.servers + node;
    const context = this.context?.party.index === entity ? this.context : this.model.contextOf(this.host, entity);
    this.own = true;
    if (isReply(code)) {
      this.settled = true;
      context.reply(replyStanza(addresses[node]!, addresses[to]!, answers, a, data, this.methods[method]!, this.texts), why);
    } else {
      // A client whose server has died goes on by itself, and reaches nobody.
      if (context.get(clientStream).phase === 'closed') {
        context.decline(clientStreamRules.closed);
        this.own = false;
        return id;
      }
      this.asked.set(id, [node, to, method]);
      const args = [a, b].slice(0, this.methods[method]!.args.length);
      context.originate(callStanza(addresses[node]!, addresses[to]!, id, this.methods[method]!, args, data, this.texts), why);
    }
    this.own = false;
    return id;
  }

  // What the agent asks.

  private nodeOf = (context: Context): number => context.party.index - this.homes.servers;
  isPeer(address: string): boolean {
    return this.nodeAt.has(address);
  }
  knows(method: string): boolean {
    return this.byName.has(method);
  }
  call(context: Context, address: string, id: number, { name, args, data }: Call): void {
    const [node, from] = [this.nodeOf(context), this.nodeAt.get(address)!];
    // Whoever is down says nothing; `arrive` leaves the row that tells it.
    if (!this.world.isUp(node)) return;
    this.context = context;
    this.settled = false;
    const [a = 0, b = 0] = args;
    this.hand(node, from, id, codeOf(this.byName.get(name)!, false), a, b, -1, data);
    if (this.settled) return;
    const { addresses } = this.homes;
    context.reply(emptyResult(addresses[node]!, address, id), agentRules.acknowledged);
  }
  awaits(context: Context, address: string, id: number): boolean {
    const [caller, callee] = this.asked.get(id) ?? [-1, -1];
    return caller === this.nodeOf(context) && this.homes.addresses[callee] === address;
  }
  answered(context: Context, id: number, response: Response | undefined): void {
    const [node, from, method] = this.asked.get(id)!;
    this.asked.delete(id);
    this.context = context;
    if (response) this.hand(node, from, id, codeOf(method, true), response.value, 0, id, response.data);
    else this.world.calls.acknowledged(id);
  }
  failed(context: Context, id: number): void {
    const [node, to, method] = this.asked.get(id)!;
    this.asked.delete(id);
    this.context = context;
    this.world.calls.failed(node, method, id, to);
  }
  bound(context: Context): void {
    this.context = context;
    this.world.churn.bringUp(this.nodeOf(context));
  }
  private hand(
    to: number,
    from: number,
    id: number,
    code: number,
    a: number,
    b: number,
    answers: number,
    data: readonly number[] | undefined,
  ): void {
    this.world.arrive(this.carrier, { to, from, id, code, a, b, answers, data, link: -1, took: 0 });
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
    this.context = undefined;
  }
  broken(_kernel: Kernel, link: number): void {
    this.model.broken?.(this.host, link);
    this.context = undefined;
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
    return this.world.stateBytes + this.model.stateBytes + 64 * (this.asked.size + this.flights.size);
  }
  save(): Saved {
    const { messages, maxInFlight, wireBytes } = this;
    return {
      model: this.model.save(),
      world: this.world.save(),
      asked: new Map(this.asked),
      flights: new Set(this.flights),
      numbers: [messages, maxInFlight, wireBytes],
    };
  }
  load(saved: Saved): void {
    this.model.load(saved.model);
    this.world.load(saved.world);
    this.asked = new Map(saved.asked);
    this.flights = new Set(saved.flights);
    [this.messages, this.maxInFlight, this.wireBytes] = saved.numbers as [number, number, number];
  }
}
