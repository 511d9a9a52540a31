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
  | 'hop-forward'
  | 'hop-back'
  | 'wave-forward'
  | 'wave-back'
  | 'follow'
  | 'home'
  | 'end'
  | 'focus'
  | 'zoom-in'
  | 'zoom-out'
  | 'zoom-reset'
  | 'inspector'
  | 'entities'
  | 'act'
  | 'console'
  | 'undo'
  | 'redo'
  | 'menu'
  | 'send'
  | 'dock-events'
  | 'dock-spacetime'
  | 'dock-charts'
  | 'dock-lab'
  | 'dock-notes'
  | 'guide'
  | 'palette'
  | 'filter'
  | 'break'
  | 'stop-forward'
  | 'stop-back'
  | 'mark-forward'
  | 'mark-back'
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
  { id: 'same-forward', keys: ['.'], caps: ['.'], title: 'Next event of the selected entity or conversation', group: 'Time' },
  { id: 'same-back', keys: [','], caps: [','], title: 'Previous event of the selected entity or conversation', group: 'Time' },
  { id: 'hop-forward', keys: ['j', 'J'], shift: false, caps: ['J'], title: 'Next hop of the followed or selected stanza', group: 'Time' },
  { id: 'hop-back', keys: ['k', 'K'], shift: false, caps: ['K'], title: 'Previous hop of the followed or selected stanza', group: 'Time' },
  { id: 'wave-forward', keys: ['J', 'j'], shift: true, caps: ['Shift', 'J'], title: 'Next causal wave', group: 'Time' },
  { id: 'wave-back', keys: ['K', 'k'], shift: true, caps: ['Shift', 'K'], title: 'Previous causal wave', group: 'Time' },
  { id: 'break', keys: ['b', 'B'], ctrl: false, caps: ['B'], title: 'Breakpoint here: at the selection, or at this event', group: 'Time' },
  { id: 'stop-forward', keys: [']'], ctrl: false, caps: [']'], title: 'Run to the next breakpoint', group: 'Time' },
  { id: 'stop-back', keys: ['['], ctrl: false, caps: ['['], title: 'Back to the breakpoint before', group: 'Time' },
  {
    id: 'mark-forward',
    keys: ['}'],
    ctrl: false,
    caps: ['}'],
    title: 'Next mark: breakpoint, note, fault, what was done by hand',
    group: 'Time',
  },
  { id: 'mark-back', keys: ['{'], ctrl: false, caps: ['{'], title: 'Previous mark', group: 'Time' },
  { id: 'home', keys: ['Home'], caps: ['Home'], title: 'To the beginning', group: 'Time' },
  { id: 'end', keys: ['End'], caps: ['End'], title: 'To the end', group: 'Time' },
  { id: 'focus', keys: ['f', 'F'], caps: ['F'], title: 'Centre the selection; again: fit everything', group: 'Graph' },
  { id: 'zoom-in', keys: ['+', '='], caps: ['+'], title: 'Zoom in', group: 'Graph' },
  { id: 'zoom-out', keys: ['-', '−'], caps: ['−'], title: 'Zoom out', group: 'Graph' },
  { id: 'zoom-reset', keys: ['0'], caps: ['0'], title: 'Natural size', group: 'Graph' },
  { id: 'entities', keys: ['e', 'E'], caps: ['E'], title: 'Show or hide the list of entities', group: 'Graph' },
  { id: 'undo', keys: ['z'], ctrl: true, shift: false, caps: ['Ctrl', 'Z'], title: 'Undo what was done by hand last', group: 'Time' },
  {
    id: 'redo',
    keys: ['y', 'Z', 'Y'],
    ctrl: true,
    caps: ['Ctrl', 'Y'],
    title: 'Do again what was undone',
    group: 'Time',
  },
  { id: 'menu', keys: ['m', 'M', 'ContextMenu'], ctrl: false, caps: ['M'], title: 'What can be done to the selection', group: 'Graph' },
  { id: 'send', keys: ['s', 'S'], ctrl: false, caps: ['S'], title: 'Send from the selected client or node to another', group: 'Graph' },
  { id: 'follow', keys: ['t', 'T'], caps: ['T'], title: 'Follow the selected stanza; again: no more', group: 'Graph' },
  { id: 'inspector', keys: ['q', 'Q'], caps: ['Q'], title: 'Show or hide the inspector', group: 'Window' },
  { id: 'act', keys: ['a', 'A'], ctrl: false, caps: ['A'], title: 'Act as the selected client', group: 'Window' },
  { id: 'console', keys: ['x', 'X'], ctrl: false, caps: ['X'], title: 'XML console of the selected client', group: 'Window' },
  { id: 'filter', keys: ['/'], ctrl: false, caps: ['/'], title: 'Filter events, graph and diagram', group: 'Window' },
  { id: 'dock-events', keys: ['1'], ctrl: false, caps: ['1'], title: 'Events and charts', group: 'Window' },
  { id: 'dock-spacetime', keys: ['2'], ctrl: false, caps: ['2'], title: 'Space-time diagram', group: 'Window' },
  { id: 'dock-charts', keys: ['3'], ctrl: false, caps: ['3'], title: 'Charts alone', group: 'Window' },
  { id: 'dock-lab', keys: ['4'], ctrl: false, caps: ['4'], title: 'The lab', group: 'Window' },
  { id: 'dock-notes', keys: ['5'], ctrl: false, caps: ['5'], title: 'Notes', group: 'Window' },
  {
    id: 'palette',
    keys: ['k', 'K'],
    ctrl: true,
    caps: ['Ctrl', 'K'],
    title: 'Commands, scenes, entities, times: find any of them',
    group: 'Window',
  },
  {
    id: 'guide',
    keys: ['h', 'H'],
    ctrl: false,
    caps: ['H'],
    title: 'Guide: the exercise of this scene, the language of filters',
    group: 'Window',
  },
  { id: 'sheet', keys: ['?'], caps: ['?'], title: 'This sheet', group: 'Window' },
  { id: 'clear', keys: ['Escape'], caps: ['Esc'], title: 'Close, or clear the selection', group: 'Window' },
];

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Another key that a person chose; `null`: none at all. */
export interface Chord {
  /** `KeyboardEvent.key`; letters are lower case. */
  readonly key: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
}
export type ChosenKeys = Readonly<Partial<Record<ShortcutId, Chord | null>>>;

