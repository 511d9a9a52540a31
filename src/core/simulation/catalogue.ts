/** What exists, from the registries. */
import type { Catalogue } from '../../protocol/catalogue.ts';
import { topics } from '../../scenarios/index.ts';
import { sweeps } from '../../scenarios/sweeps/index.ts';
import { algorithms } from '../gossip/index.ts';
import { conditionParams } from '../network/conditions.ts';
import { formats } from '../topology/formats/index.ts';
import { topologies } from '../topology/index.ts';
import { CONFLICTS } from '../xmpp/conflicts.ts';
import { moduleEntries } from '../xmpp/modules/index.ts';
import { gossipSchema } from './configuration.ts';
import { readParams } from './params.ts';
import { xmppSchema } from './xmpp.ts';

export function catalogue(): Catalogue {
  return {
    scenarios: topics.flatMap((topic) =>
      topic.scenarios.map((s) => {
        const params = s.model === 'gossip' ? gossipSchema(s) : s.model === 'xmpp' ? xmppSchema(s) : (s.params ?? {});
        return { id: s.id, title: s.title, summary: s.summary, topic: topic.title, params };
      }),
    ),
    algorithms: algorithms.map(({ id, title, summary, params, source, needs, many, membership }) => ({
      id,
      title,
      summary,
      params,
      source,
      needs: needs(readParams(params, {}, id)),
      many,
      membership: membership !== undefined,
    })),
    conditions: conditionParams,
    sweeps: sweeps.map(({ id, title, summary, spec }) => ({ id, title, summary, spec })),
    topologies: topologies.map(({ id, title, summary, params }) => ({ id, title, summary, params })),
    modules: moduleEntries(),
    conflicts: CONFLICTS,
    graphFormats: formats.map(({ id, title, extensions }) => ({ id, title, extensions })),
  };
}
