/** What these tests find out, for the tables of docs/conformance.md. */
import { MODULES } from '../../src/core/xmpp/modules/index.ts';
import type { Findings } from '../../scripts/lib/conformance-tables.d.mts';
import { checklist } from './checklist.ts';
import { KINDS, produced, scripts, seenIn, unseenReasons } from './coverage.ts';
import { scores } from './scores.ts';

export function findings(): Findings {
  const seen = seenIn(scripts());
  const can = produced();
  const kinds = KINDS.filter((kind) => kind !== 'rule');
  return {
    rules: checklist(),
    seen: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        can[kind].map((name) => ({ name, places: seen[kind].get(name) ?? [], excuse: unseenReasons.get(`${kind} ${name}`) })),
      ]),
    ),
    modules: MODULES.map(({ spec, title, rules }) => ({
      spec,
      title,
      rules: Object.values(rules).map(({ id }) => ({ id, seen: seen.rule.has(id), excuse: unseenReasons.get(id) })),
    })),
    scores: scores(),
  };
}
