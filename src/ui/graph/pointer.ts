/** Where the pointer is over the picture, and whether a press was a click, moved the camera, drew a lasso (with Shift) or asked for a menu. */
const DRAG_PX = 4;

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface PointerWatch {
  /** In CSS pixels from the corner of the picture; null while it is elsewhere. */
  readonly at: Point | null;
  readonly pressed: boolean;
  /** The lasso that is being drawn; null while there is none. */
  readonly lasso: readonly Point[] | null;
  stop(): void;
}

export function watchPointer(
  host: HTMLElement,
  hooks: {
    changed(): void;
    dragged(): void;
    clicked(x: number, y: number): void;
    /** `window`: where it is in the window. */
    menu(x: number, y: number, window: Point): void;
    lassoed(path: readonly Point[], window: Point): void;
  },
): PointerWatch {
  const { changed, dragged, clicked } = hooks;
  let lasso: Point[] | null = null;
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
  // Before Cytoscape, which would move the camera.
  const keepStill = (event: MouseEvent) => {
    if (event.shiftKey && event.button === 0) event.stopImmediatePropagation();
  };
  host.addEventListener('mousedown', keepStill, { capture: true, signal: listeners.signal });
  on('contextmenu', (event) => {
    event.preventDefault();
    const { x, y } = pointOf(event);
    hooks.menu(x, y, { x: event.clientX, y: event.clientY });
  });
  on('pointerdown', (event) => {
    pressed = event.button === 0 ? pointOf(event) : null;
    lasso = pressed && event.shiftKey ? [pressed] : null;
    if (lasso) host.setPointerCapture(event.pointerId);
  });
  on('pointercancel', () => {
    lasso = null;
    changed();
  });
  on('pointermove', (event) => {
    at = pointOf(event);
    if (lasso) {
      lasso.push(at);
      changed();
      return;
    }
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
    const drawn = lasso;
    lasso = null;
    if (drawn && drawn.length > 2 && drawn.some((point) => isFar(point, here))) {
      hooks.lassoed(drawn, { x: event.clientX, y: event.clientY });
      changed();
      return;
    }
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
    get lasso() {
      return lasso;
    },
    stop: () => listeners.abort(),
  };
}
