/**
 * Links that show how many stanzas went over them just now, in place of stanzas that are faster than the eye: the more, the thicker and stronger.
 * One bitmap, drawn anew with each count and stretched while the camera moves between two counts.
 */
import type { Scene } from '../../protocol/scene.ts';
import type { Palette } from '../shared/palette.ts';
import type { Live } from '../state/frame.ts';
import { laneInto, type Segment, type Viewport } from './geometry.ts';
import type { Placement } from './placement.ts';

type Traffic = NonNullable<Live['traffic']>;

/** Strengths that can be told apart: by powers of two below the busiest link. */
const LEVELS = 6;
const WIDEST = 7;
const STRONGEST = 0.9;
/** Of one stroke: longer paths take more than their share of time. */
const CHUNK = 256;

/** From 0 to `LEVELS` − 1, the busiest. @param count at least 1 */
export function levelOf(count: number, most: number): number {
  return Math.max(0, LEVELS - 1 - Math.floor(Math.log2(most / count)));
}

const there: Segment = { ax: 0, ay: 0, bx: 0, by: 0 };
const back: Segment = { ax: 0, ay: 0, bx: 0, by: 0 };

export class Density {
  readonly #bitmap = document.createElement('canvas');
  #drawn: { readonly traffic: Traffic; readonly viewport: Viewport } | null = null;

  paint(
    c: CanvasRenderingContext2D,
    picture: {
      readonly scene: Scene;
      readonly placement: Placement;
      readonly viewport: Viewport;
      readonly ratio: number;
      readonly palette: Palette;
    },
    traffic: Traffic,
  ): void {
    const { viewport } = picture;
    const { width, height } = this.#drawn?.viewport ?? { width: 0, height: 0 };
    if (this.#drawn?.traffic !== traffic || width !== viewport.width || height !== viewport.height) {
      this.#render(picture, traffic);
      this.#drawn = { traffic, viewport };
    }
    const before = this.#drawn?.viewport ?? viewport;
    const scale = viewport.zoom / before.zoom;
    const [x, y] = [viewport.panX - before.panX * scale, viewport.panY - before.panY * scale];
    c.drawImage(this.#bitmap, x, y, viewport.width * scale, viewport.height * scale);
  }

  #render({ scene, placement, viewport, ratio, palette }: Parameters<Density['paint']>[1], { a, b, count }: Traffic): void {
    this.#bitmap.width = Math.round(viewport.width * ratio);
    this.#bitmap.height = Math.round(viewport.height * ratio);
    const c = this.#bitmap.getContext('2d');
    if (!c) return;
    const { panX, panY, zoom } = viewport;
    c.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * panX, ratio * panY);
    c.strokeStyle = palette.accent;
    c.lineCap = 'round';
    // Many thin lines or a few thick ones: links of a large graph lie close together.
    const widest = Math.min(WIDEST, Math.max(2.5, zoom * (placement.halfWidth[0] ?? 6)));
    // The busiest come first, and are to lie above.
    let level = -1;
    let begun = 0;
    for (let i = count.length - 1; i >= 0; i--) {
      const now = levelOf(count[i] ?? 1, count[0] ?? 1);
      if (now !== level || begun === CHUNK) {
        if (level >= 0) c.stroke();
        level = now;
        begun = 0;
        c.globalAlpha = 0.22 + ((STRONGEST - 0.22) * level) / (LEVELS - 1);
        c.lineWidth = (1 + ((widest - 1) * level) / (LEVELS - 1)) / zoom;
        c.beginPath();
      }
      begun++;
      // The middle of both lanes, from rim to rim.
      laneInto(there, scene, placement, a[i] ?? 0, b[i] ?? 0);
      laneInto(back, scene, placement, b[i] ?? 0, a[i] ?? 0);
      c.moveTo((there.ax + back.bx) / 2, (there.ay + back.by) / 2);
      c.lineTo((there.bx + back.ax) / 2, (there.by + back.ay) / 2);
    }
    if (level >= 0) c.stroke();
  }
}
