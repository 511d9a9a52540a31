import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, cursor, goTo, region, scene } from './window.ts';

const open = browserOfFile();
const branches = (page: Page) => region(page, 'Branches');
const menu = (page: Page) => page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Inspect' }) });
const doing = (page: Page, name: RegExp) => menu(page).getByRole('region', { name: 'What if' }).getByRole('button', { name });
const rowsOf = (page: Page, text: string) => region(page, 'Events').getByRole('row').filter({ hasText: text });
/** The row in which it arrives: at the cursor it is still on its way. */
const arrival = (page: Page) => rowsOf(page, 'groupchat “Is there any tea left?”').filter({ hasNotText: 'sends' }).first();
const branchNames = (page: Page) => branches(page).locator('li > button:first-child').allInnerTexts();

/** The room, when a stanza of alice’s is on its way to her server; its row is in view. */
async function underWay(page: Page): Promise<number> {
  await scene(page, 'room-two-servers');
  const events = await computed(page);
  await goTo(page, '1.41');
  return events;
}
/** Opens the menu of an entity by the keyboard alone. */
async function menuOf(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Find a command/ }).fill(name);
  await page
    .getByRole('option', { name: new RegExp(`^${name}`) })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
  await region(page, 'Stanza inspector')
    .getByRole('heading', { name: new RegExp(`^${name}`) })
    .waitFor();
  await page.keyboard.press('m');
  await menu(page).waitFor();
}

test('a stanza on its way is dropped in a branch; both futures stay, are compared, undone and linked to', async () => {
  const page = await open();
  const events = await underWay(page);
  await arrival(page).click({ button: 'right' });
  await doing(page, /^Drop/).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await screenshot(page, 'whatif-menu');
  await doing(page, /^Drop/).click();
  await branches(page).waitFor();
  expect(await branchNames(page)).toEqual(['Main run', expect.stringMatching(/^drop/i)]);
  expect(await computed(page)).toBeLessThan(events);

  await button(page, /^Compare drop/i).click();
  const comparison = region(page, 'Comparison of branches');
  await comparison.getByText('first difference').waitFor();
  await comparison.getByRole('button', { name: /^#/ }).first().waitFor();
  await screenshot(page, 'whatif-compare');
  expect(await seriousFaults(page)).toEqual([]);
  await button(page, 'Close the comparison').click();

  await page.waitForTimeout(400);
  await button(page, 'Share').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await open({ link: link.slice(link.indexOf('#')) });
  await branches(other).waitFor();
  expect(await branchNames(other)).toEqual(await branchNames(page));
  expect(await computed(other)).toBe(await computed(page));
  expect(await cursor(other)).toBe(await cursor(page));

  await branches(page).getByRole('button', { name: 'Main run', exact: true }).click();
  await page.waitForFunction((n) => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuemax') === String(n), events);
  await page.keyboard.press('Control+z');
  await branches(page).waitFor({ state: 'detached' });
  expect(await computed(page)).toBe(events);
  await page.keyboard.press('Control+y');
  await branches(page).waitFor();
});

test('a stanza that has arrived cannot be dropped, and the menu says why and leads to when it can', async () => {
  const page = await open();
  await underWay(page);
  await arrival(page).click();
  await arrival(page).click({ button: 'right' });
  await doing(page, /^Drop.*not on its way any more/).waitFor();
  await doing(page, /^Drop/).click({ force: true });
  expect(await menu(page).isVisible()).toBe(true);
  const at = await cursor(page);
  await button(page, 'Go to its sending').click();
  await page.waitForFunction((n) => Number(document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow')) < n, at);
  await page.keyboard.press('m');
  await doing(page, /^Drop Takes it off/).click();
  await branches(page).waitFor();
});

test('by the keyboard alone: a server is cut off, the partition is healed, a value is asked for and refused', async () => {
  const page = await open();
  await underWay(page);
  await menuOf(page, 'realworld.lit');
  await doing(page, /^Cut off with all its clients/).click();
  await branches(page).waitFor();
  await menuOf(page, 'realworld.lit');
  await doing(page, /^Heal/).waitFor();
  await doing(page, /^Slow/).click();
  const field = menu(page).getByRole('textbox');
  await field.fill('-3');
  await menu(page).getByRole('alert').getByText('At least').waitFor();
  await field.fill('2.5');
  await field.press('Enter');
  await menu(page).waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Done by hand' }).getByText(/slow/i).waitFor();
  // Both were done in the one branch.
  expect(await branchNames(page)).toHaveLength(2);
  await screenshot(page, 'whatif-branches');
});

test('a stanza is edited on its way; what is not well-formed says why and is not taken', async () => {
  const page = await open();
  await underWay(page);
  await arrival(page).click({ button: 'right' });
  await doing(page, /^Edit XML/).click();
  const area = menu(page).getByRole('textbox', { name: 'Stanza' });
  const xml = await area.inputValue();
  await area.fill(xml.replace('</body>', ''));
  await menu(page).getByRole('alert').filter({ hasText: /./ }).waitFor();
  expect(await button(page, 'Edit XML').isDisabled()).toBe(true);
  await area.fill(xml.replace('any tea', 'no tea'));
  await menu(page).getByRole('alert').filter({ hasText: /./ }).waitFor({ state: 'detached' });
  await button(page, 'Edit XML').click();
  await branches(page).waitFor();
  await goTo(page, '1.45');
  await rowsOf(page, 'no tea left').first().waitFor();
});

test('a lasso marks a partition, and marks can be set without dragging', async () => {
  const page = await open();
  await underWay(page);
  const graph = (await region(page, 'Graph').boundingBox())!;
  await page.keyboard.down('Shift');
  await page.mouse.move(graph.x + 40, graph.y + 240);
  await page.mouse.down();
  for (const [x, y] of [
    [300, 240],
    [300, 400],
    [40, 400],
    [40, 250],
  ] as const)
    await page.mouse.move(graph.x + x, graph.y + y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await doing(page, /^Cut off (the \d+|alice)/).waitFor();
  await screenshot(page, 'whatif-lasso');
  await page.keyboard.press('Escape');
  await menuOf(page, 'cat');
  await button(page, 'Mark for a partition').click();
  await menuOf(page, 'cat');
  await button(page, 'Unmark').waitFor();
  await doing(page, /that are marked/).click();
  await branches(page).waitFor();
  await page.getByRole('region', { name: 'Done by hand' }).waitFor();
});
