/** Intent and selection, and nothing else. Actions are named as the events they are. */
import { create } from 'zustand';
import type { Problem } from '../../base/result.ts';
import type { Catalogue } from '../../protocol/catalogue.ts';
import type { Target } from '../../protocol/parts.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import type { Scene } from '../../protocol/scene.ts';
import type { WaysSpec } from '../../protocol/ways.ts';
import { chooseKeys, type Chord, type ShortcutId } from '../shared/shortcuts.ts';
import type { LiveStore } from './frame.ts';
import {
  loadPreferences,
  PANEL_LIMITS,
  savePreferences,
  type DockView,
  type GuideName,
  type LabView,
  type PanelName,
  type Preferences,
} from './preferences.ts';

export type OpenScene = Scene & { readonly run: number };

export interface Notice {
  readonly id: number;
  /** A problem stays until it is closed; what is merely said goes by itself. */
  readonly kind: 'problem' | 'said';
  readonly text: string;
  readonly hint?: string | undefined;
  /** Offered beside the words. */
  readonly action?: 'reload' | undefined;
}

/** A graph file on its way in. `large`: said before it is slow, and waiting for a yes. */
export interface Importing {
  readonly name: string;
  readonly bytes: number;
  /** Links counted without parsing; 0 while the file is being read. */
  readonly links: number;
  readonly stage: 'large' | 'reading' | 'parsing' | 'refused';
  readonly problem?: Problem | undefined;
  /** The line of the file that the problem names. */
  readonly excerpt?: string | undefined;
}

/** One of the configurations that are compared. */
export interface PaneView {
  readonly id: number;
  readonly scene: OpenScene;
  readonly asked: OpenArgs;
  /** What is on show of it. */
  readonly store: LiveStore;
}
export const MOST_PANES = 4;

export type Dialog = 'shortcuts' | 'share' | 'palette' | null;

interface View extends Preferences {
  /** What exists; null until the source has said. */
  readonly catalogue: Catalogue | null;
  /** The scene that is open: static, replaced as a whole. */
  readonly scene: OpenScene | null;
  /** Name of the local file that the scene was opened from; null for one of the catalogue's. */
  readonly file: string | null;
  /** How it was asked for: what differs from the scenario's own. */
  readonly asked: OpenArgs | null;
  /** Configurations side by side, the open scene among them; empty: nothing is compared. */
  readonly panes: readonly PaneView[];
  /** Which of them is the open scene. */
  readonly primary: number;
  /** Another scene is being opened; the one on show stays until it is there. */
  readonly opening: boolean;
  /** Time is meant to run. */
  readonly playing: boolean;
  /** Ticks of simulated time for one second here; Infinity: as fast as it is computed. */
  readonly speed: number;
  /** The one selection that all views share. */
  readonly selection: Target | null;
  /** The stanza or event whose causes and effects are lit in every view. */
  readonly following: Target | null;
  /** Open dialog, if any. */
  readonly dialog: Dialog;
  /** File being imported, if any. */
  readonly importing: Importing | null;
  /** Things to tell the person, oldest first. */
  readonly notices: readonly Notice[];
  /** Which group is compared in the lab's ways, once somebody has asked for it. */
  readonly ways: WaysAsked | null;
  /** What is explained in the place of the left panel; null: that panel itself is there. */
  readonly guide: GuideName | null;
  /** Somebody asked for it, and the keyboard is to go there. */
  readonly guideCalled: boolean;
  /** The table of entities is shown instead of being there for the keyboard and screen readers only. */
  readonly entitiesShown: boolean;

  catalogueArrived(catalogue: Catalogue): void;
  openingBegan(): void;
  openingFailed(): void;
  sceneOpened(scene: OpenScene, asked: OpenArgs): void;
  panesChanged(panes: readonly PaneView[], primary: number): void;
  primaryChosen(scene: OpenScene, asked: OpenArgs): void;
  playPressed(): void;
  pausePressed(): void;
  speedChosen(ticksPerSecond: number): void;
  picked(target: Target | null): void;
  followAsked(target: Target | null): void;
  dialogAsked(dialog: Dialog): void;
  guideAsked(guide: GuideName | null): void;
  /** In its panel, which is opened for it. */
  guideOpened(guide: GuideName): void;
  importMoved(importing: Importing | null): void;
  problemMet(problem: Problem, action?: 'reload'): void;
  said(text: string): void;
  noticeClosed(id: number): void;
  themeToggled(): void;
  panelResized(name: PanelName, size: number): void;
  panelToggled(name: PanelName, open?: boolean): void;
  dockChosen(dock: DockView): void;
  labChosen(lab: LabView): void;
  waysAsked(ways: WaysAsked | null): void;
  groupToggled(title: string, open: boolean): void;
  shortcutsSwitched(on: boolean): void;
  axisToggled(): void;
  /** Another key for a shortcut, none (`null`), or the one of the table again. */
  keyChosen(id: ShortcutId, key: Chord | null | undefined): void;
  keysReset(): void;
  entitiesToggled(): void;
}

/** Seed and parameters of the group; as in `WaysSpec`. */
export type WaysAsked = Pick<WaysSpec, 'seed'> & { readonly params: ParamValues };

const MOST_NOTICES = 4;
let lastNotice = 0;

