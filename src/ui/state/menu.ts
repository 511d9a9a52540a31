/** The menu of what can be done to something, wherever it was asked for. */
import { create } from 'zustand';
import type { Target } from '../../protocol/parts.ts';

export interface MenuAt {
  readonly target: Target;
  /** The event that it was asked at, where that is not the target itself. */
  readonly ordinal?: number | undefined;
  /** In CSS pixels of the window. */
  readonly x: number;
  readonly y: number;
}
interface Menu {
  /** Open where, and about what; null: closed. */
  readonly at: MenuAt | null;
  /** Entities that are to be one side of a partition. */
  readonly marked: readonly number[];
}
export const useMenu = create<Menu>()(() => ({ at: null, marked: [] }));

export const menuAsked = (at: MenuAt): void => useMenu.setState({ at });
export const menuClosed = (): void => useMenu.setState({ at: null });
export const entitiesMarked = (marked: readonly number[]): void => useMenu.setState({ marked });
export const markToggled = (entity: number): void =>
  useMenu.setState(({ marked }) => ({ marked: marked.includes(entity) ? marked.filter((m) => m !== entity) : [...marked, entity] }));
