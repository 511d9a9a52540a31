/** What the page has to say. A problem stays until it is closed; what is merely said goes after a while. */
import { useEffect } from 'react';
import { Icon } from '../shared/icons.tsx';
import { useView, type Notice } from '../state/store.ts';

const SAID_MS = 6000;

function NoticeView({ notice }: { readonly notice: Notice }) {
  const close = useView((s) => s.noticeClosed);
  const { id, kind, text, hint, action } = notice;
  useEffect(() => {
    if (kind !== 'said') return undefined;
    const timer = setTimeout(() => close(id), SAID_MS);
    return () => clearTimeout(timer);
  }, [id, kind, close]);
  return (
    <div className={`notice notice-${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <p>
        {text}
        {hint && <span className="muted"> {hint}</span>}
      </p>
      {action === 'reload' && (
        <button type="button" className="button" onClick={() => location.reload()}>
          Reload
        </button>
      )}
      <button type="button" className="plain" aria-label="Close this message" onClick={() => close(id)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

export function Notices() {
  const notices = useView((s) => s.notices);
  return (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeView key={notice.id} notice={notice} />
      ))}
    </div>
  );
}
