/** A gossip scene made to measure, and configurations of it side by side. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, cursor, moved, paused, region, scene, toStart } from './window.ts';

const open = browserOfFile();

const panel = (page: Page) => region(page, 'Scenarios and parameters');
const field = (page: Page, name: string) => panel(page).getByRole('textbox', { name, exact: true });
const lab = (page: Page) => region(page, 'Lab');

/** Types a value and waits until the scene that has it is open. */
async function set(page: Page, name: string, value: string): Promise<void> {
  await field(page, name).fill(value);
  await page.waitForFunction((wanted) => decodeURIComponent(location.hash).includes(wanted), `${name}:${value}`);
}

async function choose(page: Page, what: 'algorithm' | 'topology', id: string): Promise<void> {
  await panel(page).getByRole('combobox', { name: what, exact: true }).selectOption(id);
  await page.waitForFunction((wanted) => location.hash.includes(wanted), `${what}=${id}`);
}

const measure = async (page: Page, name: string): Promise<readonly string[]> => {
  const row = page.getByRole('table', { name: 'Measures' }).getByRole('row').filter({ hasText: name });
  return row.getByRole('cell').allInnerTexts();
};

test('any topology, parameters and conditions for a scene that had a file; a value is reset; the link restores it all', async () => {
  const page = await open();
  await scene(page, 'karate-rumour');
  await choose(page, 'topology', 'two-clusters');
  await set(page, 'nodes', '24');
  await button(page, /^Conditions/).click();
  await set(page, 'loss', '0.2');
  await set(page, 'k', '4');
  expect(await field(page, 'nodes').inputValue()).toBe('24');
  // Another topology keeps the weather, the algorithm's values and the size; a parameter of the first is gone.
  await choose(page, 'topology', 'complete');
  expect(await field(page, 'loss').inputValue()).toBe('0.2');
  expect(await field(page, 'k').inputValue()).toBe('4');
  expect(await field(page, 'nodes').inputValue()).toBe('24');
  expect(await page.getByRole('grid', { name: 'Entities' }).getAttribute('aria-rowcount')).toBe('24');
  // Out of range: said beside the field, and the scene stays.
  await field(page, 'loss').fill('2');
  await panel(page).getByText('A number from 0 to 1.').waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Reset loss').click();
  await page.waitForFunction(() => !location.hash.includes('loss'));
  expect(await field(page, 'loss').inputValue()).toBe('0');
  await panel(page).getByRole('combobox', { name: 'membership' }).selectOption('full');
  await page.waitForFunction(() => location.hash.includes('membership:full'));
  await paused(page);
  await page.waitForTimeout(500);
  expect(await seriousFaults(page)).toEqual([]);
  const other = await open({ link: await page.evaluate(() => location.hash) });
  await computed(other);
  expect(await panel(other).getByRole('combobox', { name: 'topology' }).inputValue()).toBe('complete');
  expect(await panel(other).getByRole('combobox', { name: 'membership' }).inputValue()).toBe('full');
  expect(await field(other, 'nodes').inputValue()).toBe('24');
});

test('back to the scene’s own graph', async () => {
  const page = await open();
  await scene(page, 'karate-rumour');
  await choose(page, 'topology', 'ring');
  await panel(page).getByRole('combobox', { name: 'topology' }).selectOption('file');
  await page.waitForFunction(() => !location.hash.includes('topology='));
  expect(await page.getByRole('grid', { name: 'Entities' }).getAttribute('aria-rowcount')).toBe('34');
});

/** The laboratory and a copy of it with another tolerance, which is primary then; stands still. */
async function twoConfigurations(page: Page): Promise<void> {
  await scene(page, 'gossip-laboratory');
  await page.keyboard.press('4');
  await lab(page).getByRole('button', { name: 'Add', exact: true }).click();
  await lab(page).getByRole('button', { name: 'Remove configuration B' }).waitFor();
  await set(page, 'tolerance', '2');
  await paused(page);
  await computed(page);
}

test('two configurations, one parameter different: curves, measures, one scrubber, and back to one', async () => {
  const page = await open();
  await twoConfigurations(page);
  const graph = region(page, 'Graph');
  await graph.getByRole('region', { name: 'A: tolerance 6' }).waitFor();
  await graph.getByRole('region', { name: 'B: tolerance 2' }).waitFor();
  const plot = region(page, 'Charts').getByRole('figure', { name: 'Nodes reached, 2 configurations' });
  await page.waitForFunction(() => [...document.querySelectorAll('figure[aria-label^="Nodes reached"] path[d*="V"]')].length === 2);
  // Measures of each are those of the runs alone: seen on the primary one before and after it is chosen.
  const events = await measure(page, 'events');
  expect(events).toHaveLength(2);
  expect(events[0]).not.toBe(events[1]);
  expect(Number(events[1]!.replaceAll(',', ''))).toBe(await computed(page));

  // One scrubber: the other one follows the time, and what it shows then is what it shows alone at that time.
  await toStart(page);
  const visited = [0];
  for (let i = 0; i < 4; i++) visited.push(await moved(page, () => button(page, 'Next round').click()));
  const followed = graph.getByRole('region', { name: /^A:/ });
  await page.waitForTimeout(600);
  const there = await followed.screenshot();
  await moved(page, () => button(page, 'Step forward').click());
  expect(await moved(page, () => button(page, 'Step back').click())).toBe(visited.at(-1));
  await page.waitForTimeout(600);
  expect((await followed.screenshot()).equals(there)).toBe(true);
  for (let i = 3; i >= 0; i--) expect(await moved(page, () => button(page, 'Previous round').click())).toBe(visited[i]);
  await page.waitForTimeout(600);
  expect((await followed.screenshot()).equals(there)).toBe(false);

  // A press on the plot goes to that time in both; beyond the end of the shorter one, too.
  const box = (await plot.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.97, box.y + box.height / 2);
  await page.waitForTimeout(600);
  expect(await cursor(page)).toBe(await computed(page));
  expect(await seriousFaults(page)).toEqual([]);
  await screenshot(page, 'compare-two');

  // The other one becomes primary: parameters and events are its own.
  await lab(page)
    .getByRole('button', { name: /^Configuration A/ })
    .click();
  await page.waitForFunction(() => !location.hash.includes('params=tolerance'));
  expect(await field(page, 'tolerance').inputValue()).toBe('6');
  expect(Number(events[0]!.replaceAll(',', ''))).toBe(await computed(page));
  await lab(page).getByRole('button', { name: 'Leave Compare' }).click();
  await graph.getByRole('region', { name: /^B:/ }).waitFor({ state: 'detached' });
  expect(await page.getByRole('table', { name: 'Measures' }).count()).toBe(0);
  expect(await computed(page)).toBe(Number(events[0]!.replaceAll(',', '')));
});

