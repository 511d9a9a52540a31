/** The guides of the page: all that stands in docs/ comes to the page, and each exercise is one of a scene that exists. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { topics } from '../../src/scenarios/index.ts';
import { EXERCISES, exerciseOf } from '../../src/ui/guide/documents.ts';
import { readMarkdown, readSpans, type Block, type Spans } from '../../src/ui/guide/markdown.ts';

const read = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
const words = (spans: Spans): string => spans.map(({ text }) => text).join('');

function textOf(block: Block): string {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return words(block.text);
    case 'steps':
      return block.items.map(words).join(' ');
    case 'code':
      return block.lines.join(' ');
    case 'table':
      return [block.head, ...block.rows].flat().map(words).join(' ');
    case 'folded':
      return `${block.title} ${block.blocks.map(textOf).join(' ')}`;
  }
}

test.each(['exercises.md', 'filters.md'])('every word of %s comes to the page, and no sign that only marks it up', (name) => {
  const shown = readMarkdown(read(name)).map(textOf).join(' ');
  const lettersOf = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const written = read(name)
    .replaceAll(/<\/?(details|summary)>/g, '')
    .replaceAll(/\]\([^)]*\)/g, '')
    .replaceAll(/^\d+\. /gm, '')
    .replaceAll(/^\|( -+ \|)+$/gm, '');
  expect(lettersOf(shown)).toBe(lettersOf(written));
  expect(shown).not.toMatch(/\*\*|<details>|```/);
});

test('words in code keep their signs, in a table too; a link keeps its words and where it leads', () => {
  expect(readSpans('press `a*b*` and **go `x`**, _see_ [that](f.md)')).toEqual([
    { type: 'text', text: 'press ' },
    { type: 'code', text: 'a*b*' },
    { type: 'text', text: ' and ' },
    { type: 'strong', text: 'go ' },
    { type: 'code', text: 'x' },
    { type: 'text', text: ', ' },
    { type: 'em', text: 'see' },
    { type: 'text', text: ' ' },
    { type: 'link', text: 'that', to: 'f.md' },
  ]);
  const [table] = readMarkdown('| a | b |\n| --- | --- |\n| `x \\|\\| y` | or |\n');
  expect(table).toMatchObject({ type: 'table', rows: [[[{ type: 'code', text: 'x || y' }], [{ type: 'text', text: 'or' }]]] });
});

test('each scene of “Find the fault” has its exercise, with a question before its walk, and no other scene has one', () => {
  const ids = topics.find(({ title }) => title === 'Find the fault')!.scenarios.map(({ id }) => id);
  expect(EXERCISES.map(({ scenario }) => scenario)).toEqual(ids);
  for (const id of ids) {
    const types = exerciseOf(id)!.blocks.map(({ type }) => type);
    expect(types.at(-1)).toBe('folded');
    expect(types.filter((type) => type === 'folded')).toHaveLength(1);
    expect(types).toContain('paragraph');
  }
  expect(exerciseOf('login')).toBeUndefined();
});
