/** One core's limit: `../shared/gossip/limit.cpp`, compiled here and run beside ours. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join('..', 'shared', 'gossip', 'limit.cpp');
const COMPILER = process.env['CXX'] ?? 'g++';

export interface LimitRun {
  readonly queue: 'wheel' | 'heap';
  readonly nodes: number;
  /** 0: complete. */
  readonly degree: number;
  readonly tolerance: number;
  readonly period: number;
  readonly runs: number;
}
export interface LimitSample {
  readonly events: number;
  readonly seconds: number;
  readonly megabytes: number;
}
export type Limit = (run: LimitRun) => LimitSample;

/** Undefined where its source or a compiler is missing, which is said. */
export function compileLimit(): Limit | undefined {
  const missing = !existsSync(SOURCE) ? SOURCE : spawnSync(COMPILER, ['--version']).status !== 0 ? COMPILER : undefined;
  if (missing !== undefined) {
    console.error(`There is no ${missing} here: the proportions to the limit in C++ are left out.`);
    return undefined;
  }
  const program = join(mkdtempSync(join(tmpdir(), 'limit-')), 'limit');
  execFileSync(COMPILER, ['-O3', '-march=native', SOURCE, '-o', program]);
  return ({ queue, nodes, degree, tolerance, period, runs }) => {
    const out = execFileSync(program, [queue, ...[nodes, degree, tolerance, period, runs].map(String)], { encoding: 'utf8' });
    const figure = (name: string): number => Number(new RegExp(` ${name}=([\\d.]+)`).exec(out)?.[1]);
    // Events and their rate are told more exactly than the seconds.
    return { events: figure('events'), seconds: figure('events') / figure('ev/s'), megabytes: figure('rss_MB') };
  };
}
