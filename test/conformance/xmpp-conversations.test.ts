/**
 * The conversations that were recorded with real servers, played on simulated ones as `stanzascope converse` does it, and scored by the
 * recordings' own scorer. The shares that must agree are those of the project's goals.
 */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scored, scores } from './scores.ts';

/** Streams, messages, rosters, presence, requests, vCards, WebSocket, federation, and what extends messages: issue 4. */
const FAMILIES = ['01', '02', '03', '04', '05', '06', '11b', '12', '13'];

interface Shares {
  readonly prosody: number;
  readonly both: number;
  readonly s2s: number;
  readonly missing: number;
}

test.runIf(existsSync('../shared/conformance'))('what clients and servers receive is what they received from Prosody', () => {
  const { played, stdout, stderr } = scored(FAMILIES);
  expect(played).toBeGreaterThan(15);
  expect(stderr).toBe('');
  const shares = JSON.parse(stdout.trim().split('\n').at(-1)!) as Shares;
  expect(shares.missing, stdout).toBe(0);
  expect(shares.prosody, stdout).toBeGreaterThanOrEqual(92);
  expect(shares.both, stdout).toBeGreaterThanOrEqual(97);
  expect(shares.s2s, stdout).toBeGreaterThanOrEqual(85);
});

test.runIf(!existsSync('../shared/conformance'))(
  'SKIPPED: conversations were not compared, because ../shared/conformance is not there',
  () => {
    expect(scores()).toEqual([]);
  },
);
