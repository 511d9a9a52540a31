/** Cytoscape, and all that is known of it: entities and links that do not move, the camera, and a force layout. */
import cytoscape, { type Core, type Css, type ElementDefinition, type StylesheetJson } from 'cytoscape';
import type { Frame } from '../../protocol/protocol.ts';
import { EntityKind, ENTITY_KINDS, LinkKind, LINK_KINDS, type Scene } from '../../protocol/scene.ts';
import type { Viewport } from './geometry.ts';
import { LINE_WIDTHS } from './overlay.ts';
import type { Palette } from '../shared/palette.ts';
import { StreamLook, streamStyles } from './streams.ts';
import { legible } from './legible.ts';
import { fontOf, SMALLEST_INSIDE } from './names.ts';
import { endsOf, isBare, layDown, MOST_ELEMENTS, MOST_LINKS, pairsOf, type Placement, type Room } from './placement.ts';
import { settle } from './settle.ts';
import { dotsNote } from './dots.ts';
import { Web } from './web.ts';

/** More lines are a grey disc that costs seconds. */
const MOST_LINES = 12_000;
/** No grey disc under a pressed pointer; the typings ask for the whole set of core properties. */
const NO_PRESS_MARK = { 'active-bg-opacity': 0 } as Css.Core;
const ZOOM_RANGE = { minZoom: 0.04, maxZoom: 6 };

function linesOf(scene: Scene): ElementDefinition[] {
  const n = scene.entities.name.length;
  const kinds = new Map<number, number>();
  const { from, to, kind } = scene.links;
  for (let i = 0; i < from.length; i++) {
    const a = from[i] ?? 0;
    const b = to[i] ?? 0;
    kinds.set(Math.min(a, b) * n + Math.max(a, b), kind[i] ?? 0);
  }
  return [...pairsOf(scene)].map((pair) => ({
    data: { id: `l${pair}`, source: `e${Math.floor(pair / n)}`, target: `e${pair % n}` },
    classes: LINK_KINDS[kinds.get(pair) ?? 0] ?? 'edge',
  }));
}

function styleOf(palette: Palette, lines: number): StylesheetJson {
  const edge = { 'line-color': palette.muted, 'curve-style': 'haystack', 'haystack-radius': 0 } as const;
  // Thin lines on dark ground need more.
  const [few, some, many, most] = palette.light ? [0.45, 0.26, 0.16, 0.08] : [0.5, 0.42, 0.24, 0.12];
  const crowd = lines < 120 ? few : lines < 400 ? some : lines < 1500 ? many : most;
  return [
    { selector: 'core', style: NO_PRESS_MARK },
    {
      selector: 'node',
      style: {
        width: 'data(width)',
        height: 'data(height)',
        'background-color': palette.raised,
        'border-width': 1.2,
        'border-color': palette.muted,
        'overlay-opacity': 0,
        events: 'no',
      },
    },
    { selector: '.node', style: { 'border-width': 0 } },
    { selector: '.client', style: { 'border-width': 0 } },
    {
      selector: 'node.server, node.component',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '10',
        label: 'data(name)',
        color: palette.ink,
        'font-family': 'Inter Variable, system-ui, sans-serif',
        'font-size': 'data(font)',
        // Smaller ones are the canvas's, which draws them as large as they have to be.
        'min-zoomed-font-size': SMALLEST_INSIDE,
        'font-weight': 600,
        'text-valign': 'center',
        'text-halign': 'center',
      },
    },
    {
      selector: 'node.component',
      style: { 'corner-radius': '17', 'background-color': palette.panel, 'font-weight': 500 },
    },
    {
      selector: 'edge',
      style: { ...edge, width: LINE_WIDTHS[LinkKind.edge] ?? 1, 'line-opacity': crowd, 'overlay-opacity': 0, events: 'no' },
    },
    { selector: '.c2s', style: { width: LINE_WIDTHS[LinkKind.c2s] ?? 1, 'line-opacity': 0.55 } },
    { selector: '.s2s', style: { width: LINE_WIDTHS[LinkKind.s2s] ?? 3, 'line-opacity': 0.5 } },
    {
      selector: 'edge.component',
      style: {
        'curve-style': 'straight',
        width: LINE_WIDTHS[LinkKind.component] ?? 1,
        'line-style': 'dashed',
        'line-dash-pattern': [2, 4],
        'line-opacity': 0.8,
      },
    },
    ...streamStyles(palette),
  ];
}

export class Topology {
  /** As it was laid out, for any room. */
  readonly laid: Placement;
  /** Where everything stands here, and how large. */
  readonly placement: Placement;
  /** Cytoscape draws the nodes; otherwise the canvas must. */
  readonly drawsBodies: boolean;
  /** Why lines are missing, where they are. */
  readonly note: string | undefined;
  readonly #cy: Core;
  readonly #container: HTMLElement;
  readonly #lines: number;
  readonly #streams: StreamLook;
  /** Draws the links where Cytoscape does not. */
  readonly web: Web | undefined;
  readonly #stopSettling: (() => void) | undefined;

