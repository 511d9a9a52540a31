/** What a person is about in the diagram beyond its layout: a cut being drawn, two events being compared. Gone with the scene. */
import { create } from 'zustand';
import type { Cut, Relation } from '../../protocol/causality.ts';

interface Intent {
  /** A drag across the lines draws a cut instead of moving the window. */
  readonly cutting: boolean;
  /** Place of the cut on each line, by the line's entity, on the axis as it is; null: there is none. */
  readonly cut: ReadonlyMap<number, number> | null;
  readonly verdict: Cut | null;
  /** Two events, and how they are related. */
  readonly pair: { readonly a: number; readonly b: number; readonly relation: Relation } | null;
}
const NOTHING: Intent = { cutting: false, cut: null, verdict: null, pair: null };
export const useIntent = create<Intent>()(() => NOTHING);

export const intended = (change: Partial<Intent>): void => useIntent.setState(change);
export const intentForgotten = (): void => useIntent.setState(NOTHING);
