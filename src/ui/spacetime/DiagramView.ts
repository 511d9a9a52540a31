/** The diagram on the page: where the window is, what is held of it, and its two canvases. Lives as long as one scene is on show. */
import type { Progress } from '../../protocol/protocol.ts';
import type { Scene } from '../../protocol/scene.ts';
import type { Controller } from '../client/contract.ts';
import { makeSprites, type Sprites } from '../shared/sprites.ts';
import { readPalette, type Palette } from '../shared/palette.ts';
import { scheduler } from '../shared/scheduler.ts';
import { arranged, useDiagram, type Span } from '../state/diagram.ts';
import { live, type Live } from '../state/frame.ts';
import { FILTER } from '../state/queries.ts';
import { useView } from '../state/store.ts';
import { createDiagramCache, type DiagramCache, type Held } from './cache.ts';
import { gapFor, leastLength, lengthOf, linesInView, mostScroll, overOf, placeAt, within, zoomed, type Sheet } from './geometry.ts';
import type { Hit } from './hit.ts';
import { useIntent } from './intent.ts';
import { linesOf, type Lines } from './lines.ts';
import { litOf, noted } from './lit.ts';
import { paintOverlay } from './overlay.ts';
import { paint } from './paint.ts';
import { createSeeker, type Seeker } from './reveal.ts';
import { cursorAlong, endAlong, naturalWindow, withPlace } from './window.ts';

/** Stanzas that are drawn one by one: as many as there are pixels along the window, within reason. */
const MOST = { least: 500, most: 2500 };
const COLUMN = 3;
const SHAPE_RADIUS = 4;

/** What React shows of it: replaced as a whole. */
export interface Shown {
  readonly sheet: Sheet;
  readonly lines: Lines;
  readonly held: Held | null;
}

