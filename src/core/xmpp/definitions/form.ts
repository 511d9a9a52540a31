/** The verdict and the meanings for people: parts of the inspector, and an explanation where no rule has one. */
import type { Element } from '../../../base/xml/element.ts';
import type { Field, Part } from '../../../protocol/parts.ts';
import { DEFINITIONS } from './index.ts';
import { cite } from './model.ts';
import { attributeForms, declarationOf, judge } from './verdict.ts';

/** At most so many faults are told one by one; a person mends the first and looks again. */
const MOST = 12;

/** What is to be said of the form of a stanza, or of another item of a stream of that namespace. */
export function formParts(stanza: Element, ns: string): readonly Part[] {
  const { faults, unknown } = judge(stanza, ns);
  const verdict = !DEFINITIONS.has(stanza.ns)
    ? 'not judged: it is in no namespace that is defined here'
    : faults.length === 0
      ? 'valid'
      : faults.length === 1
        ? 'not valid: one fault'
        : `not valid: ${faults.length} faults`;
  const fields: Field[] = [{ key: 'verdict', label: 'Form', value: verdict }];
  faults.slice(0, MOST).forEach((fault, i) => {
    fields.push({ key: `fault-${i}`, label: fault.path, value: fault.message, help: fault.section });
  });
  if (faults.length > MOST) fields.push({ key: 'more', label: '…', value: `and ${faults.length - MOST} more` });
  if (unknown.length > 0 && DEFINITIONS.has(stanza.ns))
    fields.push({
      key: 'unknown',
      label: 'Not judged',
      value: unknown.join(', '),
      mono: true,
      help: 'What is in a namespace that the receiver does not know is ignored, and is no fault (RFC 6120 §8.4).',
    });
  return [{ type: 'fields', key: 'form', title: 'Form', fields }];
}

export interface Meaning {
  readonly text: string;
  readonly source: string;
}

/** What an element means, found by the way to it from the stanza; or one of its attributes. `undefined` for what is not defined here. */
export function meaningOf(way: readonly Element[], attribute?: string): Meaning | undefined {
  const found = declarationOf(way);
  if (!found) return undefined;
  const { declaration, definition } = found;
  if (attribute === undefined) return { text: declaration[1], source: cite(definition, declaration[0]) };
  const form = attributeForms(declaration).get(attribute);
  return form && { text: form.means, source: cite(definition, form.section) };
}
