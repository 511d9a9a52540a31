/** A filter that nothing passes: what may be the matter, and the ways out. */
import type { Expr } from '../../base/query/ast.ts';
import { parseQuery } from '../../base/query/parser.ts';
import { VOCABULARY } from '../../protocol/vocabulary.ts';
import { useValues } from '../client/useValues.ts';
import { filtered } from '../state/queries.ts';
import { useView } from '../state/store.ts';

/** Fields that have these values in a scene and no others; addresses in stanzas may be of anybody. */
const CLOSED: ReadonlySet<string> = new Set(['state', 'kind']);

type Compare = Extract<Expr, { readonly type: 'compare' }>;

function comparisonsIn(expr: Expr): readonly Compare[] {
  if (expr.type === 'compare') return [expr];
  if ('left' in expr) return [...comparisonsIn(expr.left), ...comparisonsIn(expr.right)];
  return 'of' in expr ? comparisonsIn(expr.of) : [];
}

/** @param values what a field can be in the open scene */
export function hintsFor(text: string, values: (field: string) => readonly string[]): readonly string[] {
  const parsed = parseQuery(text, VOCABULARY);
  if (!parsed.ok) return [];
  const exact = comparisonsIn(parsed.expr).flatMap(({ field, op, value }) =>
    op === '==' && value.type === 'text' ? [{ field, text: value.text }] : [],
  );
  const strange = exact.filter((one) => CLOSED.has(one.field) && !values(one.field).includes(one.text));
  const hints = strange.map((one) => `${one.field} is never “${one.text}” here, but: ${values(one.field).join(', ')}.`);
  const open = exact.find((one) => !CLOSED.has(one.field));
  if (open) hints.push(`== means exactly this: ${open.field} ~ "${open.text}" finds what contains it.`);
  return hints;
}

export function NothingFound({ text, events }: { readonly text: string; readonly events: number }) {
  const values = useValues();
  return (
    <div className="events-nothing">
      <p>
        None of {events.toLocaleString('en')} events matches <code>{text}</code>
      </p>
      {hintsFor(text, values).map((hint) => (
        <p key={hint}>{hint}</p>
      ))}
      <p className="muted">The graph and the diagram are dimmed by it, too.</p>
      <p>
        <button type="button" className="button" onClick={() => filtered('')}>
          Clear filter
        </button>{' '}
        <button type="button" className="button" onClick={() => useView.getState().guideOpened('filters')}>
          How a filter is written
        </button>
      </p>
    </div>
  );
}
