/** What each shortcut does. */
import { sameTarget, useView } from '../state/store.ts';
import { filterSummoned } from '../state/queries.ts';
import { live } from '../state/frame.ts';
import { viewport } from '../state/viewport.ts';
import type { ShortcutId } from '../shared/shortcuts.ts';
import { menuAsked } from '../state/menu.ts';
import { canSend, sendingAsked } from '../state/sending.ts';
import type { Controller } from './contract.ts';

const ZOOM = 1.25;

/** For the selection, in the middle of the picture. */
function askForMenu(): void {
  const { selection, said } = useView.getState();
  if (!selection) {
    said('Select a stanza, an entity or a link first: then its menu says what can be done to it.');
    return;
  }
  menuAsked({ target: selection, ...middle() });
}
function middle() {
  const box = document.querySelector('section[aria-label="Graph"]')?.getBoundingClientRect();
  return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2 - 200, y: (box?.top ?? 0) + 48 };
}
function askWhomToSend(): void {
  const { selection, scene, said } = useView.getState();
  if (scene?.capabilities.intervene !== true) said('In this scene nothing can be sent by hand.');
  else if (selection?.type !== 'entity' || !canSend(scene, selection.index))
    said('Select a client or a node first: then this asks whom it is to send something.');
  else sendingAsked({ from: selection.index, to: null, ...middle() });
}

export function runCommand(id: ShortcutId, controller: Controller): void {
  const view = useView.getState();
  const { camera } = viewport;
  const commands: Readonly<Record<ShortcutId, () => unknown>> = {
    play: controller.playOrPause,
    'change-forward': () => controller.step('change', false),
    'change-back': () => controller.step('change', true),
    'round-forward': () => controller.step('round', false),
    'round-back': () => controller.step('round', true),
    'event-forward': () => controller.step('event', false),
    'event-back': () => controller.step('event', true),
    'same-forward': () => controller.stepSelected(false),
    'same-back': () => controller.stepSelected(true),
    'hop-forward': () => controller.stepHop(false),
    'hop-back': () => controller.stepHop(true),
    'wave-forward': () => controller.step('wave', false),
    'wave-back': () => controller.step('wave', true),
    // With nothing else selected the key ends what it began.
    follow() {
      const { following, selection } = view;
      controller.follow(following && (selection === null || sameTarget(following, selection)) ? null : selection);
    },
    break: controller.breaks.here,
    'stop-forward': () => controller.breaks.run(false),
    'stop-back': () => controller.breaks.run(true),
    'mark-forward': () => controller.jump(false),
    'mark-back': () => controller.jump(true),
    filter() {
      if (view.dock !== 'events' || !view.panels.dock.open) view.dockChosen('events');
      filterSummoned();
    },
    home: () => controller.seekOrdinal(0),
    end: () => controller.seekOrdinal(live.get().progress?.events ?? 0),
    focus: () => camera?.focus(),
    'zoom-in': () => camera?.zoomBy(ZOOM),
    'zoom-out': () => camera?.zoomBy(1 / ZOOM),
    'zoom-reset': () => camera?.zoomReset(),
    entities: view.entitiesToggled,
    inspector: () => view.panelToggled('right'),
    act: controller.acts.actAs,
    console: controller.acts.summon,
    undo: controller.acts.undo,
    redo: controller.acts.redo,
    menu: askForMenu,
    send: askWhomToSend,
    'dock-events': () => view.dockChosen('events'),
    'dock-spacetime': () => view.dockChosen('spacetime'),
    'dock-charts': () => view.dockChosen('charts'),
    'dock-lab': () => view.dockChosen('lab'),
    'dock-notes': () => view.dockChosen('notes'),
    palette: () => view.dialogAsked(view.dialog === 'palette' ? null : 'palette'),
    guide() {
      if (view.guide && view.panels.left.open) view.guideAsked(null);
      else view.guideOpened(view.guide ?? 'exercises');
    },
    sheet: () => view.dialogAsked(view.dialog === 'shortcuts' ? null : 'shortcuts'),
    clear: () => {
      if (view.dialog) view.dialogAsked(null);
      else if (view.importing) controller.cancelImport();
      else if (view.following) controller.follow(null);
      else controller.select(null);
    },
  };
  commands[id]();
}