const isLetter = (key: string): boolean => key.length === 1 && key.toLowerCase() !== key.toUpperCase();
/** A sign such as `?` is typed with Shift on some keyboards and without it on others. */
const isSign = (key: string): boolean => key.length === 1 && key !== ' ' && !isLetter(key);

export function isChord(value: unknown): value is Chord {
  const { key, shift, ctrl } = (value ?? {}) as Partial<Chord>;
  return typeof key === 'string' && key !== '' && typeof shift === 'boolean' && typeof ctrl === 'boolean';
}

/** Keys that move, press and close in every page stay what they are. */
const KEPT: ReadonlySet<string> = new Set(['Tab', 'Enter', 'Escape']);
const MODIFIERS: ReadonlySet<string> = new Set([
  'Shift',
  'Control',
  'Meta',
  'Alt',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
]);
/** With Ctrl, browsers keep these for themselves and no page hears of them. */
const BROWSERS: ReadonlySet<string> = new Set(['n', 't', 'w']);

/** What was pressed, as a key for a shortcut: null while only a modifier is held; a text says why it cannot be one. */
export function chordOf(pressed: Pressed): Chord | string | null {
  if (MODIFIERS.has(pressed.key)) return null;
  const ctrl = pressed.ctrlKey || pressed.metaKey;
  const key = isLetter(pressed.key) ? pressed.key.toLowerCase() : pressed.key;
  if (KEPT.has(key)) return `${key} keeps its meaning in every page.`;
  if (pressed.altKey) return 'Alt belongs to the browser’s menus and to typing signs.';
  if (ctrl && BROWSERS.has(key)) return `Ctrl+${key.toUpperCase()} belongs to the browser.`;
  return { key, shift: pressed.shiftKey && !isSign(key), ctrl };
}

let chosen: ChosenKeys = {};
/** From here on these replace the keys of the table. */
export function chooseKeys(keys: ChosenKeys): void {
  chosen = keys;
}

function meant(shortcut: Shortcut, pressed: Pressed): boolean {
  const ctrl = pressed.ctrlKey || pressed.metaKey;
  const own = chosen[shortcut.id];
  if (own === null) return false;
  if (own === undefined)
    return (
      shortcut.keys.includes(pressed.key) &&
      (shortcut.ctrl ?? false) === ctrl &&
      (shortcut.shift === undefined || shortcut.shift === pressed.shiftKey)
    );
  const key = isLetter(pressed.key) ? pressed.key.toLowerCase() : pressed.key;
  return own.key === key && own.ctrl === ctrl && (isSign(key) || own.shift === pressed.shiftKey);
}

/** A key that a person chose comes before one of the table that is the same. */
export function shortcutOf(pressed: Pressed): Shortcut | undefined {
  if (pressed.altKey) return undefined;
  const found = SHORTCUTS.filter((shortcut) => meant(shortcut, pressed));
  return found.find(({ id }) => chosen[id] !== undefined) ?? found[0];
}

const CAPS: Readonly<Record<string, string>> = { ' ': 'Space', ArrowRight: '→', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓' };

/** As written on the key caps; none where the person took the key away. */
export function capsOf({ id, caps }: Shortcut): readonly string[] {
  const own = chosen[id];
  if (own === undefined) return caps;
  if (own === null) return [];
  const key = CAPS[own.key] ?? (own.key.length === 1 ? own.key.toUpperCase() : own.key);
  return [...(own.ctrl ? ['Ctrl'] : []), ...(own.shift ? ['Shift'] : []), key];
}

/** `Ctrl+→`, for tooltips. */
export function hintOf(id: ShortcutId): string {
  const shortcut = SHORTCUTS.find((s) => s.id === id);
  return shortcut ? capsOf(shortcut).join('+') || 'no key' : '';
}
