/** A sample of the views of `axe.full.test.ts`: axe finds nothing serious in them, and would say so. */
import { expect, test } from 'vitest';
import { browserOfFile, seriousFaults } from '../support/browser.ts';
import { audit } from './audit.ts';
import { SAMPLE } from './views.ts';

const open = browserOfFile();

test.each([
  { theme: 'light', width: 1280, height: 800 },
  { theme: 'dark', width: 1920, height: 1080 },
] as const)('nothing serious: $theme, $width × $height', async (options) => {
  await audit(await open(options), SAMPLE);
});

test('what cannot be read is found, and what has no name', async () => {
  const page = await open();
  await page.getByRole('combobox', { name: 'Scenario' }).waitFor();
  await page.evaluate(() => {
    const hidden = document.createElement('button');
    const pale = document.createElement('p');
    pale.textContent = 'Nobody can read this';
    pale.setAttribute('style', 'position: fixed; left: 200px; top: 200px; z-index: 99; color: #444; background: #333');
    document.body.append(hidden, pale);
  });
  const found = await seriousFaults(page);
  expect(found.filter((fault) => fault.startsWith('color-contrast'))).toHaveLength(1);
  expect(found.filter((fault) => fault.startsWith('button-name'))).toHaveLength(1);
});
