/** The context of a handler, on top of what the kernel offers: addresses become links, sends become rows. */
import { sha256 } from '@noble/hashes/sha2.js';
import { base64 } from '../../base/base64.ts';
import { parseJid, tryParseJid } from '../../base/jid.ts';
import { utf8 } from '../../base/utf8.ts';
import { renamespace, type Element } from '../../base/xml/element.ts';
import type { Host, Rule } from '../kernel/model.ts';
import { clientStream, clientStreamRules } from './client/stream.ts';
import { isDead, reopened } from './connections.ts';
import type { Cuts } from './cuts.ts';
import { dispatch } from './dispatch.ts';
import { errorOf, mayBounce, type Condition, type ErrorDetails } from './errors.ts';
import { rule, type Context, type Module, type StanzaEvent } from './module.ts';
import { NS } from './namespaces.ts';
import type { Party, Way } from './network.ts';
import { pendingRequests, remember, settle } from './pending.ts';
import type { Router } from './router.ts';
import { sendBack } from './server/no-route.ts';
import { sessionAt } from './server/sessions.ts';
import { streamOn } from './server/streams.ts';
import { store, type Slice, type State } from './slice.ts';
import { isRequest, isStanza } from './stanza.ts';
import { CONNECT, kindOfItem, wireLength, type StreamNs } from './wire.ts';

/** What of the world does not change from event to event, for one party. */
export interface Surroundings {
  readonly party: Party;
  readonly seed: string;
  readonly second: number;
  readonly profile: 'prosody' | 'rfc';
  readonly modules: readonly Module[];
  /** Where the scenario cuts links. */
  readonly cuts?: Cuts | undefined;
  readonly router: Router;
  /** Code of a module's timer. */
  timerCode(name: string): number;
  way(link: number): Way;
  streamNs(link: number): StreamNs;
  readonly state: State;
}

/** Stored, because no identifier is ever made twice. */
const made = store<Readonly<Record<string, number>>>('made', {});

/** `row`: the stanza being handled, -1 when a timer is. */
export const createContext = (host: Host, around: Surroundings, row: number): Context => new PartyContext(host, around, row);

/** A class, because one is made for every event of a run. */
class PartyContext implements Context {
  readonly tick: number;
  readonly row: number;
  private readonly host: Host;
  private readonly around: Surroundings;
  private readonly state: State;

  constructor(host: Host, around: Surroundings, row: number) {
    this.host = host;
    this.around = around;
    this.state = around.state;
    this.row = row;
    this.tick = host.tick;
  }
  get party(): Party {
    return this.around.party;
  }
  get second(): number {
    return this.around.second;
  }
  get profile(): 'prosody' | 'rfc' {
    return this.around.profile;
  }
  get modules(): readonly Module[] {
    return this.around.modules;
  }
  get<T>(slice: Slice<T>): T {
    return this.state.get(slice);
  }
  set<T>(slice: Slice<T>, value: T): void {
    this.state.set(slice, value);
  }
  originate(stanza: Element, why: Rule): void {
    this.route(stanza, why, -1, -1);
  }
  forward(stanza: Element, why: Rule, answers = -1): void {
    this.route(stanza, why, this.row, answers);
  }
  reply(stanza: Element, why: Rule): true {
    this.route(stanza, why, -1, this.row);
    return true;
  }
  bounce(stanza: Element, condition: Condition, why: Rule, details?: ErrorDetails): true {
    return mayBounce(stanza) ? this.reply(errorOf(stanza, condition, details), why) : this.drop(why);
  }
  deliver(session: string, stanza: Element, why: Rule, relayed = true): void {
    if (!this.toSession(session, stanza, why, relayed ? this.row : -1, -1)) this.decline(GONE);
  }
  put(link: number, item: Element, why: Rule, relays = -1, answers = -1): void {
    const ns = this.around.streamNs(link);
    // What a person has typed in another stream's namespace goes out as it stands.
    const isOwn = isStanza(item) && (this.party.place !== 'client' || item.ns === NS.client);
    const sent = isOwn ? renamespace(item, item.ns, ns) : item;
    const { transport, reverse } = this.around.way(link);
    const bytes = wireLength(sent, ns, transport);
    if (item === CONNECT) reopened(this, this.host, link, reverse);
    this.host.send({ link, kind: kindOfItem(sent), stanza: sent, bytes, rule: why.id, relays, answers });
    // XEP-0198 counts what a client sends.
    const { jid, place } = this.party;
    if (place === 'client') this.fire(SENT, { stanza: sent, to: jid, from: jid, why });
  }
  wayTo(domain: string): 'here' | 'link' | 'route' | 'none' {
    const { party } = this;
    if (domain === party.name) return 'here';
    if (party.links.has(domain)) return 'link';
    return party.routes.size > 0 ? 'route' : 'none';
  }
  later(delay: number, timer: string, argument = 0): void {
    this.host.timer(this.party.index, delay, this.around.timerCode(timer), argument);
  }
  makeId(purpose: string): string {
    const counts = this.get(made);
    const count = (counts[purpose] ?? 0) + 1;
    this.set(made, { ...counts, [purpose]: count });
    const digest = sha256(utf8(`${this.around.seed}/${this.party.name}/${purpose}/${count}`));
    return base64(digest.subarray(0, 15)).replaceAll('+', '-').replaceAll('/', '_');
  }
  drop(why: Rule): true {
    this.host.silence(this.party.index, why.id, true);
    return true;
  }
  decline(why: Rule): void {
    this.host.silence(this.party.index, why.id);
  }
  fire(names: readonly string[], event: StanzaEvent): boolean {
    return this.around.router.fire(this, names, event);
  }
  decorate(name: string, event: StanzaEvent): Element {
    this.fire([name], event);
    return event.stanza;
  }
  forget(): void {
    this.state.forget();
  }
  isCut(link: number): boolean {
    return this.around.cuts?.isCut(link, this.tick) === true;
  }
  as(row: number): Context {
    return createContext(this.host, this.around, row);
  }
  show(state: number): void {
    this.host.show(this.party.index, state);
  }

