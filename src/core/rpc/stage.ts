/** What a graph with an algorithm on it looks like: nodes, links, stanzas made on demand, rules and timers in words. */
import { el, type Element } from '../../base/xml/element.ts';
import { EntityKind, LinkKind, type Entities, type Links, type ShownState } from '../../protocol/scene.ts';
import type { Algorithm } from '../gossip/contract.ts';
import { INTERVENTION_RULES } from '../kernel/intervention.ts';
import type { MessageView, Rule, Stage } from '../kernel/model.ts';
import { editedGossip } from './by-hand.ts';
import type { Topology } from '../topology/topology.ts';
import { nameOf } from './addresses.ts';
import { methodsOf, WorldTimer } from './plan.ts';
import { updatesIn } from './carried.ts';
import { rulesOf } from './rules.ts';
import { callStanza, emptyResult, isReply, methodOf, replyStanza } from './xep0009.ts';

export const DOWN: ShownState = { id: 'down', label: 'down', look: 'offline' };

const WORLD_TIMERS: ReadonlyMap<number, string> = new Map([
  [WorldTimer.timeout, 'time-out of a call'],
  [WorldTimer.down, 'learns that a connection broke'],
  [WorldTimer.update, 'a new update enters here'],
  [WorldTimer.crash, 'crashes'],
  [WorldTimer.up, 'comes back, with nothing in memory'],
  [WorldTimer.churn, 'some nodes leave, others come back'],
  [WorldTimer.change, 'the network changes here'],
]);
const CONDITIONS = 'the conditions of this run';
const TRANSPORT_RULES: readonly Rule[] = [
  { id: 'network/lost', source: CONDITIONS, text: 'The message was lost on the way, by chance. Nobody is told.' },
  { id: 'network/cut', source: CONDITIONS, text: 'The link between the two is cut: nothing gets through in either direction.' },
  { id: 'network/down', source: CONDITIONS, text: 'The receiver is down: there is nobody to take the message in.' },
  { id: 'network/forgotten', source: CONDITIONS, text: 'This was planned before the node went down, and it has forgotten it.' },
  { id: 'adversary/drops', source: CONDITIONS, text: 'This node is an adversary: it listens and answers, but sends nothing of its own.' },
  {
    id: 'network/no-way',
    source: CONDITIONS,
    text: 'This node has no link to that one, and membership does not allow it to call whom it likes.',
  },
  { id: 'rpc/late', source: 'XEP-0009', text: 'The reply came after its caller had given up waiting, and is ignored.' },
];

/** More links than this are a black square on any screen, and cost seconds to lay out. */
const MOST_LINKS = 30_000;

export interface StageOptions {
  readonly algorithm: Algorithm;
  readonly membership?: Algorithm | undefined;
  readonly topology: Topology;
  readonly addresses: readonly string[];
  readonly origin: number;
  /** What people say, by update. */
  readonly texts?: readonly string[] | undefined;
}

