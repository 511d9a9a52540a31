/** The kinds of step that have no button of their own: along causes, along a conversation, by single event. */
import { useController } from '../client/context.ts';
import type { Controller } from '../client/contract.ts';
import { Icon } from '../shared/icons.tsx';
import { hintOf, type ShortcutId } from '../shared/shortcuts.ts';
import { usePopover } from '../shared/usePopover.ts';
import { useView } from '../state/store.ts';
import './step-menu.css';
import { MarkLegend } from './MarkLegend.tsx';

interface Kind {
  readonly title: string;
  readonly help: string;
  /** Names of the two buttons, and their keys. */
  readonly back: readonly [name: string, shortcut: ShortcutId];
  readonly forward: readonly [name: string, shortcut: ShortcutId];
  step(controller: Controller, back: boolean): Promise<void>;
}
const KINDS: readonly Kind[] = [
  {
    title: 'Hop',
    help: 'of the followed or selected stanza: what it follows from, and what follows',
    back: ['Previous hop', 'hop-back'],
    forward: ['Next hop', 'hop-forward'],
    step: (controller, back) => controller.stepHop(back),
  },
  {
    title: 'Conversation',
    help: 'a request and its answer, a message and its relays, one update; of an entity its own events',
    back: ['Previous in conversation', 'same-back'],
    forward: ['Next in conversation', 'same-forward'],
    step: (controller, back) => controller.stepSelected(back),
  },
  {
    title: 'Causal wave',
    help: 'until all that was under way has arrived',
    back: ['Previous wave', 'wave-back'],
    forward: ['Next wave', 'wave-forward'],
    step: (controller, back) => controller.step('wave', back),
  },
  {
    title: 'Mark',
    help: 'of the scrubber: breakpoints, notes, faults, forks and what was done by hand',
    back: ['Previous mark', 'mark-back'],
    forward: ['Next mark', 'mark-forward'],
    step: (controller, back) => controller.jump(back),
  },
  {
    title: 'Single event',
    help: 'whether or not it can be seen',
    back: ['Previous event', 'event-back'],
    forward: ['Next event', 'event-forward'],
    step: (controller, back) => controller.step('event', back),
  },
];

export function StepMenu() {
  const controller = useController();
  const off = useView((s) => s.scene === null);
  const { open, toggle, place, button } = usePopover();
  return (
    <div ref={place} className="step-menu">
      <button
        ref={button}
        type="button"
        className="step"
        aria-label="More steps"
        title="More steps: by hop, conversation, wave, event"
        aria-expanded={open}
        aria-controls="step-menu"
        disabled={off}
        onClick={toggle}
      >
        <Icon name="list" />
      </button>
      {open && (
        <fieldset id="step-menu" aria-label="Kinds of step" className="step-kinds">
          {KINDS.map((kind) => (
            <div key={kind.title} className="step-kind">
              <p>
                {kind.title}
                <small>{kind.help}</small>
              </p>
              {([kind.back, kind.forward] as const).map(([name, shortcut], i) => (
                <button
                  key={name}
                  type="button"
                  className="step"
                  aria-label={name}
                  title={`${name} (${hintOf(shortcut)})`}
                  onClick={() => void kind.step(controller, i === 0)}
                >
                  <Icon name={i === 0 ? 'stepBack' : 'stepForward'} />
                </button>
              ))}
              <span className="step-keys" aria-hidden="true">
                <kbd>{hintOf(kind.back[1])}</kbd> <kbd>{hintOf(kind.forward[1])}</kbd>
              </span>
            </div>
          ))}
          <MarkLegend />
        </fieldset>
      )}
    </div>
  );
}
