/** The world of a comparison: the XMPP world's own, with a program at each client that only looks at what it gets. */
import type { ParamValues } from '../../../protocol/params.ts';
import type { GroupScenario } from '../../../protocol/scenario.ts';
import { NEWS_PARAMS, TUNES_PARAMS } from '../../../scenarios/told.ts';
import type { Module } from '../../xmpp/module.ts';
import { readParams } from '../params.ts';
import type { World } from '../world.ts';
import { xmppWorld, type Onlooker } from '../xmpp.ts';
import { news } from './news.ts';
import { givenOf, type Comparison, type Given } from './plan.ts';
import { tunes } from './tunes.ts';
import { ToldWatch } from './watch.ts';

export type About = 'news' | 'tunes';
const KINDS = {
  news: { params: NEWS_PARAMS, clients: 'clients', make: news },
  tunes: { params: TUNES_PARAMS, clients: 'contacts', make: tunes },
} as const;

export function toldWorld(scenario: GroupScenario, about: About, seed: string, values: ParamValues): World {
  const { params, clients, make } = KINDS[about];
  const read = readParams(params, { ...scenario.values, ...values }, scenario.id);
  const given = givenOf(seed, read, Number(read[clients]));
  const comparison = make(given);
  let staging = true;
  const inner: World = xmppWorld(comparison.scenario, seed, {}, () => onlooker(comparison, given, staging ? undefined : inner));
  staging = false;
  const { id, title, summary } = scenario;
  return { ...inner, scenario: { ...comparison.scenario, id, title, summary }, params, values: read, speed: scenario.speed ?? inner.speed };
}

/** @param world undefined while its own stage is being built, and nothing is played. */
function onlooker({ writer, readers, updatesIn }: Comparison, { begins, at }: Given, world: World | undefined): Onlooker {
  const watch = new ToldWatch(begins, at, readers.length);
  const writes = world?.stage.entities.jid.indexOf(writer);
  const wanting = new Set(readers.map((jid) => world?.stage.entities.jid.indexOf(jid)));
  const witness: Module = {
    id: 'witness',
    title: 'Witness',
    spec: 'agent',
    version: '1',
    places: ['client'],
    rules: {},
    hooks: [
      {
        event: 'client/received',
        run(context, { stanza }) {
          const updates = updatesIn(stanza);
          const { index } = context.party;
          if (updates && index !== writes) watch.gets(index, updates, wanting.has(index), context.tick);
          return false;
        },
      },
      {
        // Whoever makes the updates knows them.
        event: 'client/sent',
        run(context) {
          const { index } = context.party;
          if (index === writes && context.tick === at.at(-1)) watch.knows(index);
          return false;
        },
      },
    ],
  };
  return { watch, agents: [witness], attached: (kernel) => watch.attached(kernel), metrics: () => watch.metrics() };
}
