/** The graph's camera, for the keys: the graph puts it here while it is on the page. Of several graphs all move alike. */
export interface Camera {
  zoomBy(factor: number): void;
  /** One to one. */
  zoomReset(): void;
  /** Centre the selection; pressed again, or with nothing selected, fit everything. */
  focus(): void;
  /** There is more or less room than before: everything is fitted, unless a person has moved the camera. */
  roomChanged(): void;
}
export const viewport: { camera: Camera | null } = { camera: null };

const cameras = new Set<Camera>();
const all: Camera = {
  zoomBy: (factor) => cameras.forEach((camera) => camera.zoomBy(factor)),
  zoomReset: () => cameras.forEach((camera) => camera.zoomReset()),
  roomChanged: () => cameras.forEach((camera) => camera.roomChanged()),
  focus: () => cameras.forEach((camera) => camera.focus()),
};
/** Answers how to take it away again. */
export function addCamera(camera: Camera): () => void {
  cameras.add(camera);
  viewport.camera = all;
  return () => {
    cameras.delete(camera);
    if (cameras.size === 0) viewport.camera = null;
  };
}
