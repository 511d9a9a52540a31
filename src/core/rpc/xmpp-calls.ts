/** Calls of a gossip world as stanzas of its clients: written, taken in, answered, and those that wait for an answer. */
import { KINDS } from '../../protocol/scene.ts';
import type { Algorithm, Method } from '../gossip/contract.ts';
import type { Outgoing } from '../kernel/model.ts';
import { clientStream, clientStreamRules } from '../xmpp/client/stream.ts';
import type { Context } from '../xmpp/module.ts';
import type { Carrier } from './carrier.ts';
import type { GraphWorld } from './graph.ts';
import type { Homes } from './homes.ts';
import type { GraphWorldOptions } from './options.ts';
import { methodsOf } from './plan.ts';
import { ruleOfMethod } from './rules.ts';
import { agentRules, type Taking } from './xmpp-agent.ts';
import { methodNameOf, type Call, type Response } from './xep0009-read.ts';
import { callStanza, codeOf, emptyResult, isReply, methodOf, replyStanza } from './xep0009.ts';

/** A call without an answer: caller, callee, method. */
type Asked = readonly [number, number, number];
export interface SavedCalls {
  readonly asked: ReadonlyMap<number, Asked>;
  readonly messages: number;
}

export class XmppCalls implements Taking {
  /** Of the algorithm, so far. */
  messages = 0;
  /** What is sent now is the algorithm's. */
  own = false;
  private asked = new Map<number, Asked>();
  /** Whose call is being handled, and whether it needs no acknowledgement any more. */
  private context: Context | undefined;
  private settled = false;
  private carrier!: Carrier;
  private contextOf!: (node: number) => Context;
  private readonly homes: Homes;
  private readonly world: GraphWorld;
  /** What people say, by update. */
  private readonly texts: readonly string[] | undefined;
  private readonly methods: readonly Method[];
  private readonly layers: readonly Algorithm[];
  private readonly byName: ReadonlyMap<string, number>;
  private readonly nodeAt: ReadonlyMap<string, number>;

  constructor(
    { algorithm, membership, says }: Pick<GraphWorldOptions, 'algorithm' | 'membership' | 'says'>,
    homes: Homes,
    world: GraphWorld,
  ) {
    this.homes = homes;
    this.world = world;
    this.texts = says?.map(({ text }) => text);
    this.methods = methodsOf(algorithm, membership?.algorithm);
    this.layers = membership ? [algorithm, membership.algorithm] : [algorithm];
    this.byName = new Map(this.methods.map(({ name }, method) => [name, method]));
    this.nodeAt = new Map(homes.addresses.map((address, node) => [address, node]));
  }
  begin(carrier: Carrier, contextOf: (node: number) => Context): void {
    this.carrier = carrier;
    this.contextOf = contextOf;
  }
  /** An event is over. */
  handled(): void {
    this.context = undefined;
  }
  /** What is being handled needs no acknowledgement. */
  settle(): void {
    this.settled = true;
  }
  /** A node is gone, and waits for nothing. */
  forget(node: number): void {
    for (const [id, [caller]] of this.asked) if (caller === node) this.asked.delete(id);
  }

  /** A call is drawn as what the algorithm does by it. */
  kindOf({ stanza, kind }: Outgoing): number {
    const name = stanza.name === 'iq' && stanza.attrs['type'] === 'set' ? methodNameOf(stanza) : undefined;
    const method = name === undefined ? undefined : this.methods[this.byName.get(name) ?? -1];
    return method ? KINDS.indexOf(method.kind) : kind;
  }
  send(node: number, to: number, code: number, a: number, b: number, answers: number, data: readonly number[]): number {
    const { addresses } = this.homes;
    const id = this.messages++;
    const method = methodOf(code);
    const why = ruleOfMethod(this.layers, method, isReply(code) ? a : undefined);
    const isHandling = this.context?.party.index === this.homes.servers + node;
    const context = isHandling ? this.context! : this.contextOf(node);
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

  private nodeOf({ party }: Context): number {
    return party.index - this.homes.servers;
  }
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

  get bytes(): number {
    return 64 * this.asked.size;
  }
  save(): SavedCalls {
    return { asked: new Map(this.asked), messages: this.messages };
  }
  load({ asked, messages }: SavedCalls): void {
    this.asked = new Map(asked);
    this.messages = messages;
  }
}
