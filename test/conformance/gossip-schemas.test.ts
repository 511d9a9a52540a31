/** Every stanza made for the gossip scenes, acknowledgements included, against the published schemas. Needs xmllint. */
import { expect, test } from 'vitest';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stanzaLines } from '../../src/core/simulation/export.ts';
import { finished } from '../support/scenes.ts';

const VALIDATE = '../shared/conformance/validate.mjs';

function validate(lines: readonly string[]): { readonly status: number | null; readonly output: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'stanzas-')), 'stanzas.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { status, stdout, stderr } = spawnSync('node', [VALIDATE, '--rfc-order', '--strict-unknown', file], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

test.runIf(existsSync(VALIDATE)).each(['karate-rumour', 'experiment-2011'])('%s is valid, acknowledgements included', (id) => {
  const run = finished(id);
  const lines = [...stanzaLines(run)];
  expect(lines.length).toBeGreaterThan(200);
  // One answer to each call, empty or not.
  const results = lines.filter((line) => line.includes(`type='result'`) || line.includes(`type=\\"result\\"`));
  expect(results).toHaveLength(lines.length / 2);
  const { status, output } = validate(lines);
  expect(output).not.toMatch(/unknown namespace/i);
  expect(status, output).toBe(0);
});

test.runIf(existsSync(VALIDATE))('the validator does refuse: a call in the wrong namespace', () => {
  const [line] = stanzaLines(finished('karate-rumour'));
  expect(validate([line!.replace('jabber:iq:rpc', 'jabber:iq:tea')]).status).not.toBe(0);
  expect(validate([line!.replaceAll('methodCall', 'methodCry')]).status).not.toBe(0);
});
