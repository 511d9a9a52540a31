/** Everything without a pointer: nothing here clicks, and nothing is focused but by its key or by Tab. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot } from '../support/browser.ts';
import { button, computed, cursor, moved, region } from './window.ts';

const open = browserOfFile();

interface Focus {
  readonly name: string;
  readonly role: string;
  /** That it has the focus can be seen, and it is in view. */
  readonly shown: boolean;
}

/** What has the focus; null: nothing has. */
const focus = (page: Page): Promise<Focus | null> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const label = at.getAttribute('aria-labelledby');
    const name =
      at.getAttribute('aria-label') ??
      (label ? document.getElementById(label)?.textContent : null) ??
      (at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels?.[0]?.textContent : at.textContent) ??
      '';
    const probe = document.createElement('i');
    probe.style.color = 'var(--accent)';
    document.body.append(probe);
    const accent = getComputedStyle(probe).color;
    probe.remove();
    const active = document.getElementById(at.getAttribute('aria-activedescendant') ?? '');
    const around = [at, active, at.parentElement, at.parentElement?.parentElement, at.parentElement?.parentElement?.parentElement];
    const isRinged = (element: Element) => {
      const style = getComputedStyle(element);
      const wrong = getComputedStyle(document.documentElement).getPropertyValue('--error');
      const bordered = Number.parseFloat(style.borderTopWidth) > 0 && [accent, wrong].includes(style.borderTopColor);
      return bordered || (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0);
    };
    const box = at.getBoundingClientRect();
    const inView = box.width > 1 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    const ringed = around.some((element) => element && isRinged(element)) || getComputedStyle(at, '::after').backgroundColor === accent;
    return {
      name: name.replaceAll(/\s+/g, ' ').trim(),
      role: at.getAttribute('role') ?? at.tagName.toLowerCase(),
      shown: ringed && inView,
    };
  });

/** Presses keys one by one, none of which may lose the focus. */
async function keys(page: Page, ...pressed: readonly string[]): Promise<void> {
  const had = (await focus(page)) !== null;
  for (const key of pressed) await page.keyboard.press(key);
  if (had) await expect.poll(() => focus(page), { message: `focus after ${pressed.join(' ')}` }).not.toBeNull();
}

/** Goes on with Tab until there; each stop on the way has a name and is seen. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<Focus> {
  for (let i = 0; i < 70; i++) {
    await page.keyboard.press(key);
    const at = await focus(page);
    // From the last stop a browser goes to its own controls, and comes back to the first.
    if (!at) continue;
    expect(at, `stop ${i} on the way to ${name}`).toMatchObject({ name: expect.stringMatching(/\S/), shown: true });
    if (name.test(at.name)) return at;
  }
  throw new Error(`Tab does not lead to ${name}`);
}
const tabBack = (page: Page, name: RegExp): Promise<Focus> => tabTo(page, name, 'Shift+Tab');

/** By the palette, as somebody does who knows what it is called. */
async function find(page: Page, words: string): Promise<void> {
  await keys(page, 'Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.keyboard.type(words);
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  await keys(page, 'Enter');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
}

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
