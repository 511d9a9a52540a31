/** Who is about to send something to whom: asked by a drag from one to the other, a menu or a key. */
import { create } from 'zustand';
import { EntityKind, type Scene } from '../../protocol/scene.ts';
import { menuClosed } from './menu.ts';

export interface SendingAt {
  readonly from: number;
  /** Null: to be chosen by name. */
  readonly to: number | null;
  /** Key of a room, channel or node of the receiver that was pointed at. */
  readonly group?: string | undefined;
  /** In CSS pixels of the window. */
  readonly x: number;
  readonly y: number;
}
export const useSending = create<{ readonly at: SendingAt | null }>()(() => ({ at: null }));

export function sendingAsked(at: SendingAt): void {
  menuClosed();
  useSending.setState({ at });
}
export const sendingClosed = (): void => useSending.setState({ at: null });

/** Clients, and nodes of a graph: servers and services only pass on and answer. */
export const canSend = ({ entities }: Pick<Scene, 'entities'>, index: number): boolean =>
  entities.kind[index] === EntityKind.client || entities.kind[index] === EntityKind.node;
