/** What gossip over XMPP looks like: servers and streams as in the XMPP world, clients as nodes of the algorithm. */
import type { Element } from '../../base/xml/element.ts';
import type { ShownState } from '../../protocol/scene.ts';
import type { Rule, Stage } from '../kernel/model.ts';
import { createXmppWorld, type XmppWorld } from '../xmpp/world.ts';
import { updatesIn } from './carried.ts';
import { methodsOf } from './plan.ts';
import type { Homes } from './homes.ts';
import type { Method } from '../gossip/contract.ts';
import { DOWN, graphStage, type StageOptions } from './stage.ts';
import { methodNameOf, readCall, readResponse } from './xep0009-read.ts';
import { agentRules, idleAgent } from './xmpp-agent.ts';
import { FIRST_OF_GOSSIP, GOSSIP_TIMER, RETURN } from './xmpp.ts';

const ONLINE: ShownState = { id: 'server', label: 'server', look: 'online' };

/** Other words than on a graph, where these are the network's doing. */
const RULES: readonly Rule[] = [
  {
    id: 'network/lost',
    source: 'the conditions of this run',
    text: 'The client’s connection had died unnoticed as this was written to it, by chance. Nobody is told, as there is no XEP-0198 here.',
  },
  {
    id: 'network/down',
    source: 'RFC 6120 §4.4',
    text: 'The client’s process is gone, and its server had not noticed when it wrote this: there is nobody to take it in.',
  },
];

/** @param options of the stage as it would be on the graph. @returns it, and what its links are of. */
export function xmppGossipStage(homes: Homes, options: StageOptions): { readonly stage: Stage; readonly wayOf: XmppWorld['wayOf'] } {
  const { addresses, servers, topology } = homes;
  const nodes = graphStage({ ...options, topology, addresses });
  const { stage, wayOf } = createXmppWorld(homes.scenario, {}, [idleAgent], homes.second);
  const { entities } = stage;
  const states = [...options.algorithm.states, DOWN, ONLINE];
  const behind = <T>(own: readonly T[], others: readonly T[]): T[] => [...own.slice(0, servers), ...others];
  const shown: Stage = {
    ...stage,
    entities: {
      ...entities,
      name: behind(entities.name, nodes.entities.name),
      detail: behind(entities.detail, nodes.entities.detail),
    },
    states,
    kinds: [...new Set([...nodes.kinds, 'result', 'iq', 'error', 'stream'] as const)],
    reached: nodes.reached,
    roundName: nodes.roundName,
    rules: new Map([...stage.rules, ...nodes.rules, ...[...Object.values(agentRules), ...RULES].map((rule) => [rule.id, rule] as const)]),
    summary: (message) => (message.stanza && gossipSummary(message.stanza)) || stage.summary(message),
    updatesIn: ({ stanza }) => (stanza ? updatesOf(stanza, methodsOf(options.algorithm, options.membership)) : []),
    timerSummary: (entity, code) =>
      code === RETURN
        ? 'its server is up again: it logs in'
        : code < FIRST_OF_GOSSIP
          ? stage.timerSummary(entity, code)
          : nodes.timerSummary(entity - servers, code - GOSSIP_TIMER),
  };
  return { stage: shown, wayOf };
}

/** One line for the event list; undefined for what is no gossip. */
function gossipSummary(iq: Element): string | undefined {
  if (iq.name !== 'iq') return undefined;
  if (iq.attrs['type'] === 'set') {
    const call = methodNameOf(iq) === undefined ? undefined : readCall(iq);
    if (!call) return undefined;
    const carried = call.data && call.data.length > 0 ? [`${call.data.length} values`] : [];
    return `${call.name}(${[...call.args, ...carried].join(', ')})`;
  }
  const response = iq.attrs['type'] === 'result' ? readResponse(iq) : undefined;
  return response && `response ${response.value}${response.data && response.data.length > 0 ? `, ${response.data.length} values` : ''}`;
}

/**
 * A response does not say to which method it belongs: what only some method could have answered is taken for its. What somebody typed may name
 * anything as an update.
 */
function updatesOf(iq: Element, methods: readonly Method[]): readonly number[] {
  const type = iq.name === 'iq' ? iq.attrs['type'] : undefined;
  let updates: readonly number[] = [];
  if (type === 'set' && methodNameOf(iq) !== undefined) {
    const call = readCall(iq);
    const method = methods.find(({ name }) => name === call?.name);
    if (call) updates = updatesIn(method, undefined, call.args[0] ?? 0, call.data ?? []);
  } else if (type === 'result') {
    const response = readResponse(iq);
    const method = response && methods.find(({ replies }) => replies?.[response.value]?.update);
    if (response) updates = updatesIn(method, response.value, 0, response.data ?? []);
  }
  return updates.filter((update) => Number.isInteger(update) && update >= 0);
}
