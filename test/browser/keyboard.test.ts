/** Everything without a pointer: nothing here clicks, and nothing is focused but by its key or by Tab. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot } from '../support/browser.ts';
import { find, focus, keys, tabBack, tabTo } from './keys.ts';
import { button, computed, cursor, moved, region } from './window.ts';

const open = browserOfFile();

async function room(page: Page): Promise<number> {
  page.setDefaultTimeout(12_000);
  await button(page, 'Pause').waitFor();
  await find(page, 'A room on two servers');
  await page.waitForFunction(() => location.hash.includes('scenario=room-two-servers'));
  await button(page, 'Pause')
    .or(button(page, /^(Play|Replay)$/))
    .and(page.locator(':enabled'))
    .waitFor();
  const events = await computed(page);
  await tabTo(page, /^Time$/);
  await keys(page, 'End');
  await button(page, 'Replay').waitFor();
  await tabBack(page, /^Time in/);
  await keys(page, 'Control+a');
  await page.keyboard.type('1.41');
  await keys(page, 'Enter');
  await button(page, 'Play').waitFor();
  await tabTo(page, /^Time$/);
  return events;
}
const inspected = (page: Page, title: RegExp) => region(page, 'Stanza inspector').getByRole('heading', { name: title }).first().waitFor();

test('time: every kind of step, forth and back, from the slider and from anywhere', async () => {
  const page = await open({ reducedMotion: true });
  await room(page);
  const start = await cursor(page);
  for (const [forth, back] of [
    ['ArrowRight', 'ArrowLeft'],
    ['Control+ArrowRight', 'Control+ArrowLeft'],
    ['Shift+J', 'Shift+K'],
  ] as const) {
    const before = await cursor(page);
    expect(await moved(page, () => keys(page, forth))).toBeGreaterThan(before);
    expect(await moved(page, () => keys(page, back))).toBe(before);
  }
  expect(await moved(page, () => keys(page, 'Shift+ArrowRight'))).toBeGreaterThan(start);
  // At an end there is nothing more to press for, and the keyboard stays where it is.
  await moved(page, () => keys(page, 'End'));
  await button(page, 'Replay').waitFor();
  await tabBack(page, /^Next round/);
  await keys(page, 'Enter', 'Enter');
  await tabBack(page, /^(Replay|Play)/);
  await keys(page, 'Enter');
  await button(page, 'Pause').waitFor();
  expect((await focus(page))!.name).toBe('Pause');
  await keys(page, 'Enter');
  await button(page, 'Play').waitFor();
});

test('an entity, a link and a stanza are picked, followed, filtered, and stopped at', async () => {
  const page = await open({ reducedMotion: true });
  await room(page);
  await keys(page, 'e');
  await expect.poll(async () => (await focus(page))?.role).toBe('td');
  await keys(page, 'ArrowDown', 'ArrowRight', 'Enter');
  await inspected(page, /\S/);
  await tabTo(page, /→/);
  expect(await page.getByRole('grid', { name: 'Stanzas in flight' }).locator(':focus').count()).toBe(1);
  await tabTo(page, /→/);
  const links = page.getByRole('grid', { name: /^Links of / });
  expect(await links.locator(':focus').count()).toBe(1);
  await keys(page, 'Enter');
  await inspected(page, /→/);
  await keys(page, 'Escape');
  expect((await focus(page))!.name).toBe('Time');

  await keys(page, '1');
  await tabTo(page, /^Events$/);
  await keys(page, 'Shift+Tab', 'Tab');
  const grid = page.getByRole('grid', { name: 'Events', exact: true });
  if (!(await grid.evaluate((element) => element === document.activeElement))) await tabTo(page, /^Events$/);
  await keys(page, 'ArrowDown', 'ArrowDown');
  await moved(page, () => keys(page, 'Enter'));
  await keys(page, 't');
  await region(page, 'Followed stanza').waitFor();
  expect(await moved(page, () => keys(page, 'j'))).toBeGreaterThan(0);
  await keys(page, 'Escape');
  await region(page, 'Followed stanza').waitFor({ state: 'detached' });

  await keys(page, '/');
  expect((await focus(page))!.name).toBe('Filter');
  await page.keyboard.type('presence');
  await keys(page, 'Enter');
  await region(page, 'Events')
    .getByText(/hidden/)
    .waitFor();
  await keys(page, 'Escape');
  expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
  // Gone to once, the line does not call the keyboard back when the list is shown again.
  await keys(page, '3', '1');
  expect((await focus(page))!.name).not.toBe('Filter');
  await keys(page, '/', 'Control+a', 'Delete', 'Escape', 'Escape');
  await region(page, 'Events')
    .getByText(/hidden/)
    .waitFor({ state: 'detached' });

  await keys(page, 'Home');
  await keys(page, 'b');
  await page.getByText(/^Breakpoint: /).waitFor();
  await tabBack(page, /^Breakpoints/);
  await keys(page, 'Enter');
  const panel = region(page, 'Breakpoints');
  await panel.waitFor();
  await tabTo(page, /^Run until/);
  await page.keyboard.type('presence');
  await moved(page, () => keys(page, 'Enter'));
  await keys(page, 'Escape', 'Escape');
  await panel.waitFor({ state: 'detached' });
  expect((await focus(page))!.name).toMatch(/^Breakpoints/);
  await screenshot(page, 'keyboard-walk');
});

test('along the lines of the diagram, a cut, an act by hand, what if, and from branch to branch', async () => {
  const page = await open({ reducedMotion: true });
  const events = await room(page);
  await keys(page, '2');
  await region(page, 'Space-time')
    .getByRole('grid', { name: /^Events of / })
    .waitFor();
  await tabTo(page, /^Events of /);
  await keys(page, 'ArrowDown', 'ArrowRight', 'ArrowRight');
  await region(page, 'Space-time').locator('tr[aria-selected=true]').waitFor({ state: 'attached' });
  await moved(page, () => keys(page, 'Enter'));
  await keys(page, ']', ']', '[');
  await region(page, 'Space-time')
    .getByText(/onsistent cut/)
    .waitFor();
  await keys(page, 'Escape');
  await region(page, 'Space-time')
    .getByText(/onsistent cut/)
    .waitFor({ state: 'hidden' });

  await find(page, 'alice');
  await inspected(page, /^alice/);
  await keys(page, 'a');
  await expect.poll(async () => (await focus(page))?.name).toMatch(/^Act as alice/);
  await tabTo(page, /^Presence and messages/);
  await tabTo(page, /^Set presence/);
  await keys(page, 'Enter');
  await page.getByRole('group', { name: 'Set presence' }).waitFor();
  await tabTo(page, /^Presence/);
  await page.keyboard.type('away');
  await tabTo(page, /^Send it/);
  await keys(page, 'Enter');
  await region(page, 'Done by hand').waitFor();
  await keys(page, 'Control+z');
  await region(page, 'Done by hand').waitFor({ state: 'detached' });
  expect(await computed(page)).toBe(events);

  await find(page, 'realworld.lit');
  await inspected(page, /^realworld/);
  const before = (await focus(page))!.name;
  await keys(page, 'm');
  const menu = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Inspect' }) });
  await menu.getByRole('button', { name: /^Cut off with all/ }).waitFor();
  await keys(page, 'Escape');
  expect((await focus(page))!.name).toBe(before);
  await keys(page, 'm');
  await menu.getByRole('button', { name: /^Cut off with all/ }).waitFor();
  for (let i = 0; i < 30 && !(await focus(page))!.name.startsWith('Cut off with all'); i++) await keys(page, 'ArrowDown');
  await keys(page, 'Enter');
  await region(page, 'Branches').waitFor();
  await tabTo(page, /^Main run/);
  await keys(page, 'Enter');
  await page.waitForFunction((n) => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuemax') === String(n), events);
  expect((await focus(page))!.name).toMatch(/^Main run/);
  await tabTo(page, /^Compare /);
  await keys(page, 'Enter');
  await region(page, 'Comparison of branches').waitFor();
  await tabTo(page, /^Close the comparison/);
  await keys(page, 'Enter');
  await region(page, 'Comparison of branches').waitFor({ state: 'detached' });
  await tabBack(page, /^Delete (?!Main)/);
  await keys(page, 'Enter');
  await region(page, 'Branches').waitFor({ state: 'detached' });
});

test('panels and dialogs close under the keyboard, which goes on from there', async () => {
  const page = await open({ reducedMotion: true });
  await room(page);
  for (const key of ['?', 'Control+k']) {
    await keys(page, key);
    await page.getByRole('dialog').waitFor();
    await keys(page, 'Tab', 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await focus(page))!.name).toBe('Time');
  }
  await find(page, 'alice');
  await inspected(page, /^alice/);
  await tabTo(page, /^Act as alice/);
  await keys(page, 'q');
  await region(page, 'Stanza inspector').waitFor({ state: 'detached' });
  expect((await focus(page))!.name).toBe('Inspector');
  await keys(page, 'Enter');
  await region(page, 'Stanza inspector').waitFor();
  await keys(page, '3');
  await tabTo(page, /^Show as table/);
  await keys(page, '5');
  await region(page, 'Notes').waitFor();
  expect((await focus(page))!.name).toBe('Notes');
  await tabBack(page, /^Share/);
  await keys(page, 'Enter');
  await page.getByText(/^Link copied/).waitFor();
  expect((await focus(page))!.name).toBe('Share');
});

test('the lab is reached, and a configuration is added to compare', async () => {
  const page = await open({ reducedMotion: true });
  await button(page, 'Pause').waitFor();
  await find(page, 'karate');
  await page.waitForFunction(() => location.hash.includes('scenario=karate'));
  await computed(page);
  await keys(page, '4');
  await tabTo(page, /^Compare$/);
  await tabTo(page, /^(Add|Compare with|\+)/);
  await keys(page, 'Enter');
  await button(page, 'Leave Compare').waitFor();
  await tabTo(page, /^Leave Compare/);
  await keys(page, 'Enter');
  await button(page, 'Leave Compare').waitFor({ state: 'detached' });
});
