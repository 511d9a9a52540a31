/**
 * XEP-0289 Federated MUC for Constrained Environments 0.2.1 (2021-03-04, deferred, https://xmpp.org/extensions/xep-0289.html): a room joins a room of another
 * service for those who join it, and passes on between them. §5.1 joining, §5.2 messages, §5.3 presence, §5.4 leaving, §5.5 kicks and roles, §5.6 private
 * messages. The hooks are in fmuc/. Rooms federate where their configuration says so, and only there anything of this is seen.
 * The specification leaves open, and here it is so (each a rule with words of its own):
 * — The mode is a setting of every room of the set; nothing on the wire tells it. In primary–primary a message is said at once in the room where it is
 *   written, and passed on. In primary–replica what is written in the replica (messages, the subject, joins, other presence, nicks) waits until the primary
 *   has sent it back, and is refused with recipient-unavailable while the primary cannot be reached; who leaves is let go at once.
 * — A link is held for lost when a stanza for the other room comes back as an error, or nothing is answered for ten seconds; the other room's people are
 *   then gone with status 333. What was under way when a link broke is lost, and nobody knows of it if the link is whole again before anything else is
 *   sent: streams between servers are not managed (XEP-0198), here as in Prosody. The room that had joined tries again every two seconds, thirty times,
 *   then when somebody does something there.
 * — A resync is a full join; history is asked for from when the other room was last heard of, and a primary–primary room then sends up what was said in it
 *   meanwhile, as far as its history reaches. What is known already (author, id, text) is not said again; history is ordered by its times.
 * — One nick for two people: the room that was joined is right. The other's occupant gets `conflict` and is taken out (307).
 * — A circle is refused by the room that finds somebody there already; of two rooms that ask each other the one whose address sorts first wins.
 * — Requests (iq) between occupants of different rooms: there is no way for them, feature-not-implemented. A room's rules (password, members only) hold for
 *   those who join it themselves, not for those by way of a room that it accepts (§7: such rooms are trusted), but bans do.
 * — Who is in two rooms of the set by two nicks is heard in each by both, and shown by the one that is that room's own.
 * Simplified: several clients under one nick are one occupant elsewhere, by the address of the first; who has kicked is not told to other rooms.
 */
import type { Part } from '../../../protocol/parts.ts';
import type { Hook, Module } from '../module.ts';
import { failed } from './fmuc/failures.ts';
import { federations, type Federation, type Phase } from './fmuc/federation.ts';
import { message, presence, privateMessage } from './fmuc/incoming.ts';
import { federatesAnew, retryNow, waitedLong } from './fmuc/links.ts';
import { entering, givenUp, presenceTold, privately, said } from './fmuc/outgoing.ts';
import { rules } from './fmuc/rules.ts';
import { isFederated, rooms, type Room } from './muc/room.ts';

/** Before all that a room does with those who are no room, after the word of one that was destroyed. */
const PRIORITY = 40;
const addressed = (name: string, run: Hook['run'], ...kinds: readonly string[]): Hook[] =>
  kinds.map((kind) => ({ event: `${name}/${kind}`, priority: PRIORITY, run }));

export const xep0289: Module = {
  id: 'xep-0289',
  title: 'Federated multi-user chat',
  spec: 'XEP-0289',
  version: '0.2.1',
  places: ['muc'],
  rules,
  timers: [
    { name: 'fmuc-retry', summary: 'a room tries to join the one that it federates with again', run: retryNow },
    { name: 'fmuc-wait', summary: 'a room looks whether the one that it federates with has answered', run: waitedLong },
  ],
  hooks: [
    ...addressed('presence', failed, 'bare', 'full'),
    ...addressed('message', failed, 'bare', 'full'),
    ...addressed('presence', givenUp, 'full'),
    ...addressed('presence', presence, 'bare', 'full'),
    ...addressed('message', message, 'bare'),
    ...addressed('message', privateMessage, 'full'),
    { event: 'muc/enter', run: entering },
    { event: 'muc/told', run: presenceTold },
    { event: 'muc/said', run: said },
    { event: 'muc/private', run: privately },
    {
      event: 'muc/federates',
      run: (context, { occupant }) => (occupant && federatesAnew(context, occupant.room, occupant.bare), false),
    },
    {
      // Those who are here by other rooms are not here any more when it comes up again.
      event: 'host/stop',
      priority: 10,
      run(context) {
        const all = Object.entries(context.get(rooms));
        const own = all.map(([jid, room]) => [jid, { ...room, occupants: room.occupants.filter((o) => o.via === undefined) }] as const);
        if (all.some(([, room]) => isFederated(room))) context.set(rooms, Object.fromEntries(own));
        return false;
      },
    },
  ],
  inspect: ({ get }) =>
    Object.values(get(rooms))
      .filter(isFederated)
      .map((room) => describe(room, get(federations)[room.jid])),
};

const WORDS: Readonly<Record<Phase, string>> = {
  none: 'not joined: nobody is here',
  joining: 'asked, no answer yet',
  joined: 'joined',
  rejoining: 'out of reach, asked again',
  lost: 'out of reach',
  leaving: 'leaving',
  refused: 'refuses this room',
};

function describe(room: Room, f: Federation | undefined): Part {
  const own = room.federateWith === '' ? [] : [{ jid: room.federateWith, how: WORDS[f?.phase ?? 'none'], kind: 'joined by this room' }];
  const below = (f?.below ?? []).map((jid) => ({ jid, how: 'joined', kind: 'has joined this room' }));
  return {
    type: 'table',
    key: `federation/${room.jid}`,
    title: `Federation of ${room.jid.split('@', 1)[0] ?? room.jid}: ${room.replica ? 'primary–replica' : 'primary–primary'}`,
    columns: ['Room', 'Link', 'State', 'Occupants by it', 'Waiting'],
    rows: [...own, ...below].map(({ jid, how, kind }) => ({
      key: jid,
      cells: [
        { text: jid },
        { text: kind },
        { text: how },
        { text: String(room.occupants.filter((o) => o.via === jid).length) },
        { text: jid === room.federateWith && f ? String(f.held.length) : '' },
      ],
    })),
    empty: 'No room has joined this one.',
  };
}
