import { expect, test } from 'vitest';
import { Run } from '../../../src/core/simulation/run.ts';
import { experimentOf, gossipScenario } from '../../../src/core/simulation/experiment.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import { domainsOf, serverChanges } from '../../../src/core/rpc/server-changes.ts';
import type { Change, GossipScenario } from '../../../src/protocol/scenario.ts';

const [S1, S2, S3] = domainsOf(3) as [string, string, string];
const XMPP = { transport: 'xmpp', domains: 3, clientLatency: 20, federationLatency: 40, nodes: 9 };
const scenario = (algorithm: string, changes: readonly Change[]): GossipScenario =>
  gossipScenario(algorithm, { id: 'complete' }, { changes });
const ran = (algorithm: string, changes: readonly Change[], more: Readonly<Record<string, number>> = {}) => {
  const world = createWorld({ scenario: scenario(algorithm, changes), seed: 'a', params: { ...XMPP, ...more } }, undefined);
  return { world, run: new Run(world).finish() };
};
/** Rules of the silences of a run, and how often each. */
const rules = ({ run }: ReturnType<typeof ran>): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  const { journal } = run;
  for (let ordinal = 1; ordinal <= journal.eventCount; ordinal++) {
    const rule = journal.ruleName(journal.events.rule.get(ordinal - 1));
    if (rule !== '') found.set(rule, (found.get(rule) ?? 0) + 1);
  }
  return found;
};

test('changes that name servers become acts of servers and of the network, others are left to the nodes', () => {
  const changes: readonly Change[] = [
    { at: 9, do: 'join', node: S2 },
    { at: 5, do: 'crash', node: S2 },
    { at: 6, do: 'leave', node: S3 },
    { at: 1, do: 'down', node: S1, to: S3 },
    { at: 7, do: 'up', node: S3, to: S1 },
    { at: 2, do: 'leave', node: '4' },
  ];
  expect(serverChanges(changes, [S1, S2, S3])).toEqual({
    servers: [
      { domain: S1 },
      {
        domain: S2,
        acts: [
          { at: 5, do: 'crash' },
          { at: 9, do: 'start' },
        ],
      },
      { domain: S3, acts: [{ at: 6, do: 'stop' }] },
    ],
    network: [
      { at: 1, do: 'cut', between: [S1, S3] },
      { at: 7, do: 'mend', between: [S3, S1] },
    ],
    starts: [{ at: 9, server: 1 }],
    last: 9,
  });
  const experiment = experimentOf(scenario('flood', changes), 'a', XMPP);
  expect(experiment.changes).toEqual([{ at: 2, do: 'leave', node: '4' }]);
});

test('a link to a node is refused, and one of a server to itself', () => {
  expect(() => ran('flood', [{ at: 1, do: 'down', node: S1, to: '3' }])).toThrow(/clients have none/);
  expect(() => ran('flood', [{ at: 1, do: 'down', node: S1, to: S1 }])).toThrow(/between s1\.graph\.lit and itself/);
});

test('the clients of a dead server hear nothing and say nothing; when it is up again they log in, and gossip tells them', () => {
  const dead = ran('anti-entropy', [{ at: 1, do: 'crash', node: S2 }], { horizon: 60 });
  const back = ran(
    'anti-entropy',
    [
      { at: 1, do: 'crash', node: S2 },
      { at: 8000, do: 'join', node: S2 },
    ],
    { horizon: 60 },
  );
  expect(dead.run.metrics()['reached']).toBe(6);
  expect(back.run.metrics()['reached']).toBe(9);
  expect(rules(dead).get('rfc-6120/4.4/write-after-close')).toBeGreaterThan(10);
  // The very run again, as keyframes have it: the state in the middle is that of the recording.
  const { journal } = back.run;
  const middle = journal.ordinalAt(9000);
  expect(back.run.at(middle).kernel.tick).toBe(journal.tickOf(middle));
});

test('what crosses a cut comes back as an error, and goes on when it is mended', () => {
  const cut = ran('flood', [
    { at: 0, do: 'down', node: S1, to: S2 },
    { at: 0, do: 'down', node: S1, to: S3 },
  ]);
  // The origin is on the first server: its two neighbours there know, and nobody beyond.
  expect(cut.run.metrics()['reached']).toBe(3);
  expect(rules(cut).get('network/no-route')).toBeGreaterThan(0);
  const mended = ran(
    'anti-entropy',
    [
      { at: 0, do: 'down', node: S1, to: S2 },
      { at: 0, do: 'down', node: S1, to: S3 },
      { at: 5000, do: 'up', node: S1, to: S2 },
    ],
    { horizon: 60 },
  );
  expect(mended.run.metrics()['reached']).toBe(9);
});

test('a run does not end before what its servers have in store', () => {
  const { run } = ran('anti-entropy', [{ at: 100_000, do: 'crash', node: S3 }], { horizon: 500 });
  expect(run.tick).toBeGreaterThan(100_000);
});
