/** Every key of the page, once: the keyboard runs them, the sheet shows them, buttons name them in their tooltips. */
export type ShortcutId =
  | 'play'
  | 'change-forward'
  | 'change-back'
  | 'round-forward'
  | 'round-back'
  | 'event-forward'
  | 'event-back'
  | 'same-forward'
  | 'same-back'
  | 'home'
  | 'end'
  | 'focus'
  | 'zoom-in'
  | 'zoom-out'
  | 'zoom-reset'
  | 'inspector'
  | 'entities'
  | 'console'
  | 'undo'
  | 'dock-events'
  | 'dock-charts'
  | 'dock-lab'
  | 'sheet'
  | 'clear';

export interface Shortcut {
  readonly id: ShortcutId;
  /** `KeyboardEvent.key` values; any of them. */
  readonly keys: readonly string[];
  /** Exactly these; a key that is typed with Shift (`?`, `+`) leaves Shift open. */
  readonly shift?: boolean;
  readonly ctrl?: boolean;
  /** As written on the key caps. */
  readonly caps: readonly string[];
  readonly title: string;
  readonly group: 'Time' | 'Graph' | 'Window';
}

export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'play', keys: [' '], caps: ['Space'], title: 'Play or pause', group: 'Time' },
  { id: 'change-forward', keys: ['ArrowRight'], shift: false, ctrl: false, caps: ['→'], title: 'Next visible change', group: 'Time' },
  { id: 'change-back', keys: ['ArrowLeft'], shift: false, ctrl: false, caps: ['←'], title: 'Previous visible change', group: 'Time' },
  { id: 'round-forward', keys: ['ArrowRight'], shift: true, ctrl: false, caps: ['Shift', '→'], title: 'Next round', group: 'Time' },
  { id: 'round-back', keys: ['ArrowLeft'], shift: true, ctrl: false, caps: ['Shift', '←'], title: 'Previous round', group: 'Time' },
  { id: 'event-forward', keys: ['ArrowRight'], shift: false, ctrl: true, caps: ['Ctrl', '→'], title: 'Next single event', group: 'Time' },
  { id: 'event-back', keys: ['ArrowLeft'], shift: false, ctrl: true, caps: ['Ctrl', '←'], title: 'Previous single event', group: 'Time' },
  { id: 'same-forward', keys: ['.'], caps: ['.'], title: 'Next event of the selected entity', group: 'Time' },
  { id: 'same-back', keys: [','], caps: [','], title: 'Previous event of the selected entity', group: 'Time' },
  { id: 'home', keys: ['Home'], caps: ['Home'], title: 'To the beginning', group: 'Time' },
  { id: 'end', keys: ['End'], caps: ['End'], title: 'To the end', group: 'Time' },
  { id: 'focus', keys: ['f', 'F'], caps: ['F'], title: 'Centre the selection; again: fit everything', group: 'Graph' },
  { id: 'zoom-in', keys: ['+', '='], caps: ['+'], title: 'Zoom in', group: 'Graph' },
  { id: 'zoom-out', keys: ['-', '−'], caps: ['−'], title: 'Zoom out', group: 'Graph' },
  { id: 'zoom-reset', keys: ['0'], caps: ['0'], title: 'Natural size', group: 'Graph' },
  { id: 'entities', keys: ['e', 'E'], caps: ['E'], title: 'Show or hide the list of entities', group: 'Graph' },
  { id: 'undo', keys: ['z', 'Z'], ctrl: true, caps: ['Ctrl', 'Z'], title: 'Undo what was done by hand last', group: 'Time' },
  { id: 'inspector', keys: ['q', 'Q'], caps: ['Q'], title: 'Show or hide the inspector', group: 'Window' },
  { id: 'console', keys: ['x', 'X'], ctrl: false, caps: ['X'], title: 'XML console of the selected client', group: 'Window' },
  { id: 'dock-events', keys: ['1'], ctrl: false, caps: ['1'], title: 'Events and charts', group: 'Window' },
  { id: 'dock-charts', keys: ['3'], ctrl: false, caps: ['3'], title: 'Charts alone', group: 'Window' },
  { id: 'dock-lab', keys: ['4'], ctrl: false, caps: ['4'], title: 'The lab', group: 'Window' },
  { id: 'sheet', keys: ['?'], caps: ['?'], title: 'This sheet', group: 'Window' },
  { id: 'clear', keys: ['Escape'], caps: ['Esc'], title: 'Close, or clear the selection', group: 'Window' },
];

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

export function shortcutOf(pressed: Pressed): Shortcut | undefined {
  if (pressed.altKey) return undefined;
  const ctrl = pressed.ctrlKey || pressed.metaKey;
  return SHORTCUTS.find(
    (s) => s.keys.includes(pressed.key) && (s.ctrl ?? false) === ctrl && (s.shift === undefined || s.shift === pressed.shiftKey),
  );
}

/** `Step forward (→)`, for tooltips. */
export function hintOf(id: ShortcutId): string {
  const shortcut = SHORTCUTS.find((s) => s.id === id);
  return shortcut ? shortcut.caps.join('+') : '';
}
