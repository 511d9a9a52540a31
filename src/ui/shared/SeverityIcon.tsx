/** How severe a note is, by shape as well as colour. */
import type { Severity } from '../../protocol/notes.ts';
import './severity.css';

const PATHS: Readonly<Record<Severity, string>> = {
  chat: 'M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z',
  note: 'M3.5 5h9M3.5 8h9M3.5 11h6',
  warn: 'M8 2.5l6 11h-12z',
  error: 'M8 1.8l6.2 6.2l-6.2 6.2l-6.2-6.2z',
};
export const SEVERITY_TITLES: Readonly<Record<Severity, string>> = { chat: 'Chat', note: 'Note', warn: 'Warning', error: 'Error' };

export const SeverityIcon = ({ severity }: { readonly severity: Severity }) => (
  <svg className={`severity severity-${severity}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d={PATHS[severity]} />
  </svg>
);