/** Said again, it moves to the end; the requests that fail with a crash do not hide the way out of it. */
function withNotice(notices: readonly Notice[], notice: Omit<Notice, 'id'>): readonly Notice[] {
  const before = notices.find(({ text }) => text === notice.text);
  if (before?.action) return notices;
  return [...notices.filter((n) => n !== before).slice(1 - MOST_NOTICES), { ...notice, id: ++lastNotice }];
}

/** In another configuration of a scene others may be there: what is selected stays where it is there too. */
function sameThing(target: Target | null, before: OpenScene, now: OpenScene): Target | null {
  if (before === now) return target?.type === 'entity' || target?.type === 'link' ? target : null;
  const entityOf = (entity: number | undefined) =>
    entity === undefined ? -1 : now.entities.jid.indexOf(before.entities.jid[entity] ?? '');
  if (target?.type === 'entity') {
    const index = entityOf(target.index);
    return index < 0 ? null : { type: 'entity', index };
  }
  if (target?.type !== 'link') return null;
  const [from, to] = [entityOf(before.links.from[target.index]), entityOf(before.links.to[target.index])];
  const index = now.links.from.findIndex((end, link) => end === from && now.links.to[link] === to);
  return index < 0 ? null : { type: 'link', index };
}

export const useView = create<View>()((set) => ({
  ...loadPreferences(),
  catalogue: null,
  scene: null,
  file: null,
  asked: null,
  panes: [],
  primary: -1,
  opening: false,
  playing: false,
  speed: 1,
  selection: null,
  following: null,
  dialog: null,
  importing: null,
  notices: [],
  ways: null,
  guide: null,
  guideCalled: false,
  entitiesShown: false,

  catalogueArrived: (catalogue) => set({ catalogue }),
  openingBegan: () => set({ opening: true }),
  openingFailed: () => set({ opening: false }),
  sceneOpened: (scene, asked) =>
    set({
      scene,
      asked,
      file: asked.graph?.name ?? null,
      opening: false,
      playing: false,
      speed: scene.speed,
      selection: null,
      following: null,
    }),
  panesChanged: (panes, primary) => set({ panes, primary }),
  primaryChosen: (scene, asked) =>
    set((s) => ({
      scene,
      asked,
      following: null,
      selection: s.scene && sameThing(s.selection, s.scene, scene),
    })),
  playPressed: () => set({ playing: true }),
  pausePressed: () => set({ playing: false }),
  speedChosen: (speed) => set({ speed }),
  picked: (selection) => set({ selection }),
  followAsked: (following) => set({ following }),
  dialogAsked: (dialog) => set({ dialog }),
  guideAsked: (guide) => set({ guide, guideCalled: false }),
  guideOpened: (guide) => set((s) => ({ guide, guideCalled: true, panels: { ...s.panels, left: { ...s.panels.left, open: true } } })),
  importMoved: (importing) => set({ importing }),
  problemMet: (problem, action) =>
    set((s) => ({ notices: withNotice(s.notices, { kind: 'problem', text: problem.message, hint: problem.hint, action }) })),
  said: (text) => set((s) => ({ notices: withNotice(s.notices, { kind: 'said', text }) })),
  noticeClosed: (id) => set((s) => ({ notices: s.notices.filter((n) => n.id !== id) })),
  themeToggled: () => set((s) => ({ theme: s.theme === 'dark' ? 'light' : 'dark' })),
  panelResized: (name, size) =>
    set((s) => {
      const [low, high] = PANEL_LIMITS[name];
      return { panels: { ...s.panels, [name]: { ...s.panels[name], size: Math.round(Math.min(high, Math.max(low, size))) } } };
    }),
  panelToggled: (name, open) =>
    set((s) => ({ panels: { ...s.panels, [name]: { ...s.panels[name], open: open ?? !s.panels[name].open } } })),
  dockChosen: (dock) => set((s) => ({ dock, panels: { ...s.panels, dock: { ...s.panels.dock, open: true } } })),
  labChosen: (lab) => set({ lab }),
  waysAsked: (ways) => set({ ways }),
  groupToggled: (title, open) => set((s) => ({ groups: { ...s.groups, [title]: open } })),
  shortcutsSwitched: (shortcutsOn) => set({ shortcutsOn }),
  axisToggled: () => set((s) => ({ axis: s.axis === 'time' ? 'events' : 'time' })),
  keyChosen: (id, key) =>
    set((s) => {
      const { [id]: _, ...others } = s.keys;
      return { keys: key === undefined ? others : { ...others, [id]: key } };
    }),
  keysReset: () => set({ keys: {} }),
  entitiesToggled: () => set((s) => ({ entitiesShown: !s.entitiesShown })),
}));

useView.subscribe((now, before) => {
  const { theme, panels, dock, lab, groups, shortcutsOn, axis, keys } = now;
  const kept = { theme, panels, dock, lab, groups, shortcutsOn, axis, keys };
  chooseKeys(keys);
  if (Object.entries(kept).some(([name, value]) => before[name as keyof typeof kept] !== value)) savePreferences(kept);
});

chooseKeys(useView.getState().keys);

/** The same thing, whether or not it is the same object. */
export function sameTarget(a: Target | null | undefined, b: Target | null | undefined): boolean {
  if (!a || !b) return a === b;
  return a.type === b.type && targetNumber(a) === targetNumber(b);
}

export function targetNumber(target: Target): number {
  if (target.type === 'message') return target.id;
  return target.type === 'event' ? target.ordinal : target.index;
}
