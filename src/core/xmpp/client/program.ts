/** What a client means to do, as the scenario writes it: each act is one stanza, made and checked before the run begins. */
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
import { presenceRules } from './own-presence.ts';
import { roomRules } from './rooms.ts';

/** Codes from here on are acts; smaller ones are left for timers of modules. */
const FIRST_ACT = 256;

export interface Step {
  readonly at: number;
  readonly stanza: Element;
  readonly rule: Rule;
}

export const SCRIPTED = rule('scenario/script', 'the scenario', 'The scenario has the client send this, word for word.');

export function programOf(client: string, acts: readonly ClientAct[]): readonly Step[] {
  return acts.map((act, i) => {
    try {
      const step = { at: act.at, ...stanzaOf(act) };
      // What cannot be written is found now, not in the middle of the run.
      serialize(step.stanza);
      return step;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError({ ...error.problem, message: `${client}, act ${i + 1} (${act.do}): ${error.problem.message}` });
    }
  });
}

/** The delay until an act, and the code that its timer carries. */
export function timerOf(steps: readonly Step[], index: number, now: number): { readonly delay: number; readonly code: number } | undefined {
  const step = steps[index];
  return step && { delay: step.at - now, code: FIRST_ACT + index };
}

export function stepOf(steps: readonly Step[], code: number): { readonly index: number; readonly step: Step } | undefined {
  const index = code - FIRST_ACT;
  const step = steps[index];
  return step && { index, step };
}

export function perform(context: Context, { stanza, rule: why }: Step): void {
  const to: Jid = tryParseJid(stanza.attrs['to'] ?? '') ?? { ...context.party.jid, resource: '' };
  context.fire([`sent-${stanza.name}`], { stanza, to, from: context.party.jid });
  context.originate(stanza, why);
}

export function describeStep(step: Step): string {
  const summary = summaryOf(step.stanza);
  return summary.startsWith('joins ') ? summary : `sends ${summary}`;
}

function stanzaOf(act: ClientAct): { readonly stanza: Element; readonly rule: Rule } {
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
