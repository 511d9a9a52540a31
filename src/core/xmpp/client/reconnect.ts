/**
 * A client whose connection was lost through no will of its own, and which comes back by itself: RFC 6120 §3.3. It waits for a while that nobody can foresee and
 * that grows from one attempt to the next, so that a server that comes up again is not run over; then it logs in as its scenario has it log in, resumes
 * its session if it can (XEP-0198 §5), and else joins its rooms again. Simplified: it waits up to five seconds at first and up to sixty later, where the
 * RFC has it choose between 0 and 60 at once. A client that its scenario has leave or be thrown out does not come back: only trouble by hand or by chance
 * brings this about.
 */
import type { Login } from '../../../protocol/scenario.ts';
import { el } from '../../../base/xml/element.ts';
import { parseJid } from '../../../base/jid.ts';
import { rule, type Context, type Module } from '../module.ts';
import { NS } from '../namespaces.ts';
import { power } from '../server/power.ts';
import { slice } from '../slice.ts';
import { connect } from './login.ts';
import { ownPresence } from './own-presence.ts';
import { joinedRooms } from './rooms.ts';
import { clientStream, ownJid, sendUp } from './stream.ts';

const FIRST_WINDOW = 5;
const LONGEST_WINDOW = 60;

interface Return extends Belongings {
  /** Attempts so far. */
  readonly tries: number;
  /** It is down since the last time that it was up, and an attempt is planned. */
  readonly planned: boolean;
}
/** Absent: it does not come back by itself. */
const comesBack = slice<Return | undefined>('comes-back', undefined);

const rules = {
  waits: rule(
    'rfc-6120/3.3/reconnect',
    'RFC 6120 §3.3',
    'The connection was lost. The client will connect again, after a time that nobody can foresee, so that not all come back at once.',
  ),
  rejoin: rule(
    'xep-0045/7.2/again',
    'XEP-0045 §7.2',
    'The session is a new one, so the room no longer has this occupant: the client joins again under its old nick.',
  ),
};

/** As its scenario says; where it does not, with what it had. */
function loginAgain(context: Context): Login {
  const scripted = context.party.acts.findLast((act) => act.do === 'connect' && act.at <= context.tick);
  const wasThere = context.get(ownPresence).available;
  const login: Login = scripted?.do === 'connect' ? scripted : wasThere ? { roster: true } : {};
  return wasThere && login.presence === undefined ? { ...login, presence: '' } : login;
}

/** From now on it comes back. */
export function willComeBack(context: Context): void {
  if (!context.get(comesBack)) context.set(comesBack, { tries: 0, planned: false, login: {}, rooms: [] });
}

/** Its connection is gone, or could not be opened. @param wasUp it had a session on it. */
export function planReturn(context: Context, wasUp: boolean): void {
  const before = context.get(comesBack);
  if (!before || before.planned) return;
  const now = wasUp ? belongings(context) : {};
  const window = Math.min(LONGEST_WINDOW, FIRST_WINDOW << Math.min(before.tries, 4));
  context.set(comesBack, { ...before, ...now, tries: before.tries + 1, planned: true });
  context.decline(rules.waits);
  context.later(Math.round((1 + chance(context) * (window - 1)) * context.second), 'reconnect');
}

/** From 0 to 1, another one each time. */
function chance(context: Context): number {
  let sum = 0;
  for (const character of context.makeId('reconnect').slice(0, 8)) sum = (sum * 64 + character.charCodeAt(0)) % 1_000_003;
  return sum / 1_000_003;
}

/** What a client needs to come back as it was: its login, and the rooms that it was in. */
export interface Belongings {
  readonly login: Login;
  readonly rooms: readonly string[];
}
export const belongings = (context: Context): Belongings => ({
  login: loginAgain(context),
  rooms: context
    .get(joinedRooms)
    .filter((room) => room.in)
    .map(({ jid, nick }) => `${jid}/${nick}`),
});
/** Now, as it was. */
export function returnWith(context: Context, { login, rooms }: Belongings): void {
  context.set(comesBack, { tries: 0, planned: false, login, rooms });
  connect(context, { ...login, resume: true });
}

function comeBack(context: Context): void {
  const plan = context.get(comesBack);
  if (!plan?.planned) return;
  context.set(comesBack, { ...plan, planned: false });
  const { phase } = context.get(clientStream);
  if (context.get(power) === 'down' || (phase !== 'closed' && phase !== 'none')) return;
  connect(context, { ...plan.login, resume: true });
}

/** What was lost with the old session. */
function rejoin(context: Context): false {
  const plan = context.get(comesBack);
  if (!plan) return false;
  context.set(comesBack, { ...plan, tries: 0, rooms: [] });
  if (plan.rooms.length === 0) return false;
  context.set(joinedRooms, []);
  for (const address of plan.rooms) {
    const stanza = el('presence', NS.client, { to: address }, el('x', NS.muc));
    sendUp(context, context.decorate('sent-presence', { stanza, to: parseJid(address), from: ownJid(context) }), rules.rejoin);
  }
  return false;
}

export const clientReconnect: Module = {
  id: 'rfc-6120-reconnect',
  title: 'Coming back after a lost connection',
  spec: 'RFC 6120',
  version: '2011-03',
  places: ['client'],
  rules,
  timers: [{ name: 'reconnect', summary: 'connects again', run: comeBack }],
  hooks: [
    { event: 'client/logged-in', run: rejoin },
    {
      event: 'client/resumed',
      run(context) {
        const plan = context.get(comesBack);
        if (plan) context.set(comesBack, { ...plan, tries: 0, rooms: [] });
        return false;
      },
    },
  ],
};
