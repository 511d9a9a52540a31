/** Short conversations in the format of the recorded ones: what each connection is sent in each step, logins left out. */
import { conversationOf } from '../../../src/core/simulation/conversation.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import { transcriptOf } from '../../../src/core/simulation/transcript.ts';

export type Step = Readonly<Record<string, unknown>>;

export interface Talk {
  /** What a connection got in the step of that number, from 1; stamps are made equal, and what servers add to presence is left out. */
  got(conn: string, step: number): readonly string[];
  /** Everything that it got. */
  all(conn: string): readonly string[];
}

interface Setting {
  readonly profile?: 'prosody' | 'rfc';
  readonly modules?: readonly string[];
}
/** The last ones: tests look at the same conversation from several sides, and it never goes otherwise. */
const held = new Map<string, Talk>();
const MOST_HELD = 20;

export function talk(steps: readonly Step[], more: Setting = {}): Talk {
  const key = JSON.stringify([steps, more]);
  const before = held.get(key);
  if (before) return before;
  const now = hold(steps, more);
  if (held.size >= MOST_HELD) held.delete([...held.keys()][0]!);
  held.set(key, now);
  return now;
}

function hold(steps: readonly Step[], more: Setting): Talk {
  const conversation = conversationOf({ id: 'test', title: 'test', server: { modules: more.modules ?? [] }, steps }, 'test');
  const scenario = { ...conversation.scenario, profile: more.profile ?? 'prosody' };
  const { clients } = transcriptOf(new Run(createWorld({ scenario, seed: undefined }, undefined)).finish(), conversation);
  const lines = clients as readonly { step: number; conn?: string; dir: string; xml?: string; event?: string; phase?: string }[];
  const told = lines.filter((l) => (l.dir === 'recv' || l.event === 'server-closed-tcp') && l.phase !== 'login');
  const text = (l: (typeof lines)[number]): string =>
    (l.xml ?? l.event ?? '').replace(/ xml:lang='en'|<x xmlns='vcard-temp:x:update'>.*?<\/x>/g, '').replace(/stamp='[^']+'/g, "stamp='T'");
  return {
    got: (conn, step) => told.filter((l) => l.conn === conn && l.step === step).map(text),
    all: (conn) => told.filter((l) => l.conn === conn).map(text),
  };
}

export const connect = (as: string, user: string, resource: string, presence: string | undefined = ''): Step => ({
  op: 'connect',
  as,
  user: `${user}@wonderland.lit`,
  resource,
  ...(presence === undefined ? {} : { presence }),
});
export const send = (as: string, xml: string | readonly string[]): Step => ({ as, xml });
export const message = (to: string, id: string, content = `<body>${id}</body>`, type = 'chat'): string =>
  `<message to='${to}' type='${type}' id='${id}'>${content}</message>`;
/** A new connection, up to where a resource is bound or a session resumed: four steps. */
export const authenticated = (as: string, user: string): readonly Step[] => [
  { op: 'open', as, user: `${user}@wonderland.lit` },
  { op: 'header', as },
  send(as, `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{{b64:\\0${user}\\0pw-${user}}}</auth>`),
  { op: 'header', as },
];
