/** The modules that exist, in the order in which equal priorities run. A new one is a new file and a line here. */
import type { ModuleEntry } from '../../../protocol/catalogue.ts';
import { clientCarbons } from '../client/carbons.ts';
import { clientForms } from '../client/forms.ts';
import { clientChats } from '../client/chats.ts';
import { clientChannels } from '../client/channels.ts';
import { clientCommands } from '../client/commands.ts';
import { clientManagement } from '../client/managed.ts';
import { clientMessages } from '../client/messages.ts';
import { clientPresence } from '../client/own-presence.ts';
import { clientReconnect } from '../client/reconnect.ts';
import { clientPubsub } from '../client/pubsub.ts';
import { clientRequests } from '../client/requests.ts';
import { clientRooms } from '../client/rooms.ts';
import { clientRoster } from '../client/roster.ts';
import { clientScram } from '../client/scram.ts';
import type { Module } from '../module.ts';
import { rfc6120 } from './rfc6120.ts';
import { rfc6120Bind } from './rfc6120-bind.ts';
import { rfc6120Hosts } from './rfc6120-hosts.ts';
import { rfc6120S2s } from './rfc6120-s2s.ts';
import { rfc6120Tls } from './rfc6120-tls.ts';
import { rfc6120Sasl } from './rfc6120-sasl.ts';
import { rfc6121Message } from './rfc6121-message.ts';
import { rfc6121Presence } from './rfc6121-presence.ts';
import { rfc6121Roster } from './rfc6121-roster.ts';
import { rfc6121Subscription } from './rfc6121-subscription.ts';
import { xep0114 } from './xep0114.ts';
import { xep0050 } from './xep0050.ts';
import { xep0133 } from './xep0133.ts';
import { xep0030 } from './xep0030.ts';
import { xep0045 } from './xep0045.ts';
import { xep0049 } from './xep0049.ts';
import { xep0191 } from './xep0191.ts';
import { xep0054 } from './xep0054.ts';
import { xep0012 } from './xep0012.ts';
import { xep0059 } from './xep0059.ts';
import { xep0060 } from './xep0060.ts';
import { xep0085 } from './xep0085.ts';
import { xep0092 } from './xep0092.ts';
import { xep0160 } from './xep0160.ts';
import { xep0184 } from './xep0184.ts';
import { xep0198 } from './xep0198.ts';
import { xep0090, xep0202 } from './xep0202.ts';
import { xep0153 } from './xep0153.ts';
import { xep0199 } from './xep0199.ts';
import { xep0203 } from './xep0203.ts';
import { xep0163 } from './xep0163.ts';
import { xep0178 } from './xep0178.ts';
import { xep0220 } from './xep0220.ts';
import { xep0249 } from './xep0249.ts';
import { xep0289 } from './xep0289.ts';
import { xep0369 } from './xep0369.ts';
import { xep0403 } from './xep0403.ts';
import { xep0405 } from './xep0405.ts';
import { xep0280 } from './xep0280.ts';
import { xep0292 } from './xep0292.ts';
import { xep0307 } from './xep0307.ts';
import { xep0313 } from './xep0313.ts';
import { xep0313Rooms } from './xep0313-muc.ts';
import { mucLimits } from './muc-limits.ts';
import { registeredNicks } from './muc-registered-nicks.ts';
import { xep0425 } from './xep0425.ts';
import { xep0352 } from './xep0352.ts';
import { xep0363 } from './xep0363.ts';
import { xep0386 } from './xep0386.ts';
import { xep0388 } from './xep0388.ts';
import { xep0402 } from './xep0402.ts';
import { xep0421 } from './xep0421.ts';

export const MODULES: readonly Module[] = [
  rfc6120,
  rfc6120Hosts,
  rfc6120S2s,
  xep0178,
  xep0220,
  rfc6120Tls,
  rfc6120Sasl,
  xep0388,
  xep0386,
  rfc6120Bind,
  rfc6121Message,
  rfc6121Presence,
  rfc6121Roster,
  rfc6121Subscription,
  xep0012,
  xep0030,
  xep0045,
  xep0049,
  xep0054,
  xep0059,
  xep0060,
  xep0085,
  xep0092,
  xep0153,
  xep0160,
  xep0163,
  xep0191,
  xep0184,
  xep0198,
  xep0199,
  xep0202,
  xep0203,
  xep0249,
  xep0280,
  xep0292,
  xep0307,
  xep0313,
  xep0352,
  xep0402,
  xep0421,
  clientPresence,
  clientRooms,
  clientRoster,
  clientCarbons,
  clientMessages,
  clientManagement,
  clientRequests,
  clientScram,
  clientPubsub,
  clientForms,
  xep0114,
  xep0289,
  xep0313Rooms,
  xep0425,
  mucLimits,
  xep0369,
  xep0403,
  xep0405,
  clientChannels,
  registeredNicks,
  clientChats,
  xep0050,
  xep0133,
  clientCommands,
  clientReconnect,
  xep0363,
  xep0090,
];

/** For the catalogue. */
export function moduleEntries(): readonly ModuleEntry[] {
  return MODULES.map(({ id, title, spec, version }) => ({ id, title, spec, version }));
}
