/** Commands by a client's panel, stage by stage; and a list that is too long to be read, which is looked through by typing. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, region, scene } from './window.ts';

const open = browserOfFile();

/** The panel of a client, its actions folded away. */
async function panelOf(page: Page, client: string): Promise<void> {
  await button(page, 'Entities').click();
  await page.getByRole('grid', { name: 'Entities' }).getByText(client).first().click();
  await button(page, 'Entities').click();
  const head = region(page, 'Stanza inspector').getByRole('button', { name: `Act as ${client}`, exact: true });
  await head.waitFor();
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
}

async function send(page: Page): Promise<string> {
  await button(page, 'Send it').click();
  const latest = page.getByRole('list', { name: 'What came of it' }).getByRole('listitem').first();
  await latest.getByRole('button', { name: 'Go to the answer' }).click();
  await latest.getByRole('button', { name: 'Go to the answer' }).waitFor({ state: 'detached' });
  const said = await latest.innerText();
  // What went on to the next stage is done with.
  if (await button(page, 'Other actions').count()) await button(page, 'Other actions').click();
  return said;
}

test('a bot’s menu, from its list to what was ordered', async () => {
  const page = await open();
  await scene(page, 'commands');
  await computed(page);
  await page.keyboard.press('End');
  await panelOf(page, 'alice');
  const panel = region(page, 'Stanza inspector');
  await panel.getByRole('button', { name: /^Commands/, expanded: false }).click();
  await button(page, /^Order tea \(/).click();
  expect(await send(page)).toContain('something to be answered');
  await button(page, 'Answer: Order tea, “Which tea?”').click();
  await page.getByLabel('Tea', { exact: true }).selectOption('Earl Grey');
  await send(page);
  await button(page, 'Back: Order tea').click();
  await send(page);
  await button(page, 'Answer: Order tea, “Which tea?”').click();
  expect(await page.getByLabel('Tea', { exact: true }).inputValue()).toBe('Earl Grey');
  await send(page);
  await button(page, 'Answer: Order tea, “How?”').click();
  await page.getByRole('switch', { name: 'With lemon' }).uncheck();
  await page.getByLabel('Then').selectOption('complete');
  await screenshot(page, 'commands-stage');
  expect(await seriousFaults(page)).toEqual([]);
  expect(await send(page)).toContain('“A cup of Earl Grey, next to the Hatter”');
});

test('many choices are found by typing, with the keys alone', async () => {
  const page = await open();
  await scene(page, 'one-room');
  const people = page.getByLabel('People', { exact: true }).first();
  await people.fill('40');
  await people.press('Enter');
  await page.waitForFunction(() => /people\W+40/.test(decodeURIComponent(location.hash)));
  await computed(page);
  await panelOf(page, 'anna');
  await page.locator('body').press('End');
  const panel = region(page, 'Stanza inspector');
  await panel.getByRole('button', { name: /^Room group/, expanded: false }).click();
  await button(page, 'Speak in private').click();
  const to = page.getByRole('combobox', { name: 'To', exact: true });
  const list = page.getByRole('listbox', { name: 'To: what can be chosen' });
  const first = await to.inputValue();
  await to.focus();
  await to.press('ArrowDown');
  expect(await to.getAttribute('aria-expanded')).toBe('true');
  expect(await list.getByRole('option').count()).toBe(39);
  await to.fill('tara');
  const found = await list.getByRole('option').allInnerTexts();
  expect(found.length).toBeGreaterThan(0);
  expect(found.every((text) => text.toLowerCase().includes('tara'))).toBe(true);
  await screenshot(page, 'combobox');
  expect(await seriousFaults(page)).toEqual([]);
  // Taken back, it is what it was.
  await to.press('Escape');
  expect(await to.inputValue()).toBe(first);
  await to.fill('tara');
  expect(await to.getAttribute('aria-activedescendant')).toBe(await list.getByRole('option').first().getAttribute('id'));
  await to.press('Enter');
  expect(await to.getAttribute('aria-expanded')).toBe('false');
  expect(await to.inputValue()).toBe(found[0]);
  await page.getByLabel('The stanza to be sent').waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('textarea')].some((area) => area.value.includes('/Tara')));
});
