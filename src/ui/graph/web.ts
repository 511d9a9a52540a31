/**
 * The links of a graph that has too many for Cytoscape, as one bitmap: drawn anew where the graph moves or the camera stands still,
 * and stretched while the camera moves.
 */
import type { Viewport } from './geometry.ts';
import type { Palette } from '../shared/palette.ts';
import type { Placement } from './placement.ts';

/** Of one stroke: longer paths take more than their share of time. */
const CHUNK = 256;
const REST_MS = 90;
/** How strong the lines of a graph of so many are: the more, the fainter. */
const LIGHTER = [
  [1500, 0.4],
  [12_000, 0.24],
] as const;

export class Web {
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  readonly #placement: Placement;
  readonly #redraw: () => void;
  readonly #bitmap = document.createElement('canvas');
  #drawn: Viewport | null = null;
  #key = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(from: Uint32Array, to: Uint32Array, placement: Placement, redraw: () => void) {
    this.#from = from;
    this.#to = to;
    this.#placement = placement;
    this.#redraw = redraw;
  }

  /** Nodes have moved, or colours changed. */
  forget(): void {
    this.#drawn = null;
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  paint(c: CanvasRenderingContext2D, viewport: Viewport, ratio: number, palette: Palette): void {
    const key = `${viewport.width} ${viewport.height} ${ratio} ${palette.light}`;
    if (!this.#drawn || key !== this.#key) {
      this.#key = key;
      this.#render(viewport, ratio, palette);
    } else if (!sameCamera(this.#drawn, viewport)) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.forget();
        this.#redraw();
      }, REST_MS);
    }
    const drawn = this.#drawn ?? viewport;
    const scale = viewport.zoom / drawn.zoom;
    c.drawImage(
      this.#bitmap,
      viewport.panX - drawn.panX * scale,
      viewport.panY - drawn.panY * scale,
      viewport.width * scale,
      viewport.height * scale,
    );
  }

  #render(viewport: Viewport, ratio: number, { light, muted }: Palette): void {
    const { panX, panY, zoom, width, height } = viewport;
    this.#bitmap.width = Math.round(width * ratio);
    this.#bitmap.height = Math.round(height * ratio);
    this.#drawn = viewport;
    const c = this.#bitmap.getContext('2d');
    if (!c) return;
    c.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * panX, ratio * panY);
    const { x, y } = this.#placement;
    const [from, to] = [this.#from, this.#to];
    c.strokeStyle = muted;
    c.lineWidth = 0.8 / zoom;
    c.globalAlpha = (LIGHTER.find(([most]) => from.length <= most)?.[1] ?? 0.16) * (light ? 0.7 : 1);
    for (let i = 0; i < from.length;) {
      c.beginPath();
      for (const end = Math.min(from.length, i + CHUNK); i < end; i++) {
        c.moveTo(x[from[i] ?? 0] ?? 0, y[from[i] ?? 0] ?? 0);
        c.lineTo(x[to[i] ?? 0] ?? 0, y[to[i] ?? 0] ?? 0);
      }
      c.stroke();
    }
  }
}

const sameCamera = (a: Viewport, b: Viewport): boolean => a.panX === b.panX && a.panY === b.panY && a.zoom === b.zoom;