  /** @param moved the camera has; @param settled the nodes have */
  constructor(container: HTMLElement, scene: Scene, laid: Placement, room: Room, palette: Palette, moved: () => void, settled: () => void) {
    const placement = laid.style === 'spread' ? laid : legible(scene, laid, room);
    const n = scene.entities.name.length;
    const bare = isBare(scene);
    const lines = bare ? [] : linesOf(scene);
    const drawn = lines.length <= MOST_LINES ? lines : [];
    const nodes: ElementDefinition[] = bare
      ? []
      : scene.entities.name.map((name, i) => ({
          data: {
            id: `e${i}`,
            name,
            width: 2 * (placement.halfWidth[i] ?? 8),
            height: 2 * (placement.halfHeight[i] ?? 8),
            // Servers of a large federation are larger, with their names.
            font: fontOf(scene, placement, i),
          },
          classes: ENTITY_KINDS[scene.entities.kind[i] ?? EntityKind.node] ?? 'node',
          position: { x: placement.x[i] ?? 0, y: placement.y[i] ?? 0 },
        }));
    this.#container = container;
    this.#lines = drawn.length;
    this.#cy = cytoscape({
      container,
      elements: [...nodes, ...drawn],
      style: styleOf(palette, drawn.length),
      layout: { name: 'preset', fit: false },
      autoungrabify: true,
      autounselectify: true,
      boxSelectionEnabled: false,
      hideEdgesOnViewport: drawn.length > 3000,
      ...ZOOM_RANGE,
    });
    this.#streams = new StreamLook(this.#cy, scene);
    this.drawsBodies = nodes.length > 0;
    const isWide = bare && scene.linksOmitted === undefined && scene.links.from.length <= 2 * MOST_LINKS;
    const ends = isWide || placement.style === 'settling' ? endsOf(scene) : undefined;
    this.web = ends && isWide && ends[0].length <= MOST_LINKS ? new Web(...ends, placement, moved) : undefined;
    const missing = bare ? (this.web ? 0 : scene.links.from.length / 2) : lines.length - drawn.length;
    this.note =
      n > MOST_ELEMENTS && !this.web
        ? dotsNote(n)
        : (scene.linksOmitted ?? (missing > 0 ? `${missing.toLocaleString('en')} links: too many to draw as lines.` : undefined));
    this.laid = laid.style === 'spread' ? this.#spread(laid) : laid;
    this.placement = laid.style === 'spread' ? legible(scene, this.laid, room) : placement;
    if (this.drawsBodies && this.placement !== placement)
      this.#cy.nodes().data({ width: 2 * (this.placement.halfWidth[0] ?? 8), height: 2 * (this.placement.halfHeight[0] ?? 8) });
    this.#cy.on('viewport', moved);
    if (ends && placement.style === 'settling')
      this.#stopSettling = settle(placement, ...ends, () => {
        this.#takePlaces();
        settled();
      });
  }

  /** Cytoscape's cose from the circle: no chance in it, so the same graph always looks the same. */
  #spread(placement: Placement): Placement {
    const n = placement.x.length;
    this.#cy
      .layout({
        name: 'cose',
        animate: false,
        randomize: false,
        fit: false,
        // Not the container's: a graph looks the same in every window.
        boundingBox: { x1: -480, y1: -300, w: 960, h: 600 },
        nodeRepulsion: () => 9000,
        idealEdgeLength: () => 62,
        nodeOverlap: 12,
        gravity: 0.6,
        numIter: n > 150 ? 300 : 900,
      })
      .run();
    const x = new Float32Array(n);
    const y = new Float32Array(n);
    for (let i = 0; i < n; i++) {
      const at = this.#cy.getElementById(`e${i}`).position();
      x[i] = at.x;
      y[i] = at.y;
    }
    layDown(x, y);
    for (let i = 0; i < n; i++) this.#cy.getElementById(`e${i}`).position({ x: x[i] ?? 0, y: y[i] ?? 0 });
    return { ...placement, x, y };
  }

  #takePlaces(): void {
    const { x, y } = this.placement;
    this.web?.forget();
    if (this.drawsBodies) this.#cy.nodes().positions((_, i) => ({ x: x[i] ?? 0, y: y[i] ?? 0 }));
  }

  get viewport(): Viewport {
    const { x, y } = this.#cy.pan();
    return { panX: x, panY: y, zoom: this.#cy.zoom(), width: this.#container.clientWidth, height: this.#container.clientHeight };
  }

  patch(palette: Palette): void {
    this.web?.forget();
    this.#cy.style(styleOf(palette, this.#lines));
  }

  /** Links and servers look as they are at this moment. */
  show(frame: Frame): void {
    this.#streams.show(frame);
  }

  resize(): void {
    this.#cy.resize();
  }

  look(zoom: number, panX: number, panY: number): void {
    const within = Math.min(ZOOM_RANGE.maxZoom, Math.max(ZOOM_RANGE.minZoom, zoom));
    this.#cy.viewport({ zoom: within, pan: { x: panX, y: panY } });
  }

  zoomTo(zoom: number): void {
    const { width, height } = this.viewport;
    this.#cy.zoom({
      level: Math.min(ZOOM_RANGE.maxZoom, Math.max(ZOOM_RANGE.minZoom, zoom)),
      renderedPosition: { x: width / 2, y: height / 2 },
    });
  }

  destroy(): void {
    this.#stopSettling?.();
    this.web?.destroy();
    this.#cy.destroy();
  }
}
