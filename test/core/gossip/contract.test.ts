/** What every algorithm of the registry promises: a new one is tested by being listed. */
import { expect, test } from 'vitest';
import { EMPTY, type Algorithm } from '../../../src/core/gossip/contract.ts';
import { algorithms } from '../../../src/core/gossip/index.ts';
import { journalHash } from '../../../src/core/kernel/hash.ts';
import { Journal, What } from '../../../src/core/kernel/journal.ts';
import { Kernel } from '../../../src/core/kernel/kernel.ts';
import { periods } from '../../../src/core/kernel/rounds.ts';
import { addressesOf } from '../../../src/core/rpc/addresses.ts';
import { GraphWorld } from '../../../src/core/rpc/graph.ts';
import { graphStage } from '../../../src/core/rpc/stage.ts';
import { isReply, methodOf, stanzaSizes } from '../../../src/core/rpc/xep0009.ts';
import { readParams } from '../../../src/core/simulation/params.ts';
import { complete } from '../../../src/core/topology/complete.ts';
import { ring } from '../../../src/core/topology/ring.ts';
import { sparse, type Topology } from '../../../src/core/topology/topology.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { KINDS } from '../../../src/protocol/scene.ts';

const HORIZON = 200_000;
const clique = complete.generate({ nodes: 8, latency: 'uniform(1,30)' }, 'c');
const circle = ring.generate({ nodes: 24, degree: 4, latency: 'uniform(0,40)' }, 'c');
/** One way only, and one node that nobody can reach. */
const oneWay = sparse(5, [0, 1, 2, 2, 4], [1, 2, 0, 3, 0], (i) => 3 + i, { directed: true });

interface Made {
  readonly program: GraphWorld;
  readonly kernel: Kernel;
}
function make(algorithm: Algorithm, given: ParamValues, topology: Topology, seed: string, journal?: Journal): Made {
  const params = readParams(algorithm.params, given, algorithm.id);
  const addresses = addressesOf(topology);
  const stage = graphStage({ algorithm, topology, addresses, origin: 0 });
  const program = new GraphWorld({ algorithm, params, topology, origin: 0, seed, stage, bytes: stanzaSizes(algorithm.methods, addresses) });
  const rounds = periods(algorithm.period(params));
  const kernel = new Kernel({ program, rounds, entities: topology.nodes, latency: (link) => topology.length(link), journal });
  return { program, kernel };
}

/** The defaults, and each choice and flag of the algorithm turned another way; numbers as they are. */
function variants(algorithm: Algorithm): ParamValues[] {
  const list: ParamValues[] = [{}];
  for (const [name, param] of Object.entries(algorithm.params)) {
    if (param.type === 'choice') for (const option of param.options) list.push({ [name]: option });
    if (param.type === 'flag') list.push({ [name]: !param.default });
  }
  return list;
}
/** As much patience as the schema allows within reason. */
const generous = (algorithm: Algorithm): ParamValues =>
  Object.fromEntries(
    Object.entries(algorithm.params).flatMap(([name, param]) =>
      param.type === 'int' && name !== 'period' && name !== 'fanout' ? [[name, Math.min(param.max, 40)]] : [],
    ),
  );

const cases = algorithms.flatMap((algorithm) =>
  variants(algorithm).map((params) => [algorithm.id, JSON.stringify(params), algorithm, params] as const),
);
const each = test.each(cases);

