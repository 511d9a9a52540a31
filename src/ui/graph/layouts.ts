/** The last layout, for whoever shows the same graph again: beside it, or with another parameter. */
import type { Scene } from '../../protocol/scene.ts';
import type { Placement } from './placement.ts';
import { isSettled } from './settle.ts';

let last: { readonly scene: Scene; readonly placement: Placement } | null = null;

const sameNumbers = (a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): boolean => {
  if (a === b || !a || !b) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** Names count as well: they decide how wide a node is. */
const sameGraph = (a: Scene, b: Scene): boolean =>
  a.entities.name.length === b.entities.name.length &&
  a.entities.name.every((name, i) => name === b.entities.name[i]) &&
  sameNumbers(a.entities.kind, b.entities.kind) &&
  sameNumbers(a.entities.position, b.entities.position) &&
  a.linksOmitted === b.linksOmitted &&
  sameNumbers(a.links.from, b.links.from) &&
  sameNumbers(a.links.to, b.links.to);

/** A force layout is not computed twice: what was laid out by force stands as it is. A federation's sizes are of its room, so it is laid out anew. */
export function laidOut(scene: Scene): Placement | undefined {
  if (!last || last.placement.style === 'federation' || !sameGraph(last.scene, scene)) return undefined;
  if (last.placement.style === 'settling' && !isSettled(last.placement)) return undefined;
  return last.placement.style === 'spread' || last.placement.style === 'settling' ? { ...last.placement, style: 'circle' } : last.placement;
}

export function keepLayout(scene: Scene, placement: Placement): void {
  last = { scene, placement };
}
