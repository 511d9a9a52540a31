/** Everything that the built-in scenes say, and what servers and clients make in the conversations, against the published schemas, children in printed order. Needs xmllint. */
import { expect, test } from 'vitest';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from '../../src/base/xml/codec.ts';
import { verdict } from '../../src/core/xmpp/definitions/verdict.ts';
import { NS } from '../../src/core/xmpp/namespaces.ts';
import { isStanza } from '../../src/core/xmpp/stanza.ts';
import { isHeader, WIRE } from '../../src/core/xmpp/wire.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { conversations } from '../conversations/read.ts';
import { federations } from '../core/xmpp/fmuc-scripts.ts';
import { play, type Played, type SentRow } from '../core/xmpp/host.ts';

const VALIDATE = '../shared/conformance/validate.mjs';
const PROFILES = ['prosody', 'rfc'] as const;
const scenes = scenarios.filter((scenario) => scenario.model === 'xmpp');

/** What a script says wrongly on purpose is no stanza of ours, nor is what repeats the wrong address or the missing id of one. */
const TO_BROKEN = new Set(['rfc-6120/8.1.1.1/to-malformed', 'rfc-6120/8.2.3/bad-request']);
const ours = ({ rule }: SentRow): boolean => rule !== 'scenario/script' && !TO_BROKEN.has(rule);

/** Each text once; headers and what is the connection's own are no elements of their own. */
function stanzas({ sent, model }: Played, chosen: (row: SentRow) => boolean): string[] {
  const lines = new Map<string, string>();
  for (const row of sent) {
    if (row.stanza.ns === WIRE || isHeader(row.stanza) || !chosen(row)) continue;
    const ns = model.stage.streamNs(row.link);
    const xml = serialize(row.stanza, ns);
    if (!lines.has(ns + xml)) lines.set(ns + xml, JSON.stringify({ id: row.id, ns, xml }));
  }
  return [...lines.values()];
}

function validate(lines: readonly string[], ...options: readonly string[]): { readonly status: number | null; readonly output: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'stanzas-')), 'stanzas.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { status, stdout, stderr } = spawnSync('node', [VALIDATE, '--rfc-order', ...options, file], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return { status, output: stdout + stderr };
}

/** Namespaces for which their specification prints no schema, nor an example that could be one: our own definitions hold them. */
const WITHOUT_SCHEMA = ['urn:xmpp:mix:presence:0', 'urn:xmpp:mix:roster:0'];

const played = PROFILES.flatMap((profile) => scenes.map((scene) => [profile, scene.id, { ...scene, profile }] as const));
test.runIf(existsSync(VALIDATE)).each(played)(
  '%s: every stanza of the scene %s is valid, in the order that the RFCs print',
  (_profile, _id, scene) => {
    const run = play(scene);
    const others = run.sent.filter(({ stanza, xml }) => isStanza(stanza) && WITHOUT_SCHEMA.some((ns) => xml.includes(`'${ns}'`)));
    for (const { stanza, link } of others) expect(verdict(stanza, run.model.stage.streamNs(link))).toEqual([]);
    const lines = stanzas(run, ({ stanza, xml }) => isStanza(stanza) && !WITHOUT_SCHEMA.some((ns) => xml.includes(`'${ns}'`)));
    expect(lines.length).toBeGreaterThan(5);
    const { status, output } = validate(lines, '--strict-unknown');
    expect(output).not.toMatch(/unknown namespace/i);
    expect(status, output).toBe(0);
  },
);

/** What is not valid on the stream itself, and is not meant to be. */
const UNLIKE_PRINT = ({ stanza }: SentRow, profile: string): boolean =>
  // The features that are offered hold `required` and `optional`, which the schemas of what is then negotiated do not have.
  (stanza.ns === NS.streams && stanza.name === 'features') ||
  // There is no schema of XEP-0388; our own definitions have it.
  stanza.ns === 'urn:xmpp:sasl:2' ||
  // conflicts.ts, dialback-verdict-id
  (profile === 'prosody' && stanza.ns === NS.dialback && stanza.name === 'result' && stanza.attrs['type'] === 'valid');

test.runIf(existsSync(VALIDATE)).each(PROFILES)('%s: so is what the scenes’ streams are negotiated with', (profile) => {
  const chosen = (row: SentRow): boolean => !isStanza(row.stanza) && !UNLIKE_PRINT(row, profile);
  const lines = scenes.flatMap((scene) => stanzas(play({ ...scene, profile }), chosen));
  expect(lines.length).toBeGreaterThan(10);
  const { status, output } = validate(lines, '--strict-unknown');
  expect(status, output).toBe(0);
});

test.runIf(existsSync(VALIDATE)).each(PROFILES)(
  '%s: so is everything that servers, rooms and clients make in the conversations',
  (profile) => {
    const lines = [...conversations(), ...federations].flatMap((c) => stanzas(play({ ...c.scenario, profile }), ours));
    expect(lines.length).toBeGreaterThan(50);
    const { status, output } = validate(lines);
    expect(status, output).toBe(0);
  },
);

test.runIf(!existsSync(VALIDATE))('SKIPPED: stanzas were not held against the schemas, because ../shared/conformance is not there', () => {
  expect(scenes.length).toBeGreaterThan(5);
});
