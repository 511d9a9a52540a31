/** What is done by a client's panel alone, without a line of XML typed; and the room as it is drawn. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfFile, screenshot, seriousFaults } from '../support/browser.ts';
import { button, computed, cursor, region, scene } from './window.ts';

const open = browserOfFile();
const inspector = (page: Page) => region(page, 'Stanza inspector');
const outcomes = (page: Page) => page.getByRole('list', { name: 'What came of it' });
const group = (page: Page, name: RegExp) => inspector(page).getByRole('button', { name, expanded: false });

/** The panel of a client, unfolded at this group of actions. */
async function panelOf(page: Page, client: string, name: RegExp): Promise<void> {
  await button(page, 'Entities').click();
  await page.getByRole('grid', { name: 'Entities' }).getByText(client).first().click();
  await button(page, 'Entities').click();
  const head = inspector(page).getByRole('button', { name: `Act as ${client}`, exact: true });
  await head.waitFor();
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  await inspector(page)
    .getByRole('button', { name: /^Presence and messages/ })
    .waitFor();
  if (await group(page, name).count()) await group(page, name).click();
}

/** One action: chosen, filled in, sent; answers what came of it, once it is known. */
async function act(
  page: Page,
  action: string,
  fill: (form: ReturnType<Page['getByRole']>) => Promise<void> = async () => {},
): Promise<string> {
  const others = button(page, 'Other actions');
  if (await others.count()) await others.click();
  const before = await cursor(page);
  await button(page, action).click();
  const form = page.getByRole('group', { name: action, exact: true });
  await fill(form);
  await form.getByRole('button', { name: 'Send it' }).click();
  await page.waitForFunction((old) => Number(document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow')) > old, before);
  const latest = outcomes(page).getByRole('listitem').first();
  await latest.getByRole('button', { name: 'Go to the answer' }).waitFor();
  const said = await latest.innerText();
  await latest.getByRole('button', { name: 'Go to the answer' }).click();
  await latest.getByRole('button', { name: 'Go to the answer' }).waitFor({ state: 'detached' });
  return said;
}

test('join, speak, kick, configure by panels alone; then all of it undone', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  const events = await computed(page);
  await page.keyboard.press('End');
  await panelOf(page, 'whiterabbit', /^Rooms/);
  const joined = await act(page, 'Join a room', async (form) => {
    await form.getByLabel('Nick').fill('Late');
    // Sent at once, it is what was typed, not what stood there before.
  });
  expect(joined).toContain('the client is in it');
  await group(page, /^Room teaparty as Late, participant/).click();
  expect(await act(page, 'Speak', (form) => form.getByLabel('To everyone in the room').fill('Am I late?'))).toContain('it is said');
  // What one may not do says why, and cannot be sent.
  await button(page, 'Other actions').click();
  await button(page, 'Kick (not now)').click();
  await inspector(page).getByText('This takes the role moderator').waitFor();
  expect(await button(page, 'Send it').count()).toBe(0);

  await panelOf(page, 'queen', /^Room teaparty/);
  await act(page, 'Kick', async (form) => {
    await form.getByLabel('Whom').selectOption('Late');
    await form.getByLabel('Reason').fill('Late');
  });
  await page.getByRole('region', { name: 'Events' }).getByText('unavailable from teaparty/Late').first().waitFor();
  await act(page, 'Fetch the configuration');
  await button(page, 'Other actions').click();
  const form = page.getByRole('group', { name: /^Fill in: / });
  await button(page, /^Fill in: /).click();
  await form.getByRole('switch', { name: 'Newcomers have to be given voice' }).check();
  await form.getByLabel('Title').fill('Mad tea');
  await screenshot(page, 'acting-form');
  expect(await seriousFaults(page)).toEqual([]);
  await form.getByRole('button', { name: 'Send it' }).click();
  await outcomes(page).getByText('iq set, form (muc#owner)').waitFor();
  await page.keyboard.press('End');

  for (let left = 5; left > 0; left--) await button(page, 'Undo').click();
  await page.getByRole('region', { name: 'Done by hand' }).waitFor({ state: 'detached' });
  expect(await computed(page)).toBe(events);
});

test('subscribe, publish and be refused by panels alone', async () => {
  const page = await open();
  await scene(page, 'polling');
  await computed(page);
  await page.keyboard.press('End');
  await panelOf(page, 'reader1', /^PubSub at/);
  expect(await act(page, 'Subscribe')).toContain('answered by a result');
  const refused = await act(page, 'Publish');
  expect(refused).toMatch(/Refused: forbidden[\s\S]*XEP-0060/);
  await panelOf(page, 'editor', /^PubSub at/);
  expect(await act(page, 'Publish', (form) => form.getByLabel('Id of the item').fill('late'))).toContain('answered by a result');
  // Whoever subscribed is told.
  await page
    .getByRole('region', { name: 'Events' })
    .getByText(/^event: .*news/)
    .first()
    .waitFor();
});

test('a room is picked from the keyboard, and its service is inspected where the room is', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  await page.keyboard.press('End');
  await page.getByRole('list', { name: 'Legend' }).getByText('room', { exact: true }).waitFor();
  await page.getByRole('list', { name: 'Legend' }).getByText('moderator').waitFor();
  await page.keyboard.press('e');
  const room = page.getByRole('list', { name: 'Rooms and nodes' }).getByRole('button', { name: /^room teaparty@.*5 occupants/ });
  await room.focus();
  await page.keyboard.press('Enter');
  await inspector(page).getByRole('heading', { name: 'rooms.wonderland.lit', exact: true }).waitFor();
  expect(await room.getAttribute('aria-pressed')).toBe('true');
  await inspector(page)
    .getByRole('button', { name: /^Occupants of teaparty/ })
    .waitFor();
  await inspector(page)
    .getByRole('button', { name: /^Configuration of teaparty/ })
    .waitFor();
  await screenshot(page, 'room-picked');
  expect(await seriousFaults(page)).toEqual([]);
});

test('from the keyboard alone: a client is made to say that it is away', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  await page.keyboard.press('End');
  await page.keyboard.press('a');
  await inspector(page).getByRole('button', { name: 'Act as alice', expanded: true }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Act as alice');
  for (const name of [/^Presence and messages/, /^Set presence$/]) {
    await button(page, name).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(name);
  }
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: 'Set presence' }).waitFor();
  // The keyboard goes on from the title of the form: back, presence, status.
  for (let i = 0; i < 2; i++) await page.keyboard.press('Tab');
  await page.keyboard.type('away');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Gone for tea');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Done by hand' }).waitFor();
  await outcomes(page).getByText('presence (away)').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('region', { name: 'Done by hand' }).waitFor({ state: 'detached' });
});
