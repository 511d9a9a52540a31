/** Files for the command line: what is read and written, with errors that name them. */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../base/result.ts';

export function readInput(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A path that a scenario names: beside the scenario's own file, else among the files of the built page. */
export function besideScenario(path: string, scenarioFile: string | undefined): string {
  const beside = scenarioFile === undefined ? undefined : join(dirname(scenarioFile), path);
  if (beside !== undefined && existsSync(beside)) return beside;
  return fileURLToPath(new URL(`../web/${path}`, import.meta.url));
}

export function writeLines(path: string, lines: Iterable<string>): void {
  let file: number;
  try {
    file = openSync(path, 'w');
  } catch (error) {
    throw new InputError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    for (const line of lines) writeSync(file, `${line}\n`);
  } finally {
    closeSync(file);
  }
}
