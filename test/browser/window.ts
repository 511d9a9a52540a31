/** The page as a person meets it: by role and name, never by class. */
import type { Locator, Page } from 'playwright-core';

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
export const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
export const timeSlider = (page: Page): Locator => page.getByRole('slider', { name: 'Time', exact: true });

export const cursor = async (page: Page): Promise<number> => Number(await timeSlider(page).getAttribute('aria-valuenow'));

/** Waits until the run is computed to its end, so that the slider's maximum stands still. */
export async function computed(page: Page): Promise<number> {
  await timeSlider(page).waitFor();
  let last = -1;
  for (;;) {
    const now = Number(await timeSlider(page).getAttribute('aria-valuemax'));
    if (now > 0 && now === last) return now;
    last = now;
    await page.waitForTimeout(250);
  }
}

/** Pauses a scene that plays, or finds it paused: whichever comes first. */
export async function paused(page: Page): Promise<void> {
  const still = button(page, /^(Play|Replay)$/);
  await button(page, 'Pause').or(still).and(page.locator(':enabled')).waitFor();
  // A scene that is being opened begins to play a moment later.
  for (let calm = 0; calm < 2; calm++) {
    if (await button(page, 'Pause').count()) {
      await button(page, 'Pause').click();
      calm = -1;
    }
    await still.waitFor();
    await page.waitForTimeout(100);
  }
}

/** Chooses a scene and stops it where it happens to be. */
export async function scene(page: Page, id: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption(id);
  await page.waitForFunction((wanted) => location.hash.includes(`scenario=${wanted}`), id);
  await paused(page);
}

export async function moved(page: Page, action: () => Promise<unknown>): Promise<number> {
  const before = await cursor(page);
  await action();
  await page.waitForFunction((old) => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') !== String(old), before);
  return cursor(page);
}

/** Goes to the start, by its key, and waits until the cursor is there. */
export async function toStart(page: Page): Promise<void> {
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') === '0');
}

/** Types a time, or `#` and an event, and waits until the cursor is there. */
export async function goTo(page: Page, time: string): Promise<void> {
  const field = page.getByRole('textbox', { name: /^Time in/ });
  const typed = async () => {
    await field.fill(time);
    await field.press('Enter');
  };
  if (!time.startsWith('#')) return void (await moved(page, typed));
  await typed();
  await page.waitForFunction(
    (event) => document.querySelector('[aria-label=Time]')?.getAttribute('aria-valuenow') === event,
    time.slice(1),
  );
}

/** A file dropped on the page, once there is somebody to take it. */
export async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Scenario' }).waitFor();
  await page.evaluate(() => new Promise((go) => requestAnimationFrame(() => setTimeout(go))));
  await page.evaluate(
    ([file, content]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content!], file!));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, text],
  );
}
