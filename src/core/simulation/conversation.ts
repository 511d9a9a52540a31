/**
 * Conversations: scripted by hand, for clients of two federated servers, in the format in which real servers' conversations are recorded
 * (shared conformance README, "Format"). Each becomes an ordinary scenario: what a person would have waited for is a pause of fixed length.
 */
import { tryParseJid } from '../../base/jid.ts';
import { InputError } from '../../base/result.ts';
import { isModule } from '../xmpp/modules/known.ts';
import type { ClientAct, Login, ServerAct, XmppScenario } from '../../protocol/scenario.ts';

const MS = 1000;
/** Long enough for everything that a step sets off. */
const PAUSE = 1000;

interface RawStep {
  readonly op?: string;
  readonly as?: string;
  readonly note?: string;
  readonly xml?: string | readonly string[];
  readonly user?: string;
  readonly resource?: string;
  readonly presence?: string;
  readonly roster?: boolean;
  readonly session?: boolean;
  readonly mech?: Login['mechanism'];
  readonly password?: string;
  readonly nonce?: string;
  readonly transport?: string;
  readonly domain?: string;
  readonly signal?: string;
  readonly ms?: number;
  readonly re?: string;
  readonly var?: string;
  readonly quiet?: number;
}
interface RawConversation {
  readonly id: string;
  readonly title: string;
  readonly quiet?: number;
  readonly server?: { readonly modules?: readonly string[]; readonly tls?: boolean; readonly admins?: readonly string[] };
  readonly steps: readonly (string | RawStep)[];
}

export interface Conversation {
  readonly scenario: XmppScenario;
  /** The tick at which each step begins, and what it says of itself. */
  readonly steps: readonly {
    readonly at: number;
    readonly note: string | undefined;
    readonly op: string;
    readonly domain?: string | undefined;
    readonly hand?: string | undefined;
  }[];
  /** Name of the connection in the script, by the client's name in the scenario. */
  readonly connections: ReadonlyMap<string, { readonly name: string; readonly byHand: boolean }>;
}

const USERS: Readonly<Record<string, readonly string[]>> = {
  'wonderland.lit': ['alice', 'madhatter', 'whiterabbit', 'queen', 'king', 'echobot'],
  'realworld.lit': ['sister', 'cat'],
};
/** Names of Prosody's modules that a conversation may ask for, and ours. */
const PROSODY: Readonly<Record<string, string>> = { mam: 'xep-0313', carbons: 'xep-0280', smacks: 'xep-0198' };

interface Draft {
  readonly name: string;
  readonly as: string;
  readonly jid: string;
  readonly transport: 'tcp' | 'websocket';
  readonly byHand: boolean;
  readonly acts: ClientAct[];
}

