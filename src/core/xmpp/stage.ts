/** The static side of the XMPP world, for views. */
import type { XmppScenario } from '../../protocol/scenario.ts';
import { Kind } from '../../protocol/scene.ts';
import { CHURN } from '../kernel/churn.ts';
import { INTERVENTION_RULES } from '../kernel/intervention.ts';
import { TCP_AGAIN, TCP_IDLE } from '../kernel/tcp.ts';
import type { Rule, Stage } from '../kernel/model.ts';
import { AGENTS } from './agents/index.ts';
import { clientStreamRules, TYPED } from './client/stream.ts';
import { loginRules } from './client/login.ts';
import { describeStep, SCRIPTED, type Step } from './client/program.ts';
import { ABSENT, GONE } from './context.ts';
import { connectionRules } from './connections.ts';
import { cutRules } from './cuts.ts';
import { editedItem } from './edited.ts';
import { MODULES } from './modules/index.ts';
import { nsOfLink, type Network, type Party, type Place } from './network.ts';
import { outageRules } from './outage.ts';
import { summaryOf } from './read.ts';
import { c2sRules } from './server/c2s.ts';
import { streamRules } from './server/streams.ts';
import { isStanza } from './stanza.ts';
import { SHOWN, Shown } from './states.ts';
import { FIRST_ACT, NETWORK_ACT, NO_ROUTE, timerOf } from './timers.ts';
import { itemSummary, wireText, type StreamNs } from './wire.ts';

export function buildStage(scenario: XmppScenario, network: Network, programs: readonly (readonly Step[])[], second: number): Stage {
  const joining = scenario.clients.filter((c) => c.acts.some((act) => act.do === 'join')).length;
  const withStreams = !network.up.clients || !network.up.servers || (scenario.network ?? []).length > 0;
  const nsOf = (link: number): StreamNs => nsOfLink(network, link);
  return {
    entities: network.entities,
    links: network.links,
    streams: withStreams,
    tcp: { second, machine: network.parties.map(machineOf) },
    groups: network.parties.filter((p) => !WITHOUT_GROUPS.has(p.place)).map((p) => p.index),
    // Nobody is in a room where there is none.
    states: statesOf(network),
    kinds: ['message', 'presence', 'iq', 'result', 'error', ...(withStreams ? (['stream'] as const) : [])],
    reached: { title: scenario.follow?.title ?? 'Online', of: joining || scenario.clients.length },
    roundName: 'causal wave',
    rules: rulesById(),
    stanzaOf(message) {
      if (!message.stanza) throw new Error(`message ${message.id} of the XMPP world has no stanza`);
      return message.stanza;
    },
    streamNs: nsOf,
    wireText: ({ stanza, kind, link }) =>
      stanza && kind === Kind.stream ? wireText(stanza, nsOf(link), network.ways[link]?.transport) : undefined,
    edited: (message, xml) => editedItem(message, xml, nsOf(message.link), network.ways[message.link]?.transport),
    summary: ({ stanza }) => (!stanza ? '' : isStanza(stanza) ? summaryOf(stanza) : itemSummary(stanza)),
    timerSummary(entity, code) {
      if (code === NETWORK_ACT) return 'the network to another server is cut, or whole again';
      if (code === TCP_AGAIN) return 'TCP sends again what was not acknowledged';
      if (code === CHURN) return 'chance decides whether it goes or comes back';
      if (code === TCP_IDLE) return 'looks whether it has had nothing to say for a minute';
      if (code === NO_ROUTE) return 'what could not be sent comes back';
      const step = programs[entity]?.[code - FIRST_ACT];
      return step ? describeStep(step) : (timerOf(code)?.summary ?? 'a timer');
    },
  };
}

/** A server and its services are one process; a service that connects to it is another one (XEP-0114), as every client is. */
const machineOf = ({ index, place, server, host, name }: Party): number =>
  place === 'client' || host.secrets[name] !== undefined ? index : server;

/** Servers have some only once somebody tells of himself. */
const WITHOUT_GROUPS: ReadonlySet<Place> = new Set<Place>(['client', 'server', 'upload']);

const statesOf = ({ parties }: Network): Stage['states'] => {
  if (parties.some((p) => p.place === 'muc')) return SHOWN;
  const others = SHOWN.slice(0, Shown.room);
  return parties.some((p) => p.place === 'mix') ? [...others, { ...SHOWN[Shown.room]!, label: 'in the channel' }] : others;
};

function rulesById(): ReadonlyMap<string, Rule> {
  const streamLevel = [cutRules, connectionRules, streamRules, c2sRules, clientStreamRules, loginRules, outageRules].flatMap(
    (rules): Rule[] => Object.values(rules),
  );
  const all = [
    ...INTERVENTION_RULES,
    GONE,
    ABSENT,
    SCRIPTED,
    TYPED,
    ...streamLevel,
    ...[...MODULES, ...AGENTS].flatMap((m) => Object.values(m.rules)),
  ];
  return new Map(all.map((r) => [r.id, r]));
}
