/** The same algorithms over simulated XMPP: what every one of the registry promises there, and what must be as on a graph. */
import { expect, test } from 'vitest';
import { serialize } from '../../../src/base/xml/codec.ts';
import { elements, type Element } from '../../../src/base/xml/element.ts';
import { algorithms } from '../../../src/core/gossip/index.ts';
import { journalHash } from '../../../src/core/kernel/hash.ts';
import { Journal, What } from '../../../src/core/kernel/journal.ts';
import { keyframeOf, restore } from '../../../src/core/kernel/saving.ts';
import { measuresOf } from '../../../src/core/simulation/experiment.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { able, circle, clique, HORIZON, make, ONE_SERVER, refused, THREE_SERVERS, type Made } from './over-xmpp.ts';

const each = test.each(able);
const ROUGH: ParamValues = { loss: 0.1, crash: 0.25, crashAt: 2, churn: 0.02, downtime: 3, droppers: 0.1, flooders: 0.1, liars: 0.1 };
const find = (id: string) => algorithms.find((algorithm) => algorithm.id === id)!;

test('most of the registry runs over XMPP', () => {
  const ids = new Set(able.map(([id]) => id));
  expect(algorithms.filter(({ id }) => !ids.has(id)).map(({ id }) => id)).toEqual(['median-counter']);
});

test.each(refused)('%s %s is refused, with the reason', (id, _, algorithm, params) => {
  const why = algorithm.synchronous({ ...defaults(id), ...params })
    ? /clients of servers share no clock/
    : /no client of a server sees all others/;
  expect(() => make(algorithm, { ...params, ...ONE_SERVER }, clique, 'a')).toThrow(why);
  expect(() => make(algorithm, params, clique, 'a')).not.toThrow();
});
const defaults = (id: string): ParamValues =>
  Object.fromEntries(Object.entries(find(id).params).map(([name, param]) => [name, param.default]));

test('so is a membership protocol that has a method of the same name', () => {
  expect(() => make(find('swim'), { membership: 'hyparview', ...ONE_SERVER }, clique, 'a')).toThrow(/a method `join`, too/);
});

each('%s %s ends, and the same seed gives the same journal', (_, __, algorithm, params) => {
  const run = (): string => {
    const journal = new Journal();
    const { kernel } = make(algorithm, { ...params, ...THREE_SERVERS }, circle, 'a', journal);
    expect(kernel.run(HORIZON)).toBeLessThan(HORIZON);
    return journalHash(journal);
  };
  expect(run()).toBe(run());
});

/** What is of the algorithm, and must not depend on what carries it. */
const outcome = ({ world, experiment, tally, ...rest }: Made) => {
  const { traffic, residue, messages, time, redundancy, loadMax } = measuresOf(experiment, { world, tally, ...rest }, false);
  const { learnedAt, parent, load } = world.spread;
  const states = world.layers.map((layer) => layer.state);
  return { learnedAt, parent, load, states, traffic, residue, messages, time, redundancy, loadMax };
};

each(
  '%s %s: on one server, all links of one length, it is the run that it is on the graph, node by node and tick by tick',
  (_, __, algorithm, params) => {
    for (const topology of [clique, circle])
      for (const seed of ['a', 'b', 'c']) {
        const graph = make(algorithm, params, topology, seed);
        const xmpp = make(algorithm, { ...params, ...ONE_SERVER }, topology, seed);
        graph.kernel.run(HORIZON);
        xmpp.kernel.run(HORIZON);
        expect(outcome(xmpp)).toEqual(outcome(graph));
      }
  },
);

