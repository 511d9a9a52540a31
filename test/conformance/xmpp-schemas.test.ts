/** Every stanza of the first scene against the published schemas, children in printed order. Needs xmllint. */
import { expect, test } from 'vitest';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from '../../src/base/xml/codec.ts';
import { roomTwoServers } from '../../src/scenarios/room-two-servers.ts';
import { conversations } from '../conversations/read.ts';
import { play, type Played } from '../core/xmpp/host.ts';

const VALIDATE = '../shared/conformance/validate.mjs';

/** What a client sends wrongly on purpose is no stanza of ours, nor is what repeats the wrong address or the missing id of one. */
const TO_BROKEN = new Set(['rfc-6120/8.1.1.1/to-malformed', 'rfc-6120/8.2.3/bad-request']);
function stanzas({ sent, model }: Played): string[] {
  return sent
    .filter((r) => r.rule !== 'scenario/script' && !TO_BROKEN.has(r.rule))
    .map((r) => JSON.stringify({ id: r.id, ns: model.stage.streamNs(r.link), xml: serialize(r.stanza) }));
}

function validate(lines: readonly string[], ...options: readonly string[]): { readonly status: number | null; readonly output: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'stanzas-')), 'stanzas.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { status, stdout, stderr } = spawnSync('node', [VALIDATE, '--rfc-order', ...options, file], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

test.runIf(existsSync(VALIDATE))('the scene is valid, in the order that the RFCs print', () => {
  const lines = stanzas(play(roomTwoServers));
  expect(lines.length).toBeGreaterThan(100);
  const { status, output } = validate(lines, '--strict-unknown');
  expect(output).not.toMatch(/unknown namespace/i);
  expect(status, output).toBe(0);
});

test.runIf(existsSync(VALIDATE))('so is everything that servers, rooms and clients make in the conversations', () => {
  const lines = conversations().flatMap((c) => stanzas(play(c.scenario)));
  expect(lines.length).toBeGreaterThan(50);
  const { status, output } = validate(lines);
  expect(status, output).toBe(0);
});
