/** The graph on the page: Cytoscape below, the overlay canvas above, pointer and camera. Lives as long as one scene. */
import type { Target } from '../../protocol/parts.ts';
import type { Groups } from '../../protocol/groups.ts';
import type { Frame } from '../../protocol/protocol.ts';
import { KINDS, type Scene } from '../../protocol/scene.ts';
import { scheduler } from '../shared/scheduler.ts';
import type { LiveStore } from '../state/frame.ts';
import { groupPicked, useGroup } from '../state/groups.ts';
import { useView } from '../state/store.ts';
import type { Camera } from '../state/viewport.ts';
import { boundsOf } from './bounds.ts';
import { keepPlaces, type GroupPlace } from './groupPlaces.ts';
import { hitTest, type Ground, type Hit } from './hit.ts';
import { paint, type Lit } from './overlay.ts';
import { entitiesMarked, menuAsked, useMenu } from '../state/menu.ts';
import { within } from './marks.ts';
import { watchPointer, type PointerWatch } from './pointer.ts';
import { readPalette, type Palette } from '../shared/palette.ts';
import { keepLayout, laidOut } from './layouts.ts';
import { place, type Placement } from './placement.ts';
import { placed } from './placed.ts';
import { makeSprites, type Sprites } from '../shared/sprites.ts';
import { tipOf } from './tip.ts';
import { Topology } from './topology.ts';

export interface GraphHooks {
  /** What is shown of the scene. */
  readonly live: LiveStore;
  /** One of several. */
  readonly pane: boolean;
  /** States only: no stanzas under way. */
  readonly still: boolean;
  /** Which run of the scene it is a picture of. */
  run(): number;
  /** Whether a selected stanza is one of this run. */
  isPrimary(): boolean;
  picked(target: Target | null): void;
  /** Under the pointer: two lines, or nothing. */
  hovered(tip: readonly [string, string] | null, x: number, y: number): void;
  /** Ends of a stanza that is not under way now. */
  endsOf(message: number): Promise<readonly [number, number] | null>;
  reducedMotion(): boolean;
}

const INSET = { top: 40, bottom: 52, side: 28 };
/** In a pane the legend lies elsewhere. */
const PANE_INSET = { top: 44, bottom: 12, side: 16 };
const LARGEST_FIT = 1.6;
/** Who acts next is outlined unless that changes faster than can be read. */
const READABLE_SECONDS = 0.4;

export class GraphView implements Camera {
  readonly note: string | undefined;
  readonly #scene: Scene;
  readonly #host: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #hooks: GraphHooks;
  readonly #topology: Topology;
  readonly #placement: Placement;
  readonly #undo: (() => void)[] = [];
  #palette: Palette;
  #sprites: Sprites | null = null;
  #spriteKey = '';
  /** The person moved the camera; a resize no longer fits everything. */
  #moved = false;
  #gone = false;
  #pointer: PointerWatch | null = null;
  #centred: Target | null = null;
  readonly #rows: (groups: Groups | null) => readonly GroupPlace[];
  /** Key of the group under the pointer. */
  #pointed: string | null = null;
  #ends: { id: number; from: number; to: number; colour: string } | null = null;

