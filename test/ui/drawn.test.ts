import { expect, test } from 'vitest';
import { graphStage } from '../../src/core/rpc/stage.ts';
import { addressesOf } from '../../src/core/rpc/addresses.ts';
import { algorithms } from '../../src/core/gossip/index.ts';
import { EntityKind, type Scene } from '../../src/protocol/scene.ts';
import { place } from '../../src/ui/graph/placement.ts';
import { made } from '../core/topology/made.ts';

function placed(id: string, given: Readonly<Record<string, number | string>>) {
  const topology = made(id, given);
  const { entities, links } = graphStage({ algorithm: algorithms[0]!, topology, addresses: addressesOf(topology), origin: 0 });
  // Only these parts of a scene decide where its entities stand.
  return { topology, entities, ...place({ entities, links } as unknown as Scene) };
}

test.each([
  ['ring', { nodes: 300 }],
  ['grid', { width: 20, height: 5 }],
  ['star', { nodes: 40 }],
  ['hypercube', { dimension: 6 }],
  ['caveman', {}],
  ['federation', {}],
] as const)('%s is drawn as its topology says, with room between its nodes', (id, given) => {
  const { topology, x, y, halfWidth, style } = placed(id, given);
  expect(style).toBe('circle');
  const size =
    (x[1]! - x[0]!) / (topology.positions![2]! - topology.positions![0]!) ||
    (y[1]! - y[0]!) / (topology.positions![3]! - topology.positions![1]!);
  let nearest = Infinity;
  for (let u = 0; u < topology.nodes; u++) {
    expect(x[u]! / size).toBeCloseTo(topology.positions![2 * u]!, 4);
    expect(y[u]! / size).toBeCloseTo(topology.positions![2 * u + 1]!, 4);
    for (let v = 0; v < u; v++) nearest = Math.min(nearest, Math.hypot(x[u]! - x[v]!, y[u]! - y[v]!));
  }
  expect(nearest).toBeGreaterThan(2 * halfWidth.at(-1)!);
});

test('servers and clients of a federation are told apart', () => {
  const { entities } = placed('federation', { servers: 2, clients: 1 });
  expect([...entities.kind]).toEqual([EntityKind.server, EntityKind.server, EntityKind.client, EntityKind.client]);
  expect([...entities.parent]).toEqual([-1, -1, 0, 1]);
});
