/** The XML console of a client: what is typed here, it sends at the cursor. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { TextFault } from '../../protocol/console.ts';
import { useController } from '../client/context.ts';
import { hintOf } from '../shared/shortcuts.ts';
import { cursorOf } from '../state/frame.ts';
import { doneByHand } from '../state/branches.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useConsole, wrote } from '../state/console.ts';
import { useLive } from '../state/useLive.ts';
import { templatesFor } from './templates.ts';
import { useCheck } from './useCheck.ts';
import { Verdict } from './Verdict.tsx';
import './console.css';

export function Console({ scene, client }: { readonly scene: OpenScene; readonly client: number }) {
  const open = useConsole((s) => s.open);
  const body = useId();
  return (
    <section aria-label="XML console" className="console">
      <h3>
        <button
          type="button"
          className="console-head"
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          title={`XML console (${hintOf('console')})`}
          onClick={() => useConsole.setState({ open: !open })}
        >
          <span className="console-mark" aria-hidden="true" />
          XML console
        </button>
      </h3>
      {open && (
        <div id={body}>
          <Editor key={scene.entities.jid[client]} scene={scene} client={client} />
        </div>
      )}
    </section>
  );
}

function Editor({ scene, client }: { readonly scene: OpenScene; readonly client: number }) {
  const controller = useController();
  const jid = scene.entities.jid[client] ?? '';
  const text = useConsole((s) => s.texts[jid] ?? '');
  const summons = useConsole((s) => s.summons);
  const done = useView((s) => doneByHand(s.asked).length);
  const cursor = useLive(cursorOf);
  const look = useCheck(text);
  const area = useRef<HTMLTextAreaElement>(null);
  const [sending, setSending] = useState(false);
  const [label, status] = [useId(), useId()];
  useEffect(() => {
    if (summons === 0) return;
    area.current?.focus();
    // Once: who then selects another client wants to look at it.
    useConsole.setState({ summons: 0 });
  }, [summons]);

  const verdict = look?.text === text ? look.checked.verdict : undefined;
  const sendable = !sending && (verdict === 'valid' || verdict === 'invalid');
  const send = async () => {
    if (!sendable || !look) return;
    setSending(true);
    await controller.acts.send(client, look.checked.sent);
    setSending(false);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  const goTo = ({ index }: TextFault) => {
    area.current?.focus();
    area.current?.setSelectionRange(index, index + 1);
  };
  return (
    <>
      <fieldset className="console-templates" aria-label="Templates">
        {templatesFor(scene, client, done).map((template) => (
          <button
            key={template.id}
            type="button"
            className="small-button"
            onClick={() => {
              wrote(jid, template.text);
              area.current?.focus();
            }}
          >
            {template.title}
          </button>
        ))}
      </fieldset>
      <label id={label} className="sr-only" htmlFor={`${label}-text`}>
        XML that {scene.entities.name[client]} sends
      </label>
      <textarea
        ref={area}
        id={`${label}-text`}
        className="console-text mono"
        rows={Math.min(14, Math.max(5, text.split('\n').length + 1))}
        spellCheck={false}
        autoComplete="off"
        placeholder="Choose a template, or type a stanza"
        value={text}
        aria-invalid={verdict === 'broken' || verdict === 'invalid'}
        aria-describedby={status}
        onChange={({ target }) => wrote(jid, target.value)}
        onKeyDown={keyed}
      />
      <div id={status} aria-live="polite">
        {text.trim() === '' ? (
          <p className="console-verdict muted">It is sent right after event {cursor}, and the run goes on from there.</p>
        ) : (
          look && <Verdict look={look} goTo={goTo} />
        )}
      </div>
      <div className="console-send">
        <button
          type="button"
          className="button primary"
          disabled={!sendable}
          title={verdict === 'broken' ? 'What is not well-formed is no stanza' : 'Ctrl+Enter'}
          onClick={() => void send()}
        >
          {verdict === 'invalid' ? 'Send anyway' : 'Send'}
        </button>
        <span className="muted">
          {verdict === 'broken'
            ? 'It has to be well-formed to be sent.'
            : verdict === 'invalid'
              ? 'See what the server does with it.'
              : `after event ${cursor.toLocaleString('en')}`}
        </span>
      </div>
    </>
  );
}
