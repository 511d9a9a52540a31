/** The expression language: what is written is read back, what is wrong is pointed at, what may follow is offered. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPERATORS, type Expr, type Operator } from '../../../src/base/query/ast.ts';
import { complete } from '../../../src/base/query/complete.ts';
import { parseQuery } from '../../../src/base/query/parser.ts';
import { printQuery } from '../../../src/base/query/print.ts';
import { OUTCOMES, VOCABULARY } from '../../../src/protocol/vocabulary.ts';

const place = { at: 0, end: 0 };
/** Without places, which differ, and with `a && (b && c)` as it is written without brackets. */
const bare = (expr: unknown): unknown =>
  JSON.parse(JSON.stringify(expr, (key, value: unknown) => (['at', 'end', 'valueAt', 'textAt'].includes(key) ? undefined : value)));

const text = fc.oneof(fc.string(), fc.constantFrom('alice@wonderland.lit/tea', '*.lit', 'and', 'x"y\\', 'count', '17'));
const equality = fc.constantFrom<Operator>('==', '!=', '~', '!~');
const order = fc.constantFrom<Operator>('==', '!=', '<', '<=', '>', '>=');
const amount = fc.oneof(
  fc.nat(),
  fc.nat(99_999).map((n) => n / 100),
);
const of = (names: readonly string[]) => fc.constantFrom(...names);
const fields = (type: string) =>
  Object.keys(VOCABULARY.fields).filter((name) => VOCABULARY.fields[name]!.type === type && !VOCABULARY.fields[name]!.values);
const leaf: fc.Arbitrary<Expr> = fc.oneof(
  of(Object.keys(VOCABULARY.words)).map((word) => ({ type: 'word' as const, word, ...place })),
  of(['@id', '@type', '@xml:lang']).map((field) => ({ type: 'has' as const, field, ...place })),
  fc.tuple(of([...fields('text'), '@id']), equality, text).map(([field, op, value]) => ({
    type: 'compare' as const,
    field,
    op,
    value: { type: 'text' as const, text: value },
    valueAt: 0,
    ...place,
  })),
  fc.tuple(of(OUTCOMES), equality).map(([value, op]) => ({
    type: 'compare' as const,
    field: 'outcome',
    op,
    value: { type: 'text' as const, text: value },
    valueAt: 0,
    ...place,
  })),
  fc.tuple(of(fields('number')), order, amount).map(([field, op, value]) => ({
    type: 'compare' as const,
    field,
    op,
    value: { type: 'number' as const, value, unit: '' as const },
    valueAt: 0,
    ...place,
  })),
  fc
    .tuple(of(['time', 'delay']), order, amount, fc.constantFrom('' as const, 'ms' as const, 's' as const, 'ticks' as const))
    .map(([field, op, value, unit]) => ({
      type: 'compare' as const,
      field,
      op,
      value: { type: 'number' as const, value, unit },
      valueAt: 0,
      ...place,
    })),
  of(['//x[@node="a b"]', "count(//item) > 1 and //*[.='\\']"]).map((xpath) => ({
    type: 'call' as const,
    name: 'xpath',
    text: xpath,
    textAt: 0,
    ...place,
  })),
);
const expr = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), tie('expr'), tie('expr'))
      .map(([type, left, right]) => ({ type, left, right, ...place })),
    tie('expr').map((inner) => ({ type: 'not' as const, of: inner, ...place })),
    tie('expr').map((inner) => ({ type: 'first' as const, of: inner, ...place })),
    fc.tuple(tie('expr'), order, fc.nat()).map(([inner, op, value]) => ({ type: 'count' as const, of: inner, op, value, ...place })),
    fc
      .tuple(tie('expr'), amount, fc.constantFrom('' as const, 'ms' as const, 'min' as const))
      .map(([inner, value, unit]) => ({ type: 'quiet' as const, of: inner, value, unit, ...place })),
  ),
})).expr;

test('what is printed is read back as the same expression', () => {
  fc.assert(
    fc.property(expr, (made) => {
      const written = printQuery(made);
      const parsed = parseQuery(written, VOCABULARY);
      if (!parsed.ok) throw new Error(`${written}: ${parsed.fault.message}`);
      // Chains are written without brackets and read from the left, so the text is what has to stay.
      expect(printQuery(parsed.expr)).toBe(written);
    }),
    { numRuns: 400 },
  );
});
test('what is read is printed and read as the same tree', () => {
  fc.assert(
    fc.property(expr, (made) => {
      const first = parseQuery(printQuery(made), VOCABULARY);
      const again = first.ok && parseQuery(printQuery(first.expr), VOCABULARY);
      expect(first.ok && again && again.ok && bare(again.expr)).toEqual(first.ok && bare(first.expr));
    }),
    { numRuns: 200 },
  );
});
test('any text is read or refused with a place inside it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc
          .array(fc.constantFrom('iq', '&&', '||', '!', '(', ')', 'from', '==', '"', 'x', ' ', '3s', 'count', 'no', 'for', 'first', '@a'), {
            maxLength: 12,
          })
          .map((parts) => parts.join(' ')),
      ),
      (written) => {
        const parsed = parseQuery(written, VOCABULARY);
        if (parsed.ok) return;
        expect(parsed.fault.at).toBeGreaterThanOrEqual(0);
        expect(parsed.fault.end).toBeGreaterThanOrEqual(parsed.fault.at);
        expect(parsed.fault.end).toBeLessThanOrEqual(Math.max(written.length, parsed.fault.at));
        expect(parsed.fault.message).toMatch(/[.?]$/);
      },
    ),
    { numRuns: 600 },
  );
});

