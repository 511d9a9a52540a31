/** What the selection is, in view-neutral parts: a new module describes itself and needs nothing here. */
import { useCallback, useLayoutEffect, useRef } from 'react';
import type { Target } from '../../protocol/parts.ts';
import { EntityKind } from '../../protocol/scene.ts';
import { ActionPanel } from '../console/ActionPanel.tsx';
import { Console } from '../console/Console.tsx';
import { useController } from '../client/context.ts';
import { hintOf } from '../shared/shortcuts.ts';
import { live } from '../state/frame.ts';
import { useGroup } from '../state/groups.ts';
import { canSend } from '../state/sending.ts';
import { sameTarget, targetNumber, useView } from '../state/store.ts';
import { FollowButton, GoThere, Jumps, TakeBack, TrailButtons } from './Buttons.tsx';
import { PartView } from './PartView.tsx';
import { useInspection, type Shown } from './useInspection.ts';
import './inspector.css';

const NAMES: Readonly<Record<Target['type'], string>> = { message: 'Stanza', event: 'Event', entity: 'Entity', link: 'Link' };

export function Inspector() {
  const run = useView((s) => s.scene?.run);
  // Another run is another world: nothing of what was shown stays.
  return <Selected key={run} />;
}

function Selected() {
  const controller = useController();
  const shown = useInspection();
  const selection = useView((s) => s.selection);
  const region = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const followed = useRef(false);
  const follow = useCallback(
    (target: Target) => {
      followed.current = true;
      controller.select(target);
    },
    [controller],
  );

  const about = shown ? `${shown.target.type} ${targetNumber(shown.target)}` : '';
  useLayoutEffect(() => {
    if (region.current) region.current.scrollTop = 0;
    // The link that was followed is gone with what it stood in: the keyboard goes on from the new title.
    if (followed.current && about) heading.current?.focus({ preventScroll: true });
    followed.current = false;
  }, [about]);

  // A room was pointed out: of its service, what is about it.
  const picked = useGroup((s) => s.picked);
  useLayoutEffect(() => {
    const part = live.get().groups?.groups.find((g) => g.key === picked)?.part;
    if (part === undefined || about === '') return;
    region.current?.querySelector(`[data-part="${CSS.escape(part)}"]`)?.scrollIntoView({ block: 'start' });
  }, [picked, about]);

  return (
    <section
      ref={region}
      aria-label="Stanza inspector"
      aria-busy={selection !== null && !sameTarget(selection, shown?.target)}
      className="region inspector"
    >
      <header className="inspector-head">
        <div className="inspector-title">
          <h2 ref={heading} tabIndex={-1}>
            {titleOf(shown)}
          </h2>
          {shown?.inspection && <p className="muted">{shown.inspection.subtitle}</p>}
        </div>
        <TrailButtons />
      </header>
      {(shown?.target.type === 'event' || shown?.target.type === 'message') && (
        <div className="inspector-acts">
          <FollowButton target={shown.target} />
          {shown.target.type === 'event' && <GoThere ordinal={shown.target.ordinal} />}
          {shown.target.type === 'event' && <TakeBack ordinal={shown.target.ordinal} />}
        </div>
      )}
      {shown?.inspection && <Jumps parts={shown.inspection.parts} />}
      <ClientConsole />
      {shown ? <Body shown={shown} follow={follow} /> : !selection && <Hint />}
    </section>
  );
}

/** Of the selected entity, where it is a client that can be told what to send. */
function ClientConsole() {
  const scene = useView((s) => s.scene);
  const index = useView((s) => (s.selection?.type === 'entity' ? s.selection.index : -1));
  if (!scene?.capabilities.intervene || !canSend(scene, index)) return null;
  return (
    <>
      <ActionPanel scene={scene} client={index} />
      {scene.entities.kind[index] === EntityKind.client && <Console scene={scene} client={index} />}
    </>
  );
}

function titleOf(shown: Shown | null): string {
  if (!shown) return 'Inspector';
  return shown.inspection?.title ?? `${NAMES[shown.target.type]} ${targetNumber(shown.target)}`;
}

/** A server of many accounts keeps a table for each: of more than so many, all but the first are shown as their titles. */
const MANY_TABLES = 8;
const FIRST_TABLES = 3;

function Body({ shown, follow }: { readonly shown: Shown; readonly follow: (target: Target) => void }) {
  const { inspection, problem, changes, target } = shown;
  if (problem) {
    return (
      <div className="part inspector-problem" role="alert">
        <p>{problem.message}</p>
        {problem.hint && <p className="muted">{problem.hint}</p>}
      </div>
    );
  }
  const parts = inspection?.parts ?? [];
  const tables = parts.filter((part) => part.type === 'table' && part.rows.length > 0);
  return parts.map((part) => (
    <PartView
      key={`${target.type} ${targetNumber(target)} ${part.key}`}
      part={part}
      closed={tables.length > MANY_TABLES && tables.indexOf(part) >= FIRST_TABLES}
      changes={changes}
      follow={follow}
    />
  ));
}

function Hint() {
  return (
    <div className="part inspector-hint">
      <p>Nothing is selected. Click</p>
      <ul>
        <li>a stanza on its way, to read its XML and why it was sent</li>
        <li>an entity, to see its state at this moment</li>
        <li>a link between two of them</li>
        <li>a row of the event list</li>
      </ul>
      <p>
        <kbd>{hintOf('event-forward')}</kbd> and <kbd>{hintOf('event-back')}</kbd> step by single events, <kbd>{hintOf('entities')}</kbd>{' '}
        lists the entities, <kbd>{hintOf('clear')}</kbd> clears the selection, <kbd>{hintOf('sheet')}</kbd> shows every key.
      </p>
    </div>
  );
}
