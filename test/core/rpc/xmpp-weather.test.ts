/** Over XMPP: calls that come back, clients that crash and log in again, stanzas that get lost, calls that cannot be read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseXml, serialize } from '../../../src/base/xml/codec.ts';
import { defineGossip, EMPTY, INFECTIVE, SUSCEPTIBLE, type Algorithm, type Net } from '../../../src/core/gossip/contract.ts';
import { algorithms } from '../../../src/core/gossip/index.ts';
import { Journal, Outcome } from '../../../src/core/kernel/journal.ts';
import { Kernel } from '../../../src/core/kernel/kernel.ts';
import { periods } from '../../../src/core/kernel/rounds.ts';
import { conditionParams, conditionsOf } from '../../../src/core/network/conditions.ts';
import { homesOf } from '../../../src/core/rpc/homes.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { callStanza, replyStanza } from '../../../src/core/rpc/xep0009.ts';
import { readCall, readResponse } from '../../../src/core/rpc/xep0009-read.ts';
import { XmppGossip } from '../../../src/core/rpc/xmpp.ts';
import { experimentOf, gossipScenario, measuresOf } from '../../../src/core/simulation/experiment.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { complete } from '../../../src/core/topology/complete.ts';
import { sparse } from '../../../src/core/topology/topology.ts';
import { readParams } from '../../../src/protocol/read-params.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { world } from '../../support/scenes.ts';
import { circle, clique, HORIZON, make, ONE_SERVER, THREE_SERVERS } from './over-xmpp.ts';

const find = (id: string): Algorithm => algorithms.find((algorithm) => algorithm.id === id)!;

/** Node 0 calls node 1 at 100 and waits up to `timeout`; what it hears is written down. Node 1 crashes at `crash`. */
function hears(options: {
  readonly timeout: number;
  readonly crash: number;
  readonly over: ParamValues;
  readonly silent?: boolean;
}): string[] {
  const told: string[] = [];
  const tell = (net: Net, text: string): void => void told.push(`${net.tick}: ${text}`);
  const probe = defineGossip({
    id: 'probe',
    title: 'Probe',
    summary: '',
    source: 'of the test, 2024',
    params: {},
    needs: () => [],
    many: false,
    endless: () => false,
    synchronous: () => false,
    period: () => 1000,
    methods: [{ name: 'ask', kind: 'pull', update: false, args: [], why: '', replies: [{ label: 'here', why: '' }] }],
    timers: ['ask'],
    rules: {},
    states: [SUSCEPTIBLE, INFECTIVE],
    state: {},
    shown: () => 0,
    onUpdate(net, node) {
      net.later(node, 100, 0);
      if (options.crash >= 0) net.crash(1, options.crash);
    },
    onTimer: (net, node) => void net.call(node, net.randomPeer(node), 0, 0, 0, options.timeout),
    onCall: (net) => (tell(net, 'called'), options.silent === true ? EMPTY : 0),
    onReply: (net) => tell(net, 'reply'),
    onTimeout: (net, _node, _method, token, to) => tell(net, `time-out of ${token} to ${to}`),
    onDown: (net, _node, other) => tell(net, `${other} is down`),
  }) as unknown as Algorithm;
  const conditions = conditionsOf(readParams(conditionParams, { transport: 'xmpp', ...options.over }, 'conditions'));
  const topology = sparse(2, [0, 1], [1, 0], () => 40, { directed: false });
  const homes = homesOf(topology, conditions, 's');
  const given = { algorithm: probe, params: {}, conditions, topology, origin: 0, seed: 's', stage: bareStage, bytes: () => 0 };
  const program = new XmppGossip({ ...given, homes });
  const latency = program.model.stage.links.latency;
  const kernel = new Kernel({ program, rounds: periods(1000), entities: homes.servers + 2, latency: (link) => latency[link]! });
  kernel.run(1000);
  expect(kernel.nextTick).toBe(Infinity);
  return told;
}
const NEAR: ParamValues = { domains: 1, clientLatency: 10 };
const FAR: ParamValues = { domains: 2, clientLatency: 10, federationLatency: 30 };

