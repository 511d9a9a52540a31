/**
 * The rules of the shared checklist, the tests that cite them, and those that do not apply. A citation is the rule's id in the name of a
 * test or in a comment: `[R08]`, `R08, R14:`, `checklist Q03`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import excuses from './not-applicable.json' with { type: 'json' };

const CHECKLIST = '../shared/conformance/checklist.md';
const TESTS = 'test/';
/** Not one that is the value of an attribute, or a word of its own in quotes. */
const CITATION = /(?<![\w=#-])(?<!=['"])([A-Z]\d\d)(?![\w'"-])/g;

export interface ChecklistRule {
  readonly id: string;
  /** Of the checklist's sections. */
  readonly section: string;
  readonly citedBy: readonly string[];
  /** Why it does not apply. */
  readonly excuse: string | undefined;
}

export const excused: ReadonlyMap<string, string> = new Map(
  excuses.flatMap(({ reason, rules }) => rules.split(' ').map((id): [string, string] => [id, reason])),
);
/** With every id that is excused more than once as often as it is. */
export const excusedIds: readonly string[] = excuses.flatMap(({ rules }) => rules.split(' '));

/** Nothing where the shared folder is not there. */
export function checklist(): readonly ChecklistRule[] {
  if (!existsSync(CHECKLIST)) return [];
  let section = '';
  const ids: { readonly id: string; readonly section: string }[] = [];
  for (const line of readFileSync(CHECKLIST, 'utf8').split('\n')) {
    section = /^## (?:\d+\. )?(.*)/.exec(line)?.[1] ?? section;
    const id = /^- ([A-Z]\d\d) /.exec(line)?.[1];
    if (id !== undefined) ids.push({ id, section });
  }
  const cited = citations();
  return ids.map((rule) => ({ ...rule, citedBy: cited.get(rule.id) ?? [], excuse: excused.get(rule.id) }));
}

/** By id, the files that cite it; this folder speaks of rules without testing them. */
function citations(): ReadonlyMap<string, readonly string[]> {
  const cited = new Map<string, string[]>();
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  for (const file of files.filter((name) => /\.test\.tsx?$|\.txt$/.test(name)).sort())
    for (const id of new Set([...readFileSync(TESTS + file, 'utf8').matchAll(CITATION)].map((m) => m[1]!)))
      cited.set(id, [...(cited.get(id) ?? []), file.split('/').at(-1)!]);
  return cited;
}
