/** How the space-time diagram is laid out: remembered by scenario on this machine, and part of the link. */
import { create } from 'zustand';
import { DIAGRAM_AXES, type DiagramAxis } from '../../protocol/diagram.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface DiagramLayout {
  readonly axis: DiagramAxis;
  /** Time goes to the right; else downwards. */
  readonly across: boolean;
  /** What is in view, in ticks or ordinals; null: as much as can be read, going with the cursor. */
  readonly window: Span | null;
  /** Entities whose lines are not shown. */
  readonly hidden: readonly number[];
  /** Servers that stand for all that belongs to them. */
  readonly collapsed: readonly number[];
  /** Entities that were moved, by the order in which their lines come; empty: the natural order. */
  readonly order: readonly number[];
}
const NATURAL: DiagramLayout = { axis: 'time', across: true, window: null, hidden: [], collapsed: [], order: [] };

interface Arranged extends DiagramLayout {
  /** The run that it is for; 0 before the first. */
  readonly run: number;
}
export const useDiagram = create<Arranged>()(() => ({ ...NATURAL, run: 0 }));
export const arranged = (change: Partial<DiagramLayout>): void => useDiagram.setState(change);

const numbers = (list: readonly number[]): string => list.map((number) => number.toString(36)).join('.');
const readNumbers = (text: string | undefined): number[] | null => {
  if (text === undefined || text === '') return [];
  const list = text.split('.').map((digits) => (/^[0-9a-z]{1,6}$/.test(digits) ? parseInt(digits, 36) : NaN));
  return list.some(Number.isNaN) ? null : list;
};

/** As short as it can be read back; undefined for the natural layout. */
export function layoutText({ axis, across, window, hidden, collapsed, order }: DiagramLayout): string | undefined {
  const span = window ? `${Number(window.from.toFixed(3))};${Number(window.to.toFixed(3))}` : ';';
  const text = [axis === 'time' ? 't' : 'e', across ? 'a' : 'd', span, numbers(hidden), numbers(collapsed), numbers(order)].join(';');
  return text === 't;a;;;;;' ? undefined : text;
}

/** Null for what is no layout. */
export function readLayout(text: string): DiagramLayout | null {
  const [axis, way, low = '', high = '', ...lists] = text.split(';');
  const [hidden, collapsed, order] = lists.map(readNumbers);
  if (!hidden || !collapsed || !order || lists.length !== 3) return null;
  if ((axis !== 't' && axis !== 'e') || (way !== 'a' && way !== 'd')) return null;
  const span = [low, high].map((number) => (/^\d{1,15}(\.\d{1,3})?$/.test(number) ? Number(number) : NaN));
  const [from = NaN, to = NaN] = span;
  const whole = low === '' && high === '';
  if (!whole && !(from < to)) return null;
  return { axis: DIAGRAM_AXES[axis === 't' ? 0 : 1], across: way === 'a', window: whole ? null : { from, to }, hidden, collapsed, order };
}

const KEY = 'stanzascope/diagram/1';
const MOST_KEPT = 30;
const keyOf = (scenario: string, entities: number): string => `${scenario}/${entities}`;

function kept(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

/** A scene was opened: its own layout comes back, or the last one's axes with all lines shown. The window is where the cursor is. */
export function layoutFor(scenario: string, entities: number): DiagramLayout {
  const { axis, across } = useDiagram.getState();
  const text = kept()[keyOf(scenario, entities)];
  const own = typeof text === 'string' ? readLayout(text) : null;
  const fits = own && [...own.hidden, ...own.collapsed, ...own.order].every((entity) => entity < entities);
  return fits ? { ...own, window: null } : { ...NATURAL, axis, across };
}

export function keepArrangement(scenario: string, entities: number, layout: DiagramLayout): void {
  const { [keyOf(scenario, entities)]: _, ...others } = kept();
  const text = layoutText({ ...layout, window: null });
  const entries = Object.entries(others).slice(-MOST_KEPT);
  if (text !== undefined) entries.push([keyOf(scenario, entities), text]);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(entries)));
  } catch {
    // A full or forbidden store: the layout holds until the page is closed.
  }
}