test('a link carries the configurations; another seed is everybody’s; four are the most', async () => {
  const first = await open();
  await twoConfigurations(first);
  const before = await measure(first, 'mean delay');
  await first.waitForFunction(() => location.hash.includes('compare='));
  await first.waitForTimeout(500);
  const page = await open({ link: await first.evaluate(() => location.hash), width: 1920, height: 1080 });
  await button(page, 'Light colours').click();
  await region(page, 'Graph').getByRole('region', { name: 'B: tolerance 2' }).waitFor();
  await page.waitForTimeout(800);
  expect(await measure(page, 'mean delay')).toEqual(before);

  await page.getByRole('textbox', { name: 'Seed' }).fill('another');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('seed=another'));
  await paused(page);
  await page.waitForTimeout(1500);
  const after = await measure(page, 'mean delay');
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);

  for (const letter of ['C', 'D']) {
    await lab(page).getByRole('button', { name: 'Add', exact: true }).click();
    await lab(page)
      .getByRole('button', { name: `Remove configuration ${letter}` })
      .waitFor();
  }
  expect(await lab(page).getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(true);
  expect(await seriousFaults(page)).toEqual([]);
  await choose(page, 'algorithm', 'rumour');
  await region(page, 'Graph')
    .getByRole('region', { name: /^D: Rumour/ })
    .waitFor();
  await paused(page);
  await screenshot(page, 'compare-four');
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('room-two-servers');
  await region(page, 'Graph').getByRole('region').first().waitFor({ state: 'detached' });
  await lab(page)
    .getByText(/Add puts a copy of the open scene beside it, on the same seed/)
    .waitFor();
});

const compared = (page: Page, letter: string, name: string) => region(page, 'Graph').getByRole('region', { name: `${letter}: ${name}` });

/** Opens a scene of servers and clients, and a copy of it with one parameter different. */
async function twoOf(page: Page, id: string, name: string, value: string): Promise<void> {
  await scene(page, id);
  await page.keyboard.press('4');
  await lab(page).getByRole('button', { name: 'Add', exact: true }).click();
  await lab(page).getByRole('button', { name: 'Remove configuration B' }).waitFor();
  await panel(page).getByRole('combobox', { name, exact: true }).selectOption(value);
  await page.waitForFunction((wanted) => decodeURIComponent(location.hash).includes(`:${wanted}&`), value);
  await paused(page);
  await computed(page);
}

test('an XMPP scene beside itself: asked and told, one time, the measures of each, and a link that restores both', async () => {
  const page = await open();
  await twoOf(page, 'polling', 'Way', 'subscribe');
  await compared(page, 'A', 'Way poll').waitFor();
  await compared(page, 'B', 'Way subscribe').waitFor();
  const vain = await measure(page, 'told in vain');
  expect(Number(vain[0])).toBeGreaterThan(0);
  expect(vain[1]).toBe('0');
  // At the end of the subscribers' run, all of them know the last update; who asks does not yet.
  const knows = region(page, 'Charts').getByRole('figure', { name: 'Know the last update, 2 configurations' }).locator('figcaption');
  await page.keyboard.press('End');
  await knows.getByText('B 13').waitFor();
  expect(await knows.getByText('A 13').count()).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);
  await screenshot(page, 'compare-polling');
  const other = await open({ link: await page.evaluate(() => location.hash), width: 1920, height: 1080 });
  await compared(other, 'A', 'Way poll').waitFor();
  await compared(other, 'B', 'Way subscribe').waitFor();
  await computed(other);
  expect(await measure(other, 'told in vain')).toEqual(vain);
});

test('what is selected in one configuration of a room stays where it is in the other, and is let go where it is not there', async () => {
  const page = await open();
  await twoOf(page, 'one-room', 'Way', 'fmuc-primaries');
  await compared(page, 'B', 'Way fmuc-primaries').waitFor();
  expect(await measure(page, 'pairs in two orders')).toHaveLength(2);
  await button(page, 'Entities').click();
  await page.getByRole('grid', { name: 'Entities' }).getByRole('row').filter({ hasText: 'rooms.s2.lit' }).click();
  await page.waitForFunction(() => location.hash.includes('select=entity'));
  await lab(page)
    .getByRole('button', { name: /^Configuration A/ })
    .click();
  await page.waitForFunction(() => !location.hash.includes('select='));
});
