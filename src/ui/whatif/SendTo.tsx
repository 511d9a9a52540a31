/**
 * What one entity can send to another: by a drag on the graph, from a menu or by a key. Without a receiver it asks for one by name. What is chosen is filled
 * in on the sender's panel, where its stanza can be read and changed before it goes out.
 */
import { useEffect, useId, useRef, useState } from 'react';
import { problemOf } from '../../base/result.ts';
import type { Sending } from '../../protocol/sendings.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/pane.ts';
import { KindIcon } from '../shared/KindIcon.tsx';
import { drafted, filledIn, useActing } from '../state/acting.ts';
import { cursorOf, live } from '../state/frame.ts';
import { useMenu } from '../state/menu.ts';
import { sendingAsked, sendingClosed, useSending, type SendingAt } from '../state/sending.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useDismissal, usePlace } from './popup.ts';
import './sending.css';
import './whatif.css';

/** Of very many entities only so many are listed; letters find the others. */
const MOST_NAMES = 40;

export function SendTo() {
  const at = useSending((s) => s.at);
  const scene = useView((s) => s.scene);
  return at && scene?.capabilities.intervene === true && <Open key={`${at.from} ${at.to}`} at={at} scene={scene} />;
}

const called = ({ entities }: OpenScene, index: number): string => `${entities.name[index] ?? ''}${entities.detail[index] ?? ''}`;

function Open({ at, scene }: { readonly at: SendingAt; readonly scene: OpenScene }) {
  const box = useRef<HTMLDialogElement>(null);
  useDismissal(box, sendingClosed);
  // One such dialog at a time.
  useEffect(() => useMenu.subscribe((menu) => menu.at && sendingClosed()), []);
  const from = called(scene, at.from);
  const title = at.to === null ? `${from} sends to…` : `${from} → ${at.group ?? called(scene, at.to)}`;
  return (
    <dialog open ref={box} aria-label={title} className="act-menu send-to" style={usePlace(box, at)}>
      <h2>{title}</h2>
      {at.to === null ? <Receivers at={at} scene={scene} /> : <Sendings at={at} to={at.to} scene={scene} />}
    </dialog>
  );
}

function Receivers({ at, scene }: { readonly at: SendingAt; readonly scene: OpenScene }) {
  const [typed, setTyped] = useState('');
  const label = useId();
  const letters = typed.trim().toLowerCase();
  const { jid } = scene.entities;
  const found = [...jid.keys()].filter(
    (i) => i !== at.from && (called(scene, i).toLowerCase().includes(letters) || (jid[i] ?? '').toLowerCase().includes(letters)),
  );
  const choose = (to: number) => sendingAsked({ ...at, to });
  const first = found[0];
  return (
    <>
      <label htmlFor={label} className="sr-only">
        Receiver’s name
      </label>
      <input
        id={label}
        className="field"
        autoComplete="off"
        spellCheck={false}
        placeholder="Name or address"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || first === undefined) return;
          event.preventDefault();
          choose(first);
        }}
      />
      <ul className="send-names" aria-label="Receivers">
        {found.slice(0, MOST_NAMES).map((i) => (
          <li key={jid[i]}>
            <button type="button" className="menu-item" onClick={() => choose(i)}>
              <span>{called(scene, i)}</span>
              {jid[i] !== called(scene, i) && <small>{jid[i]}</small>}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="muted">Nobody else is called so.</p>}
      {found.length > MOST_NAMES && <p className="muted">{(found.length - MOST_NAMES).toLocaleString('en')} more: type a few letters.</p>}
    </>
  );
}

function Sendings({ at, to, scene }: { readonly at: SendingAt; readonly to: number; readonly scene: OpenScene }) {
  const controller = useController();
  const list = useRef<HTMLUListElement>(null);
  const [found, setFound] = useState<readonly Sending[] | null>(null);
  const { from, group } = at;
  useEffect(() => {
    let gone = false;
    controller.ask('sendings', { from, to, group, ordinal: cursorOf(live.get()) }).then(
      (sendings) => !gone && setFound(sendings),
      (error: unknown) => {
        if (gone || isStale(error)) return;
        useView.getState().problemMet(problemOf(error));
        sendingClosed();
      },
    );
    return () => {
      gone = true;
    };
  }, [controller, from, to, group]);
  useEffect(() => {
    if (found) list.current?.querySelector('button')?.focus();
  }, [found]);
  const choose = ({ group, action, values }: Sending) => {
    const jid = scene.entities.jid[from] ?? '';
    sendingClosed();
    const view = useView.getState();
    view.pausePressed();
    view.panelToggled('right', true);
    for (const [field, filled] of Object.entries(values)) filledIn(jid, action, field, filled);
    drafted(jid, { group, action });
    controller.select({ type: 'entity', index: from });
    useActing.setState(({ summons }) => ({ open: true, summons: summons + 1 }));
  };
  if (!found) return null;
  return (
    <>
      <ul ref={list} className="send-names" aria-label="What can be sent">
        {found.map((sending) => (
          <li key={`${sending.group} ${sending.action}`}>
            <button
              type="button"
              className="menu-item"
              aria-disabled={sending.refused !== undefined}
              onClick={() => sending.refused === undefined && choose(sending)}
            >
              <span>
                <KindIcon kind={sending.kind} /> {sending.title}
              </span>
              <small>{sending.refused ?? sending.source}</small>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="muted">There is nothing that it can send there by a form. Its XML console sends anything.</p>}
    </>
  );
}
