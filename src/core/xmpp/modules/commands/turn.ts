/**
 * One turn of a command: what is asked, what is wrong with that, what comes of it. XEP-0050 1.3.0 §2.4 executing, §3.3 sessions, §3.4 actions, §3.5.1 forms, §3.6 success, §4.4 errors.
 * Prosody carries on with whatever it is sent: it takes any session id and any action, by whomever; so do its servers here by that profile (`conflicts.ts`).
 * Simplified: one language, English (§3.7); no announcing of lists (§2.3); payloads are forms and notes.
 */
import { formatJid } from '../../../../base/jid.ts';
import { el, elements, withChildren, type Element } from '../../../../base/xml/element.ts';
import { errorOf, type Condition } from '../../errors.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import { form, formIn, valuesOf } from '../muc/forms.ts';
import { COMMANDS, commandSessions, type Answers, type Command, type CommandSession, type Finished } from './contract.ts';
import { faultIn } from './fields.ts';
import { commandsOf, mayUse } from './offer.ts';
import { turnRules as rules } from './rules.ts';

/** How long a responder waits for its requester; how long is its own choice (§3.3). In seconds. */
const LIFETIME = 600;
/** Sessions that nobody goes on with are forgotten, the oldest first. */
const MOST = 64;

type Onward = 'prev' | 'next' | 'complete';
const ACTIONS: ReadonlySet<string> = new Set(['execute', 'cancel', 'prev', 'next', 'complete']);

/** Clients here follow the specification; so do servers by its profile. */
const isStrict = (context: Context): boolean => context.profile === 'rfc' || context.party.place === 'client';

interface Asked {
  readonly context: Context;
  readonly event: StanzaEvent;
  readonly command: Command;
  readonly action: string;
  readonly session: CommandSession | undefined;
  readonly form: Element | undefined;
}

export function turn(context: Context, event: StanzaEvent): boolean {
  const payload = payloadOf(event.stanza);
  const { node, sessionid, action = 'execute' } = payload?.attrs ?? {};
  const command = commandsOf(context).find((c) => c.node === node);
  // What nobody knows is answered as any request that nobody knows.
  if (!payload || !command) return isStrict(context) && context.bounce(event.stanza, 'item-not-found', rules.unknown);
  if (!mayUse(context, command, event.from)) return forbid(context, event, command);
  const session = context.get(commandSessions).find((s) => s.id === sessionid);
  const asked: Asked = { context, event, command, action, session, form: formIn(payload) };
  if (!isStrict(context)) return carriedOn(asked, sessionid);
  const wrong = wrongWith(asked, payload);
  if (!wrong) return carriedOn(asked, undefined);
  if (wrong.app === 'session-expired') end(context, sessionid);
  return refuse(asked, wrong.condition, wrong.app);
}

interface Wrong {
  readonly condition: Condition;
  readonly app: string;
}
/** §4.4, in the order of its table. */
function wrongWith({ context, event, command, action, session }: Asked, payload: Element): Wrong | undefined {
  const bad = (app: string): Wrong => ({ condition: 'bad-request', app });
  const { sessionid, 'xml:lang': lang } = payload.attrs;
  if (!ACTIONS.has(action)) return bad('malformed-action');
  if (lang !== undefined && !/^en\b/i.test(lang)) return bad('bad-locale');
  const isOwn = session?.by === formatJid(event.from) && session.node === command.node;
  if (sessionid !== undefined && !isOwn) return bad('bad-sessionid');
  if (session && context.tick - session.since > LIFETIME * context.second) return { condition: 'not-allowed', app: 'session-expired' };
  if (!session) return action === 'execute' ? undefined : bad('bad-action');
  const isOffered = action === 'execute' || action === 'cancel' || offered(context, command, session.stage).some((a) => a === action);
  return isOffered ? undefined : bad('bad-action');
}

/** What a stage may be answered by, that which `execute` stands for last. */
function offered(context: Context, { stages }: Command, at: number): readonly Onward[] {
  // Prosody offers both, of which one is all that can be meant.
  if (stages.length === 1) return isStrict(context) ? ['complete'] : ['next', 'complete'];
  const isLast = at === stages.length - 1;
  const on: Onward[] = isLast ? ['complete'] : stages[at]?.mayComplete === true ? ['complete', 'next'] : ['next'];
  return at > 0 ? ['prev', ...on] : on;
}

