import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserOfFile } from '../support/browser.ts';

const open = browserOfFile();
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../support/golden.json'), 'utf8')) as Record<string, string>;

test('the worker computes the journal of every scene to the byte, whatever its slices', async () => {
  const page = await open();
  await page.waitForFunction(() => location.hash.length > 1);
  const worker = page
    .workers()
    .find((w) => w.url().includes('main'))!
    .url();
  for (const [id, hash] of Object.entries(golden)) {
    const hashes = await page.evaluate(
      async ([url, scenario]) => {
        const once = (slice: number): Promise<string> =>
          new Promise((resolve, reject) => {
            const started = new Worker(`${url}?slice=${slice}`, { type: 'module' });
            started.onerror = (event) => reject(new Error(event.message));
            started.onmessage = ({ data }) => {
              if (data.ok === false) reject(new Error(data.problem.message));
              if (data.update === 'progress' && data.progress.hash) {
                started.terminate();
                resolve(data.progress.hash as string);
              }
            };
            started.postMessage({ id: 1, name: 'open', args: { scenario } });
          });
        return [await once(1), await once(5000)];
      },
      [worker, id] as const,
    );
    expect(hashes, id).toEqual([hash, hash]);
  }
});
