/** The recorded conversations, played as `stanzascope converse` does it, and scored by the recordings' own scorer. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Score } from '../../scripts/lib/conformance-tables.d.mts';
import { InputError } from '../../src/base/result.ts';
import { conversationOf, type Conversation } from '../../src/core/simulation/conversation.ts';
import { Run } from '../../src/core/simulation/run.ts';
import { createWorld } from '../../src/core/simulation/scenario.ts';
import { transcriptOf } from '../../src/core/simulation/transcript.ts';

const SHARED = '../shared/conformance';

/** What the scorer says of all conversations of these families. */
export function scored(families: readonly string[]): { readonly played: number; readonly stdout: string; readonly stderr: string } {
  const out = mkdtempSync(join(tmpdir(), 'conversations-'));
  const files = readdirSync(join(SHARED, 'scenarios')).filter((file) => families.some((family) => file.startsWith(family)));
  const played = files.map(readConversation).filter((conversation) => conversation !== undefined);
  for (const conversation of played) {
    const { id } = conversation.scenario;
    const run = new Run(createWorld({ scenario: conversation.scenario }, undefined)).finish();
    const { clients, servers } = transcriptOf(run, conversation);
    const write = (name: string, lines: readonly object[]): void =>
      writeFileSync(join(out, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    write(`${id}.jsonl`, clients);
    if (servers.length > 0) write(`${id}.s2s.jsonl`, servers);
  }
  const { stdout, stderr } = spawnSync('node', [join(SHARED, 'score.mjs'), out, ...families], { encoding: 'utf8' });
  return { played: played.length, stdout, stderr };
}

/** Nothing for one that asks for what is not built yet, which the scorer then misses. */
function readConversation(file: string): Conversation | undefined {
  try {
    return conversationOf(JSON.parse(readFileSync(join(SHARED, 'scenarios', file), 'utf8')), file);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

const LINE = /^(\S+) +Prosody +(\d+\/\d+).* where both agree +(\d+\/\d+) *(?:s2s (\d+\/\d+))? *(\(no transcript\))?/;

/** Of each conversation, and of all together; nothing where the shared folder is not there. */
export function scores(): readonly Score[] {
  if (!existsSync(SHARED)) return [];
  const lines = scored(['']).stdout.trim().split('\n');
  return lines.flatMap((line): readonly Score[] => {
    const [, conversation, prosody, both, s2s, missing] = LINE.exec(line) ?? [];
    if (conversation === undefined) return [];
    return [
      missing === undefined
        ? { conversation, prosody: prosody!, both: both!, s2s: s2s ?? '' }
        : { conversation, prosody: 'not built', both: '', s2s: '' },
    ];
  });
}
