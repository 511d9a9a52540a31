/** Which room or node is pointed out, by its key: its members are linked to it, and the inspector shows its part of the service. */
import { create } from 'zustand';

interface GroupState {
  readonly picked: string | null;
}
export const useGroup = create<GroupState>()(() => ({ picked: null }));

export const groupPicked = (picked: string | null): void => useGroup.setState({ picked });
