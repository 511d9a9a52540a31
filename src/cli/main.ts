/**
 * The command line: the same simulation, headless. JSON to standard output, progress to standard error; exit code 0, 1
 * (failed) or 2 (misuse, with one line that says what).
 */
import { InputError } from '../base/result.ts';
import { catalogue } from '../core/simulation/catalogue.ts';
import { Misuse, readArguments } from './arguments.ts';
import { exportGraph } from './export-graph.ts';
import { gossip } from './gossip.ts';
import { run } from './run.ts';

const USAGE = `stanzascope catalogue
stanzascope run <scenario id or file.json> [--seed S] [--until T] [--param k=v]… [--trace F.csv] [--stanzas F.jsonl] [--journal F.jsonl]
stanzascope gossip --algorithm ID --topology ID|FILE [--nodes N] [--param k=v]… [--set k=v]… [--origin NAME] --runs R --seed S
stanzascope graph TOPOLOGY|FILE [--nodes N] [--set k=v]… [--seed S] --format dot|graphml|gexf|cytoscape|csv [--out F]
`;

const COMMANDS: Readonly<Record<string, (words: readonly string[]) => object | string>> = {
  catalogue(words) {
    if (readArguments(words, []).positional.length > 0) throw new Misuse('catalogue takes nothing');
    return catalogue();
  },
  run,
  gossip,
  graph: exportGraph,
};

function main(words: readonly string[]): number {
  const [name, ...rest] = words;
  if (name === '--help' || name === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command)
      throw new Misuse(
        `${name === undefined ? 'no command' : `unknown command ${JSON.stringify(name)}`}; there are ${Object.keys(COMMANDS).join(', ')} (--help)`,
      );
    const result = command(rest);
    process.stdout.write(typeof result === 'string' ? result : `${JSON.stringify(result, null, 2)}\n`);
    return 0;
  } catch (error) {
    const misuse = error instanceof Misuse || error instanceof InputError;
    const hint = error instanceof InputError && error.problem.hint ? ` ${error.problem.hint}` : '';
    process.stderr.write(`stanzascope: ${misuse ? error.message + hint : error instanceof Error ? error.stack : String(error)}\n`);
    return misuse ? 2 : 1;
  }
}

process.exitCode = main(process.argv.slice(2));
