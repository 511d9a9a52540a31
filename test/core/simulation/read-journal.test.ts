/** A journal's file is played again as the very run that it is of; what is wrong with it is said. */
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/result.ts';
import { journalLines, journalPart } from '../../../src/core/simulation/export.ts';
import { readJournal, readJournalHead } from '../../../src/core/simulation/read-journal.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { createWorld, scenarioOf, withTopology } from '../../../src/core/simulation/scenario.ts';
import { readGraph } from '../../../src/core/topology/formats/index.ts';
import type { Intervention } from '../../../src/protocol/intervention.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import type { Scenario } from '../../../src/protocol/scenario.ts';

const CUT_OFF: Intervention = { after: 5, at: 100_000, do: { type: 'partition', side: [0] } };

function recorded(id: string, params: ParamValues = {}, interventions: readonly Intervention[] = []): Run {
  return new Run(createWorld({ scenario: scenarioOf(id), seed: 'mine', params }, undefined), interventions).finish();
}
const fileOf = (run: Run): string => [...journalLines(run), ''].join('\n');
const read = (text: string) => readJournal({ name: 'a.jsonl', head: text.slice(0, text.indexOf('\n')), tail: text.slice(-4000) });

describe('a journal is opened as the run that it is of', () => {
  test.each([
    ['room-two-servers', {}, []],
    ['room-two-servers', {}, [CUT_OFF]],
    ['gossip-laboratory', { nodes: 40, tolerance: 3 }, []],
    ['fault-never-heard', {}, []],
  ] as const)('%s %j %j', (id, params, interventions) => {
    const run = recorded(id, params, interventions);
    const { open, own, last, cut } = read(fileOf(run));
    expect(open.scenario).toBe(id);
    expect([own, cut]).toEqual([false, false]);
    // Only what differs from the scenario's own.
    expect(open.params ?? {}).toEqual(params);
    expect(last).toEqual({ event: run.journal.eventCount, tick: run.journal.tickOf(run.journal.eventCount) });
    const again = new Run(createWorld({ ...open, scenario: scenarioOf(id) }, undefined), open.interventions ?? []).finish();
    expect(fileOf(again)).toBe(fileOf(run));
  });

  test('a graph of one’s own goes along', () => {
    const graph = readGraph('digraph { "a b" -> c [weight=3]; c -> "a b" [weight=5]; c -> d; d -> e; e -> c }', 'mine.dot');
    const scenario = { ...withTopology(scenarioOf('karate-rumour'), 'mine.dot'), id: 'opened-file' };
    const run = new Run(createWorld({ scenario, seed: 'mine' }, graph), []).finish();
    const { open, own } = read(fileOf(run));
    expect(own).toBe(true);
    const again = new Run(createWorld({ ...open, scenario: open.scenario as Scenario }, open.graph), []).finish();
    expect(again.journal.eventCount).toBeGreaterThan(10);
    expect(fileOf(again)).toBe(fileOf(run));
    const broken = fileOf(run).replace('"source":"n0"', '"source":"n9"');
    expect(() => read(broken)).toThrow(/a\.jsonl, graph.*n9/s);
  });

  test('in pieces it is the same file', () => {
    const run = recorded('gossip-laboratory', { nodes: 400 });
    const to = run.journal.eventCount;
    const parts: string[] = [];
    for (let from = 0; from <= to;) {
      const { text, next } = journalPart(run, { from, to });
      parts.push(text);
      expect(next).toBeGreaterThan(from);
      from = next;
    }
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join('')).toBe(fileOf(run));
  });

  test('a scenario that is not the catalogue’s goes along as a whole', () => {
    const text = fileOf(recorded('room-two-servers')).replace('"title":"A room on two servers"', '"title":"Another"');
    const { open, own } = read(text);
    expect(own).toBe(true);
    expect(open.scenario).toMatchObject({ id: 'room-two-servers', title: 'Another' });
  });
});

test('wherever the file is cut off, what is whole before is used', () => {
  const text = fileOf(recorded('fault-never-heard'));
  const begin = text.indexOf('\n') + 1;
  for (let end = begin; end <= text.length; end += 97) {
    const part = text.slice(0, end);
    const whole = part.slice(0, part.lastIndexOf('\n') + 1);
    const events = [...whole.matchAll(/^\{"event":(\d+),"tick":(\d+)/gm)];
    const { last, cut } = readJournal({ name: 'a.jsonl', head: text.slice(0, begin - 1), tail: part });
    const rest = part.slice(whole.length);
    const isWhole = rest !== '' && text[end] === '\n';
    expect(cut).toBe(rest !== '' && !isWhole);
    if (!isWhole) expect(last?.event).toBe(events.length === 0 ? undefined : Number(events.at(-1)![1]));
  }
});

test('what is no head, or a wrong one, is refused with the file, the field and what it must be', () => {
  const head = JSON.parse([...journalLines(recorded('fault-never-heard'))][0]!) as Record<string, unknown>;
  const refused = (change: object, words: RegExp) => {
    expect(() => readJournalHead(JSON.stringify({ ...head, ...change }), 'a.jsonl')).toThrow(InputError);
    expect(() => readJournalHead(JSON.stringify({ ...head, ...change }), 'a.jsonl')).toThrow(words);
  };
  refused({ version: 2 }, /^a\.jsonl: `version` must be 1, got 2/);
  refused({ seed: null }, /`seed` must be a text/);
  refused({ params: [1] }, /`params` must be values by name/);
  refused({ interventions: [{ after: 1 }] }, /`interventions` must be a list of what was done/);
  refused({ scenario: { ...(head['scenario'] as object), nodes: 3 } }, /a\.jsonl, scenario/);
  expect(readJournalHead('{"nodes":[]}', 'a.jsonl')).toBeUndefined();
  expect(() => read('digraph { a -> b }\n')).toThrow(/a\.jsonl is no journal/);
});
