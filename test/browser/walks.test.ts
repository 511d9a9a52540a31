/** Small things that a person misses when they are not there: what holds while a line is wrong, one act taken back, the way to an answer. */
import { expect, test } from 'vitest';
import { browserOfFile } from '../support/browser.ts';
import { button, computed, cursor, goTo, moved, region, scene, timeSlider } from './window.ts';

const open = browserOfFile();

test('a time is typed with its unit, an event by its number, and what is neither says what would be', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  const events = await computed(page);
  await goTo(page, '1.5');
  await goTo(page, '250ms');
  expect(await timeSlider(page).getAttribute('aria-valuetext')).toMatch(/^0\.250 s/);
  await goTo(page, '#40');
  expect(await cursor(page)).toBe(40);
  const field = page.getByRole('textbox', { name: /^Time in/ });
  await field.fill(`#${events + 1}`);
  await field.press('Enter');
  await page.getByText(`There are ${events} events`).waitFor();
  await field.fill('half past');
  await field.press('Enter');
  await page.getByText('Not a time: type a number such as 1.25 or 250ms, or an event such as #36').waitFor();
  expect(await cursor(page)).toBe(40);
});

test('while a condition is wrong the one before it holds, and the line says so', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  await button(page, 'Breakpoints').click();
  await page.getByRole('combobox', { name: 'Run until' }).fill('first message');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText(/of 1 hits/).waitFor();
  const line = page.getByRole('combobox', { name: 'Breakpoint 1' });
  await line.fill('first messag');
  await page.keyboard.press('Escape');
  await page.getByRole('alert').filter({ hasText: 'Until then first message holds.' }).waitFor();
  // What never stops a run says that, too.
  await line.fill('bytes > 99999999');
  await page.getByText('no hit in this run').waitFor();
});

test('the inspector leads to why nothing follows; one thing done by hand is taken back where it is shown', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  await goTo(page, '0.376');
  const inspector = region(page, 'Stanza inspector');
  const rows = page.getByRole('grid', { name: 'Events' }).locator('tbody').getByRole('row');
  await rows.filter({ hasText: 'no subject' }).last().click();
  const words = inspector.getByText('took it in and had nothing to send', { exact: false });
  await words.waitFor();
  const isInView = () =>
    words.evaluate((part) => part.getBoundingClientRect().bottom <= part.closest('section')!.getBoundingClientRect().bottom);
  expect(await isInView()).toBe(false);
  await inspector.getByRole('navigation', { name: 'Further down' }).getByRole('button', { name: 'Why does nothing follow?' }).click();
  await expect.poll(isInView).toBe(true);

  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('m');
  await moved(page, () => button(page, 'Go to its sending').click());
  await page.keyboard.press('m');
  await page.getByRole('button', { name: /^Duplicate/ }).click();
  const branches = region(page, 'Branches');
  await branches.getByRole('button', { name: /^duplicate.*Delete takes it back$/ }).click();
  await inspector.getByRole('heading', { name: /^by hand: duplicate/ }).waitFor();
  await page.waitForFunction(() => location.hash.includes('branches='));
  // As a link brings it, it can be undone as well.
  const other = await open({ link: await page.evaluate(() => location.hash) });
  await region(other, 'Branches').getByRole('button', { name: 'Undo', exact: true, disabled: false }).click();
  await region(other, 'Branches')
    .getByRole('button', { name: /^duplicate.*Delete takes it back$/ })
    .waitFor({ state: 'detached' });
  await button(page, 'Take this back').click();
  await branches.getByRole('button', { name: /^duplicate.*Delete takes it back$/ }).waitFor({ state: 'detached' });
  await timeSlider(page).focus();
  expect(await moved(page, () => page.keyboard.press('End'))).toBe(Number(await timeSlider(page).getAttribute('aria-valuemax')));
});

test('the diagram shows what was chosen elsewhere, and can be left with what is followed', async () => {
  const page = await open();
  await scene(page, 'karate-rumour');
  await computed(page);
  await page.keyboard.press('e');
  await page.getByRole('grid', { name: 'Entities' }).getByRole('gridcell', { name: '34', exact: true }).click();
  await page.keyboard.press('e');
  await page.keyboard.press('2');
  const line = (name: string) => region(page, 'Space-time').getByRole('list', { name: 'Lines' }).getByRole('button', { name, exact: true });
  await line('34').waitFor();
  expect(await line('1').count()).toBe(0);
  // An event in which nothing arrives has a place, too.
  await page.keyboard.press('1');
  await goTo(page, '#1');
  await page.getByRole('grid', { name: 'Events' }).locator('tbody').getByRole('row').first().click();
  await page.keyboard.press('2');
  await line('1').waitFor();
  await page.keyboard.press('t');
  const only = button(page, 'Only the followed');
  await only.waitFor();
  const lines = region(page, 'Space-time').getByRole('list', { name: 'Lines' }).getByRole('listitem');
  const all = await lines.count();
  await page.keyboard.press('Escape');
  await only.waitFor({ state: 'detached' });

  await page.keyboard.press('1');
  const row = page.getByRole('grid', { name: 'Events' }).locator('tbody').getByRole('row').filter({ hasText: 'push: news' }).first();
  await row.click();
  await region(page, 'Stanza inspector').getByRole('heading', { name: 'push: news' }).waitFor();
  await page.keyboard.press('t');
  await region(page, 'Followed stanza')
    .getByText(/^Following \d+ stanzas/)
    .waitFor();
  await page.keyboard.press('2');
  await only.click();
  await page.waitForFunction((before) => document.querySelectorAll('[aria-label="Lines"] > li').length < before, all);
  await region(page, 'Space-time')
    .getByText(/lines hidden/)
    .waitFor();
  await button(page, 'Only the followed').click();
  await expect.poll(() => lines.count()).toBe(all);
});

test('what was done to a copy comes to nothing when the copy is taken back: it is kept, marked and explained', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  const rows = page.getByRole('grid', { name: 'Events' }).locator('tbody').getByRole('row');
  const act = async (text: string, to: string, name: RegExp) => {
    await rows.filter({ hasText: text }).filter({ hasText: to }).last().click({ button: 'right' });
    await moved(page, () => button(page, 'Go to its sending').click());
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('m');
    await page.getByRole('dialog').getByRole('button', { name }).click();
  };
  await goTo(page, '#32');
  await act('no subject', 'rooms.wonderland.lit', /^Duplicate/);
  const branches = region(page, 'Branches');
  const mark = (name: RegExp) => branches.getByRole('button', { name });
  await mark(/^duplicate.*Delete takes/).waitFor();
  // What was done is what one looks at.
  await region(page, 'Stanza inspector')
    .getByRole('heading', { name: /^by hand: duplicate/ })
    .waitFor();
  await goTo(page, '0.38');
  await act('no subject', 'alice/tea', /^Drop/);
  await mark(/^drop\. Delete takes/).waitFor();
  await mark(/^duplicate.*Delete takes/).press('Delete');
  await page.getByText(/^“drop” came to nothing now\. What this was to be done to is not there/).waitFor();
  await mark(/^drop, came to nothing: .*\. Delete takes it back$/).waitFor();
  await button(page, /^Go to what was done by hand, 1 of 1: drop, came to nothing$/).waitFor();
  // And with the copy it means something again.
  await page.keyboard.press('Control+z');
  await mark(/^duplicate.*Delete takes/).waitFor();
  await mark(/^drop\. Delete takes/).waitFor();
});
