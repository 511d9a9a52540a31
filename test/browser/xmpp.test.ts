import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, cursor, goTo, moved, region, scene, toStart } from './window.ts';

const open = browserOfFile();
const rowsOf = (page: Page, text: string) => region(page, 'Events').getByRole('row').filter({ hasText: text });
const inspector = (page: Page) => region(page, 'Stanza inspector');
const console = (page: Page) => region(page, 'XML console');
const editor = (page: Page) => page.getByRole('textbox', { name: /^XML that/ });

/** The console of the client, when everyone in the scene is there and nothing is under way. */
async function atConsole(page: Page, client = 'alice'): Promise<void> {
  await scene(page, 'login');
  await computed(page);
  await goTo(page, '4');
  await button(page, 'Entities').click();
  await page.getByRole('grid', { name: 'Entities' }).getByText(client).first().click();
  await button(page, 'Entities').click();
  await page.keyboard.press('x');
  await editor(page).waitFor();
}

test('a login is watched byte by byte: its rows, its stream on the wire, and how far the stream is', async () => {
  const page = await open();
  await scene(page, 'login');
  await computed(page);
  await toStart(page);
  const whats: string[] = [];
  for (let i = 0; i < 8; i++) {
    await moved(page, () => button(page, 'Step forward').click());
    whats.push(await region(page, 'Events').locator('[aria-current], [aria-selected=true]').first().innerText());
  }
  expect(whats.join('\n')).toMatch(/TCP connects[\s\S]*stream header to[\s\S]*stream features: starttls/);
  await rowsOf(page, 'stream header to').first().click();
  await inspector(page).getByText('On the wire').waitFor();
  await button(page, 'As sent').click();
  expect(await inspector(page).locator('pre').first().innerText()).toMatch(/^<\?xml version='1\.0'\?><stream:stream xmlns='jabber:client'/);
  await button(page, 'Step forward').focus();
  await toStart(page);
  await rowsOf(page, 'TCP connects').first().click();
  await inspector(page).getByText('the connection’s own').waitFor();
  await screenshot(page, 'login');
});

test('a ping is typed, sent and answered; undo takes it back; a link brings it to another tab', async () => {
  const page = await open();
  await atConsole(page);
  const events = await computed(page);
  await button(page, 'Ping').click();
  await console(page).getByText('Well-formed and as it is defined').waitFor();
  const at = await cursor(page);
  await button(page, 'Send').click();
  await page.getByRole('region', { name: 'Done by hand' }).waitFor();
  await page.waitForFunction(
    (wanted) => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') === wanted,
    String(at + 1),
  );
  expect(await computed(page)).toBeGreaterThan(events);
  // The console stays with its client.
  expect(await editor(page).inputValue()).toContain('urn:xmpp:ping');
  await button(page, 'Step forward').click();
  await moved(page, () => button(page, 'Step forward').click());
  await rowsOf(page, 'iq result hand1').waitFor();
  await rowsOf(page, 'iq get ping').click();
  await inspector(page).getByText('A person typed this').waitFor();
  await screenshot(page, 'console-sent');

  await page.waitForTimeout(400);
  await button(page, 'Share').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await open({ link: link.slice(link.indexOf('#')) });
  await other.getByRole('region', { name: 'Done by hand' }).getByText('alice').waitFor();
  await inspector(other).getByText('A person typed this').waitFor();
  await rowsOf(other, 'iq result hand1').waitFor();

  await page.keyboard.press('Control+z');
  await page.getByRole('region', { name: 'Done by hand' }).waitFor({ state: 'detached' });
  expect(await computed(page)).toBe(events);
  await page.waitForFunction(() => !location.hash.includes('branches='));
});

test('what is wrong is said with its place as one types; what is well-formed can be sent all the same', async () => {
  const page = await open();
  await atConsole(page, 'madhatter');
  await editor(page).fill('<message>\n  <body>a</bodi>\n</message>');
  await console(page).getByText('Not well-formed', { exact: false }).waitFor();
  const place = console(page).getByRole('button', { name: /^line 2, column/ });
  await place.click();
  expect(await editor(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(0, area.selectionStart).split('\n').length)).toBe(2);
  expect(await button(page, 'Send').isDisabled()).toBe(true);

  await editor(page).fill("<iq type='fetch' id='1' to='wonderland.lit'>\n  <ping xmlns='urn:xmpp:ping'/>\n</iq>");
  await console(page).getByText('Well-formed, but not as it is defined').waitFor();
  await console(page).getByRole('button', { name: 'line 1, column 5' }).waitFor();
  await console(page).getByText('RFC 6120').first().waitFor();
  await screenshot(page, 'console-invalid');
  expect(await seriousFaults(page)).toEqual([]);
  await editor(page).press('Control+Enter');
  await page.getByRole('region', { name: 'Done by hand' }).waitFor();
  await rowsOf(page, 'sends by hand').waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Step forward').focus();
  await page.keyboard.press('End');
  await rowsOf(page, 'error').first().waitFor();
});

test('templates are in order as they are, each of them', async () => {
  const page = await open();
  await atConsole(page);
  const group = console(page).getByRole('group', { name: 'Templates' });
  const names = await group.getByRole('button').allInnerTexts();
  expect(names).toEqual(expect.arrayContaining(['Message', 'Presence', 'Ping', 'Disco info', 'Roster', 'vCard']));
  for (const name of names) {
    await group.getByRole('button', { name, exact: true }).click();
    await console(page).getByText('Well-formed and as it is defined').waitFor();
    await editor(page).fill('');
  }
});

test('one server of many clients stands in their middle, in both themes without complaint', async () => {
  for (const theme of ['dark', 'light'] as const) {
    const page = await open({ theme, width: theme === 'dark' ? 1280 : 1920, height: theme === 'dark' ? 800 : 1080 });
    await scene(page, 'presence-cost');
    await computed(page);
    await goTo(page, '4.22');
    await screenshot(page, `presence-cost-${theme}`);
    expect(await seriousFaults(page)).toEqual([]);
    // The server is what is hit in the middle of the picture.
    const box = (await region(page, 'Graph').boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2 - 8);
    await inspector(page).getByRole('heading', { name: 'wonderland.lit', exact: true }).waitFor();
  }
});
