/** Everything that the modules can produce is seen in some scene or conversation, or there is a reason why not (`unseen.json`). */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KINDS, produced, scripts, seenIn, unseenReasons } from './coverage.ts';

const shared = existsSync('../shared/conformance/scenarios');
const list = scripts();
const seen = seenIn(list);
const can = produced();
/** Rules go by their ids alone. */
const named = (kind: string, name: string): string => (kind === 'rule' ? name : `${kind} ${name}`);

test('there is something to see', () => {
  expect(list.length).toBeGreaterThan(20);
  expect(can.rule.length).toBeGreaterThan(200);
  expect(can.namespace.length).toBeGreaterThan(40);
  expect(can['stream error'].length).toBeGreaterThan(8);
  expect(can['SASL failure'].length).toBeGreaterThan(4);
});

test.runIf(shared).each(KINDS)('each %s that a module can produce is seen, or excused', (kind) => {
  const missing = can[kind].filter((name) => !seen[kind].has(name)).map((name) => named(kind, name));
  expect(
    missing.filter((name) => !unseenReasons.has(name)),
    'write a conversation (test/conversations/) that shows it, or give the reason in unseen.json',
  ).toEqual([]);
});

test.runIf(shared)('nothing is excused that is seen, or that no module has', () => {
  const open = new Set(KINDS.flatMap((kind) => can[kind].filter((name) => !seen[kind].has(name)).map((name) => named(kind, name))));
  expect(
    [...unseenReasons.keys()].filter((name) => !open.has(name)),
    'take it out of unseen.json',
  ).toEqual([]);
});

test.each(list.filter(({ fires }) => fires.length > 0))('the conversation $name shows what it is there for', ({ name, fires }) => {
  expect(fires.filter((rule) => !seen.rule.get(rule)?.includes(name))).toEqual([]);
});

test.runIf(!shared)('SKIPPED: not all scripts could be played, because ../shared/conformance is not there', () => {
  expect(list.length).toBeGreaterThan(20);
});
