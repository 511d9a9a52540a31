/** Presence as occupants see it. XEP-0045 §7.2.2 to §7.2.4: from the occupant's address, real addresses for moderators only. */
import { append, el, withAttrs, withChildren, type Element } from '../../../../base/xml/element.ts';
import type { Rule } from '../../../kernel/model.ts';
import { parseJid } from '../../../../base/jid.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { affiliationOf, roleOf, type Occupant, type Room } from './room.ts';

export interface Announcement {
  readonly room: Room;
  /** Who it is about. */
  readonly about: Occupant;
  /** What the presence is made of: what the client sent, or an empty one. */
  readonly base: Element;
  /** The base is not the stanza being handled, but the room's own or said before: it carries nothing on. */
  readonly retold?: boolean | undefined;
  /** Real addresses to show, where they are not those of its clients any more. */
  readonly real?: Occupant['clients'] | undefined;
  /** Leaving: role none. */
  readonly gone?: boolean | undefined;
  /** Nick to come (§7.6). */
  readonly newNick?: string | undefined;
  /** Codes that everyone sees, before the item. */
  readonly codes?: readonly number[] | undefined;
  /** Prosody leaves the occupant id out of the changer's own copy of `unavailable` (§7.6). */
  readonly bareSelf?: boolean | undefined;
}

/** To one client: `to` is its full address, `viewer` whose client it is. */
export function announceTo(context: Context, a: Announcement, viewer: Occupant, to: string, rule: Rule): void {
  const self = viewer.nick === a.about.nick && viewer.bare === a.about.bare;
  const sees = self || roleOf(a.room, viewer) === 'moderator';
  const affiliation = affiliationOf(a.room, a.about.bare);
  const role = a.gone ? 'none' : roleOf(a.room, a.about);
  const item = (jid?: string): Element => el('item', NS.mucUser, { affiliation, role, jid, nick: a.newNick });
  const items = sees ? (a.real ?? a.about.clients).map((c) => item(c.full)) : [item()];
  const status = (code: number): Element => el('status', NS.mucUser, { code: String(code) });
  const x = el('x', NS.mucUser, {}, ...(a.codes ?? []).map(status), ...items, ...(self ? [status(110)] : []));

  const from = `${a.room.jid}/${a.about.nick}`;
  const addressed = withAttrs(stripped(a.base), { from, to });
  const occupant = { room: a.room.jid, bare: a.about.bare };
  const stamped =
    self && a.bareSelf
      ? addressed
      : context.decorate('muc-presence', { stanza: addressed, from: parseJid(from), to: parseJid(to), occupant });
  const whole = append(stamped, x);
  if (a.retold) context.originate(whole, rule);
  else context.forward(whole, rule);
}

/** To every client of every occupant; the one it is about last of all (§7.2.2). */
export function announce(context: Context, a: Announcement, rule: Rule, ownRule: Rule = rule): void {
  for (const o of a.room.occupants) if (o.nick !== a.about.nick) for (const c of o.clients) announceTo(context, a, o, c.full, rule);
  for (const c of a.about.clients) announceTo(context, a, a.about, c.full, ownRule);
}

/** What only the room may say is taken out of what a client said. */
function stripped(presence: Element): Element {
  const kept = presence.children.filter((c) => typeof c === 'string' || (c.ns !== NS.muc && c.ns !== NS.mucUser));
  return withChildren(presence, kept);
}
