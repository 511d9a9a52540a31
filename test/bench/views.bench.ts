/** Views of a run of a million rows in the real page: frames while the space-time diagram and the list of events are scrolled. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { serveFolder } from '../../scripts/lib/static-server.mjs';
import { launch } from './browser.ts';
import { countPictures, dragThrough } from './dragged.ts';
import { figure, type Figures } from './figure.ts';

const ROWS = 1_000_000;
const SECONDS = 4;
const NODES = 1000;

/** A ring with chords whose nodes go on telling for long. */
function graph(): string {
  const lines: string[] = [];
  for (let u = 0; u < NODES; u++)
    for (const step of [1, 31, 173])
      lines.push(`  ${u} -> ${(u + step) % NODES} [label=4000]; ${(u + step) % NODES} -> ${u} [label=4000];`);
  return `digraph {\n${lines.join('\n')}\n}`;
}

export default async function views(): Promise<Figures> {
  const server = await serveFolder(join(process.cwd(), 'dist', 'web'), { prefix: '/' });
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await countPictures(page);
    await page.goto(server.url);
    const idle = await framesWhile(page, '');
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'thousand.dot'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, graph());
    await page.waitForFunction(() => location.hash.includes('thousand.dot'));
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    // Every node sends once in the time that a message takes: as many stanzas under way as there are nodes, for long.
    for (const [field, value] of [
      ['tolerance', '340'],
      ['period in ticks', '4000'],
    ] as const) {
      await page.getByRole('textbox', { name: field, exact: true }).fill(value);
      await page.waitForTimeout(1500);
    }
    const slider = page.getByRole('slider', { name: 'Time', exact: true });
    for (let waited = 0; Number(await slider.getAttribute('aria-valuemax')) < ROWS; waited++) {
      if (waited > 240) throw new Error('the run has no million rows after two minutes');
      await page.waitForTimeout(500);
    }
    // Not beside a run that is still being computed.
    await page.waitForFunction(() => !document.querySelector('.scrubber.running'), undefined, { timeout: 180_000 });
    const pause = page.getByRole('button', { name: 'Pause', exact: true });
    if (await pause.count()) await pause.click();
    const time = page.getByRole('textbox', { name: /^Time in/ });
    await time.fill('400000');
    await time.press('Enter');
    await page.waitForTimeout(1500);

    const dragged = await dragThrough(page);
    await time.fill('400000');
    await time.press('Enter');
    await page.waitForTimeout(1500);
    const list = await framesWhile(page, '[aria-label="Events"] .events-grid', 'list');
    const filtered = await filterTime(page);
    await page.getByRole('tab', { name: 'Space-time' }).click();
    await page.waitForTimeout(2500);
    const opened = performance.now();
    await page.getByRole('button', { name: 'Whole run in view' }).click();
    await page.getByText('too many to draw one by one').waitFor();
    const whole = performance.now() - opened;
    await page.getByRole('button', { name: 'Whole run in view' }).click();
    await page.waitForTimeout(1000);
    const diagram = await framesWhile(page, '.st-sheet', 'wheel');
    await page.screenshot({ path: join(process.cwd(), 'test-results', 'bench-views.png') });
    const share = (frames: number) => figure(frames, '1/s', `${idle} of the idle page`, frames / idle);
    return {
      'diagram: frames a second, scrolling 10⁶ rows': share(diagram),
      'diagram: all of 10⁶ rows in view, from the click': figure(Math.round(whole), 'ms'),
      'slider dragged through 10⁶ events: frames a second': share(dragged.frames),
      'slider dragged through 10⁶ events: new pictures a second': figure(Math.round(dragged.pictures), '1/s'),
      'slider dragged through 10⁶ events: longest gap between frames': figure(Math.round(dragged.gap), 'ms'),
      'list: frames a second, scrolling 10⁶ rows': share(list),
      'filter: all of 10⁶ rows asked, from the last key': figure(Math.round(filtered), 'ms'),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** From the expression's last key until every row is asked and the count says so. */
async function filterTime(page: Page): Promise<number> {
  const line = page.getByRole('combobox', { name: 'Filter', exact: true });
  await line.fill('push && from == 17 && delay > 3');
  const began = performance.now();
  await page.waitForFunction(() => {
    const said = [...document.querySelectorAll('output')].map((output) => output.textContent).join(' ');
    return said.includes('hidden') && !said.includes('looked at');
  });
  const spent = performance.now() - began;
  await page.getByRole('button', { name: 'Clear filter' }).first().click();
  return spent;
}

/** @param how `list` sets the place of the scrollbar, `wheel` turns the wheel; absent: nothing is done. */
const framesWhile = (page: Page, selector: string, how?: 'list' | 'wheel'): Promise<number> =>
  page.evaluate(
    ([wanted, place, way]) =>
      new Promise<number>((resolve) => {
        const target = place ? document.querySelector(place as string) : null;
        let count = 0;
        const start = performance.now();
        const tick = () => {
          count++;
          if (target && way === 'list') target.scrollTop += 48;
          if (target && way === 'wheel') target.dispatchEvent(new WheelEvent('wheel', { deltaY: 12, bubbles: true, cancelable: true }));
          const spent = (performance.now() - start) / 1000;
          if (spent >= Number(wanted)) resolve(Math.round((10 * count) / spent) / 10);
          else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
    [SECONDS, selector, how] as const,
  );
