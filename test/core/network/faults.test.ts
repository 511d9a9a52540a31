import { expect, test } from 'vitest';
import { Outcome } from '../../../src/core/kernel/journal.ts';
import { finished } from '../../support/scenes.ts';

const count = (run: ReturnType<typeof finished>, rule: string): number => {
  let found = 0;
  for (let id = 0; id < run.journal.messageCount; id++) if (run.journal.ruleName(run.journal.messages.rule.get(id)) === rule) found++;
  return found;
};

test.each(['room-two-servers', 'gossip-over-xmpp', 'gossip-laboratory'])('%s: stanzas come twice, by their own stream of chance', (id) => {
  const plain = finished(id);
  const run = finished(id, { params: { duplication: 0.2 } });
  expect(count(run, 'fault/duplicated')).toBeGreaterThan(0);
  expect(finished(id, { params: { duplication: 0.2 } }).hash()).toBe(run.hash());
  expect(finished(id, { params: { duplication: 0 } }).hash()).toBe(plain.hash());
});

test('in a scene of servers stanzas are lost, and what opens and negotiates streams is not', () => {
  const run = finished('login', { params: { loss: 0.5 } });
  const outcomes = Array.from({ length: run.journal.messageCount }, (_, id) => [
    run.journal.messages.kind.get(id),
    run.journal.messages.outcome.get(id),
  ]);
  expect(outcomes.some(([kind, outcome]) => kind !== 8 && outcome === Outcome.lost)).toBe(true);
  expect(outcomes.some(([kind, outcome]) => kind === 8 && outcome === Outcome.lost)).toBe(false);
});

test('a message that chance makes late takes up to four times as long', () => {
  const run = finished('room-two-servers', { params: { reordering: 0.3 } });
  const { messages: m } = run.journal;
  const ratios = Array.from({ length: run.journal.messageCount }, (_, id) => {
    const latency = run.world.stage.links.latency[m.link.get(id)]!;
    return latency === 0 ? 1 : (m.due.get(id) - m.sent.get(id)) / latency;
  });
  expect(Math.max(...ratios)).toBeLessThanOrEqual(4.001);
  const late = ratios.filter((ratio) => ratio > 1).length / ratios.length;
  expect(late).toBeGreaterThan(0.1);
  expect(late).toBeLessThan(0.5);
});
