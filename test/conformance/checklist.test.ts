/** Each rule of the shared checklist either has a test that cites it, or a reason why it does not apply (`not-applicable.json`). */
import { expect, test } from 'vitest';
import { checklist, excused, excusedIds } from './checklist.ts';

const rules = checklist();

test.runIf(rules.length > 0)('each rule is cited by a test, or excused', () => {
  expect(rules.length).toBeGreaterThan(250);
  const open = rules.filter((rule) => rule.citedBy.length === 0 && rule.excuse === undefined);
  expect(
    open.map((rule) => rule.id),
    'write a test that cites it, or give the reason in not-applicable.json',
  ).toEqual([]);
});

test.runIf(rules.length > 0)('no rule is excused that a test cites', () => {
  const both = rules.filter((rule) => rule.citedBy.length > 0 && rule.excuse !== undefined);
  expect(
    both.map((rule) => `${rule.id} (${rule.citedBy.join(', ')})`),
    'take it out of not-applicable.json',
  ).toEqual([]);
});

test.runIf(rules.length > 0)('what is excused is in the checklist', () => {
  const known = new Set(rules.map((rule) => rule.id));
  expect([...excused.keys()].filter((id) => !known.has(id))).toEqual([]);
});

test('nothing is excused twice', () => {
  expect(new Set(excusedIds).size).toBe(excusedIds.length);
});

test.runIf(rules.length === 0)('SKIPPED: rules were not compared with tests, because ../shared/conformance is not there', () => {
  expect(rules).toEqual([]);
});
