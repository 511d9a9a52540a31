/** What a link does to a message. For now it only takes its time; loss, bandwidth and partitions come in beside this. */
import type { Links } from '../../protocol/scene.ts';

export const latencyOf =
  (links: Links) =>
  (link: number): number =>
    links.latency[link]!;
