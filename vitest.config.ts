import { defineConfig } from 'vitest/config';

/** `npm run test:full` adds the files named `*.full.test.ts` and whatever asks for this variable. */
const full = process.env['STANZASCOPE_FULL'] === '1';
const exclude = full ? [] : ['test/**/*.full.test.ts'];
const apart = ['conformance', 'browser', 'live'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...exclude, ...apart.map((folder) => `test/${folder}/**`)],
          testTimeout: full ? 600_000 : 60_000,
          // No file leaves anything behind: loading the project anew for each would cost more than the tests.
          isolate: false,
        },
      },
      ...apart.map((name) => ({
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          exclude,
          testTimeout: full ? 600_000 : 120_000,
          hookTimeout: 60_000,
          // One server of one name at a time. Browsers wait more than they work: two at once.
          fileParallelism: name === 'browser',
        },
      })),
    ],
  },
});
