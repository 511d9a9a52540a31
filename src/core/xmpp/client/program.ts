/** What a client means to do, as the scenario writes it: acts are checked, and their stanzas made, before the run begins. */
import { parseJid, tryParseJid, type Jid } from '../../../base/jid.ts';
import { InputError } from '../../../base/result.ts';
import { parseXml, serialize } from '../../../base/xml/codec.ts';
import { el, type Element } from '../../../base/xml/element.ts';
import type { ClientAct } from '../../../protocol/scenario.ts';
import type { Rule } from '../../kernel/model.ts';
import { rule, type Context } from '../module.ts';
import { NS } from '../namespaces.ts';
import { summaryOf } from '../read.ts';
import { isStanza } from '../stanza.ts';
import { CLOSE, END, RESET, textItem } from '../wire.ts';
import { connect } from './login.ts';
import { presenceRules } from './own-presence.ts';
import { roomRules } from './rooms.ts';
import { changeStream, clientStream, clientStreamRules, dropConnection, ownJid, sendHeader, sendTyped, sendUp } from './stream.ts';
import { expand, type Values } from './templates.ts';

export interface Step {
  readonly at: number;
  readonly act: ClientAct;
  /** Of an act that is one stanza. */
  readonly stanza?: Element;
  readonly rule: Rule;
}

export const SCRIPTED = rule('scenario/script', 'the scenario', 'The scenario has the client send this, word for word.');

export function programOf(client: string, acts: readonly ClientAct[]): readonly Step[] {
  return acts.map((act, i) => {
    try {
      const made = stanzaOf(act);
      // What cannot be written is found now, not in the middle of the run.
      if (made) serialize(made.stanza);
      return { at: act.at, act, rule: SCRIPTED, ...made };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError({ ...error.problem, message: `${client}, act ${i + 1} (${act.do}): ${error.problem.message}` });
    }
  });
}

/** @param values of templates: what other clients have bound and what was saved. */
export function perform(context: Context, step: Step, values: Values): void {
  const { act, rule: why } = step;
  const stanza = act.do === 'send' && act.xml.includes('{{') ? completed(act.xml, values) : step.stanza;
  if (stanza) {
    const to: Jid = tryParseJid(stanza.attrs['to'] ?? '') ?? { ...context.party.jid, resource: '' };
    // Habits of the client may add to it.
    const sent = context.decorate(`sent-${stanza.name}`, { stanza, to, from: ownJid(context) });
    sendUp(context, sent, why);
    return;
  }
  switch (act.do) {
    case 'connect':
      return connect(context, act);
    case 'open':
      return connect(context, undefined);
    case 'header':
      return act.text === undefined ? sendHeader(context) : sendUp(context, textItem(expand(act.text, values)), why);
    case 'type':
      return sendTyped(context, expand(act.text, values), why);
    case 'close':
      return sendUp(context, END, clientStreamRules.end);
    case 'kill':
    case 'reset':
      return dropConnection(context, act.do === 'kill' ? CLOSE : RESET);
    case 'save':
      return save(context, act);
    default:
      // What modules do: SASL, TLS.
      context.fire([`act/${act.do}`], { stanza: el('act', '', {}), to: ownJid(context), from: ownJid(context), act });
  }
}

/** A stanza with what was saved in its place; where that makes none of it, as it was written. */
function completed(xml: string, values: Values): Element {
  try {
    return parseXml(expand(xml, values), NS.client);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return parseXml(xml, NS.client);
  }
}

function save(context: Context, { pattern, variable }: Extract<ClientAct, { do: 'save' }>): void {
  const { received, variables } = context.get(clientStream);
  const wanted = patternOf(pattern);
  let value = '?unsaved?';
  for (let r = received; r; r = r.before) {
    const found = wanted.exec(r.text);
    if (!found) continue;
    value = found[1] ?? found[0];
    break;
  }
  changeStream(context, { variables: { ...variables, [variable]: value } });
}

export function describeStep({ act, stanza }: Step): string {
  if (!stanza) return ACTS[act.do] ?? act.do;
  const summary = summaryOf(stanza);
  return summary.startsWith('joins ') ? summary : `sends ${summary}`;
}
const ACTS: Readonly<Record<string, string>> = {
  connect: 'logs in',
  open: 'connects',
  header: 'begins a stream',
  scram: 'authenticates by SCRAM',
  tls: 'shakes hands for TLS',
  type: 'types',
  save: 'keeps what came',
  close: 'ends its stream',
  kill: 'drops its connection',
  reset: 'resets its connection',
};

function stanzaOf(act: ClientAct): { readonly stanza: Element; readonly rule: Rule } | undefined {
  switch (act.do) {
    case 'presence': {
      const content = [textChild('show', act.show), textChild('status', act.status)].flat();
      return { stanza: el('presence', NS.client, {}, ...content), rule: presenceRules.announce };
    }
    case 'join':
      return { stanza: el('presence', NS.client, { to: occupant(act.room, act.nick) }, el('x', NS.muc)), rule: roomRules.join };
    case 'say': {
      parseJid(act.room);
      const attrs = { to: act.room, type: 'groupchat', id: act.id };
      return { stanza: el('message', NS.client, attrs, ...textChild('body', act.body)), rule: roomRules.say };
    }
    case 'leave': {
      const attrs = { to: occupant(act.room, act.nick), type: 'unavailable' };
      return { stanza: el('presence', NS.client, attrs, ...textChild('status', act.status)), rule: roomRules.leave };
    }
    case 'send': {
      const stanza = parseXml(act.xml, NS.client);
      if (!isStanza(stanza)) throw new InputError(`<${stanza.name}/> is no stanza: message, presence or iq is.`);
      return { stanza, rule: SCRIPTED };
    }
    case 'save':
      patternOf(act.pattern);
      return undefined;
    default:
      return undefined;
  }
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new InputError(`the pattern is none: ${(error as Error).message}`);
  }
}

function occupant(room: string, nick: string): string {
  const address = `${room}/${nick}`;
  parseJid(address);
  return address;
}

function textChild(name: string, text: string | undefined): Element[] {
  return text === undefined ? [] : [el(name, NS.client, {}, text)];
}
