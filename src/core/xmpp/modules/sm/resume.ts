/** Resumption: XEP-0198 §5. The session moves to the stream that asks for it; each side then sends what the other has not had. */
import { el } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { leaveSession, streamError } from '../../server/c2s.ts';
import { keepSession, sessionAt, type Session } from '../../server/sessions.ts';
import { dropStream, keepStream, streamOn, type Stream } from '../../server/streams.ts';
import { CLOSE } from '../../wire.ts';
import { requestNow } from './acks.ts';
import { expired } from './ending.ts';
import { acknowledge, countIn, isOverfull, keepManaged, managed, managedAt, type Managed } from './managed.ts';
import { smRules } from './rules.ts';

export function resume(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream) return false;
  const { ns } = stanza;
  const { previd = '' } = stanza.attrs;
  const fail = (condition: string, why = smRules.early, h?: number): true => {
    const attrs = h === undefined ? {} : { h: String(h) };
    context.put(stream.link, el('failed', ns, attrs, el(condition, NS.stanzas)), why, -1, context.row);
    return true;
  };
  if (stream.full !== '') return fail('unexpected-request');
  const bare = `${stream.user}@${stream.host}`;
  const found = Object.values(context.get(managed)).find((m) => previd !== '' && m.token === previd && m.full.startsWith(`${bare}/`));
  const session = found && sessionAt(context, found.full);
  if (!found || !session || stream.user === '') {
    const past = context.get(expired).find((e) => e.bare === bare && e.token === previd);
    if (past)
      context.set(
        expired,
        context.get(expired).filter((e) => e !== past),
      );
    return fail('item-not-found', smRules.unknown, past?.h);
  }
  const h = countIn(stanza);
  if (h === undefined && context.profile === 'rfc') return fail('bad-request', smRules.uncounted);
  if (h === undefined) {
    take(context, stream, session, found);
    return context.drop(smRules.uncounted);
  }
  const acked = acknowledge(found, h);
  if (typeof acked === 'string' || isOverfull(acked)) {
    // §5 lets the client begin anew; only what it has said of the old session cannot be.
    if (context.profile === 'rfc') return fail('item-not-found', smRules.unknown, found.handled);
    refuse(context, stream, session, acked);
  } else move(context, stream, session, acked, ns);
  return true;
}

const WORDS = {
  head: 'Client acknowledged more stanzas than sent by server',
  tail: 'Client acknowledged less stanzas than already acknowledged',
  overfull: "Too many unacked stanzas remaining, session can't be resumed",
} as const;

/** Prosody closes the connection without a word. */
function refuse(context: Context, stream: Stream, session: Session, why: Managed | 'head' | 'tail'): void {
  closeOld(context, session);
  keepManaged(context, session.full, { token: '' });
  leaveSession(context, session, undefined, `Disconnected: ${typeof why === 'string' ? WORDS[why] : WORDS.overfull}`);
  context.put(stream.link, CLOSE, smRules.refused);
  dropStream(context, stream);
}

/** One that seems to be up still. */
function closeOld(context: Context, session: Session): void {
  const old = managedAt(context, session.full)?.asleep === 0 ? streamOn(context, session.link) : undefined;
  if (!old) return;
  if (context.profile === 'rfc') {
    // The stream is unbound first, because its session stays.
    streamError(context, keepStream(context, { ...old, full: '' }), 'conflict');
    return;
  }
  context.put(old.link, CLOSE, smRules.replaced);
  dropStream(context, old);
}

/** The session goes over to the stream. */
function take(context: Context, stream: Stream, session: Session, m: Managed): Session {
  closeOld(context, session);
  const moved = { ...session, link: stream.link };
  keepStream(context, { ...stream, full: session.full });
  keepSession(context, moved);
  keepManaged(context, m.full, { ...m, asleep: 0, awaiting: false });
  return moved;
}

function move(context: Context, stream: Stream, session: Session, m: Managed, ns: string): void {
  const moved = take(context, stream, session, m);
  const attrs = { previd: m.token, h: String(m.handled) };
  context.put(stream.link, el('resumed', ns, attrs), smRules.resumed, -1, context.row);
  for (const { stanza, relays } of m.queue) context.put(stream.link, stanza, smRules.resent, relays);
  requestNow(context, moved, true);
}
