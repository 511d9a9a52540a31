/** What exists, from the registries. */
import type { Catalogue } from '../../protocol/catalogue.ts';
import { scenarios } from '../../scenarios/index.ts';
import { algorithms } from '../gossip/index.ts';
import { topologies } from '../topology/index.ts';
import { moduleEntries } from '../xmpp/modules/index.ts';

export function catalogue(): Catalogue {
  return {
    scenarios: scenarios.map((s) => {
      const params = s.model === 'xmpp' ? (s.params ?? {}) : (algorithms.find((a) => a.id === s.algorithm)?.params ?? {});
      return { id: s.id, title: s.title, summary: s.summary, params };
    }),
    algorithms: algorithms.map(({ id, title, summary, params, source, needs }) => ({ id, title, summary, params, source, needs })),
    topologies: topologies.map(({ id, title, summary, params }) => ({ id, title, summary, params })),
    modules: moduleEntries(),
  };
}
