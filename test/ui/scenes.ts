/** Scenes made up for tests of the picture. */
import { EntityKind, LinkKind, type Entities, type Scene } from '../../src/protocol/scene.ts';

/** So many servers with so many clients and services each. */
export function federation(servers: number, clients: number, services: number): Pick<Scene, 'entities' | 'links' | 'groups'> {
  const rows: { name: string; kind: number; parent: number }[] = [];
  for (let s = 0; s < servers; s++) rows.push({ name: `server${s}.example`, kind: EntityKind.server, parent: -1 });
  for (let s = 0; s < servers; s++) {
    for (let k = 0; k < services; k++) rows.push({ name: `rooms.server${s}.example`, kind: EntityKind.component, parent: s });
    for (let c = 0; c < clients; c++) rows.push({ name: `user${c}`, kind: EntityKind.client, parent: s });
  }
  const links = rows.flatMap(({ parent }, i) => (parent < 0 ? [] : [[i, parent] as const]));
  const entities: Entities = {
    name: rows.map(({ name }) => name),
    detail: rows.map(() => '/home'),
    jid: rows.map(({ name }) => name),
    kind: Uint8Array.from(rows, ({ kind }) => kind),
    parent: Int32Array.from(rows, ({ parent }) => parent),
  };
  return {
    entities,
    // Any service may have rooms.
    groups: rows.flatMap(({ kind }, i) => (kind === EntityKind.component ? [i] : [])),
    links: {
      from: Uint32Array.from(links, ([a]) => a),
      to: Uint32Array.from(links, ([, b]) => b),
      kind: Uint8Array.from(links, () => LinkKind.c2s),
      latency: new Float64Array(links.length),
    },
  };
}
