/** One view in both themes and both sizes, looked through by axe and, where wanted, photographed. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { faults } from '../support/browser.ts';
import type { Walk } from './views.ts';

export const SIZES = [
  [1280, 800],
  [1920, 1080],
] as const;
export const THEMES = ['dark', 'light'] as const;

/** Where pictures of all views go, if anybody wants to look at them. */
const PICTURES = process.env['STANZASCOPE_PICTURES'];

/** Through one walk in one theme and size. Answers what is minor, one line each. */
export async function audit(page: Page, walk: Walk): Promise<readonly string[]> {
  const found: string[] = [];
  const minor: string[] = [];
  const { width, height } = page.viewportSize()!;
  for (const [i, [view, go]] of walk.steps.entries()) {
    await go(page);
    // Text that is just coming or going is neither here nor there.
    await page.waitForTimeout(150);
    const here = await faults(page);
    found.push(...here.serious.map((fault) => `${walk.name}, ${view}: ${fault}`));
    minor.push(...here.minor.map((fault) => `${walk.name}, ${view}: ${fault}`));
    if (PICTURES === undefined) continue;
    const theme = await page.evaluate(() => document.documentElement.dataset['theme']);
    mkdirSync(PICTURES, { recursive: true });
    const name = `${walk.name}-${String(i).padStart(2, '0')}-${view.replaceAll(/\W+/g, '-')}-${theme}-${width}.png`;
    await page.screenshot({ path: join(PICTURES, name) });
  }
  expect(found, `${width}×${height}`).toEqual([]);
  return minor;
}
