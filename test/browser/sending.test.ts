/** Sending from one to another: by a drag on the graph, by a key, from the menu. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, goTo, region, scene } from './window.ts';

const open = browserOfFile();
const inspector = (page: Page) => region(page, 'Stanza inspector');
const offers = (page: Page, title: string) => page.getByRole('dialog', { name: title, exact: true });
const STEP = 14;

/** Where the graph says by its tip that this address is. */
async function placeOf(page: Page, address: string, from = 0): Promise<readonly [number, number]> {
  const box = (await region(page, 'Graph').boundingBox())!;
  const tip = region(page, 'Graph').getByText(address, { exact: true });
  for (let y = box.y + 40 + from; y < box.y + box.height - 60; y += STEP)
    for (let x = box.x + 30; x < box.x + box.width - 30; x += STEP) {
      await page.mouse.move(x, y);
      if (await tip.isVisible()) return [x, y];
    }
  throw new Error(`${address} is nowhere on the graph`);
}
async function drag(page: Page, from: readonly [number, number], to: readonly [number, number], name?: string): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 4 });
  await page.mouse.move(...to, { steps: 4 });
  if (name !== undefined) await screenshot(page, name);
  await page.mouse.up();
}
const sentBy = (page: Page, text: string) => region(page, 'Events').getByRole('row').filter({ hasText: text });

test('a drag from one client to another opens the form that sends, with the stanza to be read first', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  await goTo(page, '1.3');
  const [alice, cat] = [await placeOf(page, 'alice@wonderland.lit/tea', 200), await placeOf(page, 'cat@realworld.lit/tree', 200)];
  await drag(page, alice, cat, 'send-drag');
  const dialog = offers(page, 'alice/tea → cat/tree');
  await dialog.waitFor();
  await expect.poll(() => dialog.getByRole('button', { name: /^(Send a message|Send presence to one|Ask something)/ }).count()).toBe(3);
  expect(await seriousFaults(page)).toEqual([]);
  await screenshot(page, 'send-offers');
  await dialog.getByRole('button', { name: /^Send a message/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await inspector(page).getByRole('textbox', { name: 'Message' }).fill('Grin!');
  const stanza = inspector(page).getByRole('textbox', { name: 'The stanza to be sent' });
  await page.waitForFunction((box) => (box as HTMLTextAreaElement).value.includes('Grin!'), await stanza.elementHandle({ timeout: 5000 }));
  expect(await stanza.inputValue()).toContain('cat@realworld.lit');
  await button(page, 'Send it').click();
  await page.getByRole('region', { name: 'Done by hand' }).waitFor();
  await sentBy(page, 'sends by hand').first().waitFor();
});

test('a drag that ends nowhere sends nothing and says so; from the background it moves the picture; Escape ends it', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  await goTo(page, '1.3');
  const box = (await region(page, 'Graph').boundingBox())!;
  const alice = await placeOf(page, 'alice@wonderland.lit/tea', 200);
  const cat = await placeOf(page, 'cat@realworld.lit/tree', 200);
  await drag(page, alice, [box.x + 30, box.y + 60]);
  await page.getByText('Drop it on an entity, and it is sent there.').first().waitFor();
  await page.mouse.move(...alice);
  await page.mouse.down();
  await page.mouse.move(...cat, { steps: 4 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await drag(page, [box.x + 30, box.y + 200], [box.x + 70, box.y + 200]);
  const moved = await placeOf(page, 'alice@wonderland.lit/tea', 200);
  expect(moved[0]).toBeGreaterThan(alice[0] + 20);
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('without a pointer: S asks for the receiver by name; a gossip node calls another by its form', async () => {
  const page = await open();
  await scene(page, 'karate-rumour');
  await computed(page);
  await goTo(page, '3000');
  const freed = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await freed();
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await page
    .getByText(/^Select a client or a node first/)
    .first()
    .waitFor();
  await button(page, 'Entities').click();
  await page.getByRole('grid', { name: 'Entities' }).getByRole('row').nth(1).click();
  await freed();
  await page.keyboard.press('s');
  const asked = page.getByRole('dialog', { name: /sends to…$/ });
  await asked.waitFor();
  const names = asked.getByRole('list', { name: 'Receivers' }).getByRole('button');
  const receiver = (await names.first().innerText()).split('\n')[0]!;
  await page.keyboard.type(receiver);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /→/ });
  await dialog
    .getByRole('button', { name: /^Call / })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  const stanza = inspector(page).getByRole('textbox', { name: 'The stanza to be sent' });
  await stanza.waitFor();
  expect(await stanza.inputValue()).toContain('methodCall');
});
