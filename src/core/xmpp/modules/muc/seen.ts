/** What a client has been told of a room, as the actions on it need it. */
import type { ActionOption } from '../../../../protocol/actions.ts';
import { option } from '../../actions/contract.ts';

/** What a client has seen of a room that it is in, or is joining. */
export interface SeenRoom {
  readonly jid: string;
  readonly nick: string;
  readonly in: boolean;
  readonly occupants: readonly SeenOccupant[];
  readonly subject: string;
  /** What was said of late and has an id of the room (XEP-0359), the latest first. */
  readonly said: readonly { readonly id: string; readonly nick: string; readonly body: string }[];
}
export interface SeenOccupant {
  readonly nick: string;
  readonly affiliation: string;
  readonly role: string;
  readonly jid: string;
}
/** One room as its actions need it. */
export interface Inside {
  readonly id: string;
  readonly room: SeenRoom;
  readonly others: readonly SeenOccupant[];
  readonly own: SeenOccupant;
  /** Begins the ids of its actions. */
  readonly prefix: string;
}

/** To choose an occupant from. @param why one cannot be chosen. */
export const nicks = (
  occupants: readonly SeenOccupant[],
  why: (o: SeenOccupant) => string | undefined = () => undefined,
): readonly ActionOption[] =>
  occupants.map((o) => option(o.nick, `${o.nick} (${o.role}${o.affiliation === 'none' ? '' : `, ${o.affiliation}`})`, why(o)));
