/** What the page remembers of a person's wishes, on this machine only. A full or forbidden store is no error. */
import { isChord, SHORTCUTS, type ChosenKeys } from '../shared/shortcuts.ts';

const KEY = 'stanzascope/preferences/1';

export interface PanelState {
  readonly open: boolean;
  /** Width, or height for the dock, in CSS pixels. */
  readonly size: number;
}
/** The dock has a height of its own for the lab, whose plots and forms want more; the left panel a width of its own for text. */
export type PanelName = 'left' | 'right' | 'dock' | 'lab' | 'guide';
/** What the guide in the place of the left panel is about. */
export const GUIDES = ['exercises', 'filters'] as const;
export type GuideName = (typeof GUIDES)[number];
export const DOCK_VIEWS = ['events', 'spacetime', 'charts', 'lab', 'notes'] as const;
/** What the dock shows: events beside the charts, the space-time diagram, the charts alone, the lab, or the notes. */
export type DockView = (typeof DOCK_VIEWS)[number];
export const LAB_VIEWS = ['compare', 'sweep', 'ways'] as const;
export type LabView = (typeof LAB_VIEWS)[number];
export interface Preferences {
  readonly theme: 'dark' | 'light';
  readonly panels: Readonly<Record<PanelName, PanelState>>;
  readonly dock: DockView;
  /** What the lab shows. */
  readonly lab: LabView;
  /** Parts of the left panel that the person opened or closed, by title. */
  readonly groups: Readonly<Record<string, boolean>>;
  /** Single-key shortcuts can be switched off (WCAG 2.1.4). */
  readonly shortcutsOn: boolean;
  /** What equal ways on the scrubber are: equally many events, or equally long times. */
  readonly axis: 'events' | 'time';
  /** Keys that the person chose instead of those of the table. */
  readonly keys: ChosenKeys;
}

export const PANEL_LIMITS: Readonly<Record<PanelName, readonly [number, number]>> = {
  left: [184, 400],
  right: [280, 720],
  dock: [144, 560],
  lab: [144, 720],
  guide: [240, 560],
};

const LAB_HEIGHT = Math.round(Math.min(460, Math.max(264, 0.38 * (globalThis.innerHeight || 0))));

const DEFAULTS: Preferences = {
  theme: 'dark',
  panels: {
    left: { open: true, size: 236 },
    right: { open: true, size: 356 },
    dock: { open: true, size: 264 },
    lab: { open: true, size: LAB_HEIGHT },
    guide: { open: true, size: 340 },
  },
  dock: 'events',
  lab: 'compare',
  groups: {},
  shortcutsOn: true,
  axis: 'events',
  keys: {},
};

const panelOf = (value: unknown, name: PanelName): PanelState => {
  const { open, size } = { ...DEFAULTS.panels[name], ...(value as Partial<PanelState> | undefined) };
  const [low, high] = PANEL_LIMITS[name];
  return { open: open !== false, size: Number.isFinite(size) ? Math.min(high, Math.max(low, size)) : DEFAULTS.panels[name].size };
};

const keysOf = (kept: unknown): ChosenKeys => {
  const found = Object.entries((kept ?? {}) as Record<string, unknown>);
  return Object.fromEntries(found.filter(([id, key]) => SHORTCUTS.some((s) => s.id === id) && (key === null || isChord(key))));
};

export function loadPreferences(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    return {
      theme: kept.theme === 'light' ? 'light' : 'dark',
      shortcutsOn: kept.shortcutsOn !== false,
      dock: DOCK_VIEWS.find((name) => name === kept.dock) ?? 'events',
      lab: LAB_VIEWS.find((name) => name === kept.lab) ?? 'compare',
      axis: kept.axis === 'time' ? 'time' : 'events',
      keys: keysOf(kept.keys),
      groups: Object.fromEntries(Object.entries(kept.groups ?? {}).filter(([, open]) => typeof open === 'boolean')),
      panels: {
        left: panelOf(kept.panels?.left, 'left'),
        right: panelOf(kept.panels?.right, 'right'),
        dock: panelOf(kept.panels?.dock, 'dock'),
        lab: panelOf(kept.panels?.lab, 'lab'),
        guide: panelOf(kept.panels?.guide, 'guide'),
      },
    };
  } catch {
    return DEFAULTS;
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Private windows and full disks: the wish holds until the page is closed.
  }
}
