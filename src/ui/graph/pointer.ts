/** Where the pointer is over the picture, and whether a press was a click, moved the camera, drew a lasso (with Shift), dragged from an entity or asked for a menu. */
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
  /** The entity that a drag began on; -1 where none did. */
  readonly sender: number;
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
    /** The entity there that a drag may begin on; -1 for none. */
    grabbed(x: number, y: number): number;
    /** The drag that began on it ends here. */
    dropped(sender: number, x: number, y: number, window: Point): void;
  },
): PointerWatch {
  const { changed, dragged, clicked } = hooks;
  let lasso: Point[] | null = null;
  let at: Point | null = null;
  let pressed: Point | null = null;
  let held = -1;
  let sender = -1;
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
    if ((event.shiftKey || held >= 0) && event.button === 0) event.stopImmediatePropagation();
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
    held = pressed && !lasso ? hooks.grabbed(pressed.x, pressed.y) : -1;
    if (lasso || held >= 0) host.setPointerCapture(event.pointerId);
  });
  const giveUp = () => {
    lasso = null;
    held = sender = -1;
    pressed = null;
    changed();
  };
  on('pointercancel', giveUp);
  // Before the page's own keys: it only ends the drag.
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || (sender < 0 && !lasso)) return;
    event.stopPropagation();
    giveUp();
  };
  addEventListener('keydown', keyed, { capture: true, signal: listeners.signal });
  on('pointermove', (event) => {
    at = pointOf(event);
    if (lasso) {
      lasso.push(at);
      changed();
      return;
    }
    if (pressed && isFar(at, pressed)) {
      if (held >= 0) sender = held;
      else dragged();
    }
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
    const from = sender;
    lasso = null;
    held = sender = -1;
    if (from >= 0) {
      hooks.dropped(from, here.x, here.y, { x: event.clientX, y: event.clientY });
      changed();
      return;
    }
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
    get sender() {
      return sender;
    },
    stop: () => listeners.abort(),
  };
}
