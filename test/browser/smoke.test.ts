import { expect, test } from 'vitest';
import { screenshot, seriousFaults, browserOfFile } from '../support/browser.ts';

const open = browserOfFile();

for (const theme of ['dark', 'light'] as const) {
  test(`the page opens quietly with a scene running, ${theme}`, async () => {
    const page = await open({ theme });
    await page.getByRole('region', { name: 'Graph', exact: true }).waitFor();
    await page.getByRole('button', { name: /^(Play|Pause|Replay)$/ }).waitFor();
    expect(await page.title()).toContain('Stanzascope');
    expect(await seriousFaults(page)).toEqual([]);
    await screenshot(page, `smoke-${theme}`);
  });
}
