/** What can be written is written down. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseQuery } from '../../../src/base/query/parser.ts';
import { INVARIANTS, PREFIXES, VOCABULARY } from '../../../src/protocol/vocabulary.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/filters.md'), 'utf8');

test('every word, field, invariant and prefix stands in docs/filters.md', () => {
  // Parts of addresses are shown for one of the three.
  const fields = Object.keys(VOCABULARY.fields).filter((name) => !/^(to|entity)\./.test(name));
  const names = [...Object.keys(VOCABULARY.words), ...fields, ...Object.keys(INVARIANTS), ...Object.keys(PREFIXES)];
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
test('its examples can be read', () => {
  const [, block = ''] = /```\n([\s\S]*?)```/.exec(page) ?? [];
  const examples = block.trim().split('\n');
  expect(examples.length).toBeGreaterThan(3);
  for (const example of examples) expect([example, parseQuery(example, VOCABULARY).ok]).toEqual([example, true]);
});
