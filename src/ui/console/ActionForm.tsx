/** One action being filled in: its fields, the stanza that comes of them, which the person may change, and sending it. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { Action } from '../../protocol/actions.ts';
import { useController } from '../client/context.ts';
import { filledIn, rewritten, useActing, type Draft } from '../state/acting.ts';
import { cursorOf } from '../state/frame.ts';
import { useLive } from '../state/useLive.ts';
import { FieldView, submitting } from './ActionFields.tsx';
import { useComposed } from './useActions.ts';
import { useCheck } from './useCheck.ts';
import { Verdict } from './Verdict.tsx';

const NO_VALUES: Draft['values'][string] = {};

interface Props {
  readonly jid: string;
  readonly client: number;
  readonly action: Action;
}
interface FormProps extends Props {
  readonly back: () => void;
  /** What came of what was sent last. */
  readonly children: ReactNode;
}
export function ActionForm({ jid, client, action, back, children }: FormProps) {
  const box = useRef<HTMLFieldSetElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    title.current?.focus({ preventScroll: true });
  }, []);
  return (
    <fieldset ref={box} aria-label={action.title} className="act-form">
      <div className="act-title">
        <h5 ref={title} tabIndex={-1}>
          {action.title}
        </h5>
        <button type="button" className="small-button" onClick={back}>
          Other actions
        </button>
      </div>
      <p className="muted act-about">
        {action.help} <span className="note-source">{action.source}</span>
      </p>
      {action.refused === undefined ? (
        <Filling jid={jid} client={client} action={action}>
          {children}
        </Filling>
      ) : (
        <p className="act-refused">
          <b>Not now.</b> {action.refused}
        </p>
      )}
    </fieldset>
  );
}

function Filling({ jid, client, action, children }: Props & { readonly children: ReactNode }) {
  const controller = useController();
  const values = useActing((s) => s.drafts[jid]?.values[action.id] ?? NO_VALUES);
  const edited = useActing((s) => s.drafts[jid]?.edited[action.id]);
  const cursor = useLive(cursorOf);
  const { composed, fresh } = useComposed(client, action.id, values);
  // What was changed by hand counts as long as the form says what it said then.
  const mine = edited && edited.from === composed.xml ? edited.text : undefined;
  const xml = mine ?? composed.xml;
  const look = useCheck(xml);
  // It has grown by its stanza: what sends it is in view, and the beginning where not all of it fits.
  const bottom = useRef<HTMLDivElement>(null);
  const isWritten = composed.xml !== '';
  useEffect(() => {
    if (!isWritten) return;
    bottom.current?.scrollIntoView({ block: 'nearest' });
    bottom.current?.closest('fieldset')?.firstElementChild?.scrollIntoView({ block: 'nearest' });
  }, [isWritten]);
  const [sending, setSending] = useState(false);
  const [touched, setTouched] = useState(false);
  const area = useId();

  const checked = look?.text === xml ? look.checked : undefined;
  const wellFormed = checked?.verdict === 'valid' || checked?.verdict === 'invalid';
  const known = fresh && (composed.faults.length > 0 || checked !== undefined);
  const sendable = !sending && fresh && composed.faults.length === 0 && wellFormed;
  // Who sends right after the last letter means what stands there then: it waits until that is known.
  const [asked, setAsked] = useState(0);
  const taken = useRef(0);
  const text = sendable ? checked?.sent : undefined;
  useEffect(() => {
    if (asked === taken.current || !known || sending) return;
    taken.current = asked;
    if (text === undefined) return;
    void Promise.resolve(text).then(async (sent) => {
      setSending(true);
      await controller.acts.send(client, sent);
      setSending(false);
      setTouched(false);
    });
  }, [asked, known, sending, text, controller, client]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTouched(true);
        setAsked(asked + 1);
      }}
    >
      {action.fields.map((field) => (
        <FieldView
          key={field.name}
          field={field}
          values={values[field.name] ?? field.values}
          fault={touched || field.name in values ? composed.faults.find((f) => f.field === field.name)?.message : undefined}
          change={(now) => filledIn(jid, action.id, field.name, now)}
        />
      ))}
      <div ref={bottom} className="act-send">
        <button
          type="submit"
          className="button primary"
          aria-disabled={!sendable}
          title={sendable ? 'Ctrl+Enter' : (composed.faults[0]?.message ?? 'What is not well-formed is no stanza')}
        >
          {checked?.verdict === 'invalid' ? 'Send it anyway' : 'Send it'}
        </button>
        <span className="muted">after event {cursor.toLocaleString('en')}</span>
      </div>
      {children}
      {composed.xml !== '' && (
        <details className="act-stanza" open>
          <summary>The stanza{mine !== undefined && ', changed by hand'}</summary>
          <label className="sr-only" htmlFor={area}>
            The stanza to be sent
          </label>
          <textarea
            id={area}
            className="console-text mono"
            rows={Math.min(14, xml.split('\n').length)}
            spellCheck={false}
            autoComplete="off"
            value={xml}
            onChange={({ target }) => rewritten(jid, action.id, composed.xml, target.value)}
            onKeyDown={submitting}
          />
          {mine !== undefined && (
            <button type="button" className="small-button" onClick={() => rewritten(jid, action.id, composed.xml, null)}>
              As the form makes it
            </button>
          )}
          <div aria-live="polite">{mine !== undefined && look && <Verdict look={look} goTo={undefined} />}</div>
        </details>
      )}
    </form>
  );
}
