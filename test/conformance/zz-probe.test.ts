import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conversationOf } from '../../src/core/simulation/conversation.ts';
import { MODULES } from '../../src/core/xmpp/modules/index.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { conversations } from '../conversations/read.ts';
import { play } from '../core/xmpp/host.ts';
test('p', () => {
  const out: unknown[] = [];
  const fired = new Set<string>();
  const all = new Map<string, string>();
  const run = (s: any, where: string) => {
    const t = Date.now();
    for (const profile of ['prosody', 'rfc'] as const) {
      const p = play({ ...s, profile });
      for (const r of p.sent) fired.add(r.rule);
      for (const r of p.silences) fired.add(r.rule);
      for (const [id, r] of p.model.stage.rules) all.set(id, r.text);
    }
    out.push([where, Date.now() - t]);
  };
  for (const s of scenarios) if (s.model === 'xmpp') run(s, s.id);
  for (const c of conversations()) run(c.scenario, c.name);
  for (const f of readdirSync('../shared/conformance/scenarios')) { try { run(conversationOf(JSON.parse(readFileSync('../shared/conformance/scenarios/' + f, 'utf8')), f).scenario, f); } catch (e) { out.push([f, String(e)]); } }
  const of = new Set(MODULES.flatMap((m) => Object.values(m.rules)).map((r) => r.id));
  writeFileSync('/tmp/xc/probe.json', JSON.stringify({ out, never: [...of].filter((r) => !fired.has(r)).sort(), neverStage: [...all.keys()].filter((r) => !fired.has(r) && !of.has(r)).sort(), n: of.size, all: all.size }, null, 1));
  expect(1).toBe(1);
});
