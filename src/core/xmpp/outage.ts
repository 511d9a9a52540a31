/**
 * A party that is made to crash, or to come up again, while the run is under way. A host does as in its scenario's acts (`modules/rfc6120-hosts.ts`). Of a
 * client the process dies: its operating system closes the connection, and what it had in memory is gone. When it is started again it logs in as its
 * scenario has it log in, or by itself with roster and presence if it had been available, and joins the rooms that it was in, as clients do that keep
 * bookmarks (XEP-0402 §4). Simplified: these are its own notes and no PEP node, and what its script has it do while it is down is left out, as if nobody sat
 * there. A client that only goes offline keeps its memory: in good order it ends its stream, else it is cut off and only itself knows.
 */
import { belongings, returnWith, type Belongings } from './client/reconnect.ts';
import { loseConnection } from './connections.ts';
import { clientStream, dropConnection } from './client/stream.ts';
import { rule, type Context } from './module.ts';
import { crashHost, startHost } from './modules/rfc6120-hosts.ts';
import { power } from './server/power.ts';
import { store } from './slice.ts';
import { Shown } from './states.ts';
import { CLOSE, END } from './wire.ts';

/** How it will log in again; stored, as a client's account settings and bookmarks are. */
const again = store<Belongings>('again', { login: {}, rooms: [] });

export const outageRules = {
  away: rule(
    'scenario/away',
    'the scenario',
    'The client is down, so what the scenario has it do now is left out. The rest of its script goes on if it is started again.',
  ),
  untyped: rule('console/away', 'the console', 'The client is down: it can send nothing.'),
};

/** Answers whether that is a change. */
export function setPower(context: Context, on: boolean): boolean {
  const isUp = context.get(power) === 'up';
  if (on === isUp) return false;
  if (context.party.place !== 'client') {
    if (on) startHost(context);
    else crashHost(context);
  } else if (on) startClient(context);
  else crashClient(context);
  return true;
}

function crashClient(context: Context): void {
  const kept = belongings(context);
  const { phase } = context.get(clientStream);
  if (phase !== 'none') dropConnection(context, CLOSE);
  context.forget();
  context.set(again, kept);
  context.set(power, 'down');
  context.show(Shown.offline);
}

function startClient(context: Context): void {
  context.set(power, 'up');
  returnWith(context, context.get(again));
}

/** A client goes offline. @param orderly it ends its stream; else its network is gone. False where it is not online. */
export function leave(context: Context, orderly: boolean): boolean {
  if (context.get(power) === 'down' || context.get(clientStream).phase !== 'bound') return false;
  context.set(again, belongings(context));
  if (orderly) dropConnection(context, END);
  else loseConnection(context);
  context.show(Shown.offline);
  return true;
}
/** It is online again, if nobody has brought it back before. */
export function join(context: Context): void {
  const { phase } = context.get(clientStream);
  if (context.get(power) !== 'down' && (phase === 'closed' || phase === 'none')) returnWith(context, context.get(again));
}
