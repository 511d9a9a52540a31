/** Each kind of stanza, drawn once and stamped for every one that moves. */
import { KINDS, type KindName } from '../../protocol/scene.ts';
import type { Palette } from './palette.ts';

export interface Sprites {
  /** By index into `KINDS`. */
  readonly images: readonly HTMLCanvasElement[];
  /** Side of a sprite in CSS pixels. */
  readonly side: number;
}

/** ▶ and ◀ point along or against their way. */
export const isTurned = (kind: number): boolean => KINDS[kind] === 'push' || KINDS[kind] === 'pull';

function trace(c: CanvasRenderingContext2D, kind: KindName, r: number): void {
  c.beginPath();
  switch (kind) {
    case 'message':
      c.arc(0, 0, r, 0, 2 * Math.PI);
      break;
    case 'presence':
      c.moveTo(0, -r * 1.1);
      c.lineTo(r * 1.08, r * 0.8);
      c.lineTo(-r * 1.08, r * 0.8);
      c.closePath();
      break;
    case 'iq':
    case 'result': {
      const half = r * (kind === 'iq' ? 0.9 : 0.78);
      c.roundRect(-half, -half, 2 * half, 2 * half, r * 0.2);
      break;
    }
    case 'error':
    case 'digest': {
      const half = r * (kind === 'error' ? 1.2 : 1.02);
      c.moveTo(0, -half);
      c.lineTo(half, 0);
      c.lineTo(0, half);
      c.lineTo(-half, 0);
      c.closePath();
      break;
    }
    case 'stream':
      c.roundRect(-r * 1.15, -r * 0.5, r * 2.3, r, r * 0.25);
      break;
    case 'push':
    case 'pull': {
      const way = kind === 'push' ? 1 : -1;
      c.moveTo(way * r * 1.2, 0);
      c.lineTo(-way * r * 0.9, -r);
      c.lineTo(-way * r * 0.9, r);
      c.closePath();
      break;
    }
  }
}

function sprite(kind: KindName, radius: number, side: number, ratio: number, palette: Palette): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.ceil(side * ratio);
  const c = canvas.getContext('2d');
  if (!c) return canvas;
  c.scale(ratio, ratio);
  c.translate(side / 2, side / 2);
  c.lineJoin = 'round';
  const colour = palette.kinds[kind];
  const hollow = kind === 'result' || kind === 'digest';
  trace(c, kind, radius);
  if (hollow) {
    c.fillStyle = palette.light ? (kind === 'result' ? colour : palette.panel) : palette.bg;
    c.fill();
    c.lineWidth = Math.max(1.6, radius * 0.34);
    c.strokeStyle = palette.light && kind === 'result' ? '#222' : colour;
    c.stroke();
  } else {
    // A rim in the colour of the ground keeps neighbours apart; on light ground a dark one gives the contrast.
    c.lineWidth = palette.light ? 2 : 2.4;
    c.strokeStyle = palette.light ? '#222' : palette.bg;
    c.stroke();
    c.fillStyle = colour;
    c.fill();
  }
  return canvas;
}

export function makeSprites(radius: number, ratio: number, palette: Palette): Sprites {
  const side = Math.ceil(radius * 2.6 + 4);
  return { side, images: KINDS.map((kind) => sprite(kind, radius, side, ratio, palette)) };
}
