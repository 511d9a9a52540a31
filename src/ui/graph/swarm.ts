/**
 * Thousands of small pictures in one frame, stamped pixel by pixel into one bitmap: a canvas without a graphics card needs 10 µs for
 * each image that it is told to draw, and a stamp a tenth of that.
 */
import { KINDS } from '../../protocol/scene.ts';
import { isTurned, type Sprites } from '../shared/sprites.ts';

/** More stanzas or dots than this are stamped. Fewer are drawn one by one, which is smoother to a fraction of a pixel. */
export const SWARM = 800;
const DIRECTIONS = 48;

/** The pixels of a picture that are not clear, relative to its middle. */
export interface Stamp {
  readonly dx: Int16Array;
  readonly dy: Int16Array;
  /** As they lie in the bitmap. */
  readonly colour: Uint32Array;
  /** No pixel is farther from the middle than this. */
  readonly reach: number;
}

/** A stamp of what `draw` paints around the origin, in device pixels. @param side of the square that it stays within */
export function stampOf(side: number, draw: (c: CanvasRenderingContext2D) => void): Stamp {
  const reach = Math.ceil(side / 2) + 1;
  const size = 2 * reach + 1;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const c = canvas.getContext('2d', { willReadFrequently: true });
  if (!c) return { dx: new Int16Array(), dy: new Int16Array(), colour: new Uint32Array(), reach };
  c.translate(reach + 0.5, reach + 0.5);
  draw(c);
  const { data } = c.getImageData(0, 0, size, size);
  const pixels = new Uint32Array(data.buffer);
  const found = [...pixels.keys()].filter((i) => (data[4 * i + 3] ?? 0) > 40);
  return {
    dx: Int16Array.from(found, (i) => (i % size) - reach),
    dy: Int16Array.from(found, (i) => Math.floor(i / size) - reach),
    colour: Uint32Array.from(found, (i) => pixels[i] ?? 0),
    reach,
  };
}

/** Of every kind of stanza; of those that point along their way, one for each direction. */
const kindStamps = new WeakMap<Sprites, readonly (readonly Stamp[])[]>();
export function stampsOf(sprites: Sprites, ratio: number): readonly (readonly Stamp[])[] {
  let stamps = kindStamps.get(sprites);
  if (!stamps) {
    const side = sprites.side * ratio;
    stamps = KINDS.map((_, kind) =>
      Array.from({ length: isTurned(kind) ? DIRECTIONS : 1 }, (_, direction) =>
        stampOf(side * 1.1, (c) => {
          c.rotate((2 * Math.PI * direction) / DIRECTIONS);
          const image = sprites.images[kind];
          if (image) c.drawImage(image, -side / 2, -side / 2, side, side);
        }),
      ),
    );
    kindStamps.set(sprites, stamps);
  }
  return stamps;
}
export const directionOf = (dx: number, dy: number): number =>
  Math.round((Math.atan2(dy, dx) / (2 * Math.PI)) * DIRECTIONS + DIRECTIONS) % DIRECTIONS;

/** One bitmap for the page: used within one frame, by one picture at a time. */
const canvas = document.createElement('canvas');
const context = canvas.getContext('2d');
let image: ImageData | null = null;
let pixels = new Uint32Array();

/** Begins with a clear bitmap of as many device pixels. */
export function beginSwarm(width: number, height: number): void {
  const [w, h] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))];
  if (image?.width !== w || image.height !== h) {
    canvas.width = w;
    canvas.height = h;
    image = context?.createImageData(w, h) ?? null;
    pixels = new Uint32Array(image?.data.buffer ?? new ArrayBuffer(4 * w * h));
  }
  pixels.fill(0);
}

/** @param x @param y of its middle, in device pixels */
export function stamp({ dx, dy, colour, reach }: Stamp, x: number, y: number): void {
  const { width, height } = canvas;
  const [mx, my] = [Math.round(x), Math.round(y)];
  if (mx < reach || my < reach || mx >= width - reach || my >= height - reach) {
    for (let i = 0; i < colour.length; i++) {
      const [px, py] = [mx + (dx[i] ?? 0), my + (dy[i] ?? 0)];
      if (px >= 0 && py >= 0 && px < width && py < height) pixels[py * width + px] = colour[i] ?? 0;
    }
    return;
  }
  const at = my * width + mx;
  for (let i = 0; i < colour.length; i++) pixels[at + (dy[i] ?? 0) * width + (dx[i] ?? 0)] = colour[i] ?? 0;
}

/** Puts it on the picture, whose units are CSS pixels. */
export function endSwarm(c: CanvasRenderingContext2D, ratio: number): void {
  if (!image || !context) return;
  context.putImageData(image, 0, 0);
  c.drawImage(canvas, 0, 0, canvas.width / ratio, canvas.height / ratio);
}
