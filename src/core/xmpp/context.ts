/** The context of a handler, on top of what the kernel offers: addresses become links, sends become rows. */
import { sha256 } from '@noble/hashes/sha2.js';
import { base64 } from '../../base/base64.ts';
import { parseJid, tryParseJid } from '../../base/jid.ts';
import { utf8 } from '../../base/utf8.ts';
import { renamespace, type Element } from '../../base/xml/element.ts';
import type { Host, Rule } from '../kernel/model.ts';
import { dispatch } from './dispatch.ts';
import { errorOf, mayBounce } from './errors.ts';
import { rule, type Context, type Module, type StanzaEvent } from './module.ts';
import type { Party, Way } from './network.ts';
import { pendingRequests, remember, settle } from './pending.ts';
import type { Router } from './router.ts';
import { sessionAt } from './server/sessions.ts';
import { streamOn } from './server/streams.ts';
import { read, store, stored, type Root, type Slice } from './slice.ts';
import { isRequest, isStanza } from './stanza.ts';
import { kindOfItem, wireLength, type StreamNs } from './wire.ts';

/** What of the world does not change from event to event, for one party. */
export interface Surroundings {
  readonly party: Party;
  readonly seed: string;
  readonly profile: 'prosody' | 'rfc';
  readonly modules: readonly Module[];
  readonly router: Router;
  /** Code of a module's timer. */
  timerCode(name: string): number;
  way(link: number): Way;
  streamNs(link: number): StreamNs;
  root(): Root;
  keep(root: Root): void;
}

/** Stored, because no identifier is ever made twice. */
const made = store<Readonly<Record<string, number>>>('made', {});

/** `row`: the stanza being handled, -1 when a timer is. */
export function createContext(host: Host, around: Surroundings, row: number): Context {
  const { party, modules } = around;

  const context: Context = {
    tick: host.tick,
    party,
    row,
    profile: around.profile,
    modules,
    get: (slice) => read(around.root(), slice),
    set,
    originate: (stanza, why) => route(stanza, why, -1, -1),
    forward: (stanza, why, answers = -1) => route(stanza, why, row, answers),
    reply: (stanza, why) => (route(stanza, why, -1, row), true),
    bounce(stanza, condition, why, details) {
      return mayBounce(stanza) ? context.reply(errorOf(stanza, condition, details), why) : context.drop(why);
    },
    deliver(session, stanza, why, relayed = true) {
      if (!toSession(session, stanza, why, relayed ? row : -1, -1)) context.decline(GONE);
    },
    put,
    wayTo(domain) {
      if (domain === party.name) return 'here';
      if (party.links.has(domain)) return 'link';
      return party.routes.size > 0 ? 'route' : 'none';
    },
    later: (delay, timer, argument = 0) => host.timer(party.index, delay, around.timerCode(timer), argument),
    makeId,
    drop: (why) => (host.silence(party.index, why.id, true), true),
    decline: (why) => host.silence(party.index, why.id),
    fire: (names, event) => around.router.fire(context, names, event),
    decorate: (name, event) => (context.fire([name], event), event.stanza),
    forget: () => around.keep(stored(around.root())),
    show: (state) => host.show(party.index, state),
  };
  return context;

  function set<T>(slice: Slice<T>, value: T): void {
    if (value !== context.get(slice)) around.keep({ ...around.root(), [slice.key]: value });
  }

  function makeId(purpose: string): string {
    const counts = context.get(made);
    const count = (counts[purpose] ?? 0) + 1;
    set(made, { ...counts, [purpose]: count });
    const digest = sha256(utf8(`${around.seed}/${party.name}/${purpose}/${count}`));
    return base64(digest.subarray(0, 15)).replaceAll('+', '-').replaceAll('/', '_');
  }

  /** To where the stanza is addressed: up the stream for a client; a session, this host itself or another one for a host. */
  function route(stanza: Element, why: Rule, relays: number, answers: number): void {
    if (party.place === 'client') {
      toDomain(party.jid.domain, stanza, why, relays, answers);
      return;
    }
    const address = stanza.attrs['to'];
    const to = address === undefined ? undefined : tryParseJid(address);
    if (to === undefined) context.decline(GONE);
    else if (to.domain !== party.name) {
      const from = parseJid(stanza.attrs['from'] ?? party.name);
      if (toDomain(to.domain, stanza, why, relays, answers)) return;
      // Where no stream is up, one has to be opened first.
      if (!context.fire(['route'], { stanza, to, from, why, relays, answers: answerTo(stanza, relays, answers) })) context.decline(GONE);
    } else if (!toSession(address ?? '', stanza, why, relays, answers)) {
      const event: StanzaEvent = { stanza, to, from: parseJid(stanza.attrs['from'] ?? party.name) };
      if (!dispatch(context, event)) context.decline(GONE);
    }
  }

  function toDomain(domain: string, stanza: Element, why: Rule, relays: number, answers: number): boolean {
    const link = party.links.get(domain);
    if (link === undefined) return false;
    // An external service may not be there yet, or any more.
    if (around.way(link).external === true && (streamOn(context, link)?.user ?? '') === '') {
      if (mayBounce(stanza) && party.place === 'server') route(errorOf(stanza, 'service-unavailable', UNCONNECTED), ABSENT, -1, relays);
      else context.decline(ABSENT);
      return true;
    }
    put(link, stanza, why, relays, answerTo(stanza, relays, answers));
    return true;
  }

  /** Down the stream of one of the server's own sessions; modules may hold it back, or add to it. `false` where there is none. */
  function toSession(full: string, stanza: Element, why: Rule, relays: number, answers: number): boolean {
    const session = sessionAt(context, full);
    if (!session) return false;
    const answered = answerTo(stanza, relays, answers);
    const from = tryParseJid(stanza.attrs['from'] ?? '') ?? party.jid;
    const event: StanzaEvent = { stanza, to: parseJid(full), from, session: full, why, relays, answers: answered };
    if (!context.fire(['to-session'], event)) put(session.link, event.stanza, why, relays, answered);
    return true;
  }

  function put(link: number, item: Element, why: Rule, relays = -1, answers = -1): void {
    const ns = around.streamNs(link);
    const sent = isStanza(item) ? renamespace(item, item.ns, ns) : item;
    const bytes = wireLength(sent, ns, around.way(link).transport);
    host.send({ link, kind: kindOfItem(sent), stanza: sent, bytes, rule: why.id, relays, answers });
    // XEP-0198 counts what a client sends.
    if (party.place === 'client') context.fire(['client/sent'], { stanza: sent, to: party.jid, from: party.jid, why });
  }

  /** A reply that is passed on answers the request as it came here; a request that is passed on is remembered for that. */
  function answerTo(stanza: Element, relays: number, answers: number): number {
    if (stanza.name !== 'iq' || relays < 0) return answers;
    const pending = context.get(pendingRequests);
    if (isRequest(stanza)) {
      set(pendingRequests, remember(pending, stanza, row));
      return answers;
    }
    const settled = settle(pending, stanza);
    set(pendingRequests, settled.rest);
    return answers >= 0 ? answers : settled.row;
  }
}

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