test('ids are all different, and each names its paper', () => {
  expect(algorithms.length).toBeGreaterThan(1);
  expect(new Set(algorithms.map((algorithm) => algorithm.id)).size).toBe(algorithms.length);
  for (const algorithm of algorithms) {
    expect(algorithm.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(algorithm.source).toMatch(/\d{4}/);
    for (const method of algorithm.methods) {
      expect(KINDS).toContain(method.kind);
      expect(method.args.length).toBeLessThanOrEqual(2);
      expect(method.why).not.toBe('');
    }
  }
});

each('%s %s ends, and the same seed gives the same journal', (_, __, algorithm, params) => {
  for (const topology of [clique, circle, oneWay]) {
    const run = (seed: string): string => {
      const journal = new Journal();
      const { kernel } = make(algorithm, params, topology, seed, journal);
      expect(kernel.run(HORIZON)).toBeLessThan(HORIZON);
      expect(kernel.inFlight).toBe(0);
      return journalHash(journal);
    };
    const one = run('a');
    expect(run('a')).toBe(one);
    if (topology !== oneWay) expect(run('b')).not.toBe(one);
  }
});

each(
  '%s %s sends along links of the sender only, answers along the same one, and an empty answer is no message',
  (_, __, algorithm, params) => {
    const journal = new Journal();
    const { kernel, program } = make(algorithm, params, circle, 'a', journal);
    kernel.run(HORIZON);
    const m = journal.messages;
    let updates = 0;
    const answered = new Set<number>();
    for (let id = 0; id < journal.messageCount; id++) {
      const [from, to, link] = [m.from.get(id), m.to.get(id), m.link.get(id)];
      const method = algorithm.methods[methodOf(m.code.get(id))]!;
      if (isReply(m.code.get(id))) {
        const request = m.answers.get(id);
        expect([m.from.get(request), m.to.get(request), m.link.get(request)]).toEqual([to, from, link]);
        expect(m.a.get(id)).not.toBe(EMPTY);
        expect(method.replies?.[m.a.get(id)]).toBeDefined();
        expect(answered.has(request)).toBe(false);
        answered.add(request);
        expect(m.due.get(id) - m.sent.get(id)).toBe(m.due.get(request) - m.sent.get(request));
      } else {
        expect([circle.source(link), circle.target(link)]).toEqual([from, to]);
        expect(circle.between(from, to)).toBeGreaterThanOrEqual(0);
        if (method.update) updates++;
      }
    }
    expect(program.updates).toBe(updates);
    // Each event is an arrival, a timer or a row that says why nothing happened: no row for an acknowledgement.
    const arrivals = Array.from({ length: journal.eventCount }, (_, row) => journal.events.what.get(row)).filter((w) => w === What.arrival);
    expect(arrivals).toHaveLength(journal.messageCount);
  },
);

each('%s %s: kept in the middle as plain data and gone on with, the run is the same', (_, __, algorithm, params) => {
  const whole = make(algorithm, params, circle, 'keep');
  const events = whole.kernel.run(HORIZON);
  for (const at of [0, 1, 7, events >> 1, events - 1]) {
    const first = make(algorithm, params, circle, 'keep');
    first.kernel.run(at);
    const keyframe = first.kernel.save();
    const copied = structuredClone(keyframe);
    first.kernel.run(HORIZON);
    // What goes on must not write into what was kept.
    expect(keyframe).toEqual(copied);
    const second = make(algorithm, params, circle, 'other seed');
    second.kernel.run(3);
    second.kernel.load(copied);
    second.kernel.run(HORIZON);
    for (const { kernel, program } of [first, second]) {
      expect([kernel.ordinal, kernel.tick, kernel.maxInFlight, kernel.processed]).toEqual([
        whole.kernel.ordinal,
        whole.kernel.tick,
        whole.kernel.maxInFlight,
        whole.kernel.processed,
      ]);
      expect(kernel.reachedAt).toEqual(whole.kernel.reachedAt);
      expect(program.state).toEqual(whole.program.state);
      expect(program.updates).toBe(whole.program.updates);
    }
  }
});

each('%s %s: what is reached is shown as reached, by one of the algorithm’s own states', (_, __, algorithm, params) => {
  const { kernel, program } = make(algorithm, params, oneWay, 'a', new Journal());
  const shown = (): number[] => [0, 1, 2, 3, 4].map((node) => algorithm.shown(program.state, node));
  do {
    shown().forEach((state, node) => {
      expect(algorithm.states[state]).toBeDefined();
      expect(state !== 0).toBe(kernel.reachedAt[node]! >= 0);
    });
  } while (kernel.step());
  expect(kernel.reachedAt[0]).toBe(0);
  // Nothing leads to node 4.
  expect(kernel.reachedAt[4]).toBe(-1);
});

each('%s %s: every silence names a rule that the algorithm explains', (_, __, algorithm, params) => {
  const journal = new Journal();
  const { kernel } = make(algorithm, params, oneWay, 'a', journal);
  kernel.run(HORIZON);
  const stage = graphStage({ algorithm, topology: oneWay, addresses: addressesOf(oneWay), origin: 0 });
  let silences = 0;
  for (let row = 0; row < journal.eventCount; row++) {
    if (journal.events.what.get(row) !== What.nothing) continue;
    silences++;
    expect(stage.rules.get(journal.ruleName(journal.events.rule.get(row)))?.text).toBeTruthy();
  }
  expect(silences).toBeGreaterThan(0);
});

test.each(algorithms.map((algorithm) => [algorithm.id, algorithm] as const))(
  '%s informs a small clique when it is patient',
  (_, algorithm) => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const { kernel } = make(algorithm, generous(algorithm), clique, seed);
      expect(kernel.run(HORIZON)).toBeLessThan(HORIZON);
      expect(kernel.reachedCount).toBe(8);
    }
  },
);
