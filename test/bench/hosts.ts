/** Where workloads run: a process of Node, or a worker in a headless Chromium. Each bench has one of its own. */
import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { serveFolder } from '../../scripts/lib/static-server.mjs';
import { BROWSER, launch } from './browser.ts';
import type { Request, Sample } from './workloads.ts';

/** What `npm run bench` bundled: the process's program, and below `web` the worker's. */
const BUILT = join(process.cwd(), 'dist', 'bench');
const bundled = (source: URL): string => `${basename(source.pathname, '.ts')}.js`;

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

/** @param program @param work the sources of what is bundled for each, so that what they need is seen to be in use. */
export function hostsOf(program: URL, work: URL): readonly Host[] {
  if (existsSync(BROWSER)) return [node(bundled(program)), worker(bundled(work))];
  console.error(`There is no ${BROWSER} here: the figures of its worker are left out. CHROME_PATH names a browser.`);
  return [node(bundled(program))];
}

const node = (program: string): Host => ({
  name: 'Node',
  async open() {
    const child = fork(join(BUILT, program), { execArgv: [] });
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
});

const worker = (program: string): Host => ({
  name: 'Chromium worker',
  async open() {
    const server = await serveFolder(join(BUILT, 'web'));
    const browser = await launch();
    const page = await browser.newPage();
    // Any page of the same origin may start the worker: its own program, shown as text, is one.
    await page.goto(`${server.url}${program}`);
    const started = await page.evaluateHandle(() => new Worker(location.href, { type: 'module' }));
    return {
      async ask(request) {
        const before = await held(browser);
        const sample = await started.evaluate(
          (running, asked) =>
            new Promise<Sample>((resolve, reject) => {
              running.onerror = (event) => reject(new Error(event.message));
              running.onmessage = ({ data }) => resolve(data as Sample);
              running.postMessage(asked);
            }),
          request,
        );
        const after = await held(browser);
        const share = before && after && (after.ran - before.ran) / sample.seconds;
        return { ...sample, megabytes: after?.megabytes, ...(share === undefined ? {} : { share }) };
      },
      async close() {
        await browser.close();
        await server.close();
      },
    };
  },
});

/** The renderers' peak and seconds of processor time, as Linux tells it: page, worker and the browser's own share in that process. */
async function held(browser: Browser): Promise<{ readonly megabytes: number; readonly ran: number } | undefined> {
  if (process.platform !== 'linux') return undefined;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const peaks = renderers.map((id) => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1024);
  const ran = renderers.map((id) => {
    // Behind the name, which stands in parentheses: user and system time in hundredths of a second.
    const [, rest = ''] = /\) (.*)/.exec(readFileSync(`/proc/${id}/stat`, 'utf8')) ?? [];
    const fields = rest.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  });
  return { megabytes: Math.max(...peaks), ran: ran.reduce((sum, each) => sum + each, 0) };
}
