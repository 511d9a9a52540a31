import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tryParseJid } from '../../../src/base/jid.ts';
import { addressesOf, nameOf } from '../../../src/core/rpc/addresses.ts';
import { originOf } from '../../../src/core/topology/origin.ts';
import { sparse, type Topology } from '../../../src/core/topology/topology.ts';

const named = (names?: readonly string[], nodes = names?.length ?? 3): Topology =>
  sparse(nodes, [], [], () => 1, { directed: true, names });

test('a name is escaped by XEP-0106; a node without one has its number', () => {
  expect(addressesOf(named(['alice', '55 (110)', "d'artagnan", 'a@b', 'Größe']))).toEqual([
    'alice@graph.lit',
    '55\\20(110)@graph.lit',
    'd\\27artagnan@graph.lit',
    'a\\40b@graph.lit',
    'größe@graph.lit',
  ]);
  expect(addressesOf(named(undefined, 3))).toEqual(['0@graph.lit', '1@graph.lit', '2@graph.lit']);
});

test('names that fold to one address, or to none, get the node’s number instead', () => {
  expect(addressesOf(named(['Alice', 'alice', ' ', '', '\u0000']))).toEqual([
    'alice@graph.lit',
    'node-1@graph.lit',
    'node-2@graph.lit',
    'node-3@graph.lit',
    'node-4@graph.lit',
  ]);
});

test('even where a name is what another node would fall back to', () => {
  const addresses = addressesOf(named(['node-1', ' ', 'node-1']));
  expect(new Set(addresses).size).toBe(3);
});

test('whatever the names, addresses are valid and all different', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('node-0', 'node-1', 'node-2', 'NODE-1', 'a', 'A', ' ', '', 'node-1-2'),
  );
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 12 }), (names) => {
      const addresses = addressesOf(named(names));
      expect(new Set(addresses).size).toBe(names.length);
      for (const address of addresses) expect(tryParseJid(address)?.domain).toBe('graph.lit');
    }),
  );
});

test('the origin is the vertex named orig…, else the one asked for, else node 0', () => {
  const topology = named(['7 (3)', 'b', '9']);
  expect([originOf(topology, undefined), originOf(topology, '9'), originOf(topology, 'zed'), originOf(topology, '0')]).toEqual([
    0, 2, -1, -1,
  ]);
  expect(originOf(named(['7 (3)', 'orig (0)', '9']), undefined)).toBe(1);
  expect(originOf(named(['7 (3)', 'orig (0)', '9']), '9')).toBe(1);
  expect(originOf(named(['a', 'b']), undefined)).toBe(0);
  const numbered = named(undefined, 3);
  expect([originOf(numbered, '2'), originOf(numbered, '3'), originOf(numbered, '-1'), originOf(numbered, 'x')]).toEqual([2, -1, -1, -1]);
  expect(nameOf(numbered, 2)).toBe('2');
});
