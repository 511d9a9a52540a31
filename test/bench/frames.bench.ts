/** Frames of the real page: 1,000 and 5,000 nodes with at least as many stanzas moving, in headless Chromium without a GPU. */
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

/** Opens the graph and answers how long until it is drawn, in ms. */
async function show(page: Page, nodes: number): Promise<number> {
  const name = `ring-${nodes}.dot`;
  const begun = Date.now();
  await page.evaluate(
    ([file, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text!], file!));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, graph(nodes)] as const,
  );
  await page.waitForFunction((wanted) => location.hash.includes(wanted) || document.querySelector('dialog[open]'), name);
  // A large file is opened after a yes.
  const yes = page.getByRole('button', { name: 'Import', exact: true });
  if (await yes.count()) await yes.click();
  // Not the address: while time runs it is written once a second.
  await page.waitForFunction(
    (wanted) => document.querySelector<HTMLSelectElement>('[aria-label=Scenario]')?.selectedOptions[0]?.textContent?.includes(wanted),
    name,
  );
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return Date.now() - begun;
}

/** Every node sends once in the time that a message takes: as many stanzas under way as there are nodes. */
async function crowd(page: Page): Promise<void> {
  for (const [field, value] of [
    ['tolerance', '1000'],
    ['period in ticks', '4000'],
  ] as const) {
    await page.getByRole('textbox', { name: field, exact: true }).fill(value);
    await page.waitForTimeout(1500);
  }
  await page.waitForFunction(() => Number(document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuemax')) > 800_000);
  const time = page.getByRole('textbox', { name: /^Time in/ });
  await time.fill('200000');
  await time.press('Enter');
  await page.waitForTimeout(500);
  const play = page.getByRole('button', { name: 'Play', exact: true });
  if (await play.count()) await play.click();
  await page.waitForTimeout(1000);
}

export default async function frames(): Promise<Figures> {
  const server = await serveFolder(join(process.cwd(), 'dist', 'web'), { prefix: '/' });
  const browser = await launch();
  try {
    const figures: Record<string, Figures[string]> = {};
    for (const nodes of [1000, 5000]) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(server.url);
      const idle = await framesASecond(page, 2);
      const ratioTo = `${idle} of the idle page`;
      const size = `${nodes.toLocaleString('en')} nodes`;
      figures[`first picture of ${size}, from the dropped file`] = { value: (await show(page, nodes)) / 1000, unit: 's' };
      await crowd(page);
      const moving = `frames a second, ${size}, ${(3 * nodes).toLocaleString('en')} links, stanzas moving`;
      figures[moving] = { value: await framesASecond(page, SECONDS), unit: '1/s', ratioTo };
      figures[`${moving}, camera moving`] = { value: await framesASecond(page, SECONDS, true), unit: '1/s', ratioTo };
      await page.screenshot({ path: join(process.cwd(), 'test-results', `bench-frames-${nodes}.png`) });
      await page.close();
    }
    return figures;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param zooming while somebody turns the wheel */
const framesASecond = (page: Page, seconds: number, zooming = false): Promise<number> =>
  page.evaluate(
    ([wanted, turns]) =>
      new Promise<number>((resolve) => {
        let count = 0;
        const start = performance.now();
        const graph = document.querySelector('section[aria-label=Graph] > div');
        const wheel = { clientX: 560, clientY: 250, bubbles: true, cancelable: true };
        const tick = () => {
          count++;
          if (turns && count % 2 === 0) graph?.dispatchEvent(new WheelEvent('wheel', { ...wheel, deltaY: count % 60 < 30 ? 4 : -4 }));
          const spent = (performance.now() - start) / 1000;
          if (spent >= wanted) resolve(Math.round((10 * count) / spent) / 10);
          else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
    [seconds, zooming] as const,
  );
