/** A journal's file in the page: whole, cut off, and of another run than it says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { journalLines } from '../../src/core/simulation/export.ts';
import { Run } from '../../src/core/simulation/run.ts';
import { createWorld, scenarioOf } from '../../src/core/simulation/scenario.ts';
import { browserOfFile } from '../support/browser.ts';
import { button, computed, drop, region } from './window.ts';

const open = browserOfFile();

function journal(): string {
  const world = createWorld({ scenario: scenarioOf('room-two-servers'), seed: 'kept' }, undefined);
  const run = new Run(world, [{ after: 33, at: 352_000, do: { type: 'crash', entity: 2 } }]).finish();
  return [...journalLines(run), ''].join('\n');
}

test('a journal is played again with what was done by hand, and its link is made of it', async () => {
  const page = await open();
  const text = journal();
  await drop(page, 'kept.jsonl', text);
  await page.getByText(/^kept\.jsonl: played again from its scenario, seed and what was done by hand\.$/).waitFor();
  const events = await computed(page);
  expect(events).toBe([...text.matchAll(/^\{"event"/gm)].length);
  await region(page, 'Branches')
    .getByRole('button', { name: /^crash .*Delete takes it back$/ })
    .waitFor();
  expect(await page.getByRole('alert').filter({ hasText: 'kept.jsonl' }).count()).toBe(0);
  await page.waitForFunction(() => location.hash.includes('seed=kept'));
});

test('what the page saves is the journal that it was, byte for byte, acts by hand included', async () => {
  const page = await open();
  const text = journal();
  await drop(page, 'kept.jsonl', text);
  await page.getByText(/^kept\.jsonl: played again/).waitFor();
  await computed(page);
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save the journal').click()]);
  expect(download.suggestedFilename()).toBe('room-two-servers-kept.jsonl');
  expect(readFileSync(await download.path(), 'utf8')).toBe(text);
});

test('one that is cut off is used as far as it goes, and one that is no such run says where it differs', async () => {
  const page = await open();
  const text = journal();
  await drop(page, 'half.jsonl', text.slice(0, text.length / 2));
  await page.getByText('half.jsonl is cut off within a line, which was left out.').waitFor();
  await computed(page);
  const last = [...text.matchAll(/^\{"event":(\d+),"tick":(\d+)/gm)].at(-1)!;
  await drop(page, 'changed.jsonl', text.replace(last[0], `{"event":${last[1]},"tick":${Number(last[2]) + 5}`));
  await page
    .getByText(new RegExp(`^changed\\.jsonl was recorded differently: in the file event #${last[1]} is at tick ${Number(last[2]) + 5}`))
    .waitFor();
  await drop(page, 'empty.jsonl', '{"nodes":[]}\n');
  await page.getByText(/^empty\.jsonl is no journal: its first line does not say that it is one\./).waitFor();
  await region(page, 'Branches').waitFor();
});
