/** The region Notes: what is remarkable in the run, by severity and kind, each a jump to its event. */
import { useMemo, useState } from 'react';
import { SEVERITIES, type Severity } from '../../protocol/notes.ts';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import type { NotesSummary } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { NoteList } from './NoteList.tsx';
import './notes.css';

/** What is as it should be is not shown until it is asked for: in gossip there is very much of it. */
const AT_FIRST: readonly Severity[] = ['note', 'warn', 'error'];

const PLURALS: Readonly<Record<Severity, string>> = { chat: 'Chat', note: 'Notes', warn: 'Warnings', error: 'Errors' };

function statusOf(notes: NotesSummary | null): string {
  if (!notes) return 'Looking…';
  if (!notes.complete && notes.events > 0)
    return `${notes.scanned.toLocaleString('en')} of ${notes.events.toLocaleString('en')} events looked through`;
  const cut = notes.kinds
    .filter(({ count, kept }) => count > kept)
    .map(({ title, kept }) => `“${title}”: the first ${kept.toLocaleString('en')}`);
  return cut.length === 0 ? '' : `Kept of ${cut.join('; ')}.`;
}

export function Notes() {
  const scene = useView((s) => s.scene);
  return scene && <OfRun key={scene.run} />;
}

function OfRun() {
  const scene = useView((s) => s.scene);
  const notes = useLive((s) => s.notes);
  const [shown, show] = useState(AT_FIRST);
  const [kind, setKind] = useState('');
  const wanted = useMemo(() => SEVERITIES.filter((severity) => shown.includes(severity)), [shown]);
  const toggle = (severity: Severity) => show(shown.includes(severity) ? shown.filter((s) => s !== severity) : [...shown, severity]);
  const visible = SEVERITIES.reduce((sum, severity, i) => sum + (shown.includes(severity) ? (notes?.counts[i] ?? 0) : 0), 0);
  const all = notes?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  return (
    <section aria-label="Notes" className="region notes">
      <header>
        <h2>Notes</h2>
        <div className="notes-severities">
          {SEVERITIES.toReversed().map((severity) => (
            <button
              key={severity}
              type="button"
              className="notes-severity"
              aria-pressed={shown.includes(severity)}
              onClick={() => toggle(severity)}
            >
              <SeverityIcon severity={severity} />
              {PLURALS[severity]} <b>{(notes?.counts[SEVERITIES.indexOf(severity)] ?? 0).toLocaleString('en')}</b>
            </button>
          ))}
        </div>
        {(notes?.kinds.length ?? 0) > 1 && (
          <select className="field" aria-label="Kind of note" value={kind} onChange={({ target }) => setKind(target.value)}>
            <option value="">All kinds</option>
            {notes?.kinds.map(({ id, title, count }) => (
              <option key={id} value={id}>
                {title} ({count.toLocaleString('en')})
              </option>
            ))}
          </select>
        )}
        <output className="muted notes-status">{statusOf(notes)}</output>
      </header>
      {visible > 0 && scene ? (
        <NoteList
          unit={scene.unit}
          severities={wanted}
          kind={kind === '' ? undefined : kind}
          version={`${all} ${String(notes?.complete)}`}
        />
      ) : (
        <p className="notes-none">{emptyText(notes, all)}</p>
      )}
    </section>
  );
}

function emptyText(notes: NotesSummary | null, all: number): string {
  if (!notes?.complete) return 'Nothing so far.';
  return all === 0
    ? 'Nothing to note: nothing was lost, refused or left unanswered in this run.'
    : 'Nothing of the severities that are shown. Choose others above.';
}
