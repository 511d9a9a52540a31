/** Sweeps in the page: run, paused, resumed, cancelled; a point opened; theory; files out and in. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, region } from './window.ts';

const open = browserOfFile();

async function sweepView(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('gossip-laboratory');
  await page.getByRole('tab', { name: 'Lab' }).click();
  await page.getByRole('tab', { name: 'Sweep' }).click();
  await page.getByRole('form', { name: 'Sweep' }).waitFor();
}
async function preset(page: Page, id: string, runs: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Preset' }).selectOption(id);
  await page.getByRole('textbox', { name: 'Runs at each point' }).fill(runs);
  await button(page, 'Run sweep').click();
}
const done = (page: Page): Promise<number> =>
  page.getByRole('progressbar', { name: 'Runs done' }).evaluate((bar: HTMLProgressElement) => bar.value);
const saved = async (page: Page, format: string): Promise<string> => {
  const download = page.waitForEvent('download');
  await page.getByRole('combobox', { name: 'Export results' }).selectOption(format);
  return readFileSync(await (await download).path(), 'utf8');
};

test('a sweep runs, a point opens that very run at its telling moment, theory and table stand beside it, results are saved', async () => {
  const page = await open({ width: 1280, height: 800 });
  await sweepView(page);
  await preset(page, 'table-1-1987', '4');
  const lab = region(page, 'Lab');
  await lab.getByText('20 of 20 runs, done').waitFor();
  await page.getByRole('combobox', { name: 'Measure' }).selectOption('residue');
  await button(page, 'Theory').click();
  await page.getByRole('region', { name: 'Theory' }).getByText('Demers').first().waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await screenshot(page, 'sweep');

  const lines = (await saved(page, 'jsonl'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, never>);
  expect(lines[0]).toMatchObject({ format: 'stanzascope/sweep-result', version: 1 });
  expect(lines).toHaveLength(21);
  expect((await saved(page, 'csv')).split('\n')[0]).toContain('residue_median');
  expect(await saved(page, 'svg')).toMatch(/^<svg[^]*<\/svg>\s*$/);

  await button(page, 'Table').click();
  await page.getByRole('table', { name: /Residue/i }).waitFor();
  await button(page, 'Open a run').nth(1).click();
  await page.getByText(/Run \d of k 2 is open/).waitFor();
  const run = Number(/Run (\d) of/.exec((await page.getByText(/Run \d of k 2 is open/).textContent()) ?? '')![1]);
  const line = lines.slice(1).find((one) => one['point'] === 1 && one['run'] === run) as unknown as { metrics: Record<string, number> };
  // The figures of the opened run are those of the line.
  await page.getByRole('tab', { name: 'Charts' }).click();
  const figures = page.getByRole('region', { name: 'Figures of the run' });
  await figures.getByText('residue').waitFor();
  expect(await figures.textContent()).toContain(`${Math.round(line.metrics['maxInFlight']!).toLocaleString('en')}`);
  await page.waitForFunction((wanted) => location.hash.includes(`&run=${wanted}&`), run);
  await page.getByRole('tab', { name: 'Lab' }).click();
  await lab.getByText('20 of 20 runs, done').waitFor();
});

test('a sweep is paused, resumed and cancelled; what came in stays, and the rest can be run', async () => {
  const page = await open();
  await sweepView(page);
  await preset(page, 'tolerance-2011', '400');
  const lab = region(page, 'Lab');
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 20);
  await button(page, 'Pause sweep').click();
  await page.waitForTimeout(1500);
  const paused = await done(page);
  await page.waitForTimeout(600);
  expect(await done(page)).toBe(paused);
  await button(page, 'Resume sweep').click();
  await page.waitForFunction((before) => (document.querySelector('progress')?.value ?? 0) > before, paused);
  await button(page, 'Cancel sweep').click();
  await lab.getByText('stopped').waitFor();
  const kept = await done(page);
  expect(kept).toBeGreaterThan(paused);
  await button(page, 'Run the rest').click();
  await page.waitForFunction((before) => (document.querySelector('progress')?.value ?? 0) > before, kept);
  await button(page, 'Cancel sweep').click();
});

test('what is wrong with a spec or a result file is said, and a cut-off result is gone on with', async () => {
  const page = await open();
  await sweepView(page);
  const file = page.getByLabel('Open spec or results…');
  const give = (name: string, text: string): Promise<void> =>
    file.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  const spec = {
    format: 'stanzascope/sweep',
    version: 1,
    algorithm: 'uniform',
    topology: { id: 'complete' },
    params: { nodes: 20 },
    seed: '1',
    runs: 3,
    over: { tolerance: [1, 2] },
  };
  await give('a.json', JSON.stringify({ ...spec, colour: 'red' }));
  await page
    .getByRole('alert')
    .getByText(/colour/)
    .waitFor();
  await give('b.json', JSON.stringify({ ...spec, over: { tolerance: [0] } }));
  await page
    .getByRole('alert')
    .getByText(/tolerance.*from 1/)
    .waitFor();
  const header = JSON.stringify({ format: 'stanzascope/sweep-result', version: 1, spec, points: 2 });
  const run = JSON.stringify({ point: 0, run: 0, completed: true, events: 5, metrics: { tLast: 3 } });
  await give('cut.jsonl', `${header}\n${run}\n${run.slice(0, 20)}`);
  await page.getByText(/5 of 6 runs are missing/).waitFor();
  await button(page, 'Run the rest').click();
  await region(page, 'Lab').getByText('6 of 6 runs, done').waitFor();
});

test('a run that takes its time to open says so at once and is given up; the scene on show stays', async () => {
  const page = await open();
  await sweepView(page);
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('size');
  await page.getByRole('textbox', { name: 'Values of nodes' }).fill('100, 20000');
  await page.getByRole('textbox', { name: 'Runs at each point' }).fill('1');
  await button(page, 'Run sweep').click();
  const lab = region(page, 'Lab');
  await lab.getByText('2 of 2 runs, done').waitFor();
  expect(await page.getByRole('combobox', { name: 'Measure' }).inputValue()).toBe('rounds');
  const before = await page.evaluate(() => location.hash);
  await page.getByRole('button', { name: /nodes 20,000: / }).click();
  await lab.getByText(/Opening run 0 of nodes 20,000/).waitFor({ timeout: 1000 });
  await button(page, 'Cancel opening').click();
  await lab.getByText(/Opening run/).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => location.hash)).toContain(before.slice(0, before.indexOf('&')));
  expect(await page.evaluate(() => location.hash)).not.toContain('20000');
  await page.getByRole('button', { name: /nodes 100: / }).click();
  await page.getByText(/Run 0 of nodes 100 is open/).waitFor();
  await page.waitForFunction(() => location.hash.includes('rumour'));
});
