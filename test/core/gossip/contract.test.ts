/** What every algorithm of the registry promises: a new one is tested by being listed. */
import { expect, test } from 'vitest';
import { serialize } from '../../../src/base/xml/codec.ts';
import { utf8Length } from '../../../src/base/utf8.ts';
import { EMPTY, type Algorithm } from '../../../src/core/gossip/contract.ts';
import { algorithms } from '../../../src/core/gossip/index.ts';
import { journalHash } from '../../../src/core/kernel/hash.ts';
import { Journal, What } from '../../../src/core/kernel/journal.ts';
import type { Stage } from '../../../src/core/kernel/model.ts';
import { keyframeOf, restore } from '../../../src/core/kernel/saving.ts';
import { conditionParams } from '../../../src/core/network/conditions.ts';
import { addressesOf } from '../../../src/core/rpc/addresses.ts';
import { methodsOf } from '../../../src/core/rpc/plan.ts';
import { graphStage } from '../../../src/core/rpc/stage.ts';
import { isReply, methodOf, stanzaSizes } from '../../../src/core/rpc/xep0009.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { complete } from '../../../src/core/topology/complete.ts';
import { topologies } from '../../../src/core/topology/index.ts';
import { ring } from '../../../src/core/topology/ring.ts';
import { sparse, type Topology } from '../../../src/core/topology/topology.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { KINDS } from '../../../src/protocol/scene.ts';

/** Nothing here needs more events than this. */
const HORIZON = 300_000;
const clique = complete.generate({ nodes: 8, latency: 'uniform(1,30)' }, 'c');
const circle = ring.generate({ nodes: 24, degree: 6, latency: 'uniform(0,40)' }, 'c');
/** One way only, and one node without links. */
const oneWay = sparse(5, [0, 1, 2, 2], [1, 2, 0, 3], (i) => 3 + i, { directed: true });
/** Endless ones are stopped soon: what is tested shows within a few periods. */
const SOON: ParamValues = { horizon: 40 };
/** These draw nothing on a given graph: another seed is the same run. */
const SURE = new Set(['serial', 'flood', 'plumtree']);

function make(algorithm: Algorithm, given: ParamValues, topology: Topology, seed: string, journal?: Journal) {
  const experiment = experimentOf(gossipScenario(algorithm.id, { id: 'file' }), seed, { ...SOON, ...given }, undefined, topology);
  const addresses = addressesOf(topology);
  const lower = experiment.membership?.algorithm;
  const stage: Stage = graphStage({ algorithm, membership: lower, topology, addresses, origin: 0 });
  const bytes = stanzaSizes(methodsOf(algorithm, lower), addresses);
  return { ...playExperiment(experiment, seed, { stage, bytes, journal }), stage, experiment };
}

/** The defaults, and each choice and flag of the algorithm turned another way; numbers as they are. */
function variants(algorithm: Algorithm): ParamValues[] {
  const list: ParamValues[] = [{}];
  for (const [name, param] of Object.entries(algorithm.params)) {
    if (param.type === 'choice') for (const option of param.options) if (option !== param.default) list.push({ [name]: option });
    if (param.type === 'flag') list.push({ [name]: !param.default });
  }
  return list;
}
const named = (list: readonly (readonly [Algorithm, ParamValues])[]) =>
  list.map(([algorithm, params]) => [algorithm.id, JSON.stringify(params), algorithm, params] as const);
const cases = named(algorithms.flatMap((algorithm) => variants(algorithm).map((params) => [algorithm, params] as const)));
const each = test.each(cases);
const layers = algorithms.filter((algorithm) => algorithm.membership);
/** On every membership, and in bad weather. */
const ROUGH: ParamValues = { loss: 0.1, crash: 0.25, crashAt: 2, churn: 0.02, downtime: 3, droppers: 0.1, flooders: 0.1, liars: 0.1 };
const conditioned = named(
  algorithms.flatMap((algorithm) => [
    [algorithm, ROUGH] as const,
    [algorithm, { membership: 'full' }] as const,
    ...(algorithm.many ? [[algorithm, { updates: 3, updateEvery: 50 }] as const] : []),
    ...(algorithm.membership ? [] : layers.map(({ id }) => [algorithm, { membership: id, ...ROUGH }] as const)),
  ]),
);

test('ids are all different, each names its paper, and no parameter is called like one of another part', () => {
  expect(new Set(algorithms.map((algorithm) => algorithm.id)).size).toBe(algorithms.length);
  const taken = new Set([...Object.keys(conditionParams), ...topologies.flatMap((topology) => Object.keys(topology.params))]);
  for (const algorithm of algorithms) {
    expect(algorithm.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(algorithm.source).toMatch(/\d{4}/);
    for (const name of Object.keys(algorithm.params)) expect(taken.has(name), `${algorithm.id}: ${name}`).toBe(false);
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
      const { kernel, experiment } = make(algorithm, params, topology, seed, journal);
      expect(kernel.run(HORIZON)).toBeLessThan(HORIZON);
      if (!algorithm.endless(experiment.params)) expect(kernel.inFlight).toBe(0);
      return journalHash(journal);
    };
    const one = run('a');
    expect(run('a')).toBe(one);
    if (topology === circle && !SURE.has(algorithm.id)) expect(run('b')).not.toBe(one);
  }
});

