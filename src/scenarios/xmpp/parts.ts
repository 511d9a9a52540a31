/** What the XMPP scenarios have in common: two servers of the same names, latencies that a person may change, people who log in. */
import type { ParamSchema } from '../../protocol/params.ts';
import type { ClientAct, XmppScenario } from '../../protocol/scenario.ts';

export const MS = 1000;
export const SECOND = 1000 * MS;

const latency = (label: string, help: string, value: number): ParamSchema[string] => ({
  type: 'number',
  label,
  help,
  unit: 'ms',
  min: 0,
  max: 2000,
  default: value,
});
const LATENCY = { client: 24 * MS, federation: 48 * MS, component: 4 * MS };
export const CLIENT_LATENCY = { clientLatency: latency('Client latency', 'One way between a client and its server', 24) };
export const LATENCIES = {
  ...CLIENT_LATENCY,
  federationLatency: latency('Federation latency', 'One way between two servers', 48),
};
/** For scenes with rooms: their service is a program beside its server. */
export const SERVICE_LATENCY = { componentLatency: latency('Service latency', 'One way between a server and its room service', 4) };

const choice = (label: string, help: string): ParamSchema[string] => ({
  type: 'choice',
  label,
  help,
  options: ['step by step', 'up already'],
  default: 'step by step',
});
/** For scenes in which streams come up: watch that, or begin after it. */
export const LOGINS = { logins: choice('Logins', 'Watch clients’ streams come up, or find them up already') };
export const FEDERATION = { federation: choice('Federation', 'Watch the streams between servers come up, or find them up already') };

type Given = Pick<XmppScenario, 'id' | 'title' | 'summary' | 'servers' | 'clients'> & Partial<XmppScenario>;
export const scene = (given: Given): XmppScenario => ({
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  seed: '42',
  until: 60 * SECOND,
  speed: 80_000,
  params: CLIENT_LATENCY,
  latency: LATENCY,
  ...given,
});

type Client = XmppScenario['clients'][number];
/** Someone whose stream is up, and who says so at this time (in ms). */
export const online = (jid: string, at: number, ...acts: readonly ClientAct[]): Client => ({
  jid,
  acts: [{ at: at * MS, do: 'presence' }, ...acts],
});
/** Someone who connects at this time (in ms), asks for the roster and says that they are there. */
export const logsIn = (jid: string, at: number, ...acts: readonly ClientAct[]): Client => ({
  jid,
  acts: [{ at: at * MS, do: 'connect', roster: true, presence: '' }, ...acts],
});
export const sends = (at: number, xml: string): ClientAct => ({ at: at * MS, do: 'send', xml });
export const chat = (at: number, to: string, id: string, body: string): ClientAct =>
  sends(at, `<message to='${to}' type='chat' id='${id}'><body>${body}</body></message>`);
