import { expect, test } from 'vitest';
import { browserOfFile } from '../support/browser.ts';
import { button, computed, cursor, moved, paused, toStart } from './window.ts';

const open = browserOfFile();

const KILLS: readonly (readonly [string, () => void])[] = [
  [
    'throws',
    () => {
      setTimeout(() => {
        throw new Error('killed by the test');
      });
    },
  ],
  ['ends without a word', () => self.close()],
];

test.each(KILLS)('a worker that %s: the run is rebuilt, shown where it was, and the page says so', async (_, kill) => {
  const page = await open();
  await paused(page);
  const events = await computed(page);
  await toStart(page);
  for (let i = 0; i < 4; i++) await moved(page, () => button(page, 'Step forward').click());
  const before = await cursor(page);
  const worker = page.workers().find((other) => other.url().includes('main'))!;
  await worker.evaluate(kill);
  await page.getByText('The simulation had died').waitFor();
  await page.waitForTimeout(500);
  expect(await cursor(page)).toBe(before);
  expect(await computed(page)).toBe(events);
  // It is a run like before.
  await moved(page, () => button(page, 'Step forward').click());
});
