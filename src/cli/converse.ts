/**
 * `stanzascope converse`: conversations played on simulated servers, and what each connection saw written down. Of several files, one that cannot be played is named
 * on standard error and the others are played all the same; the exit code is 2 then.
 */
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError, problemOf, type Problem } from '../base/result.ts';
import { conversationOf } from '../core/simulation/conversation.ts';
import { journalLines, stanzaLines } from '../core/simulation/export.ts';
import { Run } from '../core/simulation/run.ts';
import { createWorld } from '../core/simulation/scenario.ts';
import { transcriptOf } from '../core/simulation/transcript.ts';
import { Misuse, readArguments } from './arguments.ts';
import { readInput, writeLines } from './files.ts';

export function converse(words: readonly string[]): object {
  const options = readArguments(words, ['out', 'profile', 'seed', 'journal', 'stanzas']);
  const out = options.one('out');
  if (options.positional.length === 0 || out === undefined) throw new Misuse('converse takes conversation files (.json), and --out DIR');
  const profile = profileOf(options.one('profile') ?? 'prosody');
  const journal = options.one('journal');
  const stanzas = options.one('stanzas');
  if ((journal ?? stanzas) !== undefined && options.positional.length > 1)
    throw new Misuse('--journal and --stanzas are of one conversation');
  mkdirSync(out, { recursive: true });
  const failed: (Problem & { readonly file: string })[] = [];
  const play = (file: string) => {
    const conversation = conversationOf(parsed(file), basename(file));
    const scenario = { ...conversation.scenario, profile };
    const run = new Run(createWorld({ scenario, seed: options.one('seed') }, undefined)).finish();
    const { clients, servers } = transcriptOf(run, conversation);
    writeLines(
      join(out, `${scenario.id}.jsonl`),
      clients.map((line) => JSON.stringify(line)),
    );
    if (servers.length > 0)
      writeLines(
        join(out, `${scenario.id}.s2s.jsonl`),
        servers.map((line) => JSON.stringify(line)),
      );
    if (journal !== undefined) writeLines(journal, journalLines(run));
    if (stanzas !== undefined) writeLines(stanzas, stanzaLines(run));
    return {
      id: scenario.id,
      lines: clients.length,
      s2s: servers.length,
      events: run.journal.eventCount,
      ended: run.ended,
      hash: run.hash(),
    };
  };
  const played = options.positional.flatMap((file) => {
    try {
      return [play(file)];
    } catch (error) {
      if (!(error instanceof InputError) || options.positional.length === 1) throw error;
      const problem = problemOf(error);
      process.stderr.write(`stanzascope: ${problem.message}${problem.hint === undefined ? '' : ` ${problem.hint}`}\n`);
      failed.push({ file, ...problem });
      return [];
    }
  });
  if (failed.length > 0) process.exitCode = 2;
  return { out, profile, conversations: played, ...(failed.length > 0 && { failed }) };
}

function profileOf(text: string): 'prosody' | 'rfc' {
  if (text === 'prosody' || text === 'rfc') return text;
  throw new Misuse(`--profile is prosody or rfc, got ${JSON.stringify(text)}`);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readInput(file)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`${file} is no JSON: ${error.message}`);
    throw error;
  }
}
