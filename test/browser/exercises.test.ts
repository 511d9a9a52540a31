/** The walks of `docs/exercises.md`, step by step: what is pressed, and what the walk says that one sees. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, cursor, moved, region, scene, toStart } from './window.ts';

const open = browserOfFile();
const inspector = (page: Page) => region(page, 'Stanza inspector');
const rows = (page: Page) => page.getByRole('grid', { name: 'Events' }).locator('tbody').getByRole('row');

/** The numbered steps of the walk under this heading. */
function stepsOf(heading: string): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs/exercises.md'), 'utf8');
  const walk = /<details>([\s\S]*?)<\/details>/.exec(text.slice(text.indexOf(`## ${heading}`)))![1]!;
  expect(walk).toMatch(new RegExp(`<summary>The walk: ${[...walk.matchAll(/^\d+\. /gm)].length} steps</summary>`));
  return walk.split(/^\d+\. /m).slice(1);
}

/** A walk is as many steps as are written, each of which names what is pressed. */
async function walk(heading: string, taken: readonly (readonly [named: string, step: () => Promise<unknown>])[]): Promise<void> {
  const written = stepsOf(heading);
  expect(taken.length).toBe(written.length);
  expect(taken.length).toBeLessThan(10);
  for (const [i, [named, step]] of taken.entries()) {
    expect(written[i]).toContain(named);
    await step();
  }
}

async function opened(id: string): Promise<Page> {
  const page = await open();
  await scene(page, id);
  await computed(page);
  await toStart(page);
  return page;
}

async function runUntil(page: Page, condition: string): Promise<number> {
  await button(page, 'Breakpoints').click();
  await page.getByRole('combobox', { name: 'Run until' }).fill(condition);
  const at = await moved(page, () => page.getByRole('button', { name: 'Run until', exact: true }).click());
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Breakpoints' }).waitFor({ state: 'detached' });
  return at;
}

/** So many rows are shown. */
async function filtered(page: Page, condition: string, shown: number): Promise<void> {
  const line = page.getByRole('combobox', { name: 'Filter', exact: true });
  await line.fill(condition);
  await line.press('Enter');
  await region(page, 'Events')
    .getByText(new RegExp(`^${shown} of [\\d,]+ · [\\d,]+ hidden`))
    .waitFor();
}

test('a lost timer: from the note to the event after which the node waits for nothing', async () => {
  const page = await opened('fault-never-heard');
  await button(page, 'Close the guide').click();
  const choice = page.getByRole('combobox', { name: 'algorithm', exact: true });
  expect(await choice.locator('option:checked').innerText()).toBe('The scene’s own algorithm');
  const waitsFor = (what: RegExp) => inspector(page).getByText(what).waitFor();
  await walk('1 Some never hear it', [
    [
      'Press `5`',
      async () => {
        await page.keyboard.press('5');
        await region(page, 'Notes').getByRole('button', { name: 'Errors 2', exact: true }).waitFor();
        await region(page, 'Notes').getByText('4 never gets the update: nobody ever sent it any.').waitFor();
      },
    ],
    [
      'arrow down, Enter',
      async () => {
        await page.getByRole('grid', { name: 'Notes found' }).focus();
        await page.keyboard.press('Home');
        await moved(page, () => page.keyboard.press('Enter'));
        await inspector(page).getByRole('heading', { name: '4', exact: true }).waitFor();
        await waitsFor(/^nothing: no timer is set, and nothing is on its way here/);
        await screenshot(page, 'exercise-timer');
        expect(await seriousFaults(page)).toEqual([]);
      },
    ],
    [
      '_Event 106_',
      async () => {
        await inspector(page)
          .getByRole('button', { name: /Event 106/ })
          .click();
        await inspector(page)
          .getByText(/the one that this node asked last/)
          .waitFor();
      },
    ],
    ['Go to this moment', async () => expect(await moved(page, () => button(page, 'Go to this moment').click())).toBe(106)],
    [
      'Choose `4`',
      async () => {
        await inspector(page).getByRole('button', { name: '4', exact: true }).first().click();
        await waitsFor(/^nothing: no timer is set/);
      },
    ],
    [
      'Press `,`',
      async () => {
        expect(await moved(page, () => page.keyboard.press(','))).toBe(105);
        await inspector(page).getByText('#105: next period').waitFor();
      },
    ],
    [
      'Press `,` again',
      async () => {
        expect(await moved(page, () => page.keyboard.press(','))).toBe(73);
        await waitsFor(/^next period, in 704 ticks/);
      },
    ],
  ]);
});

