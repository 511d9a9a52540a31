/**
 * XEP-0352 Client State Indication 1.0.0 (2022-03-16, https://xmpp.org/extensions/xep-0352.html) §3 to §5. What a server does for an inactive client is its own choice; here it is what
 * Prosody does by its module `csi_simple`: presence, headlines and messages that say nothing are held, with the time, until something important leaves, the client
 * sends anything, or 256 have gathered. Then all of it goes, in order, and for five seconds nothing is held.
 * Simplified: a resumed session (XEP-0198) counts as active, as §5 of XEP-0352 wants; Prosody asks such a client less often for acknowledgements until it says so.
 */
import { child, el, elements, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import type { Rule } from '../../kernel/model.ts';
import { leaveSession } from '../server/c2s.ts';
import { sessionAt } from '../server/sessions.ts';
import { slice } from '../slice.ts';
import { extended } from '../stanza.ts';
import { CARBONS, FORWARD } from './xep0280.ts';
import { delay } from './xep0203.ts';

const CSI = 'urn:xmpp:csi:0';
const RESUME = 'xep-0352/resume';
const PAUSE = 5_000_000;
const MOST = 256;

const rules = {
  inactive: rule(
    'xep-0352/3/inactive',
    'XEP-0352 §3',
    'Nobody looks at this client. From now on the server holds back what can wait, so that the device can sleep.',
  ),
  active: rule('xep-0352/3/active', 'XEP-0352 §3', 'Somebody looks at this client again: nothing is held back any more.'),
  held: rule(
    'xep-0352/5/held',
    'XEP-0352 §5',
    'The client is inactive, and this is not important: presence, a headline, a message that nobody reads. It is held back until something else has to be sent.',
  ),
  lost: rule('xep-0352/5/lost', 'XEP-0352 §5', 'The connection is gone, and what had been held back for it goes with it.'),
};

interface Held {
  readonly stanza: Element;
  readonly why: Rule;
  readonly relays: number;
  readonly answers: number;
}
interface State {
  /** `flushing`: for a while after something has left, nothing is held. */
  readonly phase: 'inactive' | 'flushing';
  readonly held: readonly Held[];
  /** Number of the pause that `flushing` ends with. */
  readonly pause: number;
}

/** By full address, those that have said so. */
const inactive = slice<Readonly<Record<string, State>>>('inactive', {});
const pauses = slice<number>('inactive-pauses', 0);

const stateAt = (context: Context, full: string | undefined): State | undefined =>
  full === undefined ? undefined : context.get(inactive)[full];

const keep = (context: Context, full: string, state: State): void => context.set(inactive, { ...context.get(inactive), [full]: state });

function forget(context: Context, full: string): void {
  const { [full]: gone, ...rest } = context.get(inactive);
  if (gone) context.set(inactive, rest);
}

/** As Prosody weighs it. */
function isImportant(stanza: Element): boolean {
  const type = stanza.attrs['type'];
  if (stanza.name === 'presence') return type !== undefined && type !== 'unavailable' && type !== 'error';
  if (stanza.name !== 'message') return true;
  if (type === 'headline') return false;
  if (type === 'error' || child(stanza, 'sent', CARBONS)) return true;
  const received = child(stanza, 'received', CARBONS);
  const forwarded = received && child(received, 'forwarded', FORWARD);
  const inner = (forwarded && child(forwarded, 'message', NS.client)) ?? stanza;
  if (child(inner, 'body') || child(inner, 'subject')) return true;
  const muc = child(inner, 'x', NS.mucUser);
  if (muc && child(muc, 'invite')) return true;
  return elements(inner).some(
    ({ name, ns }) =>
      (name === 'encryption' && ns === 'urn:xmpp:eme:0') ||
      (name === 'x' && ns === 'jabber:x:conference') ||
      ns === 'urn:xmpp:jingle-message:0' ||
      ns === 'urn:xmpp:jingle-message:1',
  );
}

function release(context: Context, full: string, held: readonly Held[]): void {
  const link = sessionAt(context, full)?.link;
  if (link === undefined) return;
  for (const { stanza, why, relays, answers } of held) context.put(link, stanza, why, relays, answers);
}

/** All that was held, and then a pause. */
function flush(context: Context, event: StanzaEvent, full: string): void {
  const state = stateAt(context, full);
  if (state?.phase !== 'inactive') return;
  const pause = context.get(pauses) + 1;
  context.set(pauses, pause);
  keep(context, full, { phase: 'flushing', held: [], pause });
  release(context, full, state.held);
  context.fire(['session-flushing'], { ...event, session: full });
  context.later(PAUSE, RESUME, pause);
}

/** What is about to leave: it takes the rest with it, or says when it was sent. */
function weigh(context: Context, event: StanzaEvent): boolean {
  const { session, stanza } = event;
  const state = stateAt(context, session);
  if (session === undefined || state?.phase !== 'inactive') return false;
  if (state.held.length >= MOST || isImportant(stanza)) flush(context, event, session);
  else event.stanza = extended(stanza, delay(context.tick, session.slice(0, session.indexOf('/'))));
  return false;
}

function hold(context: Context, { session, stanza, why, relays = -1, answers = -1 }: StanzaEvent): boolean {
  const state = stateAt(context, session);
  if (session === undefined || state?.phase !== 'inactive') return false;
  keep(context, session, { ...state, held: [...state.held, { stanza, why: why ?? rules.held, relays, answers }] });
  context.decline(rules.held);
  return true;
}

function turn(context: Context, event: StanzaEvent): boolean {
  const { stanza, stream } = event;
  if (!stream || stream.user === '') return false;
  const { full } = stream;
  if (full === '') return context.drop(stanza.name === 'active' ? rules.active : rules.inactive);
  const held = stateAt(context, full)?.held ?? [];
  if (stanza.name === 'inactive') {
    keep(context, full, { phase: 'inactive', held, pause: 0 });
    return context.drop(rules.inactive);
  }
  forget(context, full);
  release(context, full, held);
  context.decline(rules.active);
  context.fire(['session-active'], { ...event, session: full });
  return true;
}

export const xep0352: Module = {
  id: 'xep-0352',
  title: 'Client state',
  spec: 'XEP-0352',
  version: '1.0.0',
  places: ['server'],
  rules,
  streamFeatures: (_context, stream) => (stream.user === '' || stream.full !== '' ? [] : [el('csi', CSI)]),
  timers: [
    {
      name: RESUME,
      summary: 'holds back again for inactive clients',
      run(context, pause) {
        for (const [full, state] of Object.entries(context.get(inactive)))
          if (state.pause === pause) keep(context, full, { phase: 'inactive', held: [], pause: 0 });
      },
    },
  ],
  hooks: [
    ...['active', 'inactive'].map((name) => ({ event: `stream/${CSI}:${name}`, run: turn })),
    {
      event: 'from-client',
      run(context, event) {
        const { session, stanza } = event;
        const held = stateAt(context, session)?.held.length ?? 0;
        // Its own word is heard by itself.
        if (session !== undefined && held > 0 && stanza.ns !== CSI) flush(context, event, session);
        return false;
      },
    },
    // Around XEP-0198 (-900): what it keeps has the time that is given here, and is kept though it is held.
    { event: 'to-session', priority: -800, run: weigh },
    { event: 'to-session', priority: -950, run: hold },
    {
      // What is not a stanza always goes.
      event: 'session-answered',
      run(context, event) {
        if (event.session !== undefined) flush(context, event, event.session);
        return false;
      },
    },
    { event: 'is-inactive', run: (context, { session }) => stateAt(context, session)?.phase === 'inactive' },
    {
      event: 'session-close',
      priority: 100,
      run(context, { session }) {
        if (session !== undefined) release(context, session, stateAt(context, session)?.held ?? []);
        if (session !== undefined) forget(context, session);
        return false;
      },
    },
    {
      // Before XEP-0198 keeps the session.
      event: 'session-end',
      priority: 1100,
      run(context, { session, stream, reason }) {
        const held = stateAt(context, session)?.held.length ?? 0;
        if (session !== undefined) forget(context, session);
        const left = session === undefined || held === 0 ? undefined : sessionAt(context, session);
        if (!left) return false;
        context.decline(rules.lost);
        // What is still to be written makes the loss of the connection a failure, which Prosody tells.
        leaveSession(context, left, stream, reason ?? 'Disconnected: closed');
        return true;
      },
    },
  ],
  inspect: ({ party, get }) =>
    party.place !== 'server'
      ? []
      : [
          {
            type: 'table',
            key: 'inactive',
            title: 'Inactive clients',
            columns: ['Resource', 'Held back'],
            rows: Object.entries(get(inactive)).map(([full, s]) => ({
              key: full,
              cells: [{ text: full }, { text: String(s.held.length) }],
            })),
            empty: 'None.',
          },
        ],
};
