/** Where the pointer is over the picture, and whether a press was a click or moved the camera. */
const DRAG_PX = 4;

interface Point {
  readonly x: number;
  readonly y: number;
}
export interface PointerWatch {
  /** In CSS pixels from the corner of the picture; null while it is elsewhere. */
  readonly at: Point | null;
  readonly pressed: boolean;
  stop(): void;
}

export function watchPointer(
  host: HTMLElement,
  { changed, dragged, clicked }: { changed(): void; dragged(): void; clicked(x: number, y: number): void },
): PointerWatch {
  let at: Point | null = null;
  let pressed: Point | null = null;
  const listeners = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(name: K, listener: (event: HTMLElementEventMap[K]) => void) =>
    host.addEventListener(name, listener, { signal: listeners.signal });
  const pointOf = ({ clientX, clientY }: MouseEvent): Point => {
    const box = host.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };
  const isFar = (a: Point, b: Point): boolean => Math.hypot(a.x - b.x, a.y - b.y) > DRAG_PX;
  on('pointerdown', (event) => {
    pressed = event.button === 0 ? pointOf(event) : null;
  });
  on('pointermove', (event) => {
    at = pointOf(event);
    if (pressed && isFar(at, pressed)) dragged();
    changed();
  });
  on('pointerleave', () => {
    at = null;
    changed();
  });
  on('pointerup', (event) => {
    const here = pointOf(event);
    const before = pressed;
    pressed = null;
    if (before && !isFar(here, before)) clicked(here.x, here.y);
  });
  on('wheel', dragged);
  return {
    get at() {
      return at;
    },
    get pressed() {
      return pressed !== null;
    },
    stop: () => listeners.abort(),
  };
}
