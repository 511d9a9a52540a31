/** SCRAM, the client's side: RFC 5802 §5 — it goes on with no server that does not prove to know the password, whatever is put in its way. */
import { expect, test } from 'vitest';
import { base64, bytesOfBase64 } from '../../../src/base/base64.ts';
import { serialize } from '../../../src/base/xml/codec.ts';
import { utf8, utf8Text } from '../../../src/base/utf8.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import type { Intervention } from '../../../src/protocol/intervention.ts';
import type { Login, XmppScenario } from '../../../src/protocol/scenario.ts';

const ALICE = 'alice@wonderland.lit';
const scenario = (login: Login): XmppScenario => ({
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  id: 'scram',
  title: '',
  summary: '',
  seed: '1',
  streams: { clients: 'down' },
  servers: [{ domain: 'wonderland.lit', modules: ['xep-0388', 'xep-0386'], mechanisms: ['SCRAM-SHA-1', 'SCRAM-SHA-256'] }],
  clients: [{ jid: ALICE, acts: [{ at: 0, do: 'connect', resource: 'tea', presence: '', ...login }] }],
  latency: { client: 1000, federation: 0, component: 0 },
});

/** The login, with one element of the server's changed on its way: its base64 text is read, and written again as it is then. */
function login(as: Login, name?: 'challenge' | 'success', change: (text: string) => string = (t) => t) {
  const play = (interventions: readonly Intervention[]) => {
    const run = new Run(createWorld({ scenario: scenario(as), seed: undefined }, undefined), interventions).finish();
    const m = run.journal.messages;
    const alice = run.world.stage.entities.jid.findIndex((jid) => jid.startsWith(ALICE));
    const rows = Array.from({ length: run.journal.messageCount }, (_, id) => ({
      id,
      to: m.to.get(id),
      stanza: run.journal.stanzas.get(id)!,
    }));
    return { run, got: rows.filter((r) => r.to === alice), said: rows.filter((r) => r.to !== alice).map((r) => r.stanza.name) };
  };
  if (name === undefined) return play([]);
  const plain = play([]);
  const { id, stanza } = plain.got.find((r) => r.stanza.name === name)!;
  const trigger = plain.run.journal.messages.trigger.get(id);
  const xml = serialize(stanza).replace(
    />([A-Za-z0-9+/=]+)</,
    (_, text: string) => `>${base64(utf8(change(utf8Text(bytesOfBase64(text)!)!)))}<`,
  );
  const nth = plain.got.filter((r) => r.id <= id && plain.run.journal.messages.trigger.get(r.id) === trigger).length;
  return play([{ after: trigger, target: { event: trigger, nth }, do: { type: 'edit', xml } }]);
}
const MECHANISMS = ['SCRAM-SHA-1', 'SCRAM-SHA-256'] as const;
const cases = MECHANISMS.flatMap((mechanism) => [
  [mechanism, { mechanism }] as const,
  [`${mechanism}, SASL2`, { mechanism, sasl2: true }] as const,
]);

test.each(cases)('%s: the right signature, and the client goes on', (_name, as) => {
  const { got, said } = login(as);
  expect(got.map((r) => r.stanza.name)).toContain('success');
  expect(said).toContain('presence');
});

test.each(cases)('%s: another signature, and it ends the stream, without a word more', (_name, as) => {
  const { run, said } = login(as, 'success', (text) => text.replace(/^v=./, (v) => (v === 'v=A' ? 'v=B' : 'v=A')));
  expect(said.at(-1)).toBe('end');
  expect(said).not.toContain('presence');
  expect(said.filter((name) => name === 'iq')).toEqual([]);
  expect(JSON.stringify(rulesOf(run))).toContain('rfc-5802/5/forged');
});

test.each(cases)('%s: a challenge that does not go on from its nonce, and it aborts', (_name, as) => {
  const { run, said } = login(as, 'challenge', (text) => text.replace(/^r=/, 'r=x'));
  expect(said).toContain('abort');
  expect(said).not.toContain('response');
  expect(said).not.toContain('presence');
  expect(JSON.stringify(rulesOf(run))).toContain('rfc-5802/5/malformed');
});

function rulesOf({ journal }: Run): readonly string[] {
  const events = Array.from({ length: journal.eventCount }, (_, i) => journal.ruleName(journal.events.rule.get(i)));
  return [...events, ...Array.from({ length: journal.messageCount }, (_, i) => journal.ruleName(journal.messages.rule.get(i)))];
}
