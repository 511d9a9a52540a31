/** Answers `actions` and `compose`: what a client can be made to do at a moment, the stanza of it, and what came of what was done by hand before. */
import { InputError } from '../../base/result.ts';
import { child, elements, textOf, type Element } from '../../base/xml/element.ts';
import type { ActionOutcome, Actions, ActionsArgs, ComposeArgs, Composed } from '../../protocol/actions.ts';
import { EntityKind } from '../../protocol/scene.ts';
import { What } from '../kernel/journal.ts';
import { compose, described } from '../xmpp/actions/offer.ts';
import type { Deeds } from '../xmpp/actions/contract.ts';
import { NS } from '../xmpp/namespaces.ts';
import { commandOutcome } from '../xmpp/read-commands.ts';
import { summaryOf } from '../xmpp/read.ts';
import { isRequest, isStanza } from '../xmpp/stanza.ts';
import type { Run } from './run.ts';

/** What is sent later than this many stanzas after it is not looked through for an answer. */
const FAR = 50_000;
/** The latest; earlier ones are in the event list. */
const MOST_OUTCOMES = 5;

export function deedsAt(run: Run, { entity, ordinal }: ActionsArgs): readonly Deeds[] {
  const { jid, kind } = run.world.stage.entities;
  if (kind[entity] !== EntityKind.client && kind[entity] !== EntityKind.node) {
    const message = `Only a client or a node can be made to do something, and ${jid[entity] ?? `entity ${entity}`} is none.`;
    throw new InputError({ message, hint: 'Select a client.' });
  }
  return run.at(Math.min(ordinal, run.journal.eventCount)).deeds?.(entity, run.interventions.length) ?? [];
}

export function actionsOf(run: Run, args: ActionsArgs): Actions {
  return { groups: described(deedsAt(run, args)), outcomes: outcomesOf(run, args) };
}

export const composed = (run: Run, { action, values, ...at }: ComposeArgs): Composed => compose(deedsAt(run, at), action, values);

/** Of what this client sent by hand up to the moment. */
function outcomesOf(run: Run, { entity, ordinal }: ActionsArgs): readonly ActionOutcome[] {
  const rows = new Map(run.journal.touched.done.map((done) => [done.index, done.ordinal]));
  const outcomes: ActionOutcome[] = [];
  run.interventions.forEach((done, i) => {
    const at = rows.get(i);
    if (done.do.type !== 'inject' || done.do.entity !== entity || at === undefined || at > ordinal) return;
    const [first, end] = run.journal.sentBy(at);
    for (let id = first; id < end; id++) {
      const stanza = run.journal.stanzas.get(id);
      if (stanza && isStanza(stanza)) outcomes.push({ after: done.after, sent: inShort(stanza), ...answerTo(run, id, stanza, entity) });
    }
  });
  return outcomes.slice(-MOST_OUTCOMES).toReversed();
}

/** `iq set, subscribe` says more than the namespace of its payload. */
function inShort(stanza: Element): string {
  const said = summaryOf(stanza);
  const payload = said.startsWith('iq ') ? elements(stanza)[0] : undefined;
  if (!payload) return said;
  const inner = elements(payload)[0];
  const ns = payload.ns.replace(/^.*[/:](?=[^/:]+$)/, '');
  const what = inner && inner.name !== 'item' ? inner.name : payload.name;
  return `iq ${stanza.attrs['type']}, ${what === 'x' ? 'form' : what}${ns === what || ns === '0' ? '' : ` (${ns})`}`;
}

/** Looks along the effects of the stanza for the one that tells its sender what came of it. */
function answerTo(run: Run, sent: number, stanza: Element, entity: number): Omit<ActionOutcome, 'after' | 'sent'> {
  const { messages, stanzas, events } = run.journal;
  const caused = new Set([sent]);
  const last = Math.min(run.journal.messageCount, sent + FAR);
  for (let id = sent + 1; id < last; id++) {
    const cause = messages.trigger.get(id);
    const follows = cause !== 0 && events.what.get(cause - 1) === What.arrival && caused.has(events.subject.get(cause - 1));
    // What waited for a stream is sent on when that is up: something else sets it off, but it is what it carries on.
    if (!follows && !caused.has(messages.relays.get(id))) continue;
    caused.add(id);
    const came = stanzas.get(id);
    if (messages.to.get(id) === entity && came && tells(came, stanza)) return told(run, id, came);
  }
  if (isRequest(stanza)) return { state: 'waiting', text: 'No answer has come in this run.' };
  const text =
    stanza.attrs['type'] === 'groupchat' ? 'The room has not sent it back in this run.' : 'Nothing has to come back, and nothing has.';
  return { state: 'none', text };
}

/** The answer to a request; an error; a room's own copy, or its word that one is in or out. */
function tells(came: Element, sent: Element): boolean {
  if (came.name !== sent.name) return false;
  const same = came.attrs['id'] === sent.attrs['id'];
  if (came.name === 'iq') return same;
  if (came.attrs['type'] === 'error') return same || came.attrs['from'] === sent.attrs['to'];
  if (sent.attrs['type'] === 'groupchat') return same && came.attrs['type'] === 'groupchat';
  const x = child(came, 'x', NS.mucUser);
  return came.name === 'presence' && x !== undefined && elements(x).some((c) => c.name === 'status' && c.attrs['code'] === '110');
}

function told(run: Run, id: number, came: Element): Omit<ActionOutcome, 'after' | 'sent'> {
  const { journal, world } = run;
  // The rule is that of whoever wrote it, not of the servers that only carried it on.
  let origin = id;
  for (
    let before = id;
    before >= 0 && journal.stanzas.get(before)?.attrs['from'] === came.attrs['from'];
    before = journal.messages.relays.get(before)
  )
    origin = before;
  const rule = world.stage.rules.get(journal.ruleName(journal.messages.rule.get(origin)));
  const arrival = journal.arrivalOf(id);
  const where = {
    rule: rule?.text,
    source: rule?.source,
    target: { type: 'message', id } as const,
    ...(arrival > 0 && { ordinal: arrival }),
  };
  if (came.attrs['type'] === 'error') return { state: 'refused', text: refusal(came), ...where };
  if (came.name === 'message') return { state: 'done', text: 'The room has sent it back: it is said.', ...where };
  if (came.name === 'presence') {
    const gone = came.attrs['type'] === 'unavailable';
    return {
      state: 'done',
      text: gone ? 'The room has taken it: the old address is gone.' : 'The room has told that the client is in it.',
      ...where,
    };
  }
  return { state: 'done', text: commandOutcome(came) ?? 'It was answered by a result.', ...where };
}

/** The condition, and the words beside it. RFC 6120 §8.3. */
function refusal(came: Element): string {
  const error = child(came, 'error');
  const parts = error ? elements(error) : [];
  const condition = parts.find((c) => c.ns === NS.stanzas && c.name !== 'text')?.name ?? 'an error without a condition';
  const special = parts.find((c) => c.ns !== NS.stanzas)?.name;
  const words = parts.find((c) => c.ns === NS.stanzas && c.name === 'text');
  return `Refused: ${condition}${special === undefined ? '' : ` (${special})`}${words === undefined ? '' : `, “${textOf(words)}”`}.`;
}
