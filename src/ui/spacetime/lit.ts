/** What is lit: the selection, what is followed, what breaks the cut, the way between two events. */
import type { Target } from '../../protocol/parts.ts';
import type { Story } from '../state/followed.ts';
import type { NotesSummary } from '../state/frame.ts';
import type { Lit } from './paint.ts';
import type { useIntent } from './intent.ts';

type Intent = ReturnType<typeof useIntent.getState>;

export function litOf(selection: Target | null, followed: Story | null, { verdict, pair }: Intent): Lit {
  const way = new Set(pair?.relation.path.filter(({ message }) => message >= 0).map(({ message }) => message) ?? []);
  return {
    message: selection?.type === 'message' ? selection.id : -1,
    entity: selection?.type === 'entity' ? selection.index : -1,
    event: selection?.type === 'event' ? selection.ordinal : -1,
    messages: way.size > 0 ? (id) => way.has(id) : followed ? (id) => followed.rowOf(id) !== undefined : null,
    broken: new Set(verdict?.broken.map(({ message }) => message) ?? []),
  };
}

/** Severity of what was noted, by ordinal. */
export const noted = (marks: NotesSummary['marks'] | undefined): ReadonlyMap<number, number> =>
  new Map(marks ? [...marks.ordinal].map((ordinal, i) => [ordinal, marks.severity[i]!]) : []);
