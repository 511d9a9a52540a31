/**
 * XEP-0198 Stream Management 1.6.3 (2025-09-18, https://xmpp.org/extensions/xep-0198.html) §3 enabling, §4 acknowledgements, §5 resumption, §6 errors, §7 closing, for
 * clients' streams and both versions that servers offer (`urn:xmpp:sm:2`, `:3`). As Prosody does it: 600 seconds, 500 stanzas; what waits has the time from the
 * user's own account; a session that cannot go on gives its messages back to offline storage and bounces the rest.
 * Simplified: streams between servers are not managed (Prosody manages them without resumption); no `<r/>` is sent for silence on the connection, as no
 * connection here is silent without a reason; `location` is never offered.
 */
import { el } from '../../../base/xml/element.ts';
import type { Context, Module, StanzaEvent } from '../module.ts';
import { sessionAt, sessions } from '../server/sessions.ts';
import { streamOn } from '../server/streams.ts';
import { acknowledged, answer, counted, failed, leaving, REQUEST, requestNow, sendAck } from './sm/acks.ts';
import { endManaged, EXPIRE, expire, HIBERNATION_S, stop } from './sm/ending.ts';
import { describeManaged, keepManaged, managed, managedAt, newManaged } from './sm/managed.ts';
import { resume } from './sm/resume.ts';
import { smRules } from './sm/rules.ts';

const VERSIONS = ['urn:xmpp:sm:2', 'urn:xmpp:sm:3'] as const;

function enable(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream) return false;
  const { ns } = stanza;
  const session = stream.full === '' ? undefined : sessionAt(context, stream.full);
  if (stream.user === '' || !session || managedAt(context, stream.full)) {
    const anonymous = stream.user === '';
    const condition = anonymous ? 'service-unavailable' : 'unexpected-request';
    context.put(stream.link, failed(ns, condition), anonymous ? smRules.unavailable : smRules.early, -1, context.row);
    return true;
  }
  const { resume: wish } = stanza.attrs;
  const token = wish === 'true' || wish === '1' ? context.makeId('sm').slice(0, 12) : '';
  context.set(managed, { ...context.get(managed), [stream.full]: newManaged(ns, stream.full, token) });
  const kept = token === '' ? {} : { id: token, max: String(HIBERNATION_S) };
  context.put(stream.link, el('enabled', ns, { resume: wish, ...kept }), smRules.enabled, -1, context.row);
  return true;
}

/** §7: an end in good order, or by an error, is final. */
function closing(context: Context, { session }: StanzaEvent): boolean {
  const m = managedAt(context, session);
  const link = m && sessionAt(context, m.full)?.link;
  if (!m || link === undefined) return false;
  keepManaged(context, m.full, { token: '' });
  if (m.asleep === 0 && streamOn(context, link)) sendAck(context, link, m.ns, m);
  return false;
}

function ask(context: Context, event: StanzaEvent, force: boolean): boolean {
  const session = event.session === undefined ? undefined : sessionAt(context, event.session);
  if (session) requestNow(context, session, force);
  return false;
}

function requestLater(context: Context, link: number): void {
  const session = Object.values(context.get(sessions))
    .flat()
    .find((s) => s.link === link);
  if (!session || !managedAt(context, session.full)) return;
  keepManaged(context, session.full, { planned: false });
  const { jid } = context.party;
  // Nothing is written to a client that has asked to be left alone (XEP-0352).
  if (context.fire(['is-inactive'], { stanza: el('r', ''), to: jid, from: jid, session: session.full })) return;
  requestNow(context, session);
}

export const xep0198: Module = {
  id: 'xep-0198',
  title: 'Stream management',
  spec: 'XEP-0198',
  version: '1.6.3',
  places: ['server'],
  rules: smRules,
  streamFeatures: (_context, stream) =>
    stream.user === '' || stream.full !== '' ? [] : VERSIONS.map((ns) => el('sm', ns, {}, el('optional', ns))),
  timers: [
    { name: REQUEST, summary: 'asks what has come', run: requestLater },
    { name: EXPIRE, summary: 'a session has not been resumed', run: expire },
  ],
  hooks: [
    ...VERSIONS.flatMap((ns) => [
      { event: `stream/${ns}:enable`, run: enable },
      { event: `stream/${ns}:resume`, run: resume },
      { event: `stream/${ns}:r`, run: answer },
      { event: `stream/${ns}:a`, run: acknowledged },
    ]),
    { event: 'from-session', priority: 100, run: counted },
    // The last that sees what leaves, so that it keeps what others have made of it.
    { event: 'to-session', priority: -900, run: leaving },
    { event: 'session-close', run: closing },
    // Before anyone tidies up after a session that is to stay.
    { event: 'session-end', priority: 1000, run: endManaged },
    { event: 'host/stopping', run: stop },
    { event: 'session-active', run: (context, event) => ask(context, event, true) },
    { event: 'session-flushing', run: (context, event) => ask(context, event, false) },
  ],
  inspect: ({ party, get }) =>
    party.place !== 'server'
      ? []
      : [
          {
            type: 'table',
            key: 'stream-management',
            title: 'Managed streams',
            columns: ['Resource', 'State', 'Handled', 'Sent / acknowledged', 'Waiting'],
            rows: Object.values(get(managed)).map((m) => ({
              key: m.full,
              cells: describeManaged(m, sessionAt({ get }, m.full)).map((text) => ({ text })),
            })),
            empty: 'None.',
          },
        ],
};
