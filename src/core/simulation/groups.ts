/** Answers `groups`: rooms and nodes with those around them at a moment, and what of theirs is under way to whom. */
import type { Groups } from '../../protocol/groups.ts';
import type { JournalFold } from '../kernel/fold.ts';
import { MARKS } from '../xmpp/groups.ts';
import { cursors } from './cursors.ts';
import type { Run } from './run.ts';

export function groupRequests(current: () => Run) {
  const cursor = cursors();
  return {
    groups({ ordinal }: { readonly ordinal: number }): Groups {
      const run = current();
      const fold = cursor(run);
      fold.seek(ordinal);
      const found = run.at(fold.ordinal).groups?.(flights(run, fold));
      return { ordinal: fold.ordinal, groups: found?.groups ?? [], fans: found?.fans ?? [], marks: MARKS };
    },
  };
}

function* flights({ journal }: Run, fold: JournalFold) {
  for (const id of fold.flights()) {
    const stanza = journal.stanzas.get(id);
    if (stanza) yield { stanza, kind: journal.messages.kind.get(id), to: journal.messages.to.get(id) };
  }
}