/** Rows of the journal as XML, in the order of their sending. @param of what is looked at. */
function rows(made: Made, journal: Journal, of: (row: { from: number; to: number; stanza: Element }) => boolean): string[] {
  const m = journal.messages;
  const found: string[] = [];
  for (let id = 0; id < journal.messageCount; id++) {
    const [from, to] = [m.from.get(id), m.to.get(id)];
    const view = { id, from, to, link: m.link.get(id), kind: m.kind.get(id), code: m.code.get(id), a: m.a.get(id), b: m.b.get(id) };
    const given = { answers: m.answers.get(id), data: journal.data.get(id) ?? [], stanza: journal.stanzas.get(id) };
    const stanza = made.stage.stanzaOf({ ...view, ...given });
    if (of({ from, to, stanza })) found.push(serialize(stanza, made.stage.streamNs(view.link)));
  }
  return found;
}
const isAcknowledgement = ({ name, attrs, children }: Element): boolean =>
  name === 'iq' && attrs['type'] === 'result' && children.length === 0;
/** Neither that, nor an error, nor anything of a stream. */
const isOfGossip = (stanza: Element): boolean => stanza.name === 'iq' && stanza.attrs['type'] !== 'error' && !isAcknowledgement(stanza);

each('%s %s: its stanzas are byte for byte those that the graph shows on demand, but for addresses', (_, __, algorithm, params) => {
  const [shown, sent] = [new Journal(), new Journal()];
  const graph = make(algorithm, params, clique, 'x', shown);
  const xmpp = make(algorithm, { ...params, ...ONE_SERVER }, clique, 'x', sent);
  graph.kernel.run(HORIZON);
  xmpp.kernel.run(HORIZON);
  const asOnGraph = (xml: string): string => xml.replaceAll('/gossip', '');
  const wanted = rows(graph, shown, () => true);
  const up = rows(xmpp, sent, ({ from, stanza }) => from > 0 && isOfGossip(stanza)).map(asOnGraph);
  expect(up.toSorted()).toEqual(wanted.toSorted());
  const acknowledged = rows(xmpp, sent, ({ from, stanza }) => from > 0 && isAcknowledgement(stanza));
  // Every request is answered, by a response or by nothing.
  if (xmpp.kernel.inFlight === 0 && xmpp.world.population.live === clique.nodes) {
    const asked = up.filter((xml) => xml.includes("type='set'")).length;
    expect(acknowledged.length).toBe(asked - (up.length - asked));
    // The server writes its clients’ own addresses into them, and changes nothing else.
    const down = rows(xmpp, sent, ({ to, stanza }) => to > 0 && isOfGossip(stanza)).map(asOnGraph);
    expect(down.toSorted()).toEqual(wanted.toSorted());
  }
});

test('over two servers whose federation takes no time, flooding reaches everyone when it does on the graph', () => {
  const given = { transport: 'xmpp', domains: 2, clientLatency: 5, federationLatency: 0 };
  const graph = make(find('flood'), {}, circle, 'a');
  const xmpp = make(find('flood'), given, circle, 'a');
  graph.kernel.run(HORIZON);
  xmpp.kernel.run(HORIZON);
  expect(xmpp.world.spread.learnedAt).toEqual(graph.world.spread.learnedAt);
});

test('flooding a clique on two servers: what crosses them is what the shape of it says', () => {
  const made = make(find('flood'), { transport: 'xmpp', domains: 2, clientLatency: 3, federationLatency: 4 }, clique, 'a', new Journal());
  made.kernel.run(HORIZON);
  const m = measuresOf(made.experiment, made, true);
  // Everyone hears of it from the origin, and passes it on to all others but the origin: 7 + 7·6 calls, 28 of them between the servers.
  expect(m.messages * 8).toBe(49);
  // Two hops within a server and three between them, for the call and for its acknowledgement.
  expect(m.stanzas).toBe(2 * (21 * 2 + 28 * 3));
  // From the origin’s server 16 calls and 12 acknowledgements; the other server takes these in, 24 calls and 28 acknowledgements of its own clients.
  expect(m.linkMax).toBe(28);
  expect(m.serverMax).toBe(28 + 24 + 28);
  expect(m.time).toBe(2 * 3 + 4);
  expect(m.streamBytes).toBeGreaterThan(m.bytes * 2);
});

