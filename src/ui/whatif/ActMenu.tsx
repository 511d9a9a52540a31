/** The menu of what can be done to a stanza, an entity or a link: by a right click, or by a key for the selection. */
import { useEffect, useRef, useState } from 'react';
import type { Choice } from '../../protocol/branches.ts';
import type { Act } from '../../protocol/intervention.ts';
import type { Target } from '../../protocol/parts.ts';
import { useController } from '../client/context.ts';
import { hintOf } from '../shared/shortcuts.ts';
import { canSend, sendingAsked } from '../state/sending.ts';
import { markToggled, menuClosed, useMenu, type MenuAt } from '../state/menu.ts';
import { useView } from '../state/store.ts';
import { viewport } from '../state/viewport.ts';
import { Asking } from './Asking.tsx';
import { useChoices } from './choices.ts';
import { Likes } from './Likes.tsx';
import { useDismissal, usePlace } from './popup.ts';
import './whatif.css';

export function ActMenu() {
  const at = useMenu((s) => s.at);
  return at && <Open key={JSON.stringify(at)} at={at} />;
}

function Open({ at }: { readonly at: MenuAt }) {
  const box = useRef<HTMLDialogElement>(null);
  const controller = useController();
  const choices = useChoices(at.target);
  const { title, sentIn } = useWords(at.target);
  useDismissal(box, menuClosed);
  const message = at.target.type === 'message' ? at.target.id : undefined;
  const act = (done: Act, fork: boolean) => {
    menuClosed();
    void controller.acts.apply(done, message, fork || undefined);
  };
  return (
    <dialog open ref={box} aria-label={title} className="act-menu" style={usePlace(box, at)}>
      <h2>{title}</h2>
      <Looking at={at} sentIn={sentIn} />
      {choices && choices.length > 0 && (
        <section aria-label="What if" className="menu-part">
          <h3>What if</h3>
          {choices.map((choice, i) => (
            <Doing
              key={`${choice.id} ${choice.label}`}
              choice={choice}
              isSaid={choice.disabled !== undefined && choice.disabled === choices[i - 1]?.disabled}
              message={message}
              act={act}
            />
          ))}
        </section>
      )}
      <Likes target={at.target} ordinal={at.ordinal} close={menuClosed} />
    </dialog>
  );
}

/** What changes nothing in the run. */
function Looking({ at, sentIn }: { readonly at: MenuAt; readonly sentIn: number | undefined }) {
  const { target } = at;
  const controller = useController();
  const sends = useView(({ scene }) => target.type === 'entity' && scene?.capabilities.intervene === true && canSend(scene, target.index));
  const marked = useMenu((s) => target.type === 'entity' && s.marked.includes(target.index));
  const canMark = useView((s) => target.type === 'entity' && s.scene?.capabilities.intervene === true);
  const go = (run: () => unknown) => () => {
    menuClosed();
    run();
  };
  return (
    <div className="menu-looks">
      <button type="button" className="button" onClick={go(() => controller.select(target))}>
        Inspect
      </button>
      {(target.type === 'message' || target.type === 'event') && (
        <button type="button" className="button" onClick={go(() => controller.follow(target))}>
          Follow
        </button>
      )}
      {sentIn !== undefined && (
        <button type="button" className="button" title="From there on it is on its way" onClick={go(() => controller.goTo(sentIn, target))}>
          Go to its sending
        </button>
      )}
      {target.type !== 'event' && (
        <button
          type="button"
          className="button"
          onClick={go(() => {
            controller.select(target);
            viewport.camera?.focus();
          })}
        >
          Centre
        </button>
      )}
      {target.type === 'entity' && sends && (
        <button
          type="button"
          className="button"
          title={`Or drag from it to another one (${hintOf('send')})`}
          onClick={go(() => sendingAsked({ from: target.index, to: null, x: at.x, y: at.y }))}
        >
          Send to…
        </button>
      )}
      {target.type === 'entity' && canMark && (
        <button type="button" className="button" aria-pressed={marked} onClick={go(() => markToggled(target.index))}>
          {marked ? 'Unmark' : 'Mark for a partition'}
        </button>
      )}
    </div>
  );
}

interface DoingProps {
  readonly choice: Choice;
  /** The one before cannot be done for the same reason, which stands there. */
  readonly isSaid: boolean;
  readonly message: number | undefined;
  readonly act: (act: Act, fork: boolean) => void;
}
function Doing({ choice, isSaid, message, act }: DoingProps) {
  const [asking, setAsking] = useState(false);
  const { label, help, disabled, asks } = choice;
  return (
    <>
      <button
        type="button"
        className="menu-item"
        aria-disabled={disabled !== undefined}
        aria-expanded={asks ? asking : undefined}
        onClick={({ altKey }) => {
          if (disabled !== undefined) return;
          if (asks) setAsking(!asking);
          else act(choice.act, altKey);
        }}
      >
        <span>{label}</span>
        <small className={isSaid ? 'sr-only' : undefined}>{disabled ?? help}</small>
      </button>
      {asking && asks && <Asking choice={choice} asks={asks} message={message} done={(done) => act(done, false)} />}
    </>
  );
}

interface Words {
  readonly title: string;
  /** Of a stanza: the event in which it was sent. */
  readonly sentIn?: number | undefined;
}
/** As the inspector names it, and where it says that it was sent. */
function useWords(target: Target): Words {
  const { ask } = useController();
  const entities = useView((s) => s.scene?.entities);
  const own = target.type === 'entity' ? `${entities?.name[target.index] ?? ''}${entities?.detail[target.index] ?? ''}` : '';
  const [words, setWords] = useState<Words>({ title: own || 'What can be done' });
  useEffect(() => {
    let gone = false;
    ask('inspect', { target, ordinal: 0 }).then(
      ({ title, parts }) => {
        const fields = parts.flatMap((part) => (part.type === 'fields' ? part.fields : []));
        const cause = target.type === 'message' ? fields.find(({ key }) => key === 'cause')?.link : undefined;
        if (!gone) setWords({ title, sentIn: cause?.type === 'event' ? cause.ordinal : undefined });
      },
      // Whoever cannot be inspected has no better name.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [ask, target]);
  return words;
}
