/** Frames of the real page: 1,000 nodes with about 1,000 stanzas moving, in headless Chromium without a GPU. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { serveFolder } from '../../scripts/lib/static-server.mjs';
import { launch } from './browser.ts';
import type { Figures } from './figure.ts';

const SECONDS = 5;

/** A ring with chords, so that 1,000 nodes keep about 1,000 stanzas on links of 4,000 ticks. */
function graph(nodes: number): string {
  const lines: string[] = [];
  for (let u = 0; u < nodes; u++)
    for (const step of [1, 31, 173])
      lines.push(`  ${u} -> ${(u + step) % nodes} [label=4000]; ${(u + step) % nodes} -> ${u} [label=4000];`);
  return `digraph {\n${lines.join('\n')}\n}`;
}

export default async function frames(): Promise<Figures> {
  const server = await serveFolder(join(process.cwd(), 'dist', 'web'), { prefix: '/' });
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(server.url);
    const idle = await framesASecond(page, 2);
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'thousand.dot'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, graph(1000));
    await page.waitForFunction(() => location.hash.includes('thousand.dot'));
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    // Every node sends once in the time that a message takes: as many stanzas under way as there are nodes.
    for (const [field, value] of [
      ['tolerance', '1000'],
      ['period in ticks', '4000'],
    ] as const) {
      await page.getByRole('textbox', { name: field, exact: true }).fill(value);
      await page.waitForTimeout(1500);
    }
    const time = page.getByRole('textbox', { name: /^Time in/ });
    await time.fill('200000');
    await time.press('Enter');
    await page.waitForTimeout(500);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForTimeout(1000);
    const moving = await framesASecond(page, SECONDS);
    await page.screenshot({ path: join(process.cwd(), 'test-results', 'bench-frames.png') });
    return {
      'frames a second, 1,000 nodes and their stanzas moving': { value: moving, unit: '1/s', ratioTo: `${idle} of the idle page` },
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

const framesASecond = (page: Page, seconds: number): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        let count = 0;
        const start = performance.now();
        const tick = () => {
          count++;
          const spent = (performance.now() - start) / 1000;
          if (spent >= wanted) resolve(Math.round((10 * count) / spent) / 10);
          else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
    seconds,
  );
