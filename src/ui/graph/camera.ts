/** What of the graph is in view: everything, until the person moves the camera; then what they chose. */
import type { Target } from '../../protocol/parts.ts';
import type { Scene } from '../../protocol/scene.ts';
import { useView } from '../state/store.ts';
import type { Camera } from '../state/viewport.ts';
import { fitOf } from './bounds.ts';
import type { Lit } from './overlay.ts';
import { placed } from './placed.ts';
import type { Room } from './placement.ts';
import type { Topology } from './topology.ts';

const INSET = { top: 40, bottom: 52, side: 28 };
/** In a pane the legend lies elsewhere. */
const PANE_INSET = { top: 44, bottom: 12, side: 16 };
/** What one picture of several has for itself. */
export const roomInPane = ({ clientWidth, clientHeight }: HTMLElement): Room => ({
  width: Math.max(40, clientWidth - 2 * PANE_INSET.side),
  height: Math.max(40, clientHeight - PANE_INSET.top - PANE_INSET.bottom),
});
/** What is centred is shown at least as large. */
const CLOSE = 1.2;

export class GraphCamera implements Camera {
  readonly #scene: Scene;
  readonly #topology: Topology;
  readonly #pane: boolean;
  readonly #lit: () => Lit;
  /** The person moved the camera; a resize no longer fits everything. */
  #moved = false;
  #centred: Target | null = null;

  /** @param pane one picture of several @param lit what is lit now */
  constructor(scene: Scene, topology: Topology, pane: boolean, lit: () => Lit) {
    this.#scene = scene;
    this.#topology = topology;
    this.#pane = pane;
    this.#lit = lit;
  }

  /** By hand, in whatever way. */
  dragged(): void {
    this.#moved = true;
  }

  zoomBy(factor: number): void {
    this.#moved = true;
    this.#topology.zoomTo(this.#topology.viewport.zoom * factor);
  }

  zoomReset(): void {
    this.#moved = true;
    this.#topology.zoomTo(1);
  }

  focus(): void {
    const { selection } = useView.getState();
    const at = selection === this.#centred ? null : this.#centreOf(selection);
    if (!at) {
      this.fit();
      return;
    }
    const { width, height, zoom } = this.#topology.viewport;
    const closer = Math.max(zoom, CLOSE);
    this.#moved = true;
    this.#centred = selection;
    this.#topology.look(closer, width / 2 - at[0] * closer, height / 2 - at[1] * closer);
  }

  /** The window or the graph has changed. */
  roomChanged(): void {
    if (!this.#moved) this.fit();
  }

  fit(): void {
    const { width, height } = this.#topology.viewport;
    const { placement } = this.#topology;
    if (placement.x.length === 0 || width === 0) return;
    const inset = this.#pane ? PANE_INSET : INSET;
    const roomX = Math.max(40, width - 2 * inset.side);
    const bottomInset = this.#pane ? inset.bottom : Math.max(inset.bottom, placed.legend + 24);
    const roomY = Math.max(40, height - inset.top - bottomInset);
    const { left, right, top, bottom, zoom } = fitOf(this.#scene, placement, { width: roomX, height: roomY });
    this.#moved = false;
    this.#centred = null;
    this.#topology.look(zoom, width / 2 - ((left + right) / 2) * zoom, inset.top + roomY / 2 - ((top + bottom) / 2) * zoom);
  }

  #centreOf(target: Target | null): readonly [number, number] | null {
    const { x, y } = this.#topology.placement;
    const middle = (a: number, b: number) => [((x[a] ?? 0) + (x[b] ?? 0)) / 2, ((y[a] ?? 0) + (y[b] ?? 0)) / 2] as const;
    if (target?.type === 'entity') return middle(target.index, target.index);
    const { from, to } = this.#lit();
    return from >= 0 ? middle(from, to) : null;
  }
}
