/**
 * The client's program that takes part in gossip over XMPP: XEP-0009 2.2.0 (https://xmpp.org/extensions/xep-0009.html) in `iq`s, RFC 6120 §8.2.3.
 * It knows no algorithm: what comes is read and handed on, and what came of it is answered. State is with `xmpp.ts`, beside that of the XMPP world.
 * Simplified: whom a call is accepted from is the list of who takes part, not a roster (§5 leaves it open); no algorithm answers by a
 * fault, and a call that is answered by one has failed.
 */
import { formatJid } from '../../base/jid.ts';
import { elements, type Element } from '../../base/xml/element.ts';
import type { Rule } from '../kernel/model.ts';
import { clientStream } from '../xmpp/client/stream.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../xmpp/module.ts';
import { AGENT } from './homes.ts';
import { isFault, readCall, readResponse, type Call, type Response } from './xep0009-read.ts';
import { RPC } from './xep0009.ts';

export const agentRules = {
  acknowledged: rule(
    'xep-0009/2/acknowledged',
    'RFC 6120 §8.2.3, XEP-0009 §2',
    'The algorithm answers nothing, but an iq of type set must be answered: this empty result is the transport’s, and is not counted among the algorithm’s messages.',
  ),
  unreadable: rule(
    'xep-0009/4/bad-request',
    'XEP-0009 §4, RFC 6120 §8.3.3.1',
    'This is no call as the algorithm’s clients make them: it comes back with bad-request.',
  ),
  unknown: rule(
    'xep-0009/4/item-not-found',
    'XEP-0009 §4, RFC 6120 §8.3.3.7',
    'The algorithm has no method of this name: the call comes back with item-not-found.',
  ),
  stranger: rule(
    'xep-0009/4/forbidden',
    'XEP-0009 §4',
    'The caller does not take part in this gossip: its call comes back with forbidden.',
  ),
  odd: rule(
    'xep-0009/2/odd-response',
    'XEP-0009 §2',
    'This answers one of the client’s calls, but is no response that can be read. It is ignored.',
  ),
  fault: rule(
    'xep-0009/2/fault',
    'XEP-0009 §2',
    'The response is a fault: whoever was called could not do it. It comes as a result, as faults are the methods’ and not the transport’s, and the call has failed.',
  ),
  bounced: rule(
    'rpc/failed',
    'RFC 6120 §8.3.3.19',
    'The call came back as an error, because nobody is there to take it in. Its caller learns that it has failed, without waiting for its time-out.',
  ),
} satisfies Record<string, Rule>;

/** What stands behind the agent. A number is the one in a call's id. */
export interface Taking {
  isPeer(address: string): boolean;
  knows(method: string): boolean;
  call(context: Context, from: string, id: number, call: Call): void;
  /** The client asked this of that address, and has no answer yet. */
  awaits(context: Context, from: string, id: number): boolean;
  /** @param response none: the empty acknowledgement. */
  answered(context: Context, id: number, response: Response | undefined): void;
  failed(context: Context, id: number): void;
  /** The client may be at work now, if it was not. */
  bound(context: Context): void;
}

/** Where nothing runs: for the picture. */
export const idleAgent: Module = {
  id: AGENT,
  title: 'Gossip',
  spec: 'XEP-0009',
  version: '2.2.0',
  places: ['client'],
  features: [RPC],
  rules: agentRules,
  hooks: [],
};

export function gossipAgent(taking: Taking): Module {
  return {
    ...idleAgent,
    hooks: [
      { event: `iq-set/client/${RPC}:query`, run: (context, event) => called(taking, context, event) },
      // Before the client’s own requests are looked at.
      { event: 'iq/client', priority: 10, run: (context, event) => answered(taking, context, event) },
      {
        event: 'client/received',
        run(context) {
          if (context.get(clientStream).phase === 'bound') taking.bound(context);
          return false;
        },
      },
    ],
  };
}

function called(taking: Taking, context: Context, { stanza, from }: StanzaEvent): boolean {
  const sender = formatJid(from);
  if (!taking.isPeer(sender)) return context.bounce(stanza, 'forbidden', agentRules.stranger);
  const call = readCall(stanza);
  const id = numberIn(stanza);
  if (call === undefined || id < 0) return context.bounce(stanza, 'bad-request', agentRules.unreadable);
  if (!taking.knows(call.name)) return context.bounce(stanza, 'item-not-found', agentRules.unknown);
  taking.call(context, sender, id, call);
  return true;
}

function answered(taking: Taking, context: Context, { stanza, from }: StanzaEvent): boolean {
  const { type } = stanza.attrs;
  const id = numberIn(stanza);
  if ((type !== 'result' && type !== 'error') || id < 0 || !taking.awaits(context, formatJid(from), id)) return false;
  if (type === 'error' || isFault(stanza)) {
    context.decline(type === 'error' ? agentRules.bounced : agentRules.fault);
    taking.failed(context, id);
    return true;
  }
  const response = readResponse(stanza);
  if (response === undefined && elements(stanza).length > 0) return context.drop(agentRules.odd);
  taking.answered(context, id, response);
  return true;
}

/** Ids of calls are a letter and the number of the message; -1 for any other. */
const numberIn = ({ attrs }: Element): number => {
  const found = /^g(\d{1,10})$/.exec(attrs['id'] ?? '');
  return found ? Number(found[1]) : -1;
};
