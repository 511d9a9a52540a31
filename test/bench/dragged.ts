/** The slider Time dragged through a run, as a person drags it: frames of the page, and new pictures of the run, while it goes. */
import type { Page } from 'playwright-core';

const SECONDS = 4;

declare global {
  interface Window {
    picturesCome: number;
  }
}

/** Counts pictures as they come from workers; before the page is opened. */
export const countPictures = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    window.picturesCome = 0;
    const Own = window.Worker;
    window.Worker = class extends Own {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener('message', ({ data }: MessageEvent<{ value?: { flights?: unknown } } | null>) => {
          if (data?.value?.flights) window.picturesCome++;
        });
      }
    };
  });

interface Dragged {
  /** A second. */
  readonly frames: number;
  readonly pictures: number;
  /** The longest time between two frames, in ms. */
  readonly gap: number;
}

/** From its left end to its right one. */
export async function dragThrough(page: Page): Promise<Dragged> {
  const box = await page.getByRole('slider', { name: 'Time', exact: true }).boundingBox();
  if (!box) throw new Error('the slider is not there');
  const at = (part: number) => [box.x + 4 + (box.width - 8) * part, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  const counting = page.evaluate(
    (seconds) =>
      new Promise<Dragged>((done) => {
        const [start, before] = [performance.now(), window.picturesCome];
        let [frames, gap, last] = [0, 0, start];
        const tick = () => {
          const now = performance.now();
          frames++;
          gap = Math.max(gap, now - last);
          last = now;
          if (now - start < 1000 * seconds) requestAnimationFrame(tick);
          else done({ frames: frames / seconds, pictures: (window.picturesCome - before) / seconds, gap });
        };
        requestAnimationFrame(tick);
      }),
    SECONDS,
  );
  const since = Date.now();
  for (let part = 0; part < 1; part = (Date.now() - since) / (1000 * SECONDS)) {
    await page.mouse.move(...at(part));
    await page.waitForTimeout(12);
  }
  const dragged = await counting;
  await page.mouse.up();
  return dragged;
}
