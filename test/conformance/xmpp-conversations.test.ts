/**
 * The conversations that were recorded with real servers, played on simulated ones as `stanzascope converse` does it, and scored by the
 * recordings' own scorer. The shares that must agree are those of the project's goals; what is not built yet stands in `FAMILIES`' remarks.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conversationOf } from '../../src/core/simulation/conversation.ts';
import { Run } from '../../src/core/simulation/run.ts';
import { createWorld } from '../../src/core/simulation/scenario.ts';
import { transcriptOf } from '../../src/core/simulation/transcript.ts';

const SHARED = '../shared/conformance';
/** Streams, messages, rosters, presence, requests, vCards, WebSocket, federation, and what extends messages: issue 4. */
const FAMILIES = ['01', '02', '03', '04', '05', '06', '11b', '12', '13'];

interface Score {
  readonly groups: number;
  readonly prosody: number;
  readonly both: number;
  readonly s2s: number;
  readonly missing: number;
}

test.runIf(existsSync(SHARED))('what clients and servers receive is what they received from Prosody', () => {
  const out = mkdtempSync(join(tmpdir(), 'conversations-'));
  const files = readdirSync(join(SHARED, 'scenarios')).filter((file) => FAMILIES.some((family) => file.startsWith(family)));
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    const conversation = conversationOf(JSON.parse(readFileSync(join(SHARED, 'scenarios', file), 'utf8')), file);
    const run = new Run(createWorld({ scenario: conversation.scenario }, undefined)).finish();
    const { clients, servers } = transcriptOf(run, conversation);
    const write = (name: string, lines: readonly object[]): void =>
      writeFileSync(join(out, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    write(`${conversation.scenario.id}.jsonl`, clients);
    if (servers.length > 0) write(`${conversation.scenario.id}.s2s.jsonl`, servers);
  }
  const { stdout, stderr } = spawnSync('node', [join(SHARED, 'score.mjs'), out, ...FAMILIES], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const score = JSON.parse(stdout.trim().split('\n').at(-1)!) as Score;
  expect(score.missing, stdout).toBe(0);
  expect(score.prosody, stdout).toBeGreaterThanOrEqual(92);
  expect(score.both, stdout).toBeGreaterThanOrEqual(97);
  expect(score.s2s, stdout).toBeGreaterThanOrEqual(85);
});
