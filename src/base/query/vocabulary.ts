/** The words of the language: which there are is the caller's affair, as it knows what it asks about. */
export interface FieldSpec {
  /** What it is compared with. `share`: a percentage. */
  readonly type: 'text' | 'number' | 'time' | 'share';
  readonly help: string;
  /** All that it can be. */
  readonly values?: readonly string[] | undefined;
}
export interface Vocabulary {
  readonly words: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, FieldSpec>>;
  /** Functions of one text, and what is wrong with the text, if something is: its place counts from the text's beginning. */
  readonly calls: Readonly<
    Record<
      string,
      {
        readonly help: string;
        readonly example: string;
        readonly values?: readonly string[] | undefined;
        readonly wrong: (text: string) => { readonly at: number; readonly message: string; readonly hint?: string | undefined } | undefined;
      }
    >
  >;
}

/** Any attribute of the stanza itself: `@type`. */
const ATTRIBUTE: FieldSpec = { type: 'text', help: 'An attribute of the stanza itself' };

export function fieldOf(vocabulary: Vocabulary, name: string): FieldSpec | undefined {
  if (Object.hasOwn(vocabulary.fields, name)) return vocabulary.fields[name];
  return /^@[\p{L}_][\p{L}\p{N}_.\-:]*$/u.test(name) ? ATTRIBUTE : undefined;
}

/** Words of the language's own, which no vocabulary may use. */
export const STRUCTURE: Readonly<Record<string, string>> = {
  and: 'Both hold: &&',
  or: 'At least one holds: ||',
  not: 'It does not hold: !',
  count: 'How many rows so far: count(iq) > 10',
  first: 'The first row of the run for which it holds: first duplicate',
  no: 'It has not held for so long: no event for 2s',
  for: 'How long: no event for 2s',
  contains: 'The same as ~',
};
