/** Paints where breakpoints stop the run, along its events. */

/** In pixels. */
const WIDE = 5;

export function drawStops(canvas: HTMLCanvasElement, stops: Uint32Array, events: number): void {
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const c = canvas.getContext('2d');
  if (!c || events === 0) return;
  c.scale(ratio, ratio);
  c.fillStyle = getComputedStyle(canvas).color;
  let last = -Infinity;
  for (const ordinal of stops) {
    const x = Math.round((ordinal / events) * width);
    // Marks that would touch each other are one.
    if (x - last < WIDE + 2) continue;
    last = x;
    c.beginPath();
    c.moveTo(x - WIDE / 2, 0);
    c.lineTo(x + WIDE / 2, 0);
    c.lineTo(x, height);
    c.fill();
  }
}