each(
  '%s %s sends to neighbours only unless it says otherwise, answers along the same way, and every message is a stanza of the bytes counted',
  (_, __, algorithm, params) => {
    const journal = new Journal();
    const { kernel, world, stage, experiment } = make(algorithm, params, circle, 'a', journal);
    kernel.run(HORIZON);
    const anyone = algorithm.needs(experiment.params).includes('fullMembership');
    const m = journal.messages;
    const answered = new Set<number>();
    let updates = 0;
    for (let id = 0; id < journal.messageCount; id++) {
      const [from, to, link] = [m.from.get(id), m.to.get(id), m.link.get(id)];
      const code = m.code.get(id);
      const method = algorithm.methods[methodOf(code)]!;
      const data = journal.data.get(id) ?? [];
      if (isReply(code)) {
        const request = m.answers.get(id);
        expect([m.from.get(request), m.to.get(request), m.link.get(request)]).toEqual([to, from, link]);
        expect(m.a.get(id)).not.toBe(EMPTY);
        const meaning = method.replies![m.a.get(id)]!;
        expect(answered.has(request)).toBe(false);
        answered.add(request);
        expect(m.due.get(id) - m.sent.get(id)).toBe(m.due.get(request) - m.sent.get(request));
        if (meaning.update) updates += meaning.update === true ? 1 : data.length;
      } else {
        if (link < circle.links) expect([circle.source(link), circle.target(link)]).toEqual([from, to]);
        else expect(anyone).toBe(true);
        if (data.length > 0) expect(method.data).toBeDefined();
        if (method.update) updates += method.update === true ? 1 : data.length;
      }
      if (id > 2000) continue;
      const view = { id, from, to, link, kind: m.kind.get(id), code, a: m.a.get(id), b: m.b.get(id), answers: m.answers.get(id), data };
      expect(utf8Length(serialize(stage.stanzaOf({ ...view, stanza: undefined }), 'jabber:client'))).toBe(m.bytes.get(id));
    }
    expect(world.spread.updatesSent).toBe(updates);
    // Each event is an arrival, a timer or a row that says why nothing happened: no row for an acknowledgement.
    const arrivals = Array.from({ length: journal.eventCount }, (_, row) => journal.events.what.get(row)).filter((w) => w === What.arrival);
    expect(arrivals.length + kernel.inFlight).toBe(journal.messageCount);
  },
);

test.each([...cases, ...conditioned])(
  '%s %s: kept in the middle as plain data and gone on with, the run is the same',
  (_, __, algorithm, params) => {
    const whole = make(algorithm, params, circle, 'keep');
    const events = whole.kernel.run(HORIZON);
    expect(events).toBeLessThan(HORIZON);
    for (const at of [0, 7, events >> 1]) {
      const first = make(algorithm, params, circle, 'keep');
      first.kernel.run(at);
      const keyframe = keyframeOf(first.kernel);
      const copied = structuredClone(keyframe);
      first.kernel.run(HORIZON);
      // What goes on must not write into what was kept.
      expect(keyframe).toEqual(copied);
      // The seed says who is an adversary; all the rest comes from the keyframe.
      const second = make(algorithm, params, circle, 'keep');
      second.kernel.run(3);
      restore(second.kernel, copied);
      second.kernel.run(HORIZON);
      for (const { kernel, world } of [first, second]) {
        const counts = ({ ordinal, tick, maxInFlight, processed }: typeof kernel) => [ordinal, tick, maxInFlight, processed];
        expect(counts(kernel)).toEqual(counts(whole.kernel));
        expect(kernel.reachedAt).toEqual(whole.kernel.reachedAt);
        expect(world.layers.map((layer) => layer.state)).toEqual(whole.world.layers.map((layer) => layer.state));
        expect(world.spread).toEqual(whole.world.spread);
      }
    }
  },
);

each('%s %s: what is reached is shown as reached, by one of the algorithm’s own states', (_, __, algorithm, params) => {
  const { kernel, world, experiment } = make(algorithm, params, oneWay, 'a', new Journal());
  const [top] = world.layers;
  const shown = (): number[] => [0, 1, 2, 3, 4].map((node) => algorithm.shown(top!.state, node, top!));
  do {
    shown().forEach((state, node) => {
      expect(algorithm.states[state]).toBeDefined();
      if (algorithm.reached === undefined) expect(state !== 0, `node ${node} at ${kernel.tick}`).toBe(kernel.reachedAt[node]! >= 0);
    });
  } while (kernel.step());
  if (algorithm.reached !== undefined || algorithm.needs(experiment.params).includes('fullMembership')) return;
  expect(kernel.reachedAt[0]).toBe(0);
  // Nothing leads to node 4 or from it.
  expect(kernel.reachedAt[4]).toBe(-1);
});

test.each([...cases, ...conditioned])('%s %s: every silence names a rule that is explained', (_, __, algorithm, params) => {
  for (const topology of [oneWay, circle]) {
    const journal = new Journal();
    const { kernel, stage } = make(algorithm, params, topology, 'a', journal);
    kernel.run(HORIZON);
    for (let row = 0; row < journal.eventCount; row++) {
      if (journal.events.what.get(row) !== What.nothing) continue;
      const rule = journal.ruleName(journal.events.rule.get(row));
      expect(stage.rules.get(rule)?.text, rule).toBeTruthy();
    }
  }
});

/** Their defaults may well miss somebody: with these they do not, on eight nodes. */
const PATIENT: Readonly<Record<string, ParamValues>> = {
  uniform: { tolerance: 25 },
  neighbour: { tolerance: 60 },
  rumour: { k: 12 },
  'infect-and-die': { fanout: 7 },
};
test.each(algorithms.map((algorithm) => [algorithm.id, algorithm] as const))(
  '%s informs a small clique when it is patient',
  (id, algorithm) => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const { kernel, world } = make(algorithm, { ...PATIENT[id], horizon: 300 }, clique, seed);
      kernel.run(HORIZON);
      // Who detects failures has somebody crash.
      expect(kernel.reachedCount).toBe(world.population.live);
    }
  },
);
