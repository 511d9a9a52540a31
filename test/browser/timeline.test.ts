/** Marks of the scrubber and honest speed, as a person meets them. */
import { expect, test } from 'vitest';
import { browserOfFile, screenshot } from '../support/browser.ts';
import { button, computed, cursor, moved, paused, region, scene, timeSlider, toStart } from './window.ts';

const open = browserOfFile();

test('marks are jumped to by keys, both ways, and by a press on either axis', async () => {
  const page = await open();
  await scene(page, 'dead-server');
  const events = await computed(page);
  await timeSlider(page).focus();
  await toStart(page);
  // Until the run was looked through there are fewer.
  await page.waitForTimeout(1500);
  const marks = [await moved(page, () => page.keyboard.press('}'))];
  for (let i = 0; i < 2; i++) marks.push(await moved(page, () => page.keyboard.press('}')));
  expect([...marks].sort((a, b) => a - b)).toEqual(marks);
  expect(await moved(page, () => page.keyboard.press('{'))).toBe(marks[1]);
  expect(await moved(page, () => page.keyboard.press('{'))).toBe(marks[0]);

  await button(page, 'More steps').click();
  expect(await moved(page, () => button(page, 'Next mark').click())).toBe(marks[1]);
  await page.keyboard.press('Escape');
  await screenshot(page, 'scrubber-marks');

  const box = (await timeSlider(page).boundingBox())!;
  await moved(page, () => page.mouse.click(box.x + 6 + ((box.width - 12) * marks[0]!) / events, box.y + 38));
  expect(await cursor(page)).toBe(marks[0]);
  const secondsOf = async () => Number((await timeSlider(page).getAttribute('aria-valuetext'))!.split(' ')[0]);
  const at = await secondsOf();
  await button(page, 'Along the events').click();
  await button(page, 'Along the time').waitFor();
  await moved(page, () => page.keyboard.press('End'));
  const last = await secondsOf();
  await moved(page, () => page.mouse.click(box.x + 6 + ((box.width - 12) * at) / last, box.y + 38));
  expect(marks).toContain(await cursor(page));
});

test('what is faster than the eye is shown as how many, and said; the upper end of the speed is the maximum', async () => {
  const page = await open();
  await scene(page, 'room-two-servers');
  await computed(page);
  await timeSlider(page).focus();
  await toStart(page);
  const speed = page.getByRole('slider', { name: 'Speed', exact: true });
  const said = region(page, 'Graph').getByText('Faster than the eye: links show how many went just now.');
  await speed.fill('78');
  await button(page, 'Play').click();
  await said.waitFor();
  await screenshot(page, 'faster-than-the-eye');
  await paused(page);
  await said.waitFor({ state: 'detached' });

  await speed.fill('100');
  expect(await speed.getAttribute('aria-valuetext')).toBe('maximum');
  await button(page, 'Play').click();
  await button(page, 'Replay').waitFor();
  expect(await cursor(page)).toBe(Number(await timeSlider(page).getAttribute('aria-valuemax')));
});
