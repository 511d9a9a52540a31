/** Where workloads run: a process of Node, or a worker in a headless Chromium. Each bench has one of its own. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { serveFolder } from '../../scripts/lib/static-server.mjs';
import { launch } from './browser.ts';
import type { Request, Sample } from './workloads.ts';

/** What `npm run bench` bundled: the process's program, and below `web` the worker's. */
const BUILT = join(process.cwd(), 'dist', 'bench');
/** Named by their sources, so that what they need is seen to be in use. */
const bundled = (source: URL): string => `${basename(source.pathname, '.ts')}.js`;
const PROCESS = bundled(new URL('./gossip.node.ts', import.meta.url));
const WORKER = bundled(new URL('./gossip.worker.ts', import.meta.url));

export interface Measured extends Sample {
  /** Most that the process has held so far, in 2²⁰ bytes as `limit.cpp` counts; undefined where the system does not tell. */
  readonly megabytes: number | undefined;
  /** Of one core's time, what the process had while it measured; undefined where that is not known. */
  readonly share?: number;
}
export interface Bench {
  ask(request: Request): Promise<Measured>;
  close(): Promise<void>;
}
export interface Host {
  readonly name: string;
  open(): Promise<Bench>;
}

export const node: Host = {
  name: 'Node',
  async open() {
    const child = fork(join(BUILT, PROCESS), { execArgv: [] });
    return {
      ask: (request) =>
        new Promise((resolve, reject) => {
          const failed = (): void => reject(new Error('The bench’s process ended early: see its own words above.'));
          child.once('exit', failed);
          child.once('message', (sample) => {
            child.off('exit', failed);
            resolve(sample as Measured);
          });
          child.send(request);
        }),
      close: async () => void child.kill(),
    };
  },
};

export const worker: Host = {
  name: 'Chromium worker',
  async open() {
    const server = await serveFolder(join(BUILT, 'web'));
    const browser = await launch();
    const page = await browser.newPage();
    // Any page of the same origin may start the worker: its own program, shown as text, is one.
    await page.goto(`${server.url}${WORKER}`);
    const started = await page.evaluateHandle(() => new Worker(location.href, { type: 'module' }));
    return {
      async ask(request) {
        const sample = await started.evaluate(
          (running, asked) =>
            new Promise<Sample>((resolve, reject) => {
              running.onerror = (event) => reject(new Error(event.message));
              running.onmessage = ({ data }) => resolve(data as Sample);
              running.postMessage(asked);
            }),
          request,
        );
        return { ...sample, megabytes: await peak(browser) };
      },
      async close() {
        await browser.close();
        await server.close();
      },
    };
  },
};

/** The renderer's peak, as Linux tells it: page, worker and the browser's own share in that process. */
async function peak(browser: Browser): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const held = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1024);
  return Math.max(...held);
}
