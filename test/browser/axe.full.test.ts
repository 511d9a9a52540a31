/** Every view, both themes, both sizes: axe finds nothing serious; what it finds besides is listed. */
import { expect, test } from 'vitest';
import { browserOfFile } from '../support/browser.ts';
import { audit, SIZES, THEMES } from './audit.ts';
import { WALKS } from './views.ts';

const open = browserOfFile();

test.each(WALKS.flatMap((walk) => SIZES.flatMap(([width, height]) => THEMES.map((theme) => ({ walk, width, height, theme })))))(
  '$walk.name, $theme, $width × $height',
  async ({ walk, width, height, theme }) => {
    const page = await open({ width, height, theme });
    page.setDefaultTimeout(15_000);
    const minor = await audit(page, walk);
    if (minor.length > 0) console.info(`Minor:\n${minor.join('\n')}`);
    expect(walk.steps.length).toBeGreaterThan(5);
  },
);