  /** To where the stanza is addressed: up the stream for a client; a session, this host itself or another one for a host. */
  private route(stanza: Element, why: Rule, relays: number, answers: number): void {
    const { party } = this;
    if (party.place === 'client') {
      // Whatever the client goes on with by itself when its connection is gone.
      if (this.get(clientStream).phase === 'closed') this.decline(clientStreamRules.closed);
      else this.toDomain(party.jid.domain, stanza, why, relays, answers);
      return;
    }
    const address = stanza.attrs['to'];
    const to = address === undefined ? undefined : tryParseJid(address);
    if (to === undefined) this.decline(GONE);
    else if (to.domain !== party.name) {
      if (this.toDomain(to.domain, stanza, why, relays, answers)) return;
      // Where no stream is up, one has to be opened first.
      const from = parseJid(stanza.attrs['from'] ?? party.name);
      const answered = this.answerTo(stanza, relays, answers);
      if (!this.fire(ROUTE, { stanza, to, from, why, relays, answers: answered })) this.decline(GONE);
    } else if (!this.toSession(address ?? '', stanza, why, relays, answers)) {
      const event: StanzaEvent = { stanza, to, from: parseJid(stanza.attrs['from'] ?? party.name) };
      if (!dispatch(this, event)) this.decline(GONE);
    }
  }

  private toDomain(domain: string, stanza: Element, why: Rule, relays: number, answers: number): boolean {
    const { party } = this;
    const link = party.links.get(domain);
    if (link === undefined) return false;
    if (this.isCut(link)) {
      sendBack(this, stanza);
      return true;
    }
    if (isDead(this, this.host, link)) {
      sendBack(this, stanza, 'connection-timeout');
      return true;
    }
    // An external service may not be there yet, or any more.
    if (this.around.way(link).external === true && (streamOn(this, link)?.user ?? '') === '') {
      if (mayBounce(stanza) && party.place === 'server')
        this.route(errorOf(stanza, 'service-unavailable', UNCONNECTED), ABSENT, -1, relays);
      else this.decline(ABSENT);
      return true;
    }
    this.put(link, stanza, why, relays, this.answerTo(stanza, relays, answers));
    return true;
  }

  /** Down the stream of one of the server's own sessions; modules may hold it back, or add to it. `false` where there is none. */
  private toSession(full: string, stanza: Element, why: Rule, relays: number, answers: number): boolean {
    const session = sessionAt(this, full);
    if (!session) return false;
    const answered = this.answerTo(stanza, relays, answers);
    const from = tryParseJid(stanza.attrs['from'] ?? '') ?? this.party.jid;
    const event: StanzaEvent = { stanza, to: parseJid(full), from, session: full, why, relays, answers: answered };
    if (!this.fire(TO_SESSION, event)) this.put(session.link, event.stanza, why, relays, answered);
    return true;
  }

  /** A reply that is passed on answers the request as it came here; a request that is passed on is remembered for that. */
  private answerTo(stanza: Element, relays: number, answers: number): number {
    if (stanza.name !== 'iq' || relays < 0) return answers;
    const pending = this.get(pendingRequests);
    if (isRequest(stanza)) {
      this.set(pendingRequests, remember(pending, stanza, this.row));
      return answers;
    }
    const settled = settle(pending, stanza);
    this.set(pendingRequests, settled.rest);
    return answers >= 0 ? answers : settled.row;
  }
}
const SENT = ['client/sent'];
const ROUTE = ['route'];
const TO_SESSION = ['to-session'];

const UNCONNECTED = { type: 'wait', text: 'Component unavailable' } as const;
export const ABSENT = rule(
  'xep-0114/3/not-connected',
  'XEP-0114 §3',
  'The service is not part of this server, and is not connected to it now: the sender may try again later.',
);

export const GONE = rule(
  'rfc-6120/10/nobody-there',
  'RFC 6120 §10',
  'This was for an address that has no stream here, and it is not something that may be answered by an error: it goes nowhere.',
);
