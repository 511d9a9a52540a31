/** Whatever befalls the group, by whatever way: every stanza has the form that its specification gives it. */
import { expect, test } from 'vitest';
import { parseXml } from '../../../../src/base/xml/codec.ts';
import { judge } from '../../../../src/core/xmpp/definitions/verdict.ts';
import { stanzaLines } from '../../../../src/core/simulation/export.ts';
import { Run } from '../../../../src/core/simulation/run.ts';
import { createWorld, scenarioOf } from '../../../../src/core/simulation/scenario.ts';
import { ways } from '../../../../src/core/simulation/ways/index.ts';
import { FAULTS } from '../../../../src/protocol/ways.ts';

test.each(ways.map(({ id }) => id))('%s: every stanza is as its definitions have it', (way) => {
  const faults = new Set<string>();
  let stanzas = 0;
  for (const fault of FAULTS) {
    const params = { way, fault, people: 4, messages: 6, settle: 5 };
    const world = createWorld({ scenario: scenarioOf('one-room'), seed: '1', params }, undefined);
    for (const line of stanzaLines(new Run(world).finish())) {
      const { xml, ns } = JSON.parse(line) as { readonly xml: string; readonly ns: string };
      const verdict = judge(parseXml(xml, ns), ns);
      for (const { path, message } of verdict.faults) faults.add(`${path} ${message}`);
      for (const unknown of verdict.unknown) faults.add(`unknown: ${unknown}`);
      stanzas++;
    }
  }
  expect(stanzas).toBeGreaterThan(100);
  expect([...faults]).toEqual([]);
});
