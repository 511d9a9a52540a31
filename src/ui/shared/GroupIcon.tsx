/** The shapes of what spreads things to many, and the marks of those around it; the canvas draws the same paths. */
import type { GroupKind, MemberMark } from '../../protocol/groups.ts';

/** In a square of 16. A room has a seat at every corner, a channel more of them, a node is a sheet, an account speaks. */
export const GROUP_PATHS: Readonly<Record<GroupKind, string>> = {
  room: 'M8 1.4l5.7 3.3v6.6L8 14.6l-5.7-3.3V4.7z',
  channel: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z',
  node: 'M3 1.8h6.6l3.6 3.6v8.8H3z',
  pep: 'M2.2 12.8V9a5.8 5.8 0 0 1 11.6 0v3.8z',
};
export const MARK_PATHS: Readonly<Record<Exclude<MemberMark, 'plain'>, string>> = {
  high: 'M8 1.6l1.9 4.2 4.6.5-3.4 3.1.9 4.5L8 11.6l-4 2.3.9-4.5L1.5 6.3l4.6-.5z',
  low: 'M8 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM5.2 10.8l5.6-5.6',
  waits: 'M3 8h.01M8 8h.01M13 8h.01',
};

export const GROUP_TITLES: Readonly<Record<GroupKind, string>> = {
  room: 'room',
  channel: 'channel',
  node: 'node',
  pep: 'account that tells',
};

export function GroupIcon({ kind }: { readonly kind: GroupKind }) {
  return (
    <svg className="group-icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={GROUP_PATHS[kind]} />
    </svg>
  );
}

export function MarkIcon({ mark }: { readonly mark: Exclude<MemberMark, 'plain'> }) {
  return (
    <svg className={`mark-icon mark-${mark}`} viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      <path d={MARK_PATHS[mark]} />
    </svg>
  );
}
