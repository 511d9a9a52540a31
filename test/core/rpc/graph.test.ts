/** The graph transport alone, under an algorithm made for the test: calls, time-outs, empty answers, cycles. */
import { expect, test } from 'vitest';
import { defineGossip, EMPTY, INFECTIVE, SUSCEPTIBLE, type Algorithm } from '../../../src/core/gossip/contract.ts';
import { Journal } from '../../../src/core/kernel/journal.ts';
import { Kernel } from '../../../src/core/kernel/kernel.ts';
import { periods } from '../../../src/core/kernel/rounds.ts';
import { conditionParams, conditionsOf } from '../../../src/core/network/conditions.ts';
import { addressesOf } from '../../../src/core/rpc/addresses.ts';
import { GraphWorld } from '../../../src/core/rpc/graph.ts';
import { graphStage } from '../../../src/core/rpc/stage.ts';
import { stanzaSizes } from '../../../src/core/rpc/xep0009.ts';
import { readParams } from '../../../src/core/simulation/params.ts';
import { sparse } from '../../../src/core/topology/topology.ts';

/** Node 0 asks its one peer, which answers after `answer` calls only; what comes back is written down. */
function probe(told: string[], options: { readonly timeout: number; readonly answer: boolean; readonly synchronous?: boolean }): Algorithm {
  return defineGossip({
    id: 'probe',
    title: 'Probe',
    summary: '',
    source: 'of the test, 2024',
    params: {},
    needs: () => [],
    many: false,
    endless: () => false,
    synchronous: () => options.synchronous ?? false,
    period: () => 100,
    methods: [{ name: 'ask', kind: 'pull', update: false, args: ['x', 'y'], why: '', replies: [{ label: 'here', why: '' }] }],
    timers: ['ask', 'look'],
    rules: {},
    states: [SUSCEPTIBLE, INFECTIVE],
    state: {},
    shown: () => 0,
    onUpdate(net, node) {
      net.learned(node);
      net.later(node, 30, 0);
    },
    onTimer(net, node, code) {
      told.push(`timer ${code} at ${net.tick}, round ${net.round}`);
      if (code !== 0) return;
      const token = net.call(node, net.randomPeer(node), 0, 4, -5, options.timeout);
      told.push(`token ${token}`);
      net.nextRound(node, 1);
    },
    onCall(net, node, method, a, b) {
      told.push(`call ${method}(${a}, ${b}) at ${net.tick}, node ${node}`);
      return options.answer ? 0 : EMPTY;
    },
    onReply: (net, node, method, reply, token) =>
      void told.push(`reply ${reply} to ${method} at ${net.tick}, node ${node}, token ${token}`),
    onTimeout: (net, node, method, token) => void told.push(`timeout of ${method} at ${net.tick}, node ${node}, token ${token}`),
  }) as unknown as Algorithm;
}

const topology = sparse(2, [0, 1], [1, 0], (i) => [40, 7][i]!, { directed: true });
function play(options: Parameters<typeof probe>[1]): {
  readonly told: readonly string[];
  readonly journal: Journal;
  readonly kernel: Kernel;
} {
  const told: string[] = [];
  const algorithm = probe(told, options);
  const journal = new Journal();
  const addresses = addressesOf(topology);
  const stage = graphStage({ algorithm, topology, addresses, origin: 0 });
  const conditions = conditionsOf(readParams(conditionParams, {}, 'conditions'));
  const world = {
    algorithm,
    params: {},
    conditions,
    topology,
    origin: 0,
    seed: 's',
    stage,
    bytes: stanzaSizes(algorithm.methods, addresses),
  };
  const kernel = new Kernel({ program: new GraphWorld(world), rounds: periods(100), entities: 2, latency: topology.length, journal });
  kernel.run(100);
  return { told, journal, kernel };
}
const ASKED = ['timer 0 at 30, round 0', 'token 0', 'call 0(4, -5) at 70, node 1'];

test('a reply travels for the length of the link that the call took', () => {
  const { told, kernel } = play({ timeout: 0, answer: true });
  expect(told).toEqual([...ASKED, 'reply 0 to 0 at 110, node 0, token 0', 'timer 1 at 130, round 1']);
  expect(kernel.maxInFlight).toBe(1);
});

test('a reply in time: no time-out comes', () => {
  expect(play({ timeout: 81, answer: true }).told).toEqual([...ASKED, 'reply 0 to 0 at 110, node 0, token 0', 'timer 1 at 130, round 1']);
});

test('no reply by then: the time-out comes, and a late reply is a silence', () => {
  expect(play({ timeout: 60, answer: true }).told).toEqual([...ASKED, 'timeout of 0 at 90, node 0, token 0', 'timer 1 at 130, round 1']);
});

test('an empty answer costs nothing: no message, no event, and no time-out behind it', () => {
  const { told, journal } = play({ timeout: 60, answer: false });
  expect(told).toEqual([...ASKED, 'timer 1 at 130, round 1']);
  expect(journal.messageCount).toBe(1);
});

test('in synchronous cycles links’ lengths do not count, and timers wait for the next cycle', () => {
  expect(play({ timeout: 0, answer: true, synchronous: true }).told).toEqual([
    'timer 0 at 30, round 0',
    'token 0',
    'call 0(4, -5) at 55, node 1',
    'reply 0 to 0 at 80, node 0, token 0',
    'timer 1 at 100, round 1',
  ]);
});