/** @param given a session id that is taken as it comes. */
function carriedOn(asked: Asked, given: string | undefined): true {
  const { context, command, action, session } = asked;
  const id = session?.id ?? given ?? context.makeId('command');
  if (command.stages.length === 0) return finished(asked, id, {});
  if (!session && !asked.form) return shown(asked, id, 0, {});
  if (action === 'cancel') {
    end(context, id);
    return answered(asked, id, 'canceled', []);
  }
  const at = session?.stage ?? 0;
  const before = session?.answers ?? {};
  const onward = command.stages.length === 1 ? 'complete' : action === 'execute' ? offered(context, command, at).at(-1) : action;
  if (onward === 'prev') return shown(asked, id, at - 1, before);
  const now: Answers = { ...before, ...Object.fromEntries(asked.form ? valuesOf(asked.form) : []) };
  const fault = faultIn(command.stages[at]!.fields(before), now);
  if (fault !== undefined) {
    if (isStrict(context)) return refuse(asked, 'bad-request', 'bad-payload', fault);
    end(context, id);
    return answered(asked, id, 'completed', noted({ type: 'error', text: fault }));
  }
  return onward === 'next' ? shown(asked, id, at + 1, now) : finished(asked, id, now);
}

function shown(asked: Asked, id: string, at: number, answers: Answers): true {
  const { context, event, command } = asked;
  const stage = command.stages[at]!;
  const kept = { id, node: command.node, by: formatJid(event.from), stage: at, answers, since: context.tick };
  context.set(commandSessions, [...context.get(commandSessions).filter((s) => s.id !== id), kept].slice(-MOST));
  const allowed = offered(context, command, at);
  const order = (['prev', 'next', 'complete'] as const).filter((a) => allowed.includes(a));
  const actions = el('actions', COMMANDS, { execute: allowed.at(-1) }, ...order.map((a) => el(a, COMMANDS)));
  return answered(asked, id, 'executing', [actions, form('form', stage.type, stage.fields(answers), stage.title, stage.instructions)]);
}

function finished(asked: Asked, id: string, answers: Answers): true {
  const { context, event, command } = asked;
  end(context, id);
  const { form: result, note } = command.finish(context, event, answers);
  return answered(asked, id, 'completed', [...(result ? [result] : []), ...noted(note)]);
}

const noted = (note: Finished['note']): readonly Element[] => (note ? [el('note', COMMANDS, { type: note.type }, note.text)] : []);

function answered({ context, event, command }: Asked, sessionid: string, status: keyof typeof REPLIES, content: readonly Element[]): true {
  const reply = el('command', COMMANDS, { node: command.node, sessionid, status }, ...content);
  return context.reply(resultOf(event.stanza, reply), REPLIES[status]);
}
const REPLIES = { executing: rules.stage, completed: rules.completed, canceled: rules.canceled };

function end(context: Context, id: string | undefined): void {
  const all = context.get(commandSessions);
  if (all.some((s) => s.id === id))
    context.set(
      commandSessions,
      all.filter((s) => s.id !== id),
    );
}

function refuse({ context, event }: Asked, condition: Condition, app: string, text?: string): true {
  return context.bounce(event.stanza, condition, rules[app === 'session-expired' ? 'expired' : 'bad'], {
    app: el(app, COMMANDS),
    ...(text !== undefined && { text }),
  });
}

/** Prosody adds what would have been the answer, behind the error. */
function forbid(context: Context, { stanza }: StanzaEvent, { node }: Command): true {
  const text = "You don't have permission to execute this command";
  const error = errorOf(stanza, 'forbidden', { text });
  if (isStrict(context)) return context.reply(error, rules.forbidden);
  const canceled = el('command', COMMANDS, { node, status: 'canceled' }, ...noted({ type: 'error', text }));
  return context.reply(withChildren(error, [...elements(error), canceled]), rules.forbidden);
}