test('an answer takes the way of the call back', () => {
  expect(hears({ timeout: 500, crash: -1, over: NEAR })).toEqual(['120: called', '140: reply']);
  expect(hears({ timeout: 500, crash: -1, over: FAR })).toEqual(['150: called', '200: reply']);
});
test('a call to a client that is gone comes back from its server: it has failed there and then', () => {
  // As far as the callee’s server, and back.
  expect(hears({ timeout: 500, crash: 0, over: NEAR })).toEqual(['120: time-out of 0 to 1', '120: 1 is down']);
  expect(hears({ timeout: 500, crash: 0, over: FAR })).toEqual(['180: time-out of 0 to 1', '180: 1 is down']);
  expect(hears({ timeout: 0, crash: 0, over: FAR })).toEqual(['180: 1 is down']);
});
test('where its server has not noticed, nothing comes back, and the time-out is waited for', () => {
  // The server writes to it at 110, and hears at 115 that it is gone.
  expect(hears({ timeout: 500, crash: 105, over: NEAR })).toEqual(['600: time-out of 0 to 1']);
});
test('where nothing is answered, the caller waits until the acknowledgement has come', () => {
  expect(hears({ timeout: 30, crash: -1, over: NEAR, silent: true })).toEqual(['120: called', '130: time-out of 0 to 1']);
  expect(hears({ timeout: 50, crash: -1, over: NEAR, silent: true })).toEqual(['120: called']);
});
test('a reply that comes too late is ignored, though it comes', () => {
  expect(hears({ timeout: 30, crash: -1, over: NEAR })).toEqual(['120: called', '130: time-out of 0 to 1']);
});

test('who went away comes back by logging in, knows nothing, and takes part again', () => {
  const journal = new Journal();
  const made = make(find('anti-entropy'), { churn: 0.05, downtime: 2, ...THREE_SERVERS }, circle, 'a', journal);
  made.kernel.run(HORIZON);
  const m = journal.messages;
  const logins = Array.from({ length: journal.messageCount }, (_, id) => id).filter((id) => journal.stanzas.get(id)?.name === 'auth');
  expect(logins.length).toBeGreaterThan(3);
  let again = 0;
  for (const login of logins) {
    const client = m.from.get(login);
    for (let id = login; id < journal.messageCount; id++)
      if (m.from.get(id) === client && journal.stanzas.get(id)!.attrs['id']?.startsWith('g') === true) {
        again++;
        break;
      }
  }
  expect(again).toBeGreaterThan(logins.length / 2);
  // None of them is up before it is bound.
  expect(made.world.population.live).toBeLessThanOrEqual(circle.nodes);
});

test('loss takes away calls and responses at the last step, as many as it says, and no acknowledgement', () => {
  const journal = new Journal();
  const made = make(find('uniform'), { loss: 0.2, tolerance: 20, ...ONE_SERVER }, circle, 'a', journal);
  made.kernel.run(HORIZON);
  const lost = Array.from({ length: journal.messageCount }, (_, id) => id).filter(
    (id) => journal.messages.outcome.get(id) === Outcome.lost,
  );
  for (const id of lost) {
    expect(journal.messages.to.get(id)).toBeGreaterThan(0);
    expect(journal.stanzas.get(id)!.children.length).toBe(1);
  }
  expect(made.tally.messages).toBeGreaterThan(1000);
  expect(lost.length / made.tally.messages).toBeGreaterThan(0.16);
  expect(lost.length / made.tally.messages).toBeLessThan(0.24);
});

test('messages under way are the algorithm’s, once each, however many hops they have', () => {
  // The origin tells seven others at once, each of whom passes it on to six, while nothing of what came before is left.
  const made = make(find('flood'), ONE_SERVER, clique, 'a');
  made.kernel.run(HORIZON);
  expect(made.tally.maxInFlight).toBe(42);
  expect(made.kernel.maxInFlight).toBeGreaterThan(42);
});

