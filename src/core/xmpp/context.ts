/** The context of a handler, on top of what the kernel offers: addresses become links, sends become rows. */
import { parseJid, tryParseJid } from '../../base/jid.ts';
import { utf8Length } from '../../base/utf8.ts';
import { serialize } from '../../base/xml/codec.ts';
import { renamespace, type Element } from '../../base/xml/element.ts';
import type { Host, Rule } from '../kernel/model.ts';
import { dispatch } from './dispatch.ts';
import { errorOf, mayBounce } from './errors.ts';
import { rule, type Context, type Module, type StanzaEvent } from './module.ts';
import type { Party } from './network.ts';
import { pendingRequests, remember, settle } from './pending.ts';
import type { Router } from './router.ts';
import { read, type Root, type Slice } from './slice.ts';
import { isRequest, kindOf } from './stanza.ts';

/** What of the world does not change from event to event, for one party. */
export interface Surroundings {
  readonly party: Party;
  readonly modules: readonly Module[];
  readonly router: Router;
  streamNs(link: number): 'jabber:client' | 'jabber:server';
  root(): Root;
  keep(root: Root): void;
}

/** `row`: the stanza being handled, -1 when a timer is. */
export function createContext(host: Host, around: Surroundings, row: number): Context {
  const { party, modules } = around;

  const context: Context = {
    tick: host.tick,
    party,
    row,
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
      if (!send(session, stanza, why, relayed ? row : -1, -1)) context.decline(GONE);
    },
    wayTo(domain) {
      if (domain === party.name) return 'here';
      return party.links.has(domain) ? 'link' : 'none';
    },
    drop: (why) => (host.silence(party.index, why.id, true), true),
    decline: (why) => host.silence(party.index, why.id),
    fire: (names, event) => around.router.fire(context, names, event),
    decorate: (name, event) => (context.fire([name], event), event.stanza),
    show: (state) => host.show(party.index, state),
  };
  return context;

  function set<T>(slice: Slice<T>, value: T): void {
    if (value !== context.get(slice)) around.keep({ ...around.root(), [slice.key]: value });
  }

  /** To where the stanza is addressed: up the stream for a client; a session, this host itself or another one for a host. */
  function route(stanza: Element, why: Rule, relays: number, answers: number): void {
    if (party.place === 'client') {
      send(party.jid.domain, stanza, why, relays, answers);
      return;
    }
    const address = stanza.attrs['to'];
    const to = address === undefined ? undefined : tryParseJid(address);
    if (to === undefined) context.decline(GONE);
    else if (to.domain !== party.name) {
      if (!send(to.domain, stanza, why, relays, answers)) context.decline(GONE);
    } else if (!send(address ?? '', stanza, why, relays, answers)) {
      const event: StanzaEvent = { stanza, to, from: parseJid(stanza.attrs['from'] ?? party.name) };
      if (!dispatch(context, event)) context.decline(GONE);
    }
  }

  /** Down the link that leads to this domain or session; `false` where there is none. */
  function send(key: string, stanza: Element, why: Rule, relays: number, answers: number): boolean {
    const link = party.links.get(key);
    if (link === undefined) return false;
    const ns = around.streamNs(link);
    const sent = renamespace(stanza, stanza.ns, ns);
    host.send({
      link,
      kind: kindOf(sent),
      stanza: sent,
      bytes: utf8Length(serialize(sent, ns)),
      rule: why.id,
      relays,
      answers: answerTo(sent, relays, answers),
    });
    return true;
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

export const GONE = rule(
  'rfc-6120/10/nobody-there',
  'RFC 6120 §10',
  'This was for an address that has no stream here, and it is not something that may be answered by an error: it goes nowhere.',
);
