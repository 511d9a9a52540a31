/** Files for the command line: what is read and written, with errors that name them. */
import { closeSync, existsSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
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

export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new InputError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface Line {
  readonly text: string;
  /** Bytes of the file up to here, the line's end included. */
  readonly end: number;
  /** It has a line's end: the last one of a file that was cut off has none. */
  readonly whole: boolean;
}

/** Lines of a file that may be larger than a text can be. */
export function* linesOf(path: string): Generator<Line> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    const chunk = Buffer.alloc(1 << 20);
    let rest = Buffer.alloc(0);
    let end = 0;
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, size)]);
      let from = 0;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
        end += at + 1 - from;
        yield { text: bytes.toString('utf8', from, at), end, whole: true };
        from = at + 1;
      }
      rest = Buffer.from(bytes.subarray(from));
    }
    if (rest.length > 0) yield { text: rest.toString('utf8'), end: end + rest.length, whole: false };
  } finally {
    closeSync(file);
  }
}
