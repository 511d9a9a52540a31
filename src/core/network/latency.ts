/** How long a message takes over a link; what else befalls it there is said by `faults.ts` and the kernel’s disturbances. */
import type { Links } from '../../protocol/scene.ts';

export const latencyOf =
  (links: Links) =>
  (link: number): number =>
    links.latency[link]!;
