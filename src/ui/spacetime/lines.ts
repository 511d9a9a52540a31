/** Which lines the diagram has, and in which order. */
import { naturalOrder } from '../../protocol/line-order.ts';
import { EntityKind, type Entities } from '../../protocol/scene.ts';
import type { DiagramLayout } from '../state/diagram.ts';

export interface Line {
  /** Whose state the line shows, and by whom it is named. */
  readonly entity: number;
  /** All who are drawn on it. */
  readonly members: readonly number[];
}
export interface Lines {
  readonly list: readonly Line[];
  /** By entity; -1 where it is hidden. */
  readonly of: Int32Array;
}
type Arrangement = Pick<DiagramLayout, 'hidden' | 'collapsed' | 'order'>;

/** All entities in the order of their lines, hidden ones too. A person's own order covers those that were there when it was made. */
function orderOf(entities: Entities, order: readonly number[]): number[] {
  const natural = naturalOrder(entities);
  const own = new Set(order.filter((i) => i < natural.length));
  return [...own, ...natural.filter((i) => !own.has(i))];
}

export function linesOf(entities: Entities, { hidden, collapsed, order }: Arrangement): Lines {
  const away = new Set(hidden);
  const whole = new Set(collapsed);
  const of = new Int32Array(entities.name.length).fill(-1);
  const members = new Map<number, number[]>();
  const ordered = orderOf(entities, order);
  for (const entity of ordered) {
    const parent = entities.parent[entity] ?? -1;
    const head = whole.has(parent) ? parent : entity;
    if (away.has(head)) continue;
    const list = members.get(head);
    if (list) list.push(entity);
    else members.set(head, [entity]);
  }
  const list: Line[] = [];
  for (const entity of ordered) {
    const own = members.get(entity);
    if (!own) continue;
    for (const member of own) of[member] = list.length;
    list.push({ entity, members: own });
  }
  return { list, of };
}

/** Servers to which somebody belongs. */
export function heads({ kind, parent }: Entities): number[] {
  const withSome = new Set(parent);
  return [...kind.keys()].filter((i) => kind[i] === EntityKind.server && withSome.has(i));
}

/** The line moved to another place among the lines that are shown: those who are drawn on it move with it. */
export function moved(entities: Entities, arrangement: Arrangement, from: number, to: number): number[] {
  const lines = linesOf(entities, arrangement).list;
  const mine = lines[from];
  const target = lines[to];
  const order = orderOf(entities, arrangement.order);
  if (!mine || !target || from === to) return order;
  const moving = new Set(mine.members);
  const rest = order.filter((entity) => !moving.has(entity));
  // Before the line that stands there now, or after its last member when moving downwards.
  const at =
    to < from ? Math.min(...target.members.map((i) => rest.indexOf(i))) : Math.max(...target.members.map((i) => rest.indexOf(i))) + 1;
  return [...rest.slice(0, at), ...order.filter((entity) => moving.has(entity)), ...rest.slice(at)];
}

/** Name of a line as drawn: `alice/tea`, `wonderland.lit +5`. */
export function lineName({ name, detail }: Entities, { entity, members }: Line): string {
  const own = (name[entity] ?? '') + (detail[entity]?.startsWith('/') ? detail[entity] : '');
  return members.length > 1 ? `${own} +${members.length - 1}` : own;
}