export function graphStage(given: StageOptions): Stage {
  const { algorithm, membership, topology, addresses, origin, texts } = given;
  const layers = membership ? [algorithm, membership] : [algorithm];
  const methods = methodsOf(algorithm, membership);
  const ownerOf = (method: number): Algorithm => (method < algorithm.methods.length ? algorithm : membership!);
  const omitted = topology.links > MOST_LINKS;
  const argsOf = (m: MessageView): number[] => [m.a, m.b].slice(0, methods[methodOf(m.code)]!.args.length);
  const ruleOf = (code: number): string => {
    const method = methodOf(code);
    return `${ownerOf(method).id}/${methods[method]!.name}`;
  };
  const stanzaOf = (m: MessageView): Element => {
    const method = methods[methodOf(m.code)]!;
    const [from, to] = [addresses[m.from]!, addresses[m.to]!];
    return isReply(m.code)
      ? replyStanza(from, to, m.answers, m.a, m.data, method, texts)
      : callStanza(from, to, m.id, method, argsOf(m), m.data, texts);
  };
  return {
    entities: entities(topology, addresses),
    links: omitted ? noLinks : links(topology),
    linksOmitted: omitted ? `${topology.links.toLocaleString('en')} links are not drawn: there are too many to tell apart.` : undefined,
    states: [...algorithm.states, DOWN],
    kinds: [...new Set([...methods.map((m) => m.kind), ...(methods.some((m) => m.replies) ? (['result'] as const) : [])])],
    reached: { title: algorithm.reached ?? 'Nodes reached', of: topology.nodes },
    roundName: 'period',
    rules: new Map(
      layers
        .flatMap(rulesOf)
        .concat(TRANSPORT_RULES, INTERVENTION_RULES)
        .map((rule) => [rule.id, rule]),
    ),
    ruleOf: (m) => (isReply(m.code) ? `${ruleOf(m.code)}/${m.a}` : ruleOf(m.code)),
    updatesIn: (m) => updatesIn(methods[methodOf(m.code)], isReply(m.code) ? m.a : undefined, m.a, m.data),
    stanzaOf,
    edited: (m, xml) => editedGossip(m, xml, methods, stanzaOf),
    acknowledgement: (m) => (isReply(m.code) ? undefined : emptyResult(addresses[m.to]!, addresses[m.from]!, m.id)),
    streamNs: () => 'jabber:client',
    summary(m) {
      const method = methods[methodOf(m.code)]!;
      const carried = m.data.length > 0 ? `${m.data.length} ${method.data ?? 'values'}` : '';
      if (isReply(m.code)) return `${method.name}: ${method.replies?.[m.a]?.label ?? m.a}${carried && `, ${carried}`}`;
      const given = argsOf(m).map((value, i) => `${method.args[i]} ${value}`);
      return `${method.name}(${[...given, ...(carried ? [carried] : [])].join(', ')})`;
    },
    timerSummary(node, code) {
      if (code < 0) return WORLD_TIMERS.get(code) ?? '';
      if (code === 0 && node === origin) return `${algorithm.timers[0]} of the origin`;
      return layers[Math.floor(code / 256)]?.timers[code % 256] ?? '';
    },
  };
}

function entities(topology: Topology, addresses: readonly string[]): Entities {
  const names = Array.from({ length: topology.nodes }, (_, node) => nameOf(topology, node));
  // The program of 2011 wrote "name (tick of receipt)": the second part is drawn muted.
  const split = names.map((name) => /^(.*\S)( \(\d+\))$/.exec(name));
  return {
    name: names.map((name, node) => split[node]?.[1] ?? name),
    detail: names.map((_, node) => split[node]?.[2] ?? ''),
    jid: addresses,
    kind: new Uint8Array(topology.nodes).map((_, node) => topology.kind?.(node) ?? EntityKind.node),
    parent: new Int32Array(topology.nodes).map((_, node) => topology.parent?.(node) ?? -1),
    position: topology.positions,
  };
}

const noLinks: Links = { from: new Uint32Array(0), to: new Uint32Array(0), kind: new Uint8Array(0), latency: new Float64Array(0) };

function links(topology: Topology): Links {
  const all = Array.from({ length: topology.links }, (_, link) => link);
  return {
    from: Uint32Array.from(all, (link) => topology.source(link)),
    to: Uint32Array.from(all, (link) => topology.target(link)),
    kind: new Uint8Array(topology.links).fill(LinkKind.edge),
    latency: Float64Array.from(all, (link) => topology.length(link)),
  };
}

/** For runs that nobody looks at. */
export const bareStage: Stage = {
  entities: { name: [], detail: [], jid: [], kind: new Uint8Array(0), parent: new Int32Array(0) },
  links: noLinks,
  states: [],
  kinds: [],
  reached: { title: '', of: 0 },
  roundName: 'period',
  rules: new Map(),
  stanzaOf: () => el('iq', 'jabber:client'),
  streamNs: () => 'jabber:client',
  summary: () => '',
  timerSummary: () => '',
};
