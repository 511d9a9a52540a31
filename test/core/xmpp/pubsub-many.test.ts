/** 10⁵ items: a node forgets what it need not keep, so each costs the same as the first. */
import { expect, test } from 'vitest';
import { el } from '../../../src/base/xml/element.ts';
import { serviceAt } from '../../../src/core/xmpp/modules/pubsub/capabilities.ts';
import { nodesByService, nodesOf } from '../../../src/core/xmpp/modules/pubsub/model.ts';
import { create, publish } from '../../../src/core/xmpp/modules/pubsub/service.ts';
import { createContext, type Surroundings } from '../../../src/core/xmpp/context.ts';
import { buildNetwork } from '../../../src/core/xmpp/network.ts';
import { Router } from '../../../src/core/xmpp/router.ts';
import type { Host } from '../../../src/core/kernel/model.ts';
import { State } from '../../../src/core/xmpp/slice.ts';

const network = buildNetwork(
  {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    id: 'many',
    title: 'many',
    summary: '',
    seed: '1',
    servers: [{ domain: 'a.example', components: [{ domain: 'news.a.example', service: 'pubsub', admins: ['queen@a.example'] }] }],
    clients: [],
    latency: { client: 1, federation: 1, component: 1 },
  },
  {},
  [],
);

function service() {
  const party = network.parties.find((p) => p.place === 'pubsub')!;
  const around: Surroundings = {
    party,
    second: 1_000_000,
    seed: '1',
    profile: 'prosody',
    modules: [],
    router: new Router([]),
    timerCode: () => 0,
    way: (link) => network.ways[link]!,
    streamNs: () => 'jabber:client',
    state: new State(),
  };
  const host: Host = { tick: 0, send: () => 0, timer() {}, silence() {}, show() {}, showLink() {}, reached() {} };
  return serviceAt(createContext(host, around, -1), party.name);
}

test('publishing 10⁵ items keeps as many as the node may, and takes time in proportion', { timeout: 60_000 }, () => {
  const of = service();
  expect(create(of, 'tea', 'queen@a.example', { max_items: 'max' })).toBeUndefined();
  const payload = el('tea', 'urn:tea');
  const run = (from: number, to: number): number => {
    const began = performance.now();
    for (let i = from; i < to; i++) publish(of, 'tea', 'queen@a.example', { id: String(i), payload });
    return performance.now() - began;
  };
  const first = run(0, 50_000);
  const second = run(50_000, 100_000);
  const { items } = nodesOf(of.context, of.address)['tea']!;
  expect(items).toHaveLength(256);
  expect(items?.at(-1)?.id).toBe('99999');
  // Quadratic growth would make the second half three times as long.
  expect(second).toBeLessThan(first * 2 + 500);
});

test('what was is shared with what is: a keyframe of it is a reference', () => {
  const of = service();
  create(of, 'tea', 'queen@a.example');
  create(of, 'milk', 'queen@a.example');
  const before = of.context.get(nodesByService);
  publish(of, 'tea', 'queen@a.example', { id: '1', payload: el('tea', 'urn:tea') });
  const after = of.context.get(nodesByService);
  expect(before[of.address]?.['tea']?.items).toEqual([]);
  expect(after[of.address]?.['milk']).toBe(before[of.address]?.['milk']);
});
