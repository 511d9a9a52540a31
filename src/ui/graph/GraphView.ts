/** The graph on the page: Cytoscape below, the overlay canvas above, pointer and camera. Lives as long as one scene. */
import type { Target } from '../../protocol/parts.ts';
import type { Groups } from '../../protocol/groups.ts';
import type { Scene } from '../../protocol/scene.ts';
import { scheduler } from '../shared/scheduler.ts';
import type { LiveStore } from '../state/frame.ts';
import { groupPicked, useGroup } from '../state/groups.ts';
import { sendingAsked } from '../state/sending.ts';
import { useView } from '../state/store.ts';
import type { Camera } from '../state/viewport.ts';
import { GraphCamera, roomInPane } from './camera.ts';
import { Density } from './density.ts';
import { keepPlaces, type GroupPlace } from './groupPlaces.ts';
import { hitTest, type Ground, type Hit } from './hit.ts';
import { Lights } from './lit.ts';
import { paint } from './overlay.ts';
import { entitiesMarked, menuAsked, useMenu } from '../state/menu.ts';
import { within } from './marks.ts';
import { watchPointer, type Point, type PointerWatch } from './pointer.ts';
import { canDragFrom, type SendDrag } from './sendDrag.ts';
import { readPalette, type Palette } from '../shared/palette.ts';
import { keepLayout, laidOut } from './layouts.ts';
import { placeIn } from './legible.ts';
import { USUAL_ROOM, type Placement } from './placement.ts';
import { placed } from './placed.ts';
import { makeSprites, type Sprites } from '../shared/sprites.ts';
import { tipOf } from './tip.ts';
import { Topology } from './topology.ts';