/** Each algorithm once, as it is without synchronous cycles. */
const once = able
  .filter(([id], i) => able.findIndex((other) => other[0] === id) === i)
  .map(([id, , algorithm, params]) => [id, algorithm, params] as const);
const conditioned = once.flatMap(([id, algorithm, params]) => [
  [id, 'in bad weather', algorithm, { ...params, ...ROUGH }] as const,
  ...(algorithm.many
    ? [[id, 'several updates, full membership', algorithm, { ...params, membership: 'full', updates: 3, updateEvery: 50 }] as const]
    : []),
  ...(id === 'plumtree' || id === 'rumour'
    ? [[id, 'over hyparview', algorithm, { ...params, membership: 'hyparview', ...ROUGH, warmup: 2, horizon: 3 }] as const]
    : []),
]);

test.each(conditioned)('%s %s: kept in the middle as plain data and gone on with, the run is the same', (_, __, algorithm, given) => {
  const over = { horizon: 8, ...given, ...THREE_SERVERS };
  const whole = make(algorithm, over, circle, 'keep');
  const events = whole.kernel.run(HORIZON);
  expect(events).toBeLessThan(HORIZON);
  for (const at of [7, events >> 1]) {
    const first = make(algorithm, over, circle, 'keep');
    first.kernel.run(at);
    const keyframe = keyframeOf(first.kernel);
    const copied = structuredClone(keyframe);
    first.kernel.run(HORIZON);
    // What goes on must not write into what was kept.
    expect(keyframe).toEqual(copied);
    const second = make(algorithm, over, circle, 'keep');
    second.kernel.run(3);
    restore(second.kernel, copied);
    second.kernel.run(HORIZON);
    for (const made of [first, second]) {
      const counts = ({ kernel, tally, xmpp }: Made) => [kernel.ordinal, kernel.tick, tally.maxInFlight, tally.messages, xmpp!.streams];
      expect(counts(made)).toEqual(counts(whole));
      expect(outcome(made)).toEqual(outcome(whole));
    }
  }
});

test.each(conditioned)('%s %s: every silence and every stanza names a rule that is explained', (_, __, algorithm, given) => {
  const journal = new Journal();
  const { kernel, stage } = make(algorithm, { ...given, ...THREE_SERVERS }, circle, 'a', journal);
  kernel.run(HORIZON);
  for (let row = 0; row < journal.eventCount; row++) {
    if (journal.events.what.get(row) !== What.nothing) continue;
    const rule = journal.ruleName(journal.events.rule.get(row));
    expect(stage.rules.get(rule)?.text, rule).toBeTruthy();
  }
  for (let id = 0; id < journal.messageCount; id++) {
    const rule = journal.ruleName(journal.messages.rule.get(id));
    expect(stage.rules.get(rule)?.text, rule).toBeTruthy();
  }
});

/** Their defaults may well miss somebody: with these they do not, on eight nodes. */
const PATIENT: Readonly<Record<string, ParamValues>> = {
  uniform: { tolerance: 25 },
  neighbour: { tolerance: 60 },
  rumour: { k: 12 },
  'infect-and-die': { fanout: 7 },
};
test.each(once)('%s informs a small clique on three servers when it is patient', (id, algorithm, params) => {
  for (const seed of ['a', 'b']) {
    const { kernel, world } = make(algorithm, { ...params, ...PATIENT[id], horizon: 300, ...THREE_SERVERS }, clique, seed);
    kernel.run(HORIZON);
    expect(kernel.reachedCount).toBe(world.population.live);
  }
});

test('elements of a stanza on its way are shared, not made again for each hop', () => {
  const journal = new Journal();
  const made = make(find('flood'), ONE_SERVER, clique, 'a', journal);
  made.kernel.run(HORIZON);
  const relay = Array.from({ length: journal.messageCount }, (_, id) => id).find((id) => journal.messages.relays.get(id) >= 0)!;
  const before = journal.stanzas.get(journal.messages.relays.get(relay))!;
  expect(elements(journal.stanzas.get(relay)!)[0]).toBe(elements(before)[0]);
});
