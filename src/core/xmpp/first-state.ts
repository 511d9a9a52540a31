/** What a party has before the first event: streams that are up from the beginning, rooms and channels that there are. */
import { bareOf, formatJid } from '../../base/jid.ts';
import { clientStream, upFromTheBeginning } from './client/stream.ts';
import { channels, seededChannels } from './modules/mix/channel.ts';
import { rooms, seededRooms } from './modules/muc/room.ts';
import type { Party } from './network.ts';
import { boundSession, sessions } from './server/sessions.ts';
import { State } from './slice.ts';
import { boundStream, streams } from './server/streams.ts';

export function firstState(party: Party): State {
  const state = new State();
  if (party.place === 'client') {
    if (party.jid.resource !== '' && party.client.up) state.set(clientStream, upFromTheBeginning(formatJid(party.jid)));
  } else if (party.place === 'mix') state.set(channels, seededChannels(party));
  else if (party.place === 'muc') state.set(rooms, seededRooms(party));
  else {
    const bound = party.sessions.map(({ jid, link }) => boundSession(formatJid(jid), bareOf(jid), link));
    const open = party.sessions.map(({ jid, link }) => [link, boundStream(link, party.name, jid)] as const);
    const accounts = [...new Set(bound.map((s) => s.bare))];
    state.set(sessions, Object.fromEntries(accounts.map((bare) => [bare, bound.filter((s) => s.bare === bare)])));
    state.set(streams, Object.fromEntries(open));
  }
  return state;
}
