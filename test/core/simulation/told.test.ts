/** Polling against PubSub, and extended presence in presence against PEP: the counts are those that the specifications predict. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/result.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { extendedPresence, pollingAgainstPubsub } from '../../../src/scenarios/told.ts';
import { stanzasOf } from '../../support/scenes.ts';

function play(scenario: typeof extendedPresence, params: ParamValues, seed = '42') {
  const run = new Run(createWorld({ scenario, params, seed }, undefined)).finish();
  return {
    run,
    ended: run.ended,
    ...(run.metrics() as Record<'toldStanzas' | 'told' | 'inVain' | 'unseen' | 'delayMean' | 'delayMax', number>),
  };
}
/** Of readers 1 … n on two servers in turn, those on the second. */
const away = (n: number): number => Math.floor(n / 2);
const few = { numRuns: 12 };
const MS = 1000;

describe('news', () => {
  const one = fc.record({
    clients: fc.integer({ min: 1, max: 9 }),
    updates: fc.integer({ min: 1, max: 6 }),
    gap: fc.integer({ min: 100, max: 9000 }),
  });

  test('XEP-0060 §7.1.2: by subscription, each update is a request, its answer and one event for each client, over two links each', () => {
    fc.assert(
      fc.property(one, fc.string(), (params, seed) => {
        const found = play(pollingAgainstPubsub, { ...params, way: 'subscribe' }, seed);
        const { clients: n, updates: u } = params;
        expect(found).toMatchObject({ ended: 'drained', toldStanzas: u * (4 + 2 * n), told: u * n, inVain: 0, unseen: 0 });
        // An editor's link, one to the service, and the longest way from there.
        expect(found.delayMax).toBe((24 + 1) * MS + (n > 1 ? 48 + 24 : 1 + 24) * MS);
      }),
      few,
    );
  });

  test('XEP-0060 §6.5: by polling, each question and its answer go over two links, whether there is anything new or not', () => {
    fc.assert(
      fc.property(one, fc.integer({ min: 500, max: 9000 }), fc.string(), (params, every, seed) => {
        const found = play(pollingAgainstPubsub, { ...params, way: 'poll', every, items: 20 }, seed);
        const { clients: n, updates: u } = params;
        expect(found).toMatchObject({ ended: 'drained', toldStanzas: u * 4 + 4 * found.told, unseen: 0 });
        expect(found.told % n).toBe(0);
        // A question that comes just too early, the next one, and its answer.
        expect(found.delayMax).toBeLessThanOrEqual((every + 2 * 96) * MS);
        expect(found.inVain).toBeGreaterThanOrEqual(found.told - u * n);
      }),
      few,
    );
  });

  test('who asks for the last item alone does not see what has gone by; who asks in the mean waits half a period', () => {
    const fast = { way: 'poll', clients: 20, updates: 60, gap: 500, every: 4000 };
    expect(play(pollingAgainstPubsub, { ...fast, items: 1 }).unseen).toBeGreaterThan(0);
    const slow = play(pollingAgainstPubsub, { way: 'poll', clients: 40, updates: 60, gap: 9000, every: 4000, items: 20 });
    expect(slow.unseen).toBe(0);
    expect(Math.abs(slow.delayMean / MS - 2000)).toBeLessThan(200);
  });

  test('the updates are the same by both ways', () => {
    const published = (way: string): readonly number[] => {
      const { run } = play(pollingAgainstPubsub, { way });
      return stanzasOf(run).flatMap((stanza, id) =>
        stanza?.attrs['id']?.startsWith('publish-') === true && stanza.attrs['type'] === 'set' && stanza.attrs['from'] === undefined
          ? [run.journal.messages.sent.get(id)]
          : [],
      );
    };
    expect(published('poll')).toHaveLength(10);
    expect(published('subscribe')).toEqual(published('poll'));
  });

  test('too many questions for one page are refused, with what would help', () => {
    expect(() => play(pollingAgainstPubsub, { clients: 300, every: 100, updates: 500, gap: 600_000 })).toThrow(InputError);
    expect(() => play(pollingAgainstPubsub, { clients: 0 })).toThrow(/clients/);
  });
});

describe('tunes', () => {
  const one = fc.record({
    contacts: fc.integer({ min: 1, max: 9 }),
    interested: fc.double({ min: 0, max: 1, noNaN: true }),
    updates: fc.integer({ min: 1, max: 5 }),
  });
  test('RFC 6121 §4.4.2: in presence, everyone is told, and it comes back to oneself', () => {
    fc.assert(
      fc.property(one, (params) => {
        const { contacts: n, updates: u } = params;
        const wanting = Math.round(n * params.interested);
        const found = play(extendedPresence, { ...params, way: 'in presence' });
        expect(found).toMatchObject({
          ended: 'drained',
          toldStanzas: u * (2 + n + away(n)),
          told: u * n,
          inVain: u * (n - wanting),
          unseen: 0,
        });
      }),
      few,
    );
  });
  test('XEP-0163 §4.2: by events, those are told who want to know, and nobody else', () => {
    fc.assert(
      fc.property(one, (params) => {
        const { contacts: n, updates: u } = params;
        const wanting = Math.round(n * params.interested);
        const found = play(extendedPresence, { ...params, way: 'by events' });
        expect(found).toMatchObject({
          ended: 'drained',
          toldStanzas: u * (2 + wanting + away(wanting)),
          told: u * wanting,
          inVain: 0,
          unseen: 0,
        });
      }),
      few,
    );
  });
  test('who is told needlessly has a row that says so', () => {
    const { run, inVain } = play(extendedPresence, {});
    const { rule } = run.journal.events;
    let rows = 0;
    for (let row = 0; row < run.journal.eventCount; row++)
      if (run.journal.ruleName(rule.get(row)) === 'xep-0163/4.2/told-needlessly') rows++;
    // And what comes back to herself.
    expect(rows).toBe(inVain + 10);
  });
});
