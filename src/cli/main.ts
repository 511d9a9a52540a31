/**
 * The command line: the same simulation, headless. JSON to standard output, progress to standard error; exit code 0, 1
 * (failed) or 2 (misuse, with one line that says what).
 */
import { isMainThread } from 'node:worker_threads';
import { InputError } from '../base/result.ts';
import { catalogue } from '../core/simulation/catalogue.ts';
import { Misuse, readArguments } from './arguments.ts';
import { converse } from './converse.ts';
import { exportResults } from './export.ts';
import { exportGraph } from './export-graph.ts';
import { gossip } from './gossip.ts';
import { run } from './run.ts';
import { sweep } from './sweep.ts';
import { serveRuns } from './sweep-workers.ts';
import { ways } from './ways.ts';

const USAGE = `stanzascope catalogue
stanzascope run <scenario id or file.json> [--seed S] [--until T] [--param k=v]… [--trace F.csv] [--stanzas F.jsonl] [--journal F.jsonl]
stanzascope converse CONVERSATION.json… --out DIR [--profile prosody|rfc] [--seed S] [--journal F.jsonl] [--stanzas F.jsonl]
stanzascope gossip --algorithm ID --topology ID|FILE [--nodes N] [--param k=v]… [--set k=v]… [--origin NAME] --runs R --seed S
                  [--redraw] [--bytes] [--curve PERIODS] [--until T]
stanzascope sweep SPEC.json|PRESET [--out F.jsonl] [--shard i/n] [--resume] [--jobs N] [--yes]
stanzascope ways [SPEC.json] [--seed S] [--param k=v]… [--way ID,…] [--fault none,server,link,leave] [--format text|json|csv]
stanzascope export RESULT.jsonl… --format csv|json|svg|jsonl [--measure ID] [--out F]
stanzascope export <scenario id, scenario.json or journal.jsonl> --format dot|propagation|traffic|tree|mermaid|svg [--axis time|events] [--from N] [--to N] [--seed S] [--param k=v]… [--out F]
stanzascope graph TOPOLOGY|FILE [--nodes N] [--set k=v]… [--seed S] --format dot|graphml|gexf|cytoscape|csv [--out F]
`;

/** The lines of one command, or all. */
function usageOf(name: string): string {
  const entries = USAGE.split(/^(?=stanzascope )/m);
  const own = entries.filter((entry) => entry.split(/\s/)[1] === name);
  return (own.length > 0 ? own : entries).join('');
}

const COMMANDS: Readonly<Record<string, (words: readonly string[]) => object | string | Promise<object | string>>> = {
  catalogue(words) {
    if (readArguments(words, []).positional.length > 0) throw new Misuse('catalogue takes nothing');
    return catalogue();
  },
  run,
  converse,
  gossip,
  sweep,
  ways,
  export: exportResults,
  graph: exportGraph,
};

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === '--help' || name === 'help' || (name !== undefined && Object.hasOwn(COMMANDS, name) && rest.includes('--help'))) {
    process.stdout.write(usageOf(name));
    return 0;
  }
  try {
    const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command)
      throw new Misuse(
        `${name === undefined ? 'no command' : `unknown command ${JSON.stringify(name)}`}; there are ${Object.keys(COMMANDS).join(', ')} (--help)`,
      );
    const result = await command(rest);
    process.stdout.write(typeof result === 'string' ? result : `${JSON.stringify(result, null, 2)}\n`);
    // What was interrupted has said so.
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const misuse = error instanceof Misuse || error instanceof InputError;
    const stop = error instanceof InputError && /[.!?:]$/.test(error.message) ? '' : '.';
    const hint = error instanceof InputError && error.problem.hint ? `${stop} ${error.problem.hint}` : '';
    process.stderr.write(`stanzascope: ${misuse ? error.message + hint : error instanceof Error ? error.stack : String(error)}\n`);
    return misuse ? 2 : 1;
  }
}

// A thread of `sweep` runs this same file.
if (!isMainThread) serveRuns();
else void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
