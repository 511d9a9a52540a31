/** What a form of the type `result` tells: XEP-0004 2.13.1 §3.1 in words, and the table of §3.4, whose columns stand in `reported` and whose rows are its items. */
import { child, elements, textOf, type Element } from '../../../base/xml/element.ts';
import type { Part } from '../../../protocol/parts.ts';
import { fieldsOf } from './form-fields.ts';

export const inWords = (form: Element): string =>
  fieldsOf(form)
    .map((f) => `${f.label}: ${f.values.join(', ')}`)
    .join('; ');

const fieldsIn = (element: Element): readonly Element[] => elements(element).filter((f) => f.name === 'field');

/** None where nothing is reported. An item says of each column what it has to say, in any order; what no column is for is not shown. */
export function reportedTable(form: Element, key: string, title: string): Part | undefined {
  const reported = child(form, 'reported');
  if (!reported) return undefined;
  const columns = fieldsIn(reported).filter((f) => f.attrs['type'] !== 'hidden');
  const items = elements(form).filter((c) => c.name === 'item');
  const cell = (item: Element, column: Element): string => {
    const field = fieldsIn(item).find((f) => f.attrs['var'] === column.attrs['var']);
    return field ? elements(field).map(textOf).join(', ') : '';
  };
  return {
    type: 'table',
    key,
    title,
    columns: columns.map((c) => c.attrs['label'] ?? c.attrs['var'] ?? ''),
    rows: items.map((item, i) => ({ key: String(i), cells: columns.map((c) => ({ text: cell(item, c) })) })),
    empty: 'Nothing was found.',
  };
}
