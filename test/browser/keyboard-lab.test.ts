/** The lab, partitions and completion by keys alone: nothing here clicks, and nothing is focused but by its key or by Tab. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile } from '../support/browser.ts';
import { find, focus, keys, tabBack, tabTo } from './keys.ts';
import { button, computed, moved, region } from './window.ts';

const open = browserOfFile();

async function opened(words: string, id: string): Promise<Page> {
  const page = await open({ reducedMotion: true });
  page.setDefaultTimeout(15_000);
  await button(page, 'Pause').waitFor();
  await find(page, words);
  await page.waitForFunction((wanted) => location.hash.includes(`scenario=${wanted}`), id);
  await button(page, /^(Pause|Play|Replay)$/)
    .and(page.locator(':enabled'))
    .waitFor();
  await computed(page);
  if (await button(page, 'Pause').count()) await keys(page, ' ');
  await button(page, /^(Play|Replay)$/).waitFor();
  return page;
}
/** From tab to tab of the lab, with the arrows. */
async function labTab(page: Page, name: RegExp): Promise<void> {
  await keys(page, '4');
  await tabTo(page, /^(Compare|Sweep|One room, several ways)$/);
  for (let i = 0; i < 3 && !name.test((await focus(page))!.name); i++) await keys(page, 'ArrowRight');
  expect((await focus(page))!.name).toMatch(name);
}
async function typed(page: Page, field: RegExp, text: string): Promise<void> {
  await tabTo(page, field);
  await keys(page, 'Control+a');
  await page.keyboard.type(text);
}

test('a sweep is begun, cancelled, read as a table, and a run of it opened', async () => {
  const page = await opened('gossip laboratory', 'gossip-laboratory');
  await labTab(page, /^Sweep$/);
  await typed(page, /^Runs at each point/, '3000');
  await tabTo(page, /^Run sweep/);
  await keys(page, 'Enter');
  await page.getByRole('progressbar', { name: 'Runs done' }).waitFor();
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0);
  await tabBack(page, /^Cancel sweep/);
  await keys(page, 'Enter');
  await region(page, 'Lab').getByText('stopped').waitFor();
  expect(await focus(page)).not.toBeNull();
  const kept = await page.getByRole('progressbar', { name: 'Runs done' }).evaluate((bar: HTMLProgressElement) => bar.value);
  expect(kept).toBeGreaterThan(0);
  await tabTo(page, /^Table$/);
  await keys(page, 'Enter');
  await region(page, 'Results as a table').waitFor();
  await tabTo(page, /^Open a run/);
  await keys(page, 'Enter');
  await page.getByText(/^Run \d+ of .* is open/).waitFor();
});

test('one room, several ways: what cannot be is said, then they are compared and a run is opened', async () => {
  const page = await opened('One room, several ways', 'one-room');
  await labTab(page, /^One room, several ways$/);
  await page.getByRole('form', { name: 'Ways' }).waitFor();
  await typed(page, /^People$/, '1');
  await keys(page, 'Enter');
  await region(page, 'Lab').getByRole('alert').first().waitFor();
  // The field that is wrong has the focus, or is behind.
  if ((await focus(page))!.name !== 'People') await tabBack(page, /^People$/);
  await keys(page, 'Control+a');
  await page.keyboard.type('5');
  await typed(page, /^Messages$/, '6');
  await tabTo(page, /^Compare the ways/);
  await keys(page, 'Enter');
  await page
    .getByRole('list', { name: 'What these runs show' })
    .getByText(/One room kept one order/)
    .waitFor();
  expect(await focus(page)).not.toBeNull();
  await tabBack(page, /^Nothing happens|The room’s server dies/);
  await keys(page, 'ArrowRight');
  await page
    .getByRole('list', { name: 'What these runs show' })
    .getByText(/One room stopped with its server/)
    .waitFor();
});

test('a partition without a lasso: two are marked, cut off together, and mended', async () => {
  const page = await opened('karate', 'karate-rumour');
  const menu = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Inspect' }) });
  const choose = async (name: RegExp) => {
    await menu.getByRole('button', { name }).first().waitFor();
    for (let i = 0; i < 40 && !name.test((await focus(page))!.name); i++) await keys(page, 'ArrowDown');
    expect((await focus(page))!.name).toMatch(name);
    await keys(page, 'Enter');
  };
  await tabTo(page, /^Time$/);
  await keys(page, 'Home');
  await keys(page, 'e');
  await expect.poll(async () => (await focus(page))?.role).toBe('td');
  for (const way of ['ArrowDown', 'ArrowUp']) {
    await keys(page, way, 'Enter');
    await keys(page, 'm');
    await choose(/^Mark for a partition/);
    await menu.waitFor({ state: 'detached' });
    await expect.poll(async () => (await focus(page))?.role).toBe('td');
  }
  await keys(page, 'm');
  await choose(/^(Cut off|Partition)/);
  await region(page, 'Branches').waitFor();
  expect(
    await region(page, 'Branches')
      .getByRole('button', { name: /Delete takes it back/ })
      .count(),
  ).toBe(1);
  await keys(page, 'm');
  await choose(/^(Heal|Mend)/);
  await expect
    .poll(() =>
      region(page, 'Branches')
        .getByRole('button', { name: /Delete takes it back/ })
        .count(),
    )
    .toBe(2);
  await keys(page, 'Control+z', 'Control+z');
  await region(page, 'Branches').waitFor({ state: 'detached' });
});

test('a filter is completed from its list, twice, and a branch is compared side by side', async () => {
  const page = await opened('A room on two servers', 'room-two-servers');
  await keys(page, '/');
  await page.keyboard.type('mess');
  await page
    .getByRole('option', { name: /^message\b/ })
    .first()
    .waitFor();
  await keys(page, 'ArrowDown', 'Enter');
  await page.keyboard.type('&& t');
  await page.getByRole('option', { name: /^to\b/ }).first().waitFor();
  await keys(page, 'Tab');
  expect(await page.getByRole('combobox', { name: 'Filter', exact: true }).inputValue()).toMatch(/^message && t/);
  await keys(page, '/');
  await keys(page, 'Control+a');
  await page.keyboard.type('message');
  await keys(page, 'Escape', 'Enter');
  await region(page, 'Events')
    .getByText(/hidden/)
    .waitFor();
  await keys(page, 'Escape');
  await tabTo(page, /^Time$/);
  await moved(page, () => keys(page, 'Home'));
  await find(page, 'realworld.lit');
  await keys(page, 'm');
  const menu = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Inspect' }) });
  await menu.getByRole('button', { name: /^Cut off with all/ }).waitFor();
  for (let i = 0; i < 30 && !(await focus(page))!.name.startsWith('Cut off with all'); i++) await keys(page, 'ArrowDown');
  await keys(page, 'Enter');
  await region(page, 'Branches').waitFor();
  await tabTo(page, /^Compare /);
  await keys(page, 'Enter');
  await region(page, 'Comparison of branches').waitFor();
  await tabTo(page, /^Side by side/);
  await keys(page, 'Enter');
  await button(page, 'Close picture B').waitFor();
  await tabTo(page, /^Close picture B/);
  await keys(page, 'Enter');
  await button(page, 'Close picture B').waitFor({ state: 'detached' });
  expect(await focus(page)).not.toBeNull();
});