/** @throws InputError that names the step. */
export function conversationOf(value: unknown, file: string): Conversation {
  const raw = value as RawConversation;
  if (typeof raw !== 'object' || raw === null || typeof raw.id !== 'string' || !Array.isArray(raw.steps))
    throw new InputError({
      message: `${file}: this is no conversation: it needs an "id" and "steps".`,
      hint: 'The shared conformance README has the format.',
    });
  const clients: Draft[] = [];
  const serverActs: Record<string, ServerAct[]> = {};
  const steps: Conversation['steps'][number][] = [];
  let at = PAUSE * MS;
  raw.steps.forEach((given, i) => {
    const step: RawStep = typeof given === 'string' ? { note: given } : given;
    const op = step.op ?? (step.xml === undefined ? 'note' : 'send');
    const wrong = (why: string): never => {
      throw new InputError(`${file}: step ${i + 1} (${op}): ${why}.`);
    };
    steps.push({ at, note: step.note, op, domain: step.domain, hand: step.as });
    if (op === 'post') wrong('there are no requests over HTTP here (XEP-0124 is not built)');
    if (op === 'note') return;
    if (op === 'connect' || op === 'open') clients.push(newClient(step, clients, wrong));
    if (op === 'stop' || op === 'start') {
      if (step.domain === undefined || !(step.domain in USERS)) wrong('it needs the "domain" of one of the two servers');
      const what = op === 'start' ? 'start' : step.signal === 'SIGKILL' ? 'crash' : 'stop';
      (serverActs[step.domain!] ??= []).push({ at, do: what });
    } else if (op !== 'wait') {
      const client = clients.findLast((c) => c.as === step.as) ?? wrong(`nobody is called ${JSON.stringify(step.as)} yet`);
      client.acts.push(...actsOf(step, op, at, wrong));
    }
    at += Math.max(PAUSE, 2 * (step.quiet ?? raw.quiet ?? 0), (step.ms ?? 0) + PAUSE) * MS;
  });
  // Of Prosody's modules only those that are here can be asked for.
  const modules = (raw.server?.modules ?? []).map((m) => PROSODY[m] ?? m).filter(isModule);
  const server = (domain: string) => ({
    domain,
    accounts: USERS[domain]!.map((name) => ({ name, password: `pw-${name}` })),
    tls: raw.server?.tls ?? false,
    modules,
    admins: raw.server?.admins ?? [],
    acts: serverActs[domain] ?? [],
  });
  const services = [
    { domain: 'rooms.wonderland.lit', service: 'muc', title: 'Wonderland rooms' },
    { domain: 'notify.wonderland.lit', service: 'pubsub', title: 'Wonderland notifications', admins: ['queen@wonderland.lit'] },
    { domain: 'upload.wonderland.lit', service: 'upload', title: 'Wonderland uploads' },
  ] as const;
  const scenario: XmppScenario = {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    id: raw.id,
    title: raw.title ?? raw.id,
    summary: 'A conversation with two federated servers',
    seed: '1',
    until: at + PAUSE * MS,
    streams: { clients: 'down', servers: 'down' },
    servers: [{ ...server('wonderland.lit'), components: services }, server('realworld.lit')],
    refusing: ['refused.lit'],
    clients: clients.map(({ name, jid, transport, acts }) => ({ jid, name, transport, passive: true, acts })),
    latency: { client: MS, federation: 2 * MS, component: 100 },
  };
  return { scenario, steps, connections: new Map(clients.map((c) => [c.name, { name: c.as, byHand: c.byHand }])) };
}

function newClient(step: RawStep, clients: readonly Draft[], wrong: (why: string) => never): Draft {
  const as = step.as ?? wrong('it needs "as", the name of the connection');
  const user = tryParseJid(step.user ?? `${as}@wonderland.lit`) ?? wrong(`${JSON.stringify(step.user)} is no address`);
  const before = clients.filter((c) => c.as === as).length;
  return {
    name: before === 0 ? as : `${as}#${before + 1}`,
    as,
    jid: `${user.local}@${user.domain}`,
    transport: step.transport === 'ws' ? 'websocket' : 'tcp',
    byHand: step.op === 'open',
    acts: [],
  };
}

function actsOf(step: RawStep, op: string, at: number, wrong: (why: string) => never): ClientAct[] {
  const { resource, mech: mechanism, password, session, roster, presence, nonce } = step;
  const defined = (values: object): object => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const texts = (): readonly string[] => (typeof step.xml === 'string' ? [step.xml] : (step.xml ?? []));
  switch (op) {
    case 'connect':
      return [
        {
          at,
          do: 'connect',
          ...defined({ resource, mechanism, password, session, presence, roster: presence !== undefined ? roster : undefined }),
        },
      ];
    case 'open':
      return [{ at, do: 'open' }];
    case 'header':
      return [{ at, do: 'header', ...defined({ text: texts()[0] }) }];
    case 'scram':
      return [{ at, do: 'scram', ...defined({ mechanism, user: step.user, password, nonce }) }];
    case 'starttls':
      return [{ at, do: 'tls' }];
    case 'send':
      return texts().map((text) => ({ at, do: 'type', text }));
    case 'save':
      return [{ at, do: 'save', pattern: step.re ?? wrong('it needs "re"'), variable: step.var ?? wrong('it needs "var"') }];
    case 'close':
      return [{ at, do: 'close' }];
    case 'kill':
      return [{ at, do: 'kill' }];
    case 'rst':
      return [{ at, do: 'reset' }];
    default:
      return wrong('there is no such step here');
  }
}
