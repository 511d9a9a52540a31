// The tables of docs/conformance.md: of the catalogue and of the compliance suites, which need nothing more, and of what the tests find out.
import { readFileSync } from 'node:fs';
import { code, table } from './tables.mjs';

const { suites } = JSON.parse(readFileSync(new URL('compliance-suites.json', import.meta.url), 'utf8'));
export const compliance = suites;

/** @param {import('../../src/protocol/catalogue.ts').Catalogue} catalogue */
export function catalogueTables(catalogue) {
  return {
    conflicts: table(
      ['source', 'what Prosody does', 'what the specification says'],
      catalogue.conflicts.map((c) => [c.source, c.prosody, c.specification]),
    ),
    suites: table(
      ['suite', 'feature', 'specifications', 'server', 'client', 'by', 'remark'],
      suites.flatMap(({ suite, features }) =>
        features.map((f) => [
          suite,
          f.feature,
          f.specs.join(', '),
          told(f.server, f.needs.server),
          told(f.client, f.needs.client),
          f.modules.map(code).join(', '),
          f.note ?? '',
        ]),
      ),
    ),
  };
}

/** What we have, and for which level it is needed where that is not the first. */
const told = (have, level) => (have === 'n/a' || level === undefined ? '–' : level === 'advanced' ? `${have} (advanced)` : have);

/** @param {import('./conformance-tables.d.mts').Findings} findings */
export function findingTables({ rules, seen, modules, scores }) {
  const sections = [...new Set(rules.map((rule) => rule.section))];
  const cited = rules.filter((rule) => rule.citedBy.length > 0);
  const excuses = [...new Set(rules.flatMap((rule) => rule.excuse ?? []))];
  return {
    scores: table(
      ['conversation', 'groups as Prosody', 'of those in which both servers agree', 'between servers'],
      scores.map((s) => [s.conversation, s.prosody, s.both, s.s2s]),
    ),
    checklist: table(
      ['section of the checklist', 'rules', 'cited by a test', 'do not apply'],
      sections.map((section) => {
        const own = rules.filter((rule) => rule.section === section);
        const tested = own.filter((rule) => rule.citedBy.length > 0).length;
        return [section, String(own.length), String(tested), String(own.length - tested)];
      }),
    ),
    citations: table(
      ['rules', 'cited by'],
      [...new Set(cited.map(by))].map((files) => [ids(cited.filter((rule) => by(rule) === files)), files]),
    ),
    'not-applicable': table(
      ['why', 'rules'],
      excuses.map((excuse) => [excuse, ids(rules.filter((rule) => rule.excuse === excuse))]),
    ),
    ...Object.fromEntries(
      Object.entries(seen).map(([kind, rows]) => [
        `seen-${kind.toLowerCase().replaceAll(' ', '-')}`,
        table(
          [kind, 'seen in'],
          rows.map(({ name, places, excuse }) => [code(name), where(places, excuse)]),
        ),
      ]),
    ),
    fired: table(
      ['module', 'rules', 'seen to apply', 'never, and why'],
      modules.map((m) => [
        `${m.spec} ${m.title}`,
        String(m.rules.length),
        String(m.rules.filter((rule) => rule.seen).length),
        m.rules
          .filter((rule) => !rule.seen)
          .map((rule) => `${code(rule.id)}: ${rule.excuse ?? 'no reason is given'}`)
          .join('<br>'),
      ]),
    ),
  };
}

const by = (rule) => rule.citedBy.map(code).join(', ');
const ids = (rules) => rules.map((rule) => rule.id).join(' ');
const where = (places, excuse) =>
  places.length === 0
    ? `nowhere: ${excuse ?? 'no reason is given'}`
    : places.slice(0, 3).map(code).join(', ') + (places.length > 3 ? ' and others' : '');