test('a counter reset at the wrong time: from too many pushes to the step in which it goes back to 0', async () => {
  const page = await opened('fault-never-quiet');
  await walk('2 It will not go quiet', [
    ['`coverage == 100%`', async () => expect(await runUntil(page, 'coverage == 100%')).toBe(348)],
    ['`push && ordinal > 348`', async () => filtered(page, 'push && ordinal > 348', 389)],
    [
      'Press `End`',
      async () => {
        await page.getByRole('grid', { name: 'Events' }).focus();
        await page.keyboard.press('End');
        await expect.poll(async () => rows(page).last().innerText()).toMatch(/push\s+13\s/);
      },
    ],
    ['`push && from == "13" && ordinal > 348`', async () => filtered(page, 'push && from == "13" && ordinal > 348', 43)],
    ['`push && to == "13" && ordinal > 348`', async () => expect(await runUntil(page, 'push && to == "13" && ordinal > 348')).toBe(408)],
    [
      'Select node 13',
      async () => {
        await page.keyboard.press('e');
        await page.getByRole('grid', { name: 'Entities' }).getByRole('gridcell', { name: '13', exact: true }).click();
        await inspector(page).getByText('Changed at this step').waitFor();
        const change = inspector(page).getByRole('row').filter({ hasText: 'misses' });
        await expect.poll(async () => change.innerText()).toMatch(/misses\s+2\s+0/);
        await screenshot(page, 'exercise-counter');
      },
    ],
  ]);
  expect(await cursor(page)).toBe(408);
});

test('a partition that leaks: from the broken invariant to what alone gets through', async () => {
  const page = await opened('fault-beyond-the-cut');
  await walk('3 News from beyond the cut', [
    ['`broken("leaks")`', async () => expect(await runUntil(page, 'broken("leaks")')).toBe(70)],
    [
      'Choose the row of #70',
      async () => {
        await page.locator('tr[aria-current=step]').click();
        await inspector(page).getByRole('heading', { name: 'Hop by hop' }).waitFor();
        await inspector(page)
          .getByText(/after it had waited 3,000 ticks there.*delivered/)
          .waitFor();
        await inspector(page)
          .getByText(/, cut$/)
          .first()
          .waitFor();
      },
    ],
    [
      '`link == "0 - 11"`',
      async () => {
        await filtered(page, 'link == "0 - 11"', 3);
        await rows(page).filter({ hasText: 'retransmit(try 1)' }).waitFor();
      },
    ],
    [
      'Choose the `retransmit`',
      async () => {
        await rows(page).filter({ hasText: 'retransmit(try 1)' }).click();
        await inspector(page)
          .getByText(/The peer has not acknowledged the update in time/)
          .waitFor();
        await inspector(page).getByText('delivered', { exact: true }).first().waitFor();
        await screenshot(page, 'exercise-partition');
      },
    ],
    [
      'Filter by `cut`',
      async () => {
        await filtered(page, 'cut', 8);
        await expect.poll(() => rows(page).filter({ hasText: 'push()' }).count(), { timeout: 10_000 }).toBe(8);
      },
    ],
    [
      '`what ~ "retransmit" && outcome == delivered`',
      async () => {
        await filtered(page, 'what ~ "retransmit" && outcome == delivered', 8);
        await expect.poll(() => rows(page).filter({ hasText: 'retransmit(try 1)' }).count(), { timeout: 10_000 }).toBe(8);
      },
    ],
  ]);
});
