/** The configuration form: offered, read, and what a change does to those who are in the room. XEP-0045 §10.1.3, §10.2, §14.4 (codes 104, 170 to 173, 322). */
import { append, el, type Element } from '../../../../base/xml/element.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { field, form, formType, valuesOf } from './forms.ts';
import { announce, mucUser, status } from './presence.ts';
import { affiliationOf, localClients, type Role, type Room } from './room.ts';
import { rules } from './rules.ts';
import { sectionsOf, type Change, type SettingField } from './settings.ts';

const CONFIG = 'http://jabber.org/protocol/muc#roomconfig';

/** @param host ids of the modules that the scenario asks for. */
export function configForm(room: Room, host: readonly string[]): Element {
  const fields = sectionsOf(room, host).flatMap((section) => [
    field('fixed', undefined, [section.title]),
    ...section.fields.map((f) => field(f.type, f.name, f.show(room), { label: f.label, ...(f.options ? { options: f.options } : {}) })),
  ]);
  return form('form', CONFIG, fields, `Configuration for ${room.jid}`, 'Fill in and submit this form to configure the room.');
}

export interface Wanted {
  readonly change: Change;
  readonly codes: readonly number[];
}

/** What a submitted form asks for: `other` where it is a form for something else, `stumbles` where a value means nothing at all. */
export function wantedBy(room: Room, submitted: Element, host: readonly string[]): Wanted | 'other' | 'stumbles' {
  // §10.1.2: without any field the room is taken as it is.
  if (submitted.children.length === 0) return { change: {}, codes: [] };
  if (formType(submitted) !== CONFIG) return 'other';
  const given = valuesOf(submitted);
  const codes = new Set<number>();
  const wanted: { -readonly [K in keyof Change]: Change[K] } = {};
  for (const f of sectionsOf(room, host).flatMap((s) => s.fields)) {
    const values = given.get(f.name);
    if (!values) continue;
    const now = { ...room, ...wanted };
    const change = f.read(values, now);
    // A room cannot join itself.
    if (!change || change.federateWith === room.jid) return 'stumbles';
    const code = codeOf(f, f.show({ ...now, ...change }).join('\n') !== f.show(now).join('\n'), change);
    if (code !== undefined) codes.add(code);
    Object.assign(wanted, change);
  }
  return { change: wanted, codes: [...codes].sort((a, b) => a - b) };
}

/** Who may see addresses, and whether there is an archive, concerns privacy, and has codes of its own (§10.2.1). */
function codeOf(f: SettingField, isChanged: boolean, change: Change): number | undefined {
  if (f.neverTold || (!isChanged && !f.alwaysTold)) return undefined;
  if (change.archived !== undefined) return change.archived ? 170 : 171;
  if (change.whois === undefined) return 104;
  return change.whois === 'anyone' ? 172 : 173;
}

/** The room as it is then; those who may not stay are gone, those whose presence is not shown any more are hidden. */
export function configured(context: Context, before: Room, change: Change): Room {
  let room: Room = { ...before, ...change };
  room = { ...room, history: room.history.slice(Math.max(0, room.history.length - room.historyLength)) };
  if (room.membersOnly && !before.membersOnly) room = withoutStrangers(context, room);
  rebroadcast(context, room, before.broadcast);
  return room;
}

function withoutStrangers(context: Context, before: Room): Room {
  const isStranger = (bare: string): boolean => ['none', 'outcast'].includes(affiliationOf(before, bare));
  const room = { ...before, occupants: before.occupants.filter((o) => !isStranger(o.bare)) };
  for (const o of before.occupants) {
    if (!isStranger(o.bare)) continue;
    // Prosody forgets to tell those who stay; the specification demands it (§10.2).
    const told = context.profile === 'rfc' ? { before: o.role } : {};
    announce(context, { room, about: { ...o, role: 'none' }, head: [status(322)], ...told }, rules.membersOnlyNow);
  }
  return room;
}

function rebroadcast(context: Context, room: Room, before: readonly Role[]): void {
  if (room.broadcast.join() === before.join()) return;
  for (const about of room.occupants) {
    const is = room.broadcast.includes(about.role);
    const was = before.includes(about.role);
    if (is !== was) announce(context, { room, about, hide: was }, is ? rules.shown : rules.hidden);
  }
}

export function tellCodes(context: Context, room: Room, codes: readonly number[]): void {
  if (codes.length === 0) return;
  const message = append(el('message', NS.client, { type: 'groupchat', from: room.jid }), mucUser(...codes.map(status)));
  for (const o of room.occupants)
    for (const c of localClients(o)) context.originate({ ...message, attrs: { ...message.attrs, to: c.full } }, rules.configured);
}
