import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, cursor, scene, toStart } from './window.ts';

const open = browserOfFile();
const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' });
const field = (page: Page) => page.getByRole('combobox', { name: /^Find a command/ });
const option = (page: Page, name: RegExp) => palette(page).getByRole('option', { name });

/** Opens the palette, types, and takes what is first. */
async function take(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await field(page).fill(text);
  await page.keyboard.press('Enter');
  await palette(page).waitFor({ state: 'hidden' });
}

test('the palette finds commands, scenes, moments and entities, by the keyboard alone', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  await page.keyboard.press('Control+k');
  await field(page).waitFor();
  expect(await option(page, /Next visible change/).count()).toBe(1);
  expect(await seriousFaults(page)).toEqual([]);
  await screenshot(page, 'palette');
  await page.keyboard.press('Escape');
  await palette(page).waitFor({ state: 'hidden' });

  await take(page, '7');
  await page.waitForFunction(() => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') === '7');
  await take(page, 'previous vis');
  await page.waitForFunction(() => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') !== '7');
  expect(await cursor(page)).toBeLessThan(7);
  // Along the time the knob stands where the tick is, and the slider still says the event.
  const event = await cursor(page);
  await take(page, 'scrubber along');
  await button(page, 'Along the time').waitFor();
  expect(await cursor(page)).toBe(event);
  await take(page, 'scrubber along');
  await button(page, 'Along the events').waitFor();
  await take(page, 'alice@');
  await page.getByRole('region', { name: 'Stanza inspector' }).getByText('alice').first().waitFor();

  // What cannot be done now says why, and Enter does not close on it.
  await page.keyboard.press('Control+k');
  await field(page).fill('undo');
  expect(await option(page, /Undo/).innerText()).toContain('nothing was done by hand');
  await page.keyboard.press('Enter');
  expect(await palette(page).isVisible()).toBe(true);
  await field(page).fill('xyzzy');
  await palette(page).getByText('Nothing is called that').waitFor();
  await field(page).fill('karate rumour on a real');
  await page.keyboard.press('Escape');
  await palette(page).waitFor({ state: 'hidden' });
  await take(page, 'rumour real');
  await page.waitForFunction(() => location.hash.includes('scenario=karate-rumour'));
});

test('any key can be another one: it is used, shown, kept, and given back', async () => {
  const page = await open();
  await scene(page, 'karate-rumour');
  await computed(page);
  await toStart(page);
  await page.keyboard.press('?');
  const key = (now: string) => button(page, `Change the key of “Next visible change”, now ${now}`);
  await key('→').click();
  await page.keyboard.press('Tab');
  await page.getByText('Tab keeps its meaning in every page.').waitFor();
  await page.keyboard.press('f');
  await page.getByText('Next visible change: F. “Centre the selection; again: fit everything” had it, and has no key now.').waitFor();
  await screenshot(page, 'keys');
  expect(await seriousFaults(page)).toEqual([]);
  await button(page, 'Close').click();

  const at = () => page.waitForFunction(() => Number(document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow')) > 0);
  await page.locator('body').click({ position: { x: 640, y: 12 } });
  await page.keyboard.press('f');
  await at();
  expect(await button(page, 'Step forward').getAttribute('title')).toBe('Step forward (F)');

  await page.reload();
  await computed(page);
  expect(await button(page, 'Step forward').getAttribute('title')).toBe('Step forward (F)');
  await button(page, 'Shortcuts').click();
  await button(page, 'The usual key for “Next visible change”').click();
  await key('→').waitFor();
  await button(page, 'The usual keys').click();
  await button(page, 'Change the key of “Centre the selection; again: fit everything”, now F').waitFor();
});
