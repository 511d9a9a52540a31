/** All stanza definitions, by namespace. A new specification is a definition and a line here. */
import { NS } from '../namespaces.ts';
import * as later from './later.ts';
import * as messages from './messages.ts';
import type { Definition } from './model.ts';
import * as people from './people.ts';
import * as pubsub from './pubsub.ts';
import * as rooms from './rooms.ts';
import * as services from './services.ts';
import * as sessions from './sessions.ts';
import * as stanzas from './stanzas.ts';
import * as streams from './streams.ts';
import * as transfers from './transfers.ts';

const ALL: readonly Definition[] = [stanzas, streams, people, messages, rooms, services, pubsub, transfers, sessions, later].flatMap(
  (group) => Object.values(group).flat(),
);

export const DEFINITIONS: ReadonlyMap<string, Definition> = new Map(ALL.map((definition) => [definition.ns, definition]));

/** Namespaces that contents name by a prefix. */
export const PREFIXES: Readonly<Record<string, string>> = {
  client: NS.client,
  server: NS.server,
  stanzas: NS.stanzas,
  data: services.DATA_FORMS.ns,
  oob: services.OOB_X.ns,
  delay: NS.delay,
  forward: messages.FORWARD.ns,
  rsm: messages.RSM.ns,
  mix: rooms.MIX.ns,
};