  constructor(host: HTMLElement, canvas: HTMLCanvasElement, scene: Scene, hooks: GraphHooks) {
    this.#host = host;
    this.#canvas = canvas;
    this.#scene = scene;
    this.#hooks = hooks;
    this.#context = canvas.getContext('2d');
    this.#palette = readPalette();
    this.#topology = new Topology(host, scene, laidOut(scene) ?? place(scene), this.#palette, this.#redraw, this.#settled);
    this.#placement = this.#topology.placement;
    this.#rows = keepPlaces(scene, this.#placement);
    keepLayout(scene, this.#placement);
    this.note = this.#topology.note;
    placed.places = this.#placement;
    this.#size();
    this.#fit();
    this.#listen();
    void document.fonts.ready.then(() => this.#redress());
  }

  destroy(): void {
    this.#gone = true;
    for (const undo of this.#undo) undo();
    this.#topology.destroy();
    if (placed.places === this.#placement) placed.places = null;
  }

  zoomBy(factor: number): void {
    this.#moved = true;
    this.#topology.zoomTo(this.#topology.viewport.zoom * factor);
  }

  zoomReset(): void {
    this.#moved = true;
    this.#topology.zoomTo(1);
  }

  focus(): void {
    const { selection } = useView.getState();
    const at = selection === this.#centred ? null : this.#centreOf(selection);
    if (!at) {
      this.#fit();
      return;
    }
    const { width, height, zoom } = this.#topology.viewport;
    const closer = Math.max(zoom, 1.2);
    this.#moved = true;
    this.#centred = selection;
    this.#topology.look(closer, width / 2 - at[0] * closer, height / 2 - at[1] * closer);
  }

  roomChanged(): void {
    if (!this.#moved) this.#fit();
    this.#redraw();
  }

  #centreOf(target: Target | null): readonly [number, number] | null {
    const { x, y } = this.#placement;
    const middle = (a: number, b: number) => [((x[a] ?? 0) + (x[b] ?? 0)) / 2, ((y[a] ?? 0) + (y[b] ?? 0)) / 2] as const;
    if (target?.type === 'entity') return middle(target.index, target.index);
    const { from, to } = this.#lit(this.#hooks.live.get().shown);
    return from >= 0 ? middle(from, to) : null;
  }

  #fit(): void {
    const { width, height } = this.#topology.viewport;
    if (this.#placement.x.length === 0 || width === 0) return;
    const { left, right, top, bottom } = boundsOf(this.#scene, this.#placement);
    const inset = this.#hooks.pane ? PANE_INSET : INSET;
    const roomX = Math.max(40, width - 2 * inset.side);
    const bottomInset = this.#hooks.pane ? inset.bottom : Math.max(inset.bottom, placed.legend + 24);
    const roomY = Math.max(40, height - inset.top - bottomInset);
    const zoom = Math.min(LARGEST_FIT, roomX / (right - left), roomY / (bottom - top));
    this.#moved = false;
    this.#centred = null;
    this.#topology.look(zoom, width / 2 - ((left + right) / 2) * zoom, inset.top + roomY / 2 - ((top + bottom) / 2) * zoom);
  }

  #size(): void {
    const ratio = devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.#host;
    this.#canvas.width = Math.round(clientWidth * ratio);
    this.#canvas.height = Math.round(clientHeight * ratio);
    this.#topology.resize();
  }

  #redress(): void {
    this.#palette = readPalette();
    this.#spriteKey = '';
    this.#topology.patch(this.#palette);
    this.#redraw();
  }

  #listen(): void {
    const pointer = watchPointer(this.#host, {
      changed: this.#redraw,
      dragged: () => (this.#moved = true),
      clicked: (x, y) => this.#pick(this.#hit(x, y)),
      menu: (x, y, window) => {
        const hit = this.#hit(x, y);
        if (hit && !this.#hooks.pane) menuAsked({ target: hit.target, ...window });
      },
      lassoed: (path, window) => {
        const inside = this.#hooks.pane ? [] : within(path, this.#placement, this.#topology.viewport);
        entitiesMarked(inside);
        if (inside.length > 0) menuAsked({ target: { type: 'entity', index: inside[0] ?? 0 }, ...window });
      },
    });
    this.#pointer = pointer;
    const resized = new ResizeObserver(() => {
      this.#size();
      this.roomChanged();
    });
    resized.observe(this.#host);
    this.#undo.push(
      () => pointer.stop(),
      () => resized.disconnect(),
      useMenu.subscribe(this.#redraw),
      this.#hooks.live.subscribe(this.#redraw),
      useGroup.subscribe(this.#redraw),
      useView.subscribe((now, before) => {
        if (now.theme !== before.theme) this.#redress();
        else if (now.selection !== before.selection || now.playing !== before.playing) this.#redraw();
      }),
    );
  }

  /** Nodes have moved: with less motion, only where they stay counts. */
  readonly #settled = (): void => {
    if (this.#gone) return;
    // While it settles as well: of very many nodes that takes a while.
    if (!this.#moved) this.#fit();
    this.#redraw();
  };

  readonly #redraw = (): void => scheduler.once(this.#draw);

  readonly #draw = (): void => {
    const { run, shown, frame, t, groups, followed, involved } = this.#hooks.live.get();
    if (this.#gone || run !== this.#hooks.run() || !shown || !this.#context) return;
    const { playing, speed } = useView.getState();
    const viewport = this.#topology.viewport;
    // Gone from the page, or not laid out yet: there is nothing to draw on.
    if (viewport.width === 0) return;
    const ratio = this.#canvas.width / Math.max(1, viewport.width);
    this.#topology.show(shown);
    const settled = frame === shown && (!playing || ((frame.next?.tick ?? t) - frame.tick) / speed > READABLE_SECONDS);
    paint(this.#context, {
      scene: this.#scene,
      placement: this.#placement,
      frame: shown,
      t,
      viewport,
      ratio,
      palette: this.#palette,
      sprites: this.#spritesFor(viewport.zoom, ratio),
      lit: this.#lit(shown),
      next: settled ? (frame.next?.entity ?? -1) : -1,
      hops: this.#hooks.reducedMotion(),
      still: this.#hooks.still,
      bodies: !this.#topology.drawsBodies,
      groups: groups && { groups, places: this.#rows(groups), picked: this.#pointed ?? useGroup.getState().picked },
      web: this.#topology.web,
      marks: { marked: useMenu.getState().marked, lasso: this.#pointer?.lasso ?? null },
      story: followed,
      involved,
    });
    this.#hover();
  };

  #spritesFor(zoom: number, ratio: number): Sprites {
    const node = this.#placement.style === 'federation' ? 20 : (this.#placement.halfWidth[0] ?? 6);
    const natural = node >= 20 ? 7 : node >= 13 ? 6 : node >= 9 ? 4.5 : 3.5;
    // Half pixels: a camera that moves slowly must not draw new ones for every frame.
    const radius = Math.round(2 * natural * Math.min(1.4, Math.max(0.7, zoom))) / 2;
    const key = `${radius} ${ratio}`;
    if (!this.#sprites || key !== this.#spriteKey) {
      this.#sprites = makeSprites(radius, ratio, this.#palette);
      this.#spriteKey = key;
    }
    return this.#sprites;
  }

  #lit(frame: Frame | null): Lit {
    const { selection } = useView.getState();
    const lit = { entity: -1, message: -1, from: -1, to: -1, colour: this.#palette.accent };
    if (selection?.type === 'entity') return { ...lit, entity: selection.index };
    if (selection?.type === 'link') {
      const { from, to } = this.#scene.links;
      return { ...lit, from: from[selection.index] ?? -1, to: to[selection.index] ?? -1 };
    }
    if (selection?.type !== 'message' || !this.#hooks.isPrimary()) return lit;
    const ends = this.#endsOf(selection.id, frame);
    return { ...lit, message: selection.id, from: ends?.from ?? -1, to: ends?.to ?? -1, colour: ends?.colour ?? lit.colour };
  }

  #endsOf(id: number, frame: Frame | null) {
    if (this.#ends?.id === id) return this.#ends;
    const i = frame?.flights.id.indexOf(id) ?? -1;
    if (frame && i >= 0) {
      const kind = KINDS[frame.flights.kind[i] ?? 0] ?? 'message';
      this.#ends = { id, from: frame.flights.from[i] ?? -1, to: frame.flights.to[i] ?? -1, colour: this.#palette.kinds[kind] };
      return this.#ends;
    }
    // Not under way now: ask, once, and draw again when it is known.
    this.#ends = { id, from: -1, to: -1, colour: this.#palette.accent };
    void this.#hooks.endsOf(id).then((ends) => {
      if (!ends || this.#ends?.id !== id) return;
      this.#ends = { id, from: ends[0], to: ends[1], colour: this.#palette.accent };
      this.#redraw();
    });
    return this.#ends;
  }

  get #ground(): Ground {
    const { shown, t, groups: known } = this.#hooks.live.get();
    const [hops, groups] = [this.#hooks.reducedMotion(), this.#rows(known)];
    return { scene: this.#scene, placement: this.#placement, viewport: this.#topology.viewport, frame: shown, t, hops, groups };
  }

  #hit(x: number, y: number): Hit | null {
    return hitTest(this.#ground, x, y);
  }

  #pick(hit: Hit | null): void {
    groupPicked(hit?.group?.group.key ?? null);
    this.#hooks.picked(hit?.target ?? null);
  }

  #hover(): void {
    const at = this.#pointer?.at;
    const hit = at && this.#pointer?.pressed !== true ? this.#hit(at.x, at.y) : null;
    const pointed = hit?.group?.group.key ?? null;
    if (pointed !== this.#pointed) {
      this.#pointed = pointed;
      this.#redraw();
    }
    this.#host.style.cursor = hit ? 'pointer' : '';
    this.#hooks.hovered(hit ? tipOf(hit, this.#ground) : null, at?.x ?? 0, at?.y ?? 0);
  }
}
