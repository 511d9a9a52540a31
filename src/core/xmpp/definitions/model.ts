/**
 * The language of the stanza definitions: what an element may hold, written as compactly as a grammar, with its meaning beside it.
 *
 * A declaration is `[section, meaning, content, attributes?, printed order?]`. The key is the element's name; `parent/name` is an
 * element that exists in that parent only, and `/name` one that exists inside its namespace but never at its top.
 * Content: `''` nothing at all; `=type` text; otherwise a grammar of children: `a, b` in order, `a | b` a choice, `? * +` and `{1,3}`
 * occurrence, `other` one element of another namespace, `any` one of whatever namespace, `prefix:name` (PREFIXES) one of that
 * namespace, `prefix:*` any of it; `mixed ` before it lets text stand between.
 * An attribute is `'type meaning'`, `type!` being required, with a section at the end where it has its own; `*` stands for any of other
 * namespaces, `*any` for any at all. A section is one of the definition's source, unless another is named with it.
 */
import { InputError } from '../../../base/result.ts';

export type Declaration = readonly [
  section: string,
  means: string,
  content: string,
  attrs?: Readonly<Record<string, string>>,
  /** The same content in the order that the specification prints, where order means nothing. */
  printed?: string,
];
export type Declarations = Readonly<Record<string, Declaration>>;

export interface Definition {
  readonly ns: string;
  /** `RFC 6121`, `XEP-0030`. */
  readonly source: string;
  readonly elements: Declarations;
}

export interface AttributeForm {
  readonly type: string;
  readonly required: boolean;
  readonly means: string;
  readonly section: string;
}

export function define(ns: string, source: string, elements: Declarations): Definition {
  return { ns, source, elements };
}

/** Elements without content that differ in name and meaning only: conditions, mostly. */
export function conditions(section: string, meanings: Readonly<Record<string, string>>, content = '='): Declarations {
  return Object.fromEntries(Object.entries(meanings).map(([name, means]) => [name, [section, means, content]]));
}

export const LANG = { 'xml:lang': 'language The language of the text.' } as const;

/** A section with its specification, for people. */
export const cite = (definition: Definition, section: string): string =>
  section.startsWith('§') ? `${definition.source} ${section}` : section;

export function attributeForm(text: string, section: string): AttributeForm {
  const parts = /^(\S+?)(!?) (.*?)(?: ((?:RFC \d+ )?§\S+))?$/s.exec(text);
  if (!parts) throw new InputError(`A stanza definition has the attribute ${JSON.stringify(text)}, which is not "type meaning".`);
  return { type: parts[1]!, required: parts[2] === '!', means: parts[3]!, section: parts[4] ?? section };
}
