/** Rows as the stage reads them. */
import type { Journal } from '../kernel/journal.ts';
import type { MessageView } from '../kernel/model.ts';

const NO_DATA: readonly number[] = [];

export function viewOf(journal: Journal, id: number): MessageView {
  const m = journal.messages;
  return {
    // A copy, or an edited message, has the stanza of its original.
    id: journal.touched.originalOf(id),
    from: m.from.get(id),
    to: m.to.get(id),
    link: m.link.get(id),
    kind: m.kind.get(id),
    code: m.code.get(id),
    a: m.a.get(id),
    b: m.b.get(id),
    answers: m.answers.get(id),
    data: journal.data.get(id) ?? NO_DATA,
    stanza: journal.stanzas.get(id),
  };
}
