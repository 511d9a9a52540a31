/** What can be written at the caret: the parser itself says what it would take there. */
import { UNITS } from './ast.ts';
import { tokensOf, quote, QueryError, type Token } from './lexer.ts';
import { expectedAfter, type Expects } from './parser.ts';
import { fieldOf, STRUCTURE, type Vocabulary } from './vocabulary.ts';

export interface Completion {
  /** As shown. */
  readonly label: string;
  /** What replaces the text from `from` to `to`. */
  readonly insert: string;
  readonly help: string;
}
export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

const MOST = 60;
const OPERATOR_HELP: readonly (readonly [string, string, boolean, boolean])[] = [
  ['==', 'equals', true, true],
  ['!=', 'differs from', true, true],
  ['~', 'contains; with * or ? a pattern of the whole', true, false],
  ['!~', 'does not contain', true, false],
  ['>', 'more than', false, true],
  ['>=', 'at least', false, true],
  ['<', 'less than', false, true],
  ['<=', 'at most', false, true],
];

/** @param values of a field, in the open scene. */
export function complete(text: string, caret: number, vocabulary: Vocabulary, values: (field: string) => readonly string[]): Completions {
  const none = { from: caret, to: caret, options: [] };
  let tokens: Token[];
  try {
    tokens = tokensOf(text.slice(0, caret), true);
  } catch (error) {
    if (error instanceof QueryError) return none;
    throw error;
  }
  const last = tokens.at(-2);
  // What touches the caret is being written; a sign is whole.
  const partial = last && last.end === caret && last.type !== 'sign' ? last : undefined;
  const prefix = partial?.text ?? '';
  const from = partial?.at ?? caret;
  const before = partial ? [...tokens.slice(0, -2), { ...tokens.at(-1)!, at: from, end: from }] : tokens;
  const found = expectedAfter(before, vocabulary).flatMap((expects) => optionsFor(expects, vocabulary, values));
  const wanted = prefix.toLowerCase();
  const fits = ({ label }: Completion) => label.toLowerCase().includes(wanted);
  const begins = ({ label }: Completion) => label.toLowerCase().startsWith(wanted);
  const matching = [...found.filter(begins), ...found.filter((option) => !begins(option) && fits(option))];
  const options = matching.filter(({ insert }, i) => matching.findIndex((other) => other.insert === insert) === i).slice(0, MOST);
  // A quotation that goes on behind the caret is replaced whole.
  const rest =
    partial?.type === 'quoted'
      ? (/^[^"']*["']?/.exec(text.slice(caret))?.[0].length ?? 0)
      : (/^[\p{L}\p{N}_.\-@/:*?#%+]*/u.exec(text.slice(caret))?.[0].length ?? 0);
  return { from, to: partial ? caret + rest : caret, options: options.length === 1 && options[0]!.insert === prefix ? [] : options };
}

const option = (label: string, help: string, insert = label): Completion => ({ label, insert, help });

function optionsFor(expects: Expects, vocabulary: Vocabulary, values: (field: string) => readonly string[]): readonly Completion[] {
  switch (expects.type) {
    case 'operand':
      return operands(vocabulary);
    case 'connective':
      return [option('&&', STRUCTURE['and']!), option('||', STRUCTURE['or']!)];
    case 'operator': {
      const isText = (fieldOf(vocabulary, expects.field)?.type ?? 'number') === 'text';
      const fitting = OPERATOR_HELP.filter(([, , forText, forNumber]) => (isText ? forText : forNumber)).map(([sign, help]) =>
        option(sign, help),
      );
      return expects.done ? [...fitting, option('&&', STRUCTURE['and']!), option('||', STRUCTURE['or']!)] : fitting;
    }
    case 'value': {
      const spec = fieldOf(vocabulary, expects.field);
      if (spec?.type === 'text')
        return (spec.values ?? values(expects.field)).map((value) =>
          option(
            value,
            '',
            quote(value, (word) => Object.hasOwn(STRUCTURE, word)),
          ),
        );
      if (spec?.type === 'share') return ['25%', '50%', '90%', '100%'].map((share) => option(share, ''));
      return spec?.type === 'time' ? [option('1s', 'seconds'), option('20ms', 'milliseconds'), option('5ticks', 'ticks')] : [];
    }
    case 'text': {
      const call = vocabulary.calls[expects.call];
      return (call?.values ?? []).map((value) => option(value, '', `"${value}"`));
    }
    case 'for':
      return [option('for', STRUCTURE['for']!)];
    case 'duration':
      return UNITS.map((unit) => option(`2${unit}`, ''));
    case 'bracket':
      return [option('(', '')];
    case 'close':
      return [option(')', '')];
    case 'amount':
      return ['1', '10', '100'].map((amount) => option(amount, ''));
  }
}

function operands({ words, fields, calls }: Vocabulary): readonly Completion[] {
  return [
    ...Object.entries(words).map(([word, help]) => option(word, help)),
    ...Object.entries(fields).map(([field, { help }]) => option(field, help)),
    option('@type', 'An attribute of the stanza itself; any: @id, @xml:lang'),
    ...Object.entries(calls).map(([, { help, example }]) => option(example, help)),
    option('count(…)', STRUCTURE['count']!, 'count('),
    option('first', STRUCTURE['first']!),
    option('no event for 2s', STRUCTURE['no']!),
    option('!', STRUCTURE['not']!),
    option('(', 'Brackets'),
  ];
}
