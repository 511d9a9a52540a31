/** The static side of the XMPP world, for views. */
import type { XmppScenario } from '../../protocol/scenario.ts';
import { LinkKind } from '../../protocol/scene.ts';
import type { Rule, Stage } from '../kernel/model.ts';
import { describeStep, SCRIPTED, stepOf, type Step } from './client/program.ts';
import { GONE } from './context.ts';
import { MODULES } from './modules/index.ts';
import { NS } from './namespaces.ts';
import type { Network } from './network.ts';
import { summaryOf } from './read.ts';
import { SHOWN } from './states.ts';

export function buildStage(scenario: XmppScenario, network: Network, programs: readonly (readonly Step[])[]): Stage {
  const joining = scenario.clients.filter((c) => c.acts.some((act) => act.do === 'join')).length;
  return {
    entities: network.entities,
    links: network.links,
    states: SHOWN,
    kinds: ['message', 'presence', 'iq', 'result', 'error'],
    reached: { title: scenario.follow?.title ?? 'Delivered', of: joining || scenario.clients.length },
    roundName: 'causal wave',
    rules: rulesById(),
    stanzaOf(message) {
      if (!message.stanza) throw new Error(`message ${message.id} of the XMPP world has no stanza`);
      return message.stanza;
    },
    streamNs: (link) => (network.links.kind[link] === LinkKind.s2s ? NS.server : NS.client),
    summary: (message) => (message.stanza ? summaryOf(message.stanza) : ''),
    timerSummary(entity, code) {
      const found = stepOf(programs[entity] ?? [], code);
      return found ? describeStep(found.step) : 'a timer';
    },
  };
}

function rulesById(): ReadonlyMap<string, Rule> {
  const all = [GONE, SCRIPTED, ...MODULES.flatMap((m) => Object.values(m.rules))];
  return new Map(all.map((r) => [r.id, r]));
}
