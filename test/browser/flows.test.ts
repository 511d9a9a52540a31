import { expect, test } from 'vitest';
import { browserOfFile, screenshot } from '../support/browser.ts';
import { button, computed, cursor, goTo, moved, paused, region, scene, timeSlider, toStart } from './window.ts';

const open = browserOfFile();

test('a scene runs without a click; pausing freezes stanzas mid-link', async () => {
  const page = await open();
  await button(page, 'Pause').waitFor();
  const start = await cursor(page);
  await page.waitForFunction(
    (from) => Number(document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow')) > from + 10,
    start,
  );
  await paused(page);
  await page.waitForTimeout(400);
  const still = await region(page, 'Graph').screenshot();
  await page.waitForTimeout(500);
  expect((await region(page, 'Graph').screenshot()).equals(still)).toBe(true);
  await button(page, /^(Play|Replay)$/).click();
  await page.waitForTimeout(600);
  await screenshot(page, 'playing');
  expect((await region(page, 'Graph').screenshot()).equals(still)).toBe(false);
});

for (const id of ['room-two-servers', 'karate-rumour', 'experiment-2011']) {
  test(`stepping forward and back is the identity: ${id}`, async () => {
    const page = await open();
    await scene(page, id);
    await computed(page);
    await timeSlider(page).focus();
    await toStart(page);
    for (const [forward, back] of [
      ['Step forward', 'Step back'],
      ['Next round', 'Previous round'],
    ] as const) {
      const visited = [await cursor(page)];
      for (let i = 0; i < 5; i++) visited.push(await moved(page, () => button(page, forward).click()));
      expect(new Set(visited).size).toBe(6);
      for (let i = 4; i >= 0; i--) expect(await moved(page, () => button(page, back).click())).toBe(visited[i]);
    }
  });
}

test('the picture after a step forward and a step back is the picture before', async () => {
  const page = await open();
  await paused(page);
  await computed(page);
  // From a place that a step leads to: an event, not the middle of a link.
  await moved(page, () => button(page, 'Step forward').click());
  await page.waitForTimeout(600);
  const before = await region(page, 'Graph').screenshot();
  await moved(page, () => button(page, 'Step forward').click());
  await page.waitForTimeout(600);
  expect((await region(page, 'Graph').screenshot()).equals(before)).toBe(false);
  await moved(page, () => button(page, 'Step back').click());
  await page.waitForTimeout(600);
  expect((await region(page, 'Graph').screenshot()).equals(before)).toBe(true);
});

test('keys: space, arrows, home and end; stepping pauses', async () => {
  const page = await open();
  await button(page, 'Pause').waitFor();
  await computed(page);
  await page.keyboard.press('ArrowRight');
  await button(page, /^(Play|Replay)$/).waitFor();
  const at = await cursor(page);
  expect(await moved(page, () => page.keyboard.press('Control+ArrowRight'))).toBe(at + 1);
  expect(await moved(page, () => page.keyboard.press('Control+ArrowLeft'))).toBe(at);
  await page.keyboard.press('End');
  await button(page, 'Replay').waitFor();
  await page.keyboard.press('Home');
  await button(page, 'Play').waitFor();
  expect(await cursor(page)).toBe(0);
  await page.keyboard.press(' ');
  await button(page, 'Pause').waitFor();
});

test('the scrubber is dragged, and a typed time is gone to; a typed nonsense changes nothing', async () => {
  const page = await open();
  await paused(page);
  const end = await computed(page);
  const box = (await timeSlider(page).boundingBox())!;
  await page.mouse.move(box.x + 5, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  await page.waitForTimeout(200);
  const half = await cursor(page);
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(end);
  const field = page.getByRole('textbox', { name: /^Time in/ });
  await goTo(page, '1.4');
  const there = await cursor(page);
  await field.fill('half past');
  await field.press('Enter');
  await page.waitForTimeout(200);
  expect(await cursor(page)).toBe(there);
});

test('a row, a cause and an entity are inspected; the XML is there as text', async () => {
  const page = await open();
  await paused(page);
  await computed(page);
  await goTo(page, '1.45');
  const row = region(page, 'Events').getByRole('row').filter({ hasText: 'groupchat' }).first();
  await row.click();
  const inspector = region(page, 'Stanza inspector');
  await inspector.getByText('<message', { exact: false }).first().waitFor();
  const text = (await inspector.innerText()).replaceAll(/\s+/g, ' ');
  expect(text).toContain('<body>');
  expect(text).toContain('The server set');
  expect(text).toContain('RFC 6120 §8.1.2.1');
  await inspector.getByRole('button', { name: /#\d+/ }).first().click();
  await inspector
    .getByText(/event \d+/)
    .first()
    .waitFor();
  await page.getByRole('grid', { name: 'Entities' }).getByRole('gridcell').filter({ hasText: 'alice' }).first().focus();
  await page.keyboard.press('Enter');
  await inspector.getByText('alice@wonderland.lit/tea').first().waitFor();
});

test('every gossip message is an iq with an XEP-0009 call', async () => {
  const page = await open();
  await scene(page, 'karate-rumour');
  await computed(page);
  await goTo(page, '4000');
  await region(page, 'Events').getByRole('row').filter({ hasText: 'push(' }).first().click();
  const inspector = region(page, 'Stanza inspector');
  await inspector.getByText('jabber:iq:rpc').first().waitFor();
  expect(await inspector.innerText()).toContain('gossip.push');
});
