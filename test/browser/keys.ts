/** The page by its keys alone: where the focus is, and how it gets anywhere. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

interface Focus {
  readonly name: string;
  readonly role: string;
  /** That it has the focus can be seen, and it is in view. */
  readonly shown: boolean;
}

/** What has the focus; null: nothing has. */
export const focus = (page: Page): Promise<Focus | null> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const label = at.getAttribute('aria-labelledby');
    const name =
      at.getAttribute('aria-label') ??
      (label ? document.getElementById(label)?.textContent : null) ??
      (at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels?.[0]?.textContent : at.textContent) ??
      '';
    const probe = document.createElement('i');
    probe.style.color = 'var(--accent)';
    document.body.append(probe);
    const accent = getComputedStyle(probe).color;
    probe.remove();
    const active = document.getElementById(at.getAttribute('aria-activedescendant') ?? '');
    const around = [at, active, at.parentElement, at.parentElement?.parentElement, at.parentElement?.parentElement?.parentElement];
    const isRinged = (element: Element) => {
      const style = getComputedStyle(element);
      const wrong = getComputedStyle(document.documentElement).getPropertyValue('--error');
      const bordered = Number.parseFloat(style.borderTopWidth) > 0 && [accent, wrong].includes(style.borderTopColor);
      return bordered || (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0);
    };
    // Of a choice that is drawn as its words, the words are what is seen.
    const words = at instanceof HTMLInputElement && at.type === 'radio' ? at.labels?.[0] : undefined;
    const box = (words ?? at).getBoundingClientRect();
    const inView = box.width > 1 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    // Within a picture it is the shape that has the ring.
    const drawn = at instanceof SVGElement && [...at.children].some((shape) => getComputedStyle(shape).stroke === accent);
    const ringed =
      drawn || around.some((element) => element && isRinged(element)) || getComputedStyle(at, '::after').backgroundColor === accent;
    return {
      name: name.replaceAll(/\s+/g, ' ').trim(),
      role: at.getAttribute('role') ?? at.tagName.toLowerCase(),
      shown: ringed && inView,
    };
  });

/** Presses keys one by one, none of which may lose the focus. */
export async function keys(page: Page, ...pressed: readonly string[]): Promise<void> {
  const had = (await focus(page)) !== null;
  for (const key of pressed) await page.keyboard.press(key);
  if (had) await expect.poll(() => focus(page), { message: `focus after ${pressed.join(' ')}` }).not.toBeNull();
}

/** Goes on with Tab until there; each stop on the way has a name and is seen. */
export async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<Focus> {
  for (let i = 0; i < 70; i++) {
    await page.keyboard.press(key);
    const at = await focus(page);
    // From the last stop a browser goes to its own controls, and comes back to the first.
    if (!at) continue;
    expect(at, `stop ${i} on the way to ${name}`).toMatchObject({ name: expect.stringMatching(/\S/), shown: true });
    if (name.test(at.name)) return at;
  }
  throw new Error(`Tab does not lead to ${name}`);
}
export const tabBack = (page: Page, name: RegExp): Promise<Focus> => tabTo(page, name, 'Shift+Tab');

/** By the palette, as somebody does who knows what it is called. */
export async function find(page: Page, words: string): Promise<void> {
  await keys(page, 'Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.keyboard.type(words);
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  await keys(page, 'Enter');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
}
