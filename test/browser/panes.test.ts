/** What compared pictures show, beyond one: density, marks, menus; branches side by side. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot } from '../support/browser.ts';
import { button, computed, cursor, goTo, moved, region, scene, timeSlider } from './window.ts';

const open = browserOfFile();
const graph = (page: Page) => region(page, 'Graph');

async function copied(page: Page, id: string): Promise<void> {
  await scene(page, id);
  await computed(page);
  await page.keyboard.press('4');
  await region(page, 'Lab').getByRole('button', { name: 'Add', exact: true }).click();
  await button(page, 'Remove configuration B').waitFor();
}

/** Every title that the scrubber shows along its marks. */
async function titlesOfMarks(page: Page): Promise<readonly string[]> {
  const box = (await timeSlider(page).boundingBox())!;
  const found = new Set<string>();
  for (let x = box.x + 6; x < box.x + box.width; x += 3) {
    await page.mouse.move(x, box.y + 38);
    const title = await timeSlider(page).getAttribute('title');
    if (title) found.add(title);
  }
  return [...found];
}

test('marks of both are on the one scrubber, and a press goes to their moment', async () => {
  const page = await open();
  await copied(page, 'dead-server');
  await expect.poll(async () => (await titlesOfMarks(page)).some((title) => title.startsWith('A, B: realworld.lit goes down'))).toBe(true);
  await page.keyboard.press('Home');
  const box = (await timeSlider(page).boundingBox())!;
  let said = '';
  for (let x = box.x + 6; x < box.x + box.width; x += 3) {
    await page.mouse.move(x, box.y + 38);
    said = (await timeSlider(page).getAttribute('title')) ?? '';
    if (said.startsWith('A, B: realworld.lit goes down')) {
      await moved(page, () => page.mouse.down());
      await page.mouse.up();
      break;
    }
  }
  expect(await page.getByRole('textbox', { name: /^Time in/ }).inputValue()).toBe(/([\d.]+) s, event/.exec(said)?.[1]);
  await screenshot(page, 'compare-marks');
});

test('faster than the eye, each picture shows how many went; a menu is about the picture that it was asked in', async () => {
  const page = await open();
  await copied(page, 'room-two-servers');
  await timeSlider(page).focus();
  await page.keyboard.press('Home');
  const speed = page.getByRole('slider', { name: 'Speed' });
  await speed.fill('78');
  await button(page, 'Play').click();
  await graph(page)
    .getByRole('region', { name: /^A/ })
    .getByText(/Faster than the eye/)
    .waitFor();
  await graph(page)
    .getByRole('region', { name: /^B/ })
    .getByText(/Faster than the eye/)
    .waitFor();
  await button(page, 'Replay').waitFor();
  await expect
    .poll(() =>
      graph(page)
        .getByText(/Faster than the eye/)
        .count(),
    )
    .toBe(0);

  // B is what the page is about; asked in A, the menu is about A, and so is the page.
  const first = graph(page).getByRole('region', { name: /^A/ });
  const { x, y, width, height } = (await first.boundingBox())!;
  const menu = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Inspect' }) });
  for (let i = 1; i < 16 && (await menu.count()) === 0; i++) {
    await page.mouse.click(x + (width * i) / 16, y + height * 0.55, { button: 'right' });
    await page.waitForTimeout(150);
  }
  await menu.waitFor();
  expect(await first.getByRole('button', { name: /^A/ }).getAttribute('aria-pressed')).toBe('true');
});

test('two branches side by side, each called by its name, in the link too; a picture is closed', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  const events = await computed(page);
  await goTo(page, '0.5');
  await button(page, 'Entities').click();
  await page
    .getByRole('grid', { name: 'Entities' })
    .getByRole('gridcell', { name: /realworld/ })
    .click({ button: 'right' });
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Cut off with all/ })
    .click();
  await region(page, 'Branches').waitFor();
  await button(page, 'Entities').click();
  await region(page, 'Branches')
    .getByRole('button', { name: /^Compare/ })
    .last()
    .click();
  await region(page, 'Comparison of branches').getByRole('button', { name: 'Side by side' }).click();
  const names = async () => Promise.all((await graph(page).getByRole('region').all()).map((one) => one.getAttribute('aria-label')));
  await graph(page).getByRole('region').nth(1).waitFor();
  const [one, two] = await names();
  expect(`${one} ${two}`).toContain('nothing by hand');
  expect(one!.slice(3)).not.toBe(two!.slice(3));
  await timeSlider(page).press('End');
  const ends = [await cursor(page)];
  await graph(page).getByRole('region').nth(1).getByRole('button', { pressed: false }).first().click();
  await timeSlider(page).press('End');
  await page.waitForTimeout(500);
  ends.push(await cursor(page));
  // One of them is the run as it was opened, and the other one is not.
  expect(ends).toContain(events);
  expect(ends[0]).not.toBe(ends[1]);
  await page.waitForFunction(() => location.hash.includes('compare='));
  await page.waitForTimeout(500);
  const other = await open({ link: await page.evaluate(() => location.hash) });
  await graph(other).getByRole('region').nth(1).waitFor();
  expect(await Promise.all((await graph(other).getByRole('region').all()).map((region) => region.getAttribute('aria-label')))).toEqual(
    await names(),
  );
  await other.getByRole('button', { name: 'Close picture B' }).click();
  await graph(other).getByRole('region').first().waitFor({ state: 'detached' });
  await screenshot(page, 'compare-branches');
});
