/** The scenes in Node: their graphs come from `public/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element } from '../../src/base/xml/element.ts';
import { Run } from '../../src/core/simulation/run.ts';
import type { World } from '../../src/core/simulation/world.ts';
import type { OpenArgs } from '../../src/protocol/protocol.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { worldOf } from './worlds.ts';

export const SCENES: readonly string[] = scenarios.map((scenario) => scenario.id);

/** One of each kind, where all of them would only take longer; `npm run test:full` takes all. */
const KINDS = ['room-two-servers', 'karate-rumour', 'experiment-2011', 'gossip-over-xmpp', 'login', 'one-room', 'polling'];
export const SOME_SCENES: readonly string[] = process.env['STANZASCOPE_FULL'] === '1' ? SCENES : KINDS;

export const publicFile = (path: string): string => readFileSync(join(import.meta.dirname, '../../public', path), 'utf8');

export const world = (id: string, args?: Omit<OpenArgs, 'scenario'>): World => worldOf(id, publicFile, args);

export const finished = (id: string, args?: Omit<OpenArgs, 'scenario'>): Run => new Run(world(id, args)).finish();

/** The stanzas of its messages, by id. */
export const stanzasOf = ({ journal }: Run): (Element | undefined)[] =>
  Array.from({ length: journal.messageCount }, (_, id) => journal.stanzas.get(id));
