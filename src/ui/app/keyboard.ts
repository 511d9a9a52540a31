/** The page's keys. They rest while somebody types, and where a control uses the same key itself. */
import { runCommand } from '../client/commands.ts';
import type { Controller } from '../client/contract.ts';
import { shortcutOf, type ShortcutId } from '../shared/shortcuts.ts';
import { useView } from '../state/store.ts';

const TYPING = 'input:not([type="range"]), textarea, select, [contenteditable="true"]';
/** Roles that move within themselves by arrows, Home and End. */
const ARROWS = '[role="grid"], [role="slider"], [role="separator"], [role="tablist"], [role="listbox"], input[type="range"]';
const PRESSES = 'button, a[href], summary, [role="tab"], [role="row"], [role="gridcell"]';
const MOVES: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End']);
/** These close and open things, and stay when the single keys are switched off. */
const ALWAYS: ReadonlySet<ShortcutId> = new Set(['clear', 'palette']);
/** These work while a dialog is open: each closes its own. */
const IN_DIALOGS: ReadonlySet<ShortcutId> = new Set(['clear', 'sheet', 'palette']);

export function listenToKeys(controller: Controller): void {
  addEventListener('keydown', (pressed) => {
    if (pressed.defaultPrevented) return;
    const shortcut = shortcutOf(pressed);
    if (!shortcut) return;
    const { shortcutsOn, dialog, importing } = useView.getState();
    if (!shortcutsOn && !ALWAYS.has(shortcut.id)) return;
    if ((dialog !== null || importing !== null) && !IN_DIALOGS.has(shortcut.id)) return;
    const at = pressed.target instanceof Element ? pressed.target : null;
    if (at?.closest(TYPING) && !(shortcut.id === 'palette' && (pressed.ctrlKey || pressed.metaKey))) return;
    if (MOVES.has(pressed.key) && at?.closest(ARROWS)) return;
    if (pressed.key === ' ' && at?.closest(PRESSES)) return;
    pressed.preventDefault();
    runCommand(shortcut.id, controller);
  });
}
