/** The branches of the open scene, as the source told last; null before anything was done by hand. */
import { create } from 'zustand';
import type { BranchReply } from '../../protocol/branches.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';

export const useBranches = create<{ readonly told: BranchReply | null }>()(() => ({ told: null }));

/** What was done by hand in the run on show. */
export function doneByHand(asked: OpenArgs | null): readonly Intervention[] {
  const { interventions = [], branches = [], active = 0 } = asked ?? {};
  return active === 0 ? interventions : (branches[active - 1]?.interventions ?? []);
}
