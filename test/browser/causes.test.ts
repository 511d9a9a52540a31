/** Following a stanza, steps along causes, notes: as a person meets them. */
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, cursor, goTo, moved, region, scene, timeSlider, toStart } from './window.ts';

const open = browserOfFile();
const rowsIn = (page: Awaited<ReturnType<typeof open>>, grid: string) =>
  page.getByRole('grid', { name: grid, exact: true }).getByRole('row');

test('a stanza is followed from its root to all its effects; hops go along them both ways; Escape ends it', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  await goTo(page, '1.43');
  await page.locator('tr[aria-current=step]').click();
  const before = await region(page, 'Graph').screenshot();
  await button(page, 'Follow this stanza').click();
  const strip = region(page, 'Followed stanza');
  await strip.getByText(/14 stanzas, 9 entities: 14 delivered/).waitFor();
  await strip.getByText(/Began with alice/).waitFor();
  expect((await region(page, 'Graph').screenshot()).equals(before)).toBe(false);
  await screenshot(page, 'following');

  await button(page, 'More steps').click();
  const visited = [await cursor(page)];
  for (let i = 0; i < 4; i++) visited.push(await moved(page, () => button(page, 'Next hop').click()));
  for (let i = 3; i >= 0; i--) expect(await moved(page, () => button(page, 'Previous hop').click())).toBe(visited[i]);
  const at = await cursor(page);
  expect(await moved(page, () => page.keyboard.press('j'))).toBe(visited[1]);
  expect(await moved(page, () => page.keyboard.press('k'))).toBe(at);
  const wave = await moved(page, () => page.keyboard.press('Shift+J'));
  expect(wave).toBeGreaterThan(at);
  expect(await moved(page, () => page.keyboard.press('Shift+K'))).toBe(at);
  expect(await moved(page, () => page.keyboard.press('.'))).toBeGreaterThan(at);
  expect(await moved(page, () => page.keyboard.press(','))).toBe(at);

  // The first closes the menu, the second ends following, and neither clears the selection.
  await page.keyboard.press('Escape');
  await button(page, 'Next hop').waitFor({ state: 'detached' });
  await strip.waitFor();
  await page.keyboard.press('Escape');
  await strip.waitFor({ state: 'detached' });
  await button(page, 'Follow this stanza').waitFor();
});

test('a hop goes along what is followed, “next in conversation” along all that belongs together', async () => {
  const page = await open();
  await scene(page, 'karate-rumour');
  await computed(page);
  await goTo(page, '#40');
  const here = page.locator('tr[aria-current=step]');
  await here.click();
  await button(page, 'Follow this stanza').click();
  await region(page, 'Followed stanza')
    .getByText(/stanzas, /)
    .waitFor();
  const hops = [];
  for (let i = 0; i < 4; i++) {
    hops.push(await moved(page, () => page.keyboard.press('j')));
    await expect.poll(() => here.innerText()).toContain('followed');
  }
  for (let i = 2; i >= 0; i--) expect(await moved(page, () => page.keyboard.press('k'))).toBe(hops[i]);
  expect(await moved(page, () => page.keyboard.press('k'))).toBe(40);
  expect(await moved(page, () => page.keyboard.press('.'))).toBeLessThan(hops[0]!);
});

test('what is followed is in the link', async () => {
  const page = await open();
  await scene(page, 'karate-rumour');
  await computed(page);
  await timeSlider(page).focus();
  await toStart(page);
  for (let i = 0; i < 2; i++) await moved(page, () => page.keyboard.press('ArrowRight'));
  await page.locator('tr[aria-current=step]').click();
  await button(page, 'Follow this stanza').waitFor();
  await page.keyboard.press('t');
  const said = await region(page, 'Followed stanza')
    .getByText(/stanzas, /)
    .innerText();
  await page.waitForFunction(() => location.hash.includes('follow=message'));
  const other = await open({ link: await page.evaluate(() => location.hash) });
  await region(other, 'Followed stanza').getByText(said.slice(0, 40)).waitFor();
});

test('notes are found without being asked for, filtered by severity, and each leads to its row', async () => {
  const page = await open();
  await scene(page, 'dead-server');
  await computed(page);
  await page.keyboard.press('5');
  await region(page, 'Notes').getByRole('button', { name: 'Errors 3', exact: true }).waitFor();
  const rows = rowsIn(page, 'Notes found');
  await rows.filter({ hasText: 'A stream ends by an error' }).first().waitFor();
  for (const severity of ['Warnings 1', 'Notes 13']) await button(page, severity).click();
  await page.waitForFunction(() => document.querySelector('[aria-label="Notes found"]')?.getAttribute('aria-rowcount') === '3');
  await page.getByRole('grid', { name: 'Notes found' }).focus();
  await page.keyboard.press('ArrowDown');
  const at = await moved(page, () => page.keyboard.press('Enter'));
  expect(await rows.nth(1).innerText()).toContain(`#${at}`);
  await region(page, 'Stanza inspector').getByText('system-shutdown').first().waitFor();
  await button(page, 'Errors 3').click();
  await region(page, 'Notes')
    .getByText(/Nothing of the severities that are shown/)
    .waitFor();
});

test('the inspector shows the way hop by hop, what a step changed, and why nothing happens', async () => {
  const page = await open();
  await scene(page, 'dead-server');
  await computed(page);
  await goTo(page, '7');
  const inspector = region(page, 'Stanza inspector');
  await button(page, 'Entities').click();
  await page.getByRole('grid', { name: 'Entities' }).getByRole('gridcell', { name: /alice/ }).click();
  await inspector.getByRole('heading', { name: 'Why does nothing happen here?' }).waitFor();
  await inspector.getByText(/sends chat “Are you still there\?”, in 2\.904 s/).waitFor();
  await button(page, 'Entities').click();
  // The next event of this entity, which is what it waited for.
  await moved(page, () => page.keyboard.press('.'));
  await inspector
    .getByText(/^none|^#\d+, in/)
    .first()
    .waitFor();

  await scene(page, 'room-two-servers');
  await computed(page);
  await goTo(page, '1.43');
  const at = await cursor(page);
  await page.locator('tr[aria-current=step]').click();
  await inspector.getByRole('heading', { name: 'Hop by hop' }).waitFor();
  await inspector
    .getByText(/in → out: 1 added/)
    .first()
    .click();
  await screenshot(page, 'hop-by-hop');
  await button(page, 'Entities').click();
  await page.getByRole('grid', { name: 'Entities' }).getByRole('gridcell', { name: /rooms/ }).click();
  await inspector.getByText('Changed at this step').waitFor();
  await inspector.getByText('Alice · Is there any tea left?').waitFor();
  await moved(page, () => button(page, 'Step forward').click());
  await inspector.getByText(`Changed since its last event, #${at}`).waitFor();
});

for (const theme of ['dark', 'light'] as const)
  test(`follow, notes and the menu of steps: nothing serious for axe, ${theme}`, async () => {
    const page = await open({ theme });
    await scene(page, 'dead-server');
    await computed(page);
    await goTo(page, '9.1');
    await page.locator('tr[aria-current=step]').click();
    await page.keyboard.press('End');
    await page.keyboard.press('t');
    await button(page, 'More steps').click();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('5');
    await rowsIn(page, 'Notes found').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await screenshot(page, `notes-${theme}`);
  });
