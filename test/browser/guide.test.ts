/** The guide in the page: an exercise brings its text along and keeps its walk to itself until it is asked for. */
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, region, scene } from './window.ts';

const open = browserOfFile();

test('a scene that is an exercise comes with its question; the walk is told step by step, and goes with the scene', async () => {
  const page = await open();
  await scene(page, 'fault-never-heard');
  const guide = region(page, 'Guide');
  await guide.getByText('What do the two others lack, and since when?').waitFor();
  expect(await guide.innerText()).not.toContain('lost timer');
  expect(await guide.getByRole('listitem').filter({ hasText: 'Press 5 for the notes' }).count()).toBe(0);
  await button(page, 'Show step 1 of 7').click();
  await guide.getByRole('listitem').filter({ hasText: 'Press 5 for the notes' }).waitFor();
  expect(await guide.innerText()).not.toContain('Choose it');
  expect(await seriousFaults(page)).toEqual([]);
  await screenshot(page, 'guide');
  for (let step = 2; step <= 7; step++) await button(page, `Show step ${step} of 7`).click();
  await button(page, 'Show what is wrong').click();
  await guide.getByText('The fault: a lost timer.').waitFor();
  await button(page, '2 It will not go quiet').click();
  await page.waitForFunction(() => location.hash.includes('scenario=fault-never-quiet'));
  await guide.getByText('How often do they push, and what keeps them going?').waitFor();
  expect(await guide.innerText()).not.toContain('counter that is reset');
  await scene(page, 'login');
  await guide.waitFor({ state: 'detached' });
});

test('the language of filters is a key away, and its examples can be used', async () => {
  const page = await open({ theme: 'light' });
  await scene(page, 'karate-rumour');
  await computed(page);
  await page.keyboard.press('h');
  const guide = region(page, 'Guide');
  await button(page, 'filters.md').click();
  await guide.getByText('as usual; ! binds most tightly, then &&').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await screenshot(page, 'guide-filters');
  await button(page, 'Use first duplicate as the filter').click();
  await region(page, 'Events')
    .getByText(/^1 of /)
    .waitFor();
  await button(page, 'Close the guide').click();
  await region(page, 'Scenarios and parameters').waitFor();
  await button(page, 'Clear filter').click();
  await button(page, 'How a filter is written').click();
  await guide.getByRole('heading', { name: 'Filters and breakpoints' }).waitFor();
  // The keyboard is there, and Escape closes it.
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused).toBe('Filters');
  await page.keyboard.press('Escape');
  await guide.waitFor({ state: 'detached' });
});
