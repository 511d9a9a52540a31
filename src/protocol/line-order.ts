/** In which order entities stand side by side where each has a line: in the space-time diagram and in sequence diagrams. */
import { EntityKind, type Entities } from './scene.ts';

/**
 * Neighbours side by side: each server with its services and clients. The first server's clients come before it and the last one's
 * after it, so that of two servers only their own link crosses between them.
 */
export function naturalOrder({ kind, parent }: Entities): number[] {
  const all = [...kind.keys()];
  const servers = all.filter((i) => kind[i] === EntityKind.server);
  if (servers.length === 0) return all;
  const placed: number[] = [];
  servers.forEach((server, nth) => {
    const own = all.filter((i) => parent[i] === server);
    const services = own.filter((i) => kind[i] === EntityKind.component);
    const clients = own.filter((i) => kind[i] !== EntityKind.component);
    placed.push(...(nth === 0 && servers.length > 1 ? [...clients, server, ...services] : [...services, server, ...clients]));
  });
  const seen = new Set(placed);
  return [...placed, ...all.filter((i) => !seen.has(i))];
}
