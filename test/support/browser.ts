/** The built page in a real browser: one browser a file, a new empty profile, and a record of everything that went wrong. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { serveFolder, type StaticServer } from '../../scripts/lib/static-server.mjs';

const ROOT = join(import.meta.dirname, '../..');
/** No sandbox, as the tests may run as root; no traffic of the browser's own. */
const ARGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'dark' | 'light';
  readonly reducedMotion?: boolean;
  /** What follows the address of the page: `#…` or `?…`. */
  readonly link?: string;
}

/** Console output, uncaught errors, failed requests, and requests to any other host. */
function listen(page: Page, home: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()} (${request.failure()?.errorText ?? 'unknown'})`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(home)) complaints.push(`elsewhere: ${request.url()}`);
  });
  return complaints;
}

/**
 * For the top of a file: starts the server and the browser before its tests, ends them after. Every page that a test opens is
 * closed after that test, and has to have been quiet.
 */
export function browserOfFile(): (options?: OpenOptions) => Promise<Page> {
  let server: StaticServer;
  let browser: Browser;
  let opened: { readonly page: Page; readonly complaints: readonly string[] }[] = [];

  beforeAll(async () => {
    // A path that no build knows of: the files have to work below any.
    server = await serveFolder(join(ROOT, 'dist', 'web'), { prefix: '/some/where/' });
    browser = await chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium', args: ARGS.split(' ') });
  });
  afterEach(async () => {
    const pages = opened;
    opened = [];
    await Promise.all(pages.map(({ page }) => page.context().close()));
    expect(pages.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  return async (options = {}) => {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      colorScheme: options.theme ?? 'dark',
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
      permissions: ['clipboard-read', 'clipboard-write'],
      locale: 'en-GB',
    });
    // The page is dark until somebody chooses otherwise, whatever the system prefers.
    if (options.theme === 'light')
      await context.addInitScript(() => {
        const key = 'stanzascope/preferences/1';
        if (localStorage.getItem(key) === null) localStorage.setItem(key, '{"theme":"light"}');
      });
    const page = await context.newPage();
    opened.push({ page, complaints: listen(page, server.url) });
    await page.goto(`${server.url}${options.link ?? ''}`);
    return page;
  };
}

interface Faults {
  /** Serious and critical, one line each. */
  readonly serious: readonly string[];
  /** All others. */
  readonly minor: readonly string[];
}
/** What axe finds. */
export async function faults(page: Page): Promise<Faults> {
  // Evaluated, not added as a script: the page's own policy allows no inline script.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: injected } = globalThis as unknown as { axe: typeof axe };
    return (await injected.run({ resultTypes: ['violations'] })).violations;
  });
  const lines = (weighty: boolean) =>
    violations
      .filter(({ impact }) => (impact === 'serious' || impact === 'critical') === weighty)
      .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
  return { serious: lines(true), minor: lines(false) };
}

export const seriousFaults = async (page: Page): Promise<readonly string[]> => (await faults(page)).serious;

/** Kept in test-results/, to be looked at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(join(ROOT, 'test-results'), { recursive: true });
  await page.screenshot({ path: join(ROOT, 'test-results', `${name}.png`) });
}