test('too many clients are refused, and so is a trace that cuts links; one of joins and leaves is played', () => {
  const crowd = complete.generate({ nodes: 5001, latency: 'constant(1)' }, 'c');
  expect(() => make(find('flood'), ONE_SERVER, crowd, 'a')).toThrow(/there may be 5,000 of them: this graph has 5,001/);
  const changed = (changes: Parameters<typeof gossipScenario>[2]) =>
    experimentOf(gossipScenario('flood', { id: 'file' }, changes), 'a', ONE_SERVER, undefined, clique);
  expect(() => changed({ changes: [{ at: 5, do: 'down', node: '1', to: '2' }] })).toThrow(/a trace cuts links between nodes/);
  expect(() => changed({ changes: [{ at: 5, do: 'leave', node: '1' }] })).not.toThrow();
});

test('the scene: wherever one goes in it, the state is the one that the recording had there', () => {
  const given = { params: { churn: 0.02, downtime: 1, loss: 0.05, crash: 0.1 } };
  const run = new Run(world('gossip-over-xmpp', given)).finish();
  expect(run.ended).not.toBe('budget');
  const end = run.journal.eventCount;
  const entities = run.world.stage.entities.name.length;
  const seen = (at: Run, ordinal: number) => Array.from({ length: entities }, (_, entity) => at.at(ordinal).inspectEntity(entity));
  for (const ordinal of [end, end >> 1, 3, end - 1, 700]) {
    const fresh = new Run(run.world);
    expect(seen(run, ordinal)).toEqual(seen(fresh, ordinal));
  }
  for (const parts of seen(run, end)) expect(new Set(parts.map((part) => part.key)).size).toBe(parts.length);
});

const METHOD = { name: 'give', kind: 'push', update: true, why: '' } as const;
const double = fc.double({ noNaN: false }).map((value) => (Object.is(value, -0) ? 0 : value));
test('what is written is read again: calls and responses with all that they carry', () => {
  const given = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 2 });
  fc.assert(
    fc.property(given, fc.option(fc.array(double)), (args, data) => {
      const method = { ...METHOD, args: args.map((_, i) => `a${i}`), ...(data ? { data: 'values' } : {}) };
      const sent = callStanza('a@x/g', 'b@x/g', 7, method, args, data ?? []);
      // As it is, and as it would be after a real connection.
      for (const stanza of [sent, parseXml(serialize(sent, 'jabber:client'), 'jabber:client')])
        expect(readCall(stanza)).toEqual({ name: 'give', args, data: data ?? undefined });
    }),
  );
  fc.assert(
    fc.property(fc.nat({ max: 9 }), fc.array(double), (value, data) => {
      expect(readResponse(replyStanza('a@x/g', 'b@x/g', 7, value, data))).toEqual({ value, data: data.length > 0 ? data : undefined });
    }),
  );
});
const iq = (content: string) => parseXml(`<iq type='set' id='g1'><query xmlns='jabber:iq:rpc'>${content}</query></iq>`, 'jabber:client');
test.each([
  ['nothing', ''],
  ['no name', '<methodCall/>'],
  ['another’s name', '<methodCall><methodName>bank.give</methodName></methodCall>'],
  ['a parameter without a value', '<methodCall><methodName>gossip.a</methodName><params><param/></params></methodCall>'],
  [
    'a string',
    '<methodCall><methodName>gossip.a</methodName><params><param><value><string>7</string></value></param></params></methodCall>',
  ],
  ['no number', '<methodCall><methodName>gossip.a</methodName><params><param><value><i4>x</i4></value></param></params></methodCall>'],
  [
    'too large',
    '<methodCall><methodName>gossip.a</methodName><params><param><value><i4>2147483648</i4></value></param></params></methodCall>',
  ],
  [
    'no real number',
    '<methodCall><methodName>gossip.a</methodName><params><param><value><double> </double></value></param></params></methodCall>',
  ],
])('a call with %s is none that is read', (_, content) => expect(readCall(iq(content))).toBeUndefined());

test('measures: bytes are the algorithm’s XML, as on the graph but for longer addresses', () => {
  const [graph, xmpp] = [make(find('flood'), {}, clique, 'a', new Journal()), make(find('flood'), ONE_SERVER, clique, 'a', new Journal())];
  for (const made of [graph, xmpp]) made.kernel.run(HORIZON);
  const bytes = (made: typeof graph): number => measuresOf(made.experiment, made, true).bytes;
  // Each of the 49 calls names two addresses, each longer by a resource.
  expect(bytes(xmpp) - bytes(graph)).toBe(49 * 2 * '/gossip'.length);
});
