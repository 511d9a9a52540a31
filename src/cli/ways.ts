/** `stanzascope ways`: one group's conversation by several ways under several faults, and what can be said of it. */
import { existsSync } from 'node:fs';
import { claimsOf } from '../core/simulation/ways/claims.ts';
import { exportWays } from '../core/simulation/ways/export.ts';
import { planWays, runWay, tasksOf } from '../core/simulation/ways/run.ts';
import { Misuse, readArguments } from './arguments.ts';
import { readInput } from './files.ts';

type Read = Readonly<Record<string, unknown>> & { readonly params?: Readonly<Record<string, unknown>> };
const NOTHING_SAID: Read = { format: 'stanzascope/ways', version: 1, seed: '42' };
const FORMATS = ['text', 'json', 'csv'] as const;

export function ways(words: readonly string[]): string {
  const options = readArguments(words, ['seed', 'param', 'way', 'fault', 'format']);
  const [file, ...rest] = options.positional;
  if (rest.length > 0) throw new Misuse(`ways takes one spec at most, got ${JSON.stringify(rest[0])} too`);
  if (file !== undefined && !existsSync(file)) throw new Misuse(`ways: there is no file ${JSON.stringify(file)}`);
  const format = FORMATS.find((one) => one === (options.one('format') ?? 'text'));
  if (!format) throw new Misuse(`--format must be ${FORMATS.join(', ')}, got ${JSON.stringify(options.one('format'))}`);
  const read: Read = file === undefined ? NOTHING_SAID : parsed(file);
  const list = (name: string): readonly string[] | undefined => options.one(name)?.split(',');
  const [chosen, faults, seed] = [list('way'), list('fault'), options.one('seed')];
  const plan = planWays(
    {
      ...read,
      ...(seed === undefined ? {} : { seed }),
      ...(chosen ? { ways: chosen } : {}),
      ...(faults ? { faults } : {}),
      params: { ...read.params, ...options.pairs('param') },
    },
    file ?? 'ways',
  );
  const tasks = tasksOf(plan);
  const results = tasks.map(({ way, fault }, i) => {
    const result = runWay(plan.spec, way, fault);
    process.stderr.write(`${i + 1} of ${tasks.length}: ${way}, ${fault}\n`);
    return result;
  });
  if (format !== 'text') return exportWays(plan.spec, results, format).text;
  return `${exportWays(plan.spec, results, 'text').text}\n${claimsOf(results)
    .map(({ expected, text, because }) => `${expected ? ' ' : '!'} ${text} (${because})`)
    .join('\n')}\n`;
}

function parsed(file: string): Read {
  try {
    return JSON.parse(readInput(file)) as Read;
  } catch (error) {
    throw new Misuse(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
