/** The graph's camera, for the keys: the graph puts it here while it is on the page. */
export interface Camera {
  zoomBy(factor: number): void;
  /** One to one. */
  zoomReset(): void;
  /** Centre the selection; pressed again, or with nothing selected, fit everything. */
  focus(): void;
}
export const viewport: { camera: Camera | null } = { camera: null };
