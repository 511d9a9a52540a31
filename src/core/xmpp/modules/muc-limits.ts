/**
 * Limits of a room: no specification's, but what Prosody's community module mod_muc_limits does, with its defaults. XEP-0045 §7.4 leaves it to services (`policy-violation`: RFC 6120 §8.3.3.12).
 * Half an event a second, three at once: joins, changes of nick and status, messages, private ones too, by those who have no affiliation with the room; for the
 * room as a whole. A nick has at most 23 characters and a message at most 5,664 and 23 lines, by whomever without an affiliation.
 */
import { formatJid, bareOf } from '../../../base/jid.ts';
import { childText } from '../../../base/xml/element.ts';
import { rule, type Context, type Hook, type Module, type StanzaEvent } from '../module.ts';
import { slice } from '../slice.ts';
import { affiliationOf, visit } from './muc/room.ts';

const TICKS_AN_EVENT = 2_000_000;
const MOST_AT_ONCE = 3;
const LONGEST_NICK = 23;
const MOST_CHARACTERS = 5664;
const MOST_LINES = 23;

const source = 'mod_muc_limits, RFC 6120 §8.3.3.12';
const rules = {
  overactive: rule(
    'rfc-6120/8.3.3.12/room-overactive',
    source,
    'More happens in the room than it lets happen: half an event a second, three at once, of those who have no affiliation with it. This one comes back with policy-violation, to be tried again later.',
  ),
  tooLong: rule(
    'rfc-6120/8.3.3.12/room-message-size',
    source,
    'The message has more characters or lines than the room takes: policy-violation, and nobody else gets it.',
  ),
  longNick: rule('rfc-6120/8.3.3.12/room-nick-length', source, 'The nick is longer than the room takes: policy-violation.'),
};

/** What is left of what may happen at once, and as of when; in ticks' worth. */
interface Throttle {
  readonly left: number;
  readonly tick: number;
}
const FULL = MOST_AT_ONCE * TICKS_AN_EVENT;
/** By room. */
const throttles = slice<Readonly<Record<string, Throttle>>>('room-throttles', {});

/** Whether one more may happen now. */
function passes(context: Context, room: string): boolean {
  const all = context.get(throttles);
  const before = all[room] ?? { left: FULL, tick: context.tick };
  const left = Math.min(FULL, before.left + context.tick - before.tick);
  const may = left >= TICKS_AN_EVENT;
  context.set(throttles, { ...all, [room]: { left: may ? left - TICKS_AN_EVENT : left, tick: context.tick } });
  return may;
}

function limit(context: Context, event: StanzaEvent): boolean {
  const { stanza, to } = event;
  const { type } = stanza.attrs;
  if (type === 'error' || (stanza.name === 'presence' && type !== undefined)) return false;
  const { room } = visit(context, event);
  if (!room || affiliationOf(room, bareOf(event.from)) !== 'none') return false;
  const refuse = (why: typeof rules.overactive, kind: 'wait' | 'modify', text: string): true =>
    context.bounce(stanza, 'policy-violation', why, { type: kind, text, by: formatJid({ ...to, resource: '' }) });
  if (stanza.name === 'presence' && to.resource.length > LONGEST_NICK)
    return refuse(rules.longNick, 'modify', 'Your nick name is too long, please use a shorter one');
  const body = childText(stanza, 'body') ?? '';
  if (body.length > MOST_CHARACTERS || body.split('\n').length > MOST_LINES)
    return refuse(rules.tooLong, 'modify', 'Your message is too long, please write a shorter one');
  return !passes(context, room.jid) && refuse(rules.overactive, 'wait', 'The room is currently overactive, please try again later');
}

export const mucLimits: Module = {
  id: 'muc-limits',
  title: 'Limits of rooms',
  spec: 'XEP-0045',
  version: '1.35.5',
  places: ['muc'],
  optional: true,
  rules,
  // Behind the word that a room is gone, before everything else.
  hooks: ['presence/full', 'message/bare', 'message/full'].map((event): Hook => ({ event, priority: 50, run: limit })),
  inspect: ({ get }) => {
    const all = Object.entries(get(throttles));
    if (all.length === 0) return [];
    const fields = all.map(([room, { left }]) => ({
      key: room,
      label: room,
      value: `${Math.floor(left / TICKS_AN_EVENT)} of ${MOST_AT_ONCE} events left at the last one`,
    }));
    return [{ type: 'fields', key: 'room-throttles', title: 'Limits', fields }];
  },
};