export class DiagramView {
  readonly scene: Scene;
  readonly #canvas: HTMLCanvasElement;
  readonly #overlay: HTMLCanvasElement;
  readonly #seeker: Seeker;
  readonly #cache: DiagramCache;
  readonly #undo: (() => void)[] = [];
  readonly #listeners = new Set<() => void>();
  #palette: Palette = readPalette();
  #sprites: Sprites | null = null;
  #lines: Lines;
  #window: Span;
  #scroll = 0;
  #size = { width: 0, height: 0 };
  #shown: Shown;
  /** The window goes with the cursor until somebody moves it away. */
  #following = true;
  #before: Pick<Live, 'followed' | 'notes'> & { readonly at: number; readonly playing: boolean } = {
    at: -1,
    playing: false,
    followed: null,
    notes: null,
  };
  #active = 0;
  #watched: Progress['watched'];
  hover: { readonly hit: Hit; readonly x: number; readonly y: number } | null = null;

  constructor(
    canvas: HTMLCanvasElement,
    overlay: HTMLCanvasElement,
    scene: Scene,
    controller: Controller,
    failed: (error: unknown) => void,
  ) {
    this.#canvas = canvas;
    this.#overlay = overlay;
    this.scene = scene;
    const { axis, window } = useDiagram.getState();
    this.#lines = linesOf(scene.entities, useDiagram.getState());
    this.#window = window ?? naturalWindow(axis, live.get());
    this.#shown = { sheet: this.sheet, lines: this.#lines, held: null };
    this.#seeker = createSeeker(this, controller.ask, () => this.#changed());
    this.#cache = createDiagramCache((args) => controller.ask('diagram', args), this.#changed, failed);
    this.#undo.push(
      live.subscribe(this.#lived),
      useDiagram.subscribe((now, before) => {
        if (now.hidden !== before.hidden || now.collapsed !== before.collapsed || now.order !== before.order)
          this.#lines = linesOf(scene.entities, now);
        if (now.window === null && (before.window !== null || now.axis !== before.axis)) this.#following = true;
        if (now.window) this.#window = now.window;
        else if (now.axis !== before.axis || before.window !== null) this.#window = naturalWindow(now.axis, live.get());
        this.#changed();
      }),
      useView.subscribe((now, before) => {
        if (now.theme !== before.theme) this.#dress();
        else if (now.selection !== before.selection) {
          this.#seeker.seek(now.selection);
          this.#changed();
        }
        if (now.playing !== before.playing) this.#lived();
      }),
      useIntent.subscribe(() => this.#changed()),
    );
    void document.fonts.ready.then(() => this.#changed());
  }

  destroy(): void {
    this.#cache.close();
    for (const undo of this.#undo) undo();
    this.#listeners.clear();
  }
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly shown = (): Shown => this.#shown;

  get sheet(): Sheet {
    const { across } = useDiagram.getState();
    const base = { across, ...this.#size, lines: this.#lines.list.length };
    const gap = gapFor(base);
    this.#scroll = Math.min(this.#scroll, mostScroll({ ...base, gap }));
    return { ...base, gap, scroll: this.#scroll, window: this.#window };
  }
  get held(): Held | null {
    return this.#cache.get();
  }
  get lines(): Lines {
    return this.#lines;
  }

  resize(width: number, height: number): void {
    this.#size = { width, height };
    const ratio = devicePixelRatio || 1;
    for (const canvas of [this.#canvas, this.#overlay]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.#dress();
  }
  #dress(): void {
    this.#palette = readPalette();
    this.#sprites = makeSprites(SHAPE_RADIUS, devicePixelRatio || 1, this.#palette);
    this.#changed();
  }

  /** By pixels along time and over the lines. */
  pan(along: number, over: number): void {
    if (along !== 0) {
      const by = (along / lengthOf(this.sheet)) * (this.#window.to - this.#window.from);
      this.#choose({ from: this.#window.from + by, to: this.#window.to + by });
    }
    if (over !== 0) this.scrollTo(this.#scroll + over);
  }
  scrollTo(scroll: number): void {
    this.#seeker.seek(null);
    this.#scroll = Math.min(Math.max(0, scroll), mostScroll(this.sheet));
    this.#changed();
  }
  /** @param along the pixel that stays where it is; absent: the cursor where it is in view, else the middle. */
  zoom(factor: number, along?: number): void {
    const { axis } = useDiagram.getState();
    const { from, to } = this.#window;
    const at = cursorAlong(axis, live.get());
    const about = along !== undefined ? placeAt(this.sheet, along) : at >= from && at <= to ? at : (from + to) / 2;
    const most = Math.max(leastLength(axis), endAlong(axis, live.get()) * 1.2);
    this.#choose(zoomed(this.#window, Math.min(factor, most / (to - from)), about, leastLength(axis)));
  }
  /** Everything; or again as wide as can be read. */
  fit(): void {
    const { axis } = useDiagram.getState();
    const end = Math.max(leastLength(axis), endAlong(axis, live.get()));
    const isAll = this.#window.from <= 0 && this.#window.to >= end;
    if (isAll) arranged({ window: null });
    else this.#choose({ from: 0, to: end });
  }
  reveal(at: number): void {
    const next = withPlace(this.#window, at, endAlong(useDiagram.getState().axis, live.get()));
    if (next !== this.#window) this.#set(next);
  }
  revealLine(line: number): void {
    const { gap, scroll } = this.sheet;
    const over = overOf(this.sheet, line);
    const [low, high] = this.sheet.across ? [gap, this.sheet.height - gap / 2] : [gap, this.sheet.width - gap / 2];
    if (over < low || over > high) this.scrollTo(scroll + over - (low + high) / 2);
  }

  /** Somebody wants the window there. */
  #choose(window: Span): void {
    const { axis } = useDiagram.getState();
    const next = within(window, 0, endAlong(axis, live.get()));
    const at = cursorAlong(axis, live.get());
    this.#following = at >= next.from && at <= next.to;
    arranged({ window: next });
  }
  /** It goes there by itself: whether it is of somebody's choosing does not change. */
  #set(window: Span): void {
    this.#window = window;
    if (useDiagram.getState().window) arranged({ window });
    else this.#changed();
  }

  readonly #lived = (): void => {
    const now = live.get();
    const { playing } = useView.getState();
    const { axis, window } = useDiagram.getState();
    const at = cursorAlong(axis, now);
    const isMoved = at !== this.#before.at;
    if (isMoved && (!playing || !this.#before.playing)) this.#following = true;
    if (now.followed !== this.#before.followed || now.notes !== this.#before.notes) this.#changed();
    this.#before = { at, playing, followed: now.followed, notes: now.notes };
    // A run that is being computed grows; a window of nobody's choosing grows with it.
    const grown = window === null ? naturalWindow(axis, now) : this.#window;
    const length = grown.to - grown.from;
    if (window === null && Math.abs(length - (this.#window.to - this.#window.from)) > length * 1e-9) this.#set(grown);
    if (this.#following && isMoved) this.reveal(at);
    if (this.held && (this.#window.to >= this.held.data.end || now.progress?.watched !== this.#watched)) this.#want();
    this.#watched = now.progress?.watched;
    scheduler.once(this.#drawOverlay);
  };

  /** Anything but the cursor is another: ask for what is missing, draw, tell React. */
  readonly #changed = (): void => {
    this.#want();
    scheduler.once(this.#draw);
  };
  #want(): void {
    const { sheet } = this;
    if (sheet.width === 0 || sheet.lines === 0) return;
    const { axis } = useDiagram.getState();
    const [first, last] = linesInView(sheet);
    const length = lengthOf(sheet);
    const { selection } = useView.getState();
    const filter = live.get().progress?.watched?.find(({ name }) => name === FILTER);
    this.#cache.want({
      axis,
      ...this.#window,
      lines: this.#lines,
      first,
      last,
      most: Math.min(MOST.most, Math.max(MOST.least, Math.round(length * 1.2))),
      columns: Math.max(1, Math.floor(length / COLUMN)),
      keep: selection?.type === 'message' ? [selection.id] : [],
      known: live.get().progress?.events ?? 0,
      filter: filter?.text ?? '',
      asked: filter?.scanned ?? 0,
    });
  }

  readonly #draw = (): void => {
    this.#seeker.look();
    const { sheet, held } = this;
    const c = this.#canvas.getContext('2d');
    if (c && held && this.#sprites && sheet.width > 0 && sheet.lines > 0)
      paint(c, {
        sheet,
        held,
        scene: this.scene,
        palette: this.#palette,
        sprites: this.#sprites,
        ratio: this.#canvas.width / sheet.width,
        notes: noted(live.get().notes?.marks),
        lit: litOf(useView.getState().selection, live.get().followed, useIntent.getState()),
      });
    else if (c) c.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#shown = { sheet, lines: this.#lines, held };
    for (const listener of this.#listeners) listener();
    this.#drawOverlay();
  };

  /** The keys, or a click, are at this event; 0: at none. */
  activate(ordinal: number): void {
    this.#active = ordinal;
    this.redrawOverlay();
  }
  readonly redrawOverlay = (): void => scheduler.once(this.#drawOverlay);
  readonly #drawOverlay = (): void => {
    const c = this.#overlay.getContext('2d');
    const { sheet, held } = this;
    if (!c || sheet.width === 0) return;
    const { axis } = useDiagram.getState();
    paintOverlay(c, {
      sheet,
      held,
      palette: this.#palette,
      ratio: this.#overlay.width / sheet.width,
      cursor: cursorAlong(axis, live.get()),
      cut: useIntent.getState().cut,
      verdict: useIntent.getState().verdict,
      lines: this.#lines,
      hover: this.hover?.hit ?? null,
      active: this.#active,
    });
  };
}
