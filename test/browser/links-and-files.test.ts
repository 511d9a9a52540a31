import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot } from '../support/browser.ts';
import { button, computed, cursor, drop, moved, paused, region, scene, timeSlider, toStart } from './window.ts';

const open = browserOfFile();
const GRAPHS = join(import.meta.dirname, '../../public/graphs');

test('Share copies a link that restores scene, seed, cursor and selection in a new tab', async () => {
  const page = await open();
  await scene(page, 'karate-rumour');
  const seed = page.getByRole('textbox', { name: 'Seed' });
  await seed.fill('ü & #7 🐇');
  await seed.press('Enter');
  await paused(page);
  await computed(page);
  await toStart(page);
  for (let i = 0; i < 4; i++) await moved(page, () => button(page, 'Next round').click());
  await region(page, 'Events').getByRole('row').filter({ hasText: 'push(' }).first().click();
  await page.waitForTimeout(300);
  const at = await cursor(page);
  await button(page, 'Share').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const xml = (await region(page, 'Stanza inspector').innerText()).slice(0, 300);
  const other = await open({ link: link.slice(link.indexOf('#')) });
  await other.waitForFunction(
    (wanted) => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') === wanted,
    String(at),
  );
  expect(await other.getByRole('textbox', { name: 'Seed' }).inputValue()).toBe('ü & #7 🐇');
  expect(await other.getByRole('combobox', { name: 'Scenario' }).inputValue()).toBe('karate-rumour');
  await region(other, 'Stanza inspector').getByText('jabber:iq:rpc').first().waitFor();
  expect((await region(other, 'Stanza inspector').innerText()).slice(0, 300)).toBe(xml);
  await button(other, 'Play').waitFor();
});

for (const [what, link, words] of [
  ['cut off', '#v=1&scenario=karate-rumour&seed=7&at=1', /cut off/],
  ['damaged', '#v=1&scenario=karate-rumour&seed=8&at=12&time=3&check=00000000', /damaged|checksum/],
  ['from another version', '#v=9&scenario=karate-rumour&check=12345678', /version/],
] as const) {
  test(`a link ${what} says so, and the default scene opens`, async () => {
    const page = await open({ link });
    await page.getByText(words).first().waitFor();
    await expect.poll(() => page.getByRole('combobox', { name: 'Scenario' }).inputValue()).toBe('room-two-servers');
  });
}

test('a DOT file dropped on the page is opened and plays', async () => {
  const page = await open();
  await drop(page, 'mine.dot', readFileSync(join(GRAPHS, 'complete-20.dot'), 'utf8'));
  await page.waitForFunction(() => location.hash.includes('mine.dot'));
  await paused(page);
  expect(await computed(page)).toBeGreaterThan(100);
  await screenshot(page, 'dropped');
});

test('files that are no graphs are answered in words, and the open scene stays', async () => {
  const page = await open();
  await paused(page);
  await computed(page);
  const before = await timeSlider(page).getAttribute('aria-valuemax');
  for (const [name, text, words] of [
    ['broken.dot', 'digraph {\n a -> b [label=3];\n a -> [', /line 3/],
    ['empty.dot', '', /empty/],
    ['nobody.dot', 'graph {}', /empty/],
    ['negative.dot', 'digraph { a -> b [label="-4"] }', /-4/],
    ['words.dot', 'digraph { a -> b [label="far"] }', /far/],
  ] as const) {
    await drop(page, name, text);
    await page.getByText(words).first().waitFor();
    await page.keyboard.press('Escape');
    expect(await timeSlider(page).getAttribute('aria-valuemax')).toBe(before);
  }
});

test('loops and duplicate edges are left out and said', async () => {
  const page = await open();
  await drop(page, 'twice.dot', 'digraph { a -> b [label=3]; a -> b [label=9]; b -> b [label=1]; b -> a [label=2] }');
  await page.waitForFunction(() => location.hash.includes('twice.dot'));
  await page
    .getByText(/1 duplicate edge/)
    .first()
    .waitFor();
  await page
    .getByText(/1 self-loop/)
    .first()
    .waitFor();
});

test('a graph of 100,000 nodes is announced before it is slow, and can be cancelled', async () => {
  const page = await open();
  await paused(page);
  const lines = Array.from({ length: 100_000 }, (_, i) => `n${i} -- n${(i * 7 + 1) % 100_000} [label=5];`);
  await drop(page, 'large.dot', `graph {\n${lines.join('\n')}\n}`);
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/100,000|100 000/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await page.getByRole('combobox', { name: 'Scenario' }).inputValue()).toBe('room-two-servers');
});

test('a link to a scene of a file waits for that file, and restores algorithm, parameters and cursor', async () => {
  const text = readFileSync(join(GRAPHS, 'karate.dot'), 'utf8');
  const page = await open();
  await drop(page, 'club.dot', text);
  await page.waitForFunction(() => location.hash.includes('club.dot'));
  await page.getByRole('combobox', { name: 'algorithm' }).selectOption('rumour');
  await page.waitForFunction(() => location.hash.includes('algorithm=rumour'));
  await page.getByRole('textbox', { name: 'k', exact: true }).fill('2');
  await page.waitForFunction(() => location.hash.includes('params=k:2'));
  await paused(page);
  const end = await computed(page);
  await page.keyboard.press('End');
  await page.waitForFunction((at) => location.hash.includes(`at=${at}`), end);
  const other = await open({ link: await page.evaluate(() => location.hash) });
  await other
    .getByText(/club\.dot/)
    .first()
    .waitFor();
  await drop(other, 'club.dot', text);
  await other.waitForFunction((at) => location.hash.includes('club.dot') && location.hash.includes(`at=${at}`), end);
  expect(await other.getByRole('combobox', { name: 'algorithm' }).inputValue()).toBe('rumour');
  expect(await other.getByRole('textbox', { name: 'k', exact: true }).inputValue()).toBe('2');
  expect(await computed(other)).toBe(end);
});
