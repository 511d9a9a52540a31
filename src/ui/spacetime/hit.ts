/** What of the diagram is under the pointer: an event before a stanza. */
import { Mark } from '../../protocol/diagram.ts';
import type { Target } from '../../protocol/parts.ts';
import { strokeOf } from './arrows.ts';
import type { Held } from './cache.ts';
import { alongOf, linesInView, overOf, type Sheet } from './geometry.ts';

const NEAR_EVENT = 7;
const NEAR_STANZA = 6;

export interface Hit {
  readonly target: Target;
  /** The event meant: that of the mark, or of the stanza's arrival; 0 while it has none. */
  readonly ordinal: number;
  /** Row in the messages or in the marks. */
  readonly index: number;
}

export function hitTest(sheet: Sheet, held: Held, x: number, y: number): Hit | null {
  return eventAt(sheet, held, x, y) ?? stanzaAt(sheet, held, x, y);
}

function eventAt(sheet: Sheet, { data, lines }: Held, x: number, y: number): Hit | null {
  const { at, entity, what, ordinal } = data.marks;
  const [first, last] = linesInView(sheet);
  let best = NEAR_EVENT;
  let index = -1;
  for (let i = 0; i < at.length; i++) {
    // The end of an arrow means the stanza.
    if (what[i] === Mark.arrival) continue;
    const line = lines.of[entity[i]!]!;
    if (line < first || line > last) continue;
    const along = alongOf(sheet, at[i]!);
    const over = overOf(sheet, line);
    const distance = sheet.across ? Math.hypot(along - x, over - y) : Math.hypot(over - x, along - y);
    if (distance > best) continue;
    best = distance;
    index = i;
  }
  return index < 0 ? null : { target: { type: 'event', ordinal: ordinal[index]! }, ordinal: ordinal[index]!, index };
}

function stanzaAt(sheet: Sheet, held: Held, x: number, y: number): Hit | null {
  const { id, end } = held.data.messages;
  let best = NEAR_STANZA;
  let index = -1;
  for (let i = 0; i < id.length; i++) {
    const stroke = strokeOf(sheet, held, i);
    if (!stroke) continue;
    const { ax, ay, bx, by } = stroke;
    const [dx, dy] = [bx - ax, by - ay];
    const part = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    const distance = Math.hypot(ax + part * dx - x, ay + part * dy - y);
    if (distance > best) continue;
    best = distance;
    index = i;
  }
  return index < 0 ? null : { target: { type: 'message', id: id[index]! }, ordinal: end[index]!, index };
}