test.each<readonly [string, string]>([
  ['iq && to ~ "rooms." && xpath("//x[@node]")', 'iq && to ~ rooms. && xpath("//x[@node]")'],
  ['iq and not (timer or silence)', 'iq && !(timer || silence)'],
  ['from contains alice', 'from ~ alice'],
  ['coverage>=50%', 'coverage >= 50%'],
  ['first duplicate', 'first duplicate'],
  ['no event for 2s', 'no event for 2s'],
  ['no (iq || error) for 20ms', 'no (iq || error) for 20ms'],
  ['count( iq )>10', 'count(iq) > 10'],
  ['broken || broken("forgets")', 'broken || broken("forgets")'],
  ["link == 'alice -> wonderland.lit'", 'link == "alice -> wonderland.lit"'],
  ['@id', '@id'],
  ['!!iq', '!!iq'],
])('%s', (written, printed) => {
  const parsed = parseQuery(written, VOCABULARY);
  expect(parsed.ok ? printQuery(parsed.expr) : parsed.fault).toBe(printed);
});

const WRONG: readonly (readonly [written: string, at: number, end: number, message: RegExp, hint?: RegExp])[] = [
  ['', 0, 0, /Found the end, expected what/],
  ['iq &&', 5, 5, /Found the end/],
  ['iq & timer', 3, 4, /“&” means nothing/, /&&/],
  ['iq timer', 3, 8, /expected &&, \|\| or the end/],
  ['(iq', 3, 3, /expected “\)”/],
  ['iq)', 2, 3, /a “\)” too many/],
  ['mesage', 0, 6, /There is no “mesage”/, /Did you mean “message”/],
  ['alice@wonderland.lit', 0, 20, /There is no/, /entity ~ "alice@wonderland.lit"/],
  ['from = alice', 5, 6, /expected ==/, /==/],
  ['from > alice', 5, 6, /cannot be compared/],
  ['bytes ~ 3', 6, 7, /cannot be compared/],
  ['bytes > large', 8, 13, /no number/],
  ['bytes > 3s', 8, 10, /no unit “s”/],
  ['time > 3%', 7, 9, /no unit “%”/],
  ['outcome == lots', 11, 15, /never “lots”/, /Did you mean “lost”/],
  ['from == "alice', 8, 14, /no end/],
  ['xpath("//x[")', 11, 11, /expected/],
  ['xpath(//x', 9, 9, /expected “\)”/],
  ['broken("froget")', 8, 14, /nothing called/, /forgets/],
  ['count(iq)', 9, 9, /expected ==, !=, </],
  ['no event', 8, 8, /expected “for”/, /no event for 2s/],
  ['no event for soon', 13, 17, /duration/],
];
test.each(WRONG.map(([written, at, end, message, hint]) => ({ written, at, end, message, hint })))(
  '$written: wrong at $at…$end',
  ({ written, at, end, message, hint }) => {
    const parsed = parseQuery(written, VOCABULARY);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect([parsed.fault.at, parsed.fault.end]).toEqual([at, end]);
    expect(parsed.fault.message).toMatch(message);
    if (hint) expect(parsed.fault.hint).toMatch(hint);
  },
);

const values = (field: string): string[] => (field === 'from' ? ['alice', 'alice/tea', 'mad hatter'] : []);
/** `|` is the caret. */
const offered = (marked: string) => {
  const caret = marked.indexOf('|');
  const written = marked.replace('|', '');
  const { from, to, options } = complete(written, caret, VOCABULARY, values);
  return options.map(({ insert }) => written.slice(0, from) + insert + written.slice(to));
};
test.each<readonly [string, readonly string[]]>([
  ['mess|', ['message']],
  ['ti|', ['timer', 'time']],
  ['iq && fr|', ['iq && from', 'iq && from.bare', 'iq && from.local']],
  ['from |', ['from ==', 'from !=', 'from ~', 'from !~']],
  ['bytes |', ['bytes ==', 'bytes >=']],
  ['from == |', ['from == alice', 'from == alice/tea', 'from == "mad hatter"']],
  ['from == "mad|" && iq', ['from == "mad hatter" && iq']],
  ['outcome == lo|', ['outcome == lost']],
  ['iq |', ['iq &&', 'iq ||']],
  ['(iq |', ['(iq )', '(iq &&']],
  ['broken("for|', ['broken("forgets"']],
  ['no event |', ['no event for']],
  ['no event for |', ['no event for 2ms']],
])('%s is offered what fits', (marked, wanted) => {
  expect(offered(marked)).toEqual(expect.arrayContaining([...wanted]));
});
test('nothing is offered where the text is wrong before the caret, and no operator where none fits', () => {
  expect(offered('mesage && |')).toEqual([]);
  expect(offered('bytes |').some((text) => text.endsWith('~'))).toBe(false);
  expect(offered('iq |').some((text) => text.endsWith(')'))).toBe(false);
  expect(offered('timer|')).not.toContain('timer');
});
test('whatever is offered can be gone on from: with it the text is right so far', () => {
  for (const start of ['|', 'iq && |', 'from |', 'from == |', '(iq |', 'no event |', 'count|'])
    for (const text of offered(start)) {
      const parsed = parseQuery(text, VOCABULARY);
      // Wrong at most because it ends too soon.
      if (!parsed.ok) expect([text, parsed.fault.at]).toEqual([text, text.length]);
    }
});
test('every operator is one that can be written', () => {
  for (const op of OPERATORS)
    expect(parseQuery(op.includes('~') ? `from ${op} a` : `${/[<>]/.test(op) ? 'bytes' : 'from'} ${op} 1`, VOCABULARY).ok).toBe(true);
});
