/** The browser that figures are measured in. */
import { chromium, type Browser } from 'playwright-core';

/** No sandbox, as this may run as root; no traffic of the browser's own. */
const ARGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** Where it is; `npm run bench` looks for it. */
export const BROWSER = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: BROWSER, args: ARGS.split(' ') });
