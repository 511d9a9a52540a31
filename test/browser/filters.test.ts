/** Filter, hide like this, breakpoints, run until: as a person uses them. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, cursor, region, scene, timeSlider, toStart } from './window.ts';

const open = browserOfFile();
const filter = (page: Page) => page.getByRole('combobox', { name: 'Filter', exact: true });
const rows = (page: Page) => page.getByRole('grid', { name: 'Events' }).locator('tbody').getByRole('row');
const at = (page: Page, ordinal: number) =>
  page.waitForFunction((wanted) => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') === String(wanted), ordinal);

async function opened(id: string): Promise<Page> {
  const page = await open();
  await scene(page, id);
  await computed(page);
  return page;
}

test('a filter from the keyboard: completed, counted, in the link, cleared', async () => {
  const page = await opened('room-two-servers');
  const all = await computed(page);
  await page.keyboard.press('/');
  await page.keyboard.type('mess');
  const option = page.getByRole('option', { name: /^message\b/ });
  await option.first().waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await filter(page).getAttribute('aria-activedescendant')).not.toBeNull();
  await page.keyboard.press('Enter');
  expect(await filter(page).inputValue()).toBe('message ');
  await page.keyboard.press('Enter');
  const count = region(page, 'Events').getByText(/hidden/);
  await count.waitFor();
  const [, shown, total, hidden] = /(\d+) of (\d+) · (\d+) hidden/.exec((await count.textContent()) ?? '') ?? [];
  expect(Number(total)).toBe(all);
  expect(Number(shown) + Number(hidden)).toBe(all);
  expect(await rows(page).filter({ hasNotText: 'message' }).count()).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);
  await page.waitForFunction(() => location.hash.includes('filter=message'));
  // Rows of the neighbourhood come with it, and fewer are hidden.
  await page.getByRole('spinbutton', { name: 'Rows around each match' }).fill('3');
  await page.waitForFunction((before) => {
    const text = [...document.querySelectorAll('output')].map((output) => output.textContent).join(' ');
    return Number(/(\d+) hidden/.exec(text)?.[1] ?? before) < before;
  }, Number(hidden));
  await screenshot(page, 'filter');

  const other = await open({ link: await page.evaluate(() => location.hash) });
  await region(other, 'Events')
    .getByText(/hidden/)
    .waitFor();
  expect(await filter(other).inputValue()).toBe('message');
  await button(other, 'Clear filter').click();
  await region(other, 'Events')
    .getByText(/hidden/)
    .waitFor({ state: 'detached' });
});

test('what is wrong is said where it is wrong, and what matches nothing offers the way back', async () => {
  const page = await opened('room-two-servers');
  await filter(page).fill('message || mesage');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const fault = region(page, 'Events').getByRole('alert');
  await fault.waitFor();
  expect(await fault.textContent()).toMatch(/^12 There is no “mesage” here\. Did you mean “message”\?/);
  expect(await filter(page).getAttribute('aria-invalid')).toBe('true');
  await filter(page).fill('xpath("//x[")');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await fault.getByText(/xpath: found the end/).waitFor();
  await filter(page).fill('bytes > 99999999');
  await region(page, 'Events')
    .getByText(/^None of/)
    .waitFor();
  await region(page, 'Events').getByText('Clear filter').click();
  await rows(page).first().waitFor();
});

test('hide like this, and stop at its like, from a row by the keyboard', async () => {
  const page = await opened('room-two-servers');
  await page.getByRole('grid', { name: 'Events' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('dialog').filter({ has: page.getByRole('heading', { name: 'Like this' }) });
  await menu.waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await menu
    .getByRole('button', { name: /^Hide every/ })
    .last()
    .press('Enter');
  await region(page, 'Events')
    .getByText(/hidden/)
    .waitFor();
  expect(await filter(page).inputValue()).toMatch(/^!/);
  await button(page, 'Clear filter').click();
  await rows(page).nth(3).click({ button: 'right' });
  await menu.getByRole('button', { name: 'Stop at this event' }).click();
  await button(page, 'Breakpoints').click();
  expect(await page.getByRole('combobox', { name: 'Breakpoint 1' }).inputValue()).toMatch(/^ordinal == \d+$/);
});

test('breakpoints stop a playing run, forwards and backwards are the same places, and a run goes until a condition', async () => {
  const page = await opened('karate-rumour');
  await toStart(page);
  await button(page, 'Breakpoints').click();
  const until = page.getByRole('combobox', { name: 'Run until' });
  await until.fill('coverage >= 50%');
  await page.getByRole('button', { name: 'Run until', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') !== '0');
  const half = await cursor(page);
  expect(half).toBeGreaterThan(1);
  await until.fill('first duplicate');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  // The line has the keyboard still: Escape leaves it, and closes what it is in.
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Breakpoints' }).waitFor({ state: 'detached' });

  await button(page, 'Breakpoints').click();
  const hits = page.getByText(/\d+ of 1 hits/);
  await hits.waitFor();
  await screenshot(page, 'breakpoints');
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await timeSlider(page).press('Home');
  await at(page, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press(']');
  await page.waitForFunction(() => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') !== '0');
  const first = await cursor(page);
  // Played, it stops at the same event.
  await timeSlider(page).press('Home');
  await at(page, 0);
  await button(page, 'Play').click();
  await at(page, first);
  await button(page, 'Play').waitFor();
  expect(await cursor(page)).toBe(first);
  // Beyond it, and back.
  await timeSlider(page).press('End');
  await button(page, 'Replay').waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('[');
  await at(page, first);
  await page.waitForFunction(() => location.hash.includes('breaks=first'));
});

test('B makes a breakpoint at this event and takes it away', async () => {
  const page = await opened('karate-rumour');
  await timeSlider(page).press('Home');
  await at(page, 0);
  await timeSlider(page).press('Control+ArrowRight');
  await at(page, 1);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('b');
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes('breaks=ordinal == 1'));
  await page.keyboard.press('b');
  await page.waitForFunction(() => !location.hash.includes('breaks='));
});
