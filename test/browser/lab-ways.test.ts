/** One group by several ways, in the page: run in workers, looked at, opened, saved, shared, cancelled; and what Node makes of the same spec. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { runWay } from '../../src/core/simulation/ways/run.ts';
import type { WayResult, WaysSpec } from '../../src/protocol/ways.ts';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, region } from './window.ts';

const open = browserOfFile();

async function waysView(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Lab' }).click();
  await page.getByRole('tab', { name: 'One room, several ways' }).click();
}
async function compare(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('form', { name: 'Ways' }).waitFor();
  for (const [name, value] of Object.entries(fields)) await page.getByRole('textbox', { name, exact: true }).fill(value);
  await button(page, 'Compare the ways').click();
}
const shown = (page: Page) => page.getByRole('list', { name: 'What these runs show' });
const table = (page: Page) => region(page, 'Ways in numbers').getByRole('table');
async function saved(page: Page, format: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('combobox', { name: 'Export comparison' }).selectOption(format);
  return readFileSync(await (await download).path(), 'utf8');
}

test('the ways are compared; faults, people and messages looked at; a number opens its run; the link brings it all back', async () => {
  const page = await open({ width: 1280, height: 800 });
  await waysView(page);
  await compare(page, { People: '1' });
  await region(page, 'Lab')
    .getByRole('alert')
    .getByText(/`people`/)
    .waitFor();
  expect(await page.getByRole('textbox', { name: 'People' }).getAttribute('aria-invalid')).toBe('true');
  await compare(page, { People: '9', Messages: '20' });
  await shown(page)
    .getByText(/One room kept one order/)
    .waitFor();
  expect(await seriousFaults(page)).toEqual([]);

  // The same spec in Node, the same bytes.
  const { spec, results } = JSON.parse(await saved(page, 'json')) as { readonly spec: WaysSpec; readonly results: readonly WayResult[] };
  expect(spec.params).toEqual({ people: 9, messages: 20 });
  expect(results).toHaveLength(24);
  for (const result of results) expect(JSON.stringify(result)).toBe(JSON.stringify(runWay(spec, result.way, result.fault)));
  expect((await saved(page, 'csv')).split('\n')).toHaveLength(26);

  await page.getByText('The room’s server dies').click();
  await shown(page)
    .getByText(/One room stopped with its server/)
    .waitFor();
  await page.getByRole('combobox', { name: 'Rows of the table' }).selectOption('people');
  await table(page)
    .getByRole('rowheader', { name: /^anna, s1\.lit/ })
    .waitFor();
  await page.getByRole('combobox', { name: 'Rows of the table' }).selectOption('figures');
  await screenshot(page, 'ways');
  await table(page)
    .getByRole('row', { name: /^Missed 1?/ })
    .first()
    .getByRole('button')
    .first()
    .click();
  await page.getByText(/The run of “One room” is open/).waitFor();
  // The address follows at its own pace.
  await page.waitForFunction(() => location.hash.includes('scenario=one-room') && /time=[1-9]/.test(location.hash));
  const hash = await page.evaluate(() => location.hash);
  expect(hash).toMatch(/params=[^&]*way:muc,fault:server/);
  const muc = results.find(({ way, fault }) => way === 'muc' && fault === 'server')!;
  expect(hash).toContain(`time=${muc.moments['missed']!.tick}`);

  const other = await open({ width: 1280, height: 800, link: hash });
  await shown(other)
    .getByText(/One room kept one order/)
    .waitFor();
  expect(await other.evaluate(() => location.hash)).toBe(hash);
});

test('a comparison is cancelled, what has come in stays, and another one is begun', async () => {
  const page = await open({ width: 1280, height: 800 });
  await waysView(page);
  await compare(page, { People: '120', Messages: '300' });
  await button(page, 'Cancel comparison').click();
  await region(page, 'Lab')
    .getByText(/of 24 runs, stopped/)
    .waitFor();
  await button(page, 'Change…').click();
  await compare(page, { People: '4', Messages: '5' });
  await shown(page).waitFor();
  expect(
    await region(page, 'Lab')
      .getByText(/runs, stopped/)
      .count(),
  ).toBe(0);
});