export interface GraphHooks {
  /** What is shown of the scene. */
  readonly live: LiveStore;
  /** One of several. */
  readonly pane: boolean;
  /** Which run of the scene it is a picture of. */
  run(): number;
  /** Whether a selected stanza is one of this run. */
  isPrimary(): boolean;
  picked(target: Target | null): void;
  /** What is done next is done to this picture's run, once that is what the page is about. */
  meant(then: () => void): void;
  /** Under the pointer: two lines, or nothing. */
  hovered(tip: readonly [string, string] | null, x: number, y: number): void;
  /** Ends of a stanza that is not under way now. */
  endsOf(message: number): Promise<readonly [number, number] | null>;
  reducedMotion(): boolean;
}

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
  readonly #camera: GraphCamera;
  readonly #lights: Lights;
  readonly #density = new Density();
  readonly #undo: (() => void)[] = [];
  #palette: Palette;
  #sprites: Sprites | null = null;
  #spriteKey = '';
  #gone = false;
  #pointer: PointerWatch | null = null;
  readonly #rows: (groups: Groups | null) => readonly GroupPlace[];
  /** Key of the group under the pointer. */
  #pointed: string | null = null;

  constructor(host: HTMLElement, canvas: HTMLCanvasElement, scene: Scene, hooks: GraphHooks) {
    this.#host = host;
    this.#canvas = canvas;
    this.#scene = scene;
    this.#hooks = hooks;
    this.#context = canvas.getContext('2d');
    this.#palette = readPalette();
    const room = hooks.pane ? roomInPane(host) : USUAL_ROOM;
    const laid = laidOut(scene) ?? placeIn(scene, room);
    this.#topology = new Topology(host, scene, laid, room, this.#palette, this.#redraw, this.#settled);
    this.#placement = this.#topology.placement;
    this.#rows = keepPlaces(scene, this.#placement);
    keepLayout(scene, this.#topology.laid);
    this.note = this.#topology.note;
    placed.places = this.#placement;
    const { live } = hooks;
    this.#lights = new Lights(scene, { isPrimary: hooks.isPrimary, endsOf: hooks.endsOf, known: this.#redraw });
    this.#camera = new GraphCamera(scene, this.#topology, hooks.pane, () => this.#lights.of(live.get().shown, this.#palette));
    this.#size();
    this.#camera.fit();
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
    this.#camera.zoomBy(factor);
  }
  zoomReset(): void {
    this.#camera.zoomReset();
  }
  focus(): void {
    this.#camera.focus();
  }
  roomChanged(): void {
    this.#camera.roomChanged();
    this.#redraw();
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
      dragged: () => this.#camera.dragged(),
      clicked: (x, y) => this.#pick(this.#hit(x, y)),
      menu: (x, y, window) => {
        const hit = this.#hit(x, y);
        if (hit) this.#hooks.meant(() => menuAsked({ target: hit.target, ...window }));
      },
      lassoed: (path, window) => {
        const inside = within(path, this.#placement, this.#topology.viewport);
        this.#hooks.meant(() => {
          entitiesMarked(inside);
          if (inside.length > 0) menuAsked({ target: { type: 'entity', index: inside[0] ?? 0 }, ...window });
        });
      },
      grabbed: (x, y) => this.#senderAt(x, y),
      dropped: (from, x, y, window) => this.#dropped(from, this.#receiverAt(x, y), window),
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
    // While it settles as well: of very many nodes that takes a while.
    if (!this.#gone) this.roomChanged();
  };

  readonly #redraw = (): void => scheduler.once(this.#draw);

  readonly #draw = (): void => {
    const { run, shown, frame, t, groups, followed, involved, traffic } = this.#hooks.live.get();
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
      lit: this.#lights.of(shown, this.#palette),
      next: settled ? (frame.next?.entity ?? -1) : -1,
      hops: this.#hooks.reducedMotion(),
      bodies: !this.#topology.drawsBodies,
      groups: groups && { groups, places: this.#rows(groups), picked: this.#pointed ?? useGroup.getState().picked },
      web: this.#topology.web,
      marks: { marked: useMenu.getState().marked, lasso: this.#pointer?.lasso ?? null, drag: this.#drag },
      density: this.#density,
      traffic,
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

  get #ground(): Ground {
    const { shown, t, groups: known, traffic } = this.#hooks.live.get();
    const [hops, groups] = [this.#hooks.reducedMotion(), this.#rows(known)];
    return {
      scene: this.#scene,
      placement: this.#placement,
      viewport: this.#topology.viewport,
      frame: shown,
      t,
      hops,
      groups,
      unseen: traffic?.fast ?? false,
    };
  }

  #hit(x: number, y: number): Hit | null {
    return hitTest(this.#ground, x, y);
  }

  /** Who would send what is dragged from here. A stanza on top of an entity is picked, not dragged. */
  #senderAt(x: number, y: number): number {
    const hit = this.#hit(x, y);
    if (hit?.target.type !== 'entity' || hit.group || useView.getState().scene?.capabilities.intervene !== true) return -1;
    const { index } = hit.target;
    return canDragFrom(this.#scene, this.#placement, this.#topology.viewport, index) ? index : -1;
  }
  /** Stanzas and links under the pointer are no receivers. */
  #receiverAt(x: number, y: number): Hit | null {
    const hit = hitTest({ ...this.#ground, frame: null }, x, y);
    return hit?.target.type === 'entity' ? hit : null;
  }
  get #drag(): SendDrag | null {
    const { at, sender = -1 } = this.#pointer ?? {};
    if (!at || sender < 0) return null;
    const target = this.#receiverAt(at.x, at.y)?.target;
    const over = target?.type === 'entity' && target.index !== sender ? target.index : -1;
    return { from: sender, at, over };
  }
  #dropped(from: number, onto: Hit | null, window: Point): void {
    const to = onto?.target.type === 'entity' ? onto.target.index : -1;
    if (to === from) return;
    const group = onto?.group?.together.length === 1 ? onto.group.group.key : undefined;
    if (to < 0) useView.getState().said('Drop it on an entity, and it is sent there.');
    else this.#hooks.meant(() => sendingAsked({ from, to, group, ...window }));
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
    this.#host.style.cursor = (this.#pointer?.sender ?? -1) >= 0 ? 'crosshair' : hit ? 'pointer' : '';
    this.#hooks.hovered(hit ? tipOf(hit, this.#ground) : null, at?.x ?? 0, at?.y ?? 0);
  }
}
