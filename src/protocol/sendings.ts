/** What one entity can send to another, for who points at both: each is an action of the sender's (`actions.ts`) with the receiver filled in. */
import type { ActionValues } from './actions.ts';

interface SendingsArgs {
  readonly from: number;
  readonly to: number;
  /** Key of a room, channel or node of the receiver that was pointed at. */
  readonly group?: string | undefined;
  readonly ordinal: number;
}
export interface Sending {
  /** Keys of the sender's group of actions, and of the action in it. */
  readonly group: string;
  readonly action: string;
  readonly title: string;
  /** What kind of thing goes out: for the sign beside it. */
  readonly kind: 'message' | 'presence' | 'iq';
  readonly source: string;
  /** Why it cannot be sent now. */
  readonly refused?: string | undefined;
  /** What is filled in already. */
  readonly values: ActionValues;
}

export interface SendingRequests {
  sendings: { args: SendingsArgs; reply: readonly Sending[] };
}
