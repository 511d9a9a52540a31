/** The space-time diagram as a person meets it: one selection with the other views, lines folded and moved, a cut, an export. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot } from '../support/browser.ts';
import { button, computed, cursor, moved, paused, region, scene } from './window.ts';

const open = browserOfFile();

async function diagram(page: Page, id = 'room-two-servers'): Promise<void> {
  await paused(page);
  await scene(page, id);
  await computed(page);
  await page.getByRole('tab', { name: 'Space-time' }).click();
  await region(page, 'Space-time').getByRole('list', { name: 'Lines' }).getByRole('listitem').first().waitFor();
}
const lines = (page: Page): Promise<string[]> =>
  region(page, 'Space-time').getByRole('list', { name: 'Lines' }).locator('.st-name').allInnerTexts();
const sheet = (page: Page) => region(page, 'Space-time').getByRole('grid');

/** Goes over the picture until the pointer is above something that the tip calls so. */
async function pointAt(page: Page, words: RegExp): Promise<{ x: number; y: number }> {
  const box = (await sheet(page).boundingBox())!;
  for (let y = box.y + 26; y < box.y + box.height; y += 5)
    for (let x = box.x + 4; x < box.x + box.width; x += 9) {
      await page.mouse.move(x, y);
      const tip = region(page, 'Space-time').getByText(words);
      if (await tip.count()) if (await tip.first().isVisible()) return { x, y };
    }
  throw new Error(`nothing in the picture is called ${words}`);
}

test('an arrow that is clicked is the stanza that all views show', async () => {
  const page = await open();
  await diagram(page);
  const { x, y } = await pointAt(page, /→ .*message/);
  await page.mouse.click(x, y);
  await page.waitForFunction(() => location.hash.includes('select=message'));
  await region(page, 'Stanza inspector').getByText('<message').first().waitFor();
  expect(page.url()).toContain('dock=spacetime');
  await screenshot(page, 'spacetime');
  const id = /select=message:(\d+)/.exec(page.url())![1]!;
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.waitForFunction((wanted) => location.hash.includes(`select=message:${wanted}`), id);
});

test('a server is folded with all that belong to it; lines are moved and hidden from the keyboard; the link keeps it', async () => {
  const page = await open();
  await diagram(page);
  const before = await lines(page);
  expect(before).toContain('alice/tea');
  await region(page, 'Space-time').getByRole('button', { name: 'Collapse wonderland.lit' }).click();
  await expect.poll(() => lines(page)).toContain('wonderland.lit +5');
  expect(await lines(page)).not.toContain('alice/tea');
  await region(page, 'Space-time').getByRole('button', { name: 'Expand wonderland.lit' }).click();
  await expect.poll(() => lines(page)).toEqual(before);

  const [from, to] = await Promise.all(['alice/tea', 'queen/throne'].map(async (name) => (await button(page, name).boundingBox())!));
  await page.mouse.move(from!.x + 10, from!.y + 8);
  await page.mouse.down();
  await page.mouse.move(to!.x + 10, to!.y + 8, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => lines(page)).toEqual([...before.slice(1, 4), before[0], ...before.slice(4)]);
  expect(page.url()).not.toContain('select=');
  await button(page, 'Lines ▾').click();
  await button(page, 'Natural order').click();
  await expect.poll(() => lines(page)).toEqual(before);

  const alice = region(page, 'Space-time').getByRole('button', { name: 'alice/tea', exact: true });
  await alice.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => lines(page)).toEqual([before[1], before[0], ...before.slice(2)]);
  await page.keyboard.press('Delete');
  await expect.poll(() => lines(page)).toEqual([before[1], ...before.slice(2)]);
  await expect.poll(() => page.url()).toMatch(/diagram=/);
  await page.waitForTimeout(400);
  const url = page.url();

  const other = await open({ link: new URL(url).hash });
  await region(other, 'Space-time').getByRole('list', { name: 'Lines' }).getByRole('listitem').first().waitFor();
  await expect.poll(() => lines(other)).toEqual([before[1], ...before.slice(2)]);
  await button(other, 'Lines ▾').click();
  await button(other, 'show alice').click();
  await expect.poll(async () => (await lines(other)).length).toBe(before.length);
});

test('from event to event with the keys; Enter goes there', async () => {
  const page = await open();
  await diagram(page);
  await button(page, 'Events').click();
  await sheet(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const active = sheet(page).locator('tr[aria-selected=true]');
  await active.waitFor({ state: 'attached' });
  const first = Number(/event ([\d,]+)/.exec((await active.textContent())!)![1]!.replace(',', ''));
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(/event ([\d,]+)/.exec((await active.textContent())!)![1]!.replace(',', ''))).toBeGreaterThan(first);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => Number(/event ([\d,]+)/.exec((await active.textContent())!)![1]!.replace(',', ''))).toBe(first);
  await moved(page, () => page.keyboard.press('Enter'));
  expect(await cursor(page)).toBe(first);
});

test('a cut straight down is consistent; bent so that an answer is in it and its question is not, it is broken', async () => {
  const page = await open();
  // All lines are in view: the cut is what is drawn, and not what it is beyond it.
  await diagram(page, 'room-two-servers');
  await button(page, 'Cut').click();
  const box = (await sheet(page).boundingBox())!;
  const drag = async (from: number, to: number) => {
    await page.mouse.move(box.x + box.width * from, box.y + 30);
    await page.mouse.down();
    for (let i = 1; i <= 8; i++)
      await page.mouse.move(box.x + box.width * (from + ((to - from) * i) / 8), box.y + 30 + ((box.height - 36) * i) / 8);
    await page.mouse.up();
  };
  const say = region(page, 'Space-time').getByRole('status');
  await drag(0.5, 0.5);
  await say.getByText('✓ Consistent cut').waitFor();
  await drag(0.95, 0.05);
  await say.getByText('✗ Inconsistent cut').waitFor();
  await screenshot(page, 'spacetime-cut');
  await say
    .getByRole('button', { name: /breaks it/ })
    .first()
    .click();
  await page.waitForFunction(() => location.hash.includes('select=message'));
  await page.keyboard.press('Escape');
  await say.waitFor({ state: 'hidden' });
  expect(page.url()).toContain('select=message');
});

test('the cursor is one: dragging along the ruler moves it, and the window can be exported', async () => {
  const page = await open();
  await diagram(page);
  const box = (await sheet(page).boundingBox())!;
  const before = await cursor(page);
  await moved(page, async () => {
    await page.mouse.move(box.x + box.width * 0.4, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 10, { steps: 4 });
    await page.mouse.up();
  });
  expect(await cursor(page)).not.toBe(before);
  await button(page, 'Export ▾').click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Text for Mermaid').click()]);
  expect(download.suggestedFilename()).toMatch(/^room-two-servers-\d+-\d+\.mmd$/);
  expect(readFileSync(await download.path(), 'utf8')).toContain('sequenceDiagram');
});
