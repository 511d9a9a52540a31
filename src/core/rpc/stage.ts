/** What a graph with an algorithm on it looks like: nodes, links, stanzas made on demand, and a node's state in words. */
import type { Field, Part } from '../../protocol/parts.ts';
import { EntityKind, LinkKind, type Entities, type Links } from '../../protocol/scene.ts';
import type { Algorithm } from '../gossip/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { MessageView, Rule, Stage } from '../kernel/model.ts';
import type { Topology } from '../topology/topology.ts';
import { nameOf } from './addresses.ts';
import type { GraphWorld } from './graph.ts';
import { callStanza, emptyResult, isReply, methodOf, replyStanza } from './xep0009.ts';

/** More links than this are a black square on any screen, and cost seconds to lay out. */
const MOST_LINKS = 30_000;
const MOST_PEERS = 50;

export function graphStage(given: { algorithm: Algorithm; topology: Topology; addresses: readonly string[]; origin: number }): Stage {
  const { algorithm, topology, addresses, origin } = given;
  const omitted = topology.links > MOST_LINKS;
  const argsOf = (m: MessageView): number[] => [m.a, m.b].slice(0, algorithm.methods[methodOf(m.code)]!.args.length);
  const ruleOf = (code: number): string => {
    const method = algorithm.methods[methodOf(code)]!;
    return `${algorithm.id}/${method.name}`;
  };
  return {
    entities: entities(topology, addresses),
    links: omitted ? noLinks : links(topology),
    linksOmitted: omitted ? `${topology.links.toLocaleString('en')} links are not drawn: there are too many to tell apart.` : undefined,
    states: algorithm.states,
    kinds: [
      ...new Set([...algorithm.methods.map((m) => m.kind), ...(algorithm.methods.some((m) => m.replies) ? (['result'] as const) : [])]),
    ],
    reached: { title: 'Nodes reached', of: topology.nodes },
    roundName: 'period',
    rules: rulesOf(algorithm),
    ruleOf: (m) => (isReply(m.code) ? `${ruleOf(m.code)}/${m.a}` : ruleOf(m.code)),
    stanzaOf(m) {
      const method = algorithm.methods[methodOf(m.code)]!;
      const [from, to] = [addresses[m.from]!, addresses[m.to]!];
      return isReply(m.code) ? replyStanza(from, to, m.answers, m.a) : callStanza(from, to, m.id, method, argsOf(m));
    },
    acknowledgement: (m) => (isReply(m.code) ? undefined : emptyResult(addresses[m.to]!, addresses[m.from]!, m.id)),
    streamNs: () => 'jabber:client',
    summary(m) {
      const method = algorithm.methods[methodOf(m.code)]!;
      if (isReply(m.code)) return `${method.name}: ${method.replies?.[m.a]?.label ?? m.a}`;
      return `${method.name}(${argsOf(m)
        .map((value, i) => `${method.args[i]} ${value}`)
        .join(', ')})`;
    },
    timerSummary: (node, code) =>
      code === 0 && node === origin ? `${algorithm.timers[0]} of the origin` : (algorithm.timers[code] ?? 'time-out'),
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
    kind: new Uint8Array(topology.nodes).fill(EntityKind.node),
    parent: new Int32Array(topology.nodes).fill(-1),
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

function rulesOf(algorithm: Algorithm): ReadonlyMap<string, Rule> {
  const rules: Rule[] = [];
  for (const method of algorithm.methods) {
    rules.push({ id: `${algorithm.id}/${method.name}`, source: algorithm.source, text: method.why });
    method.replies?.forEach((reply, value) =>
      rules.push({ id: `${algorithm.id}/${method.name}/${value}`, source: algorithm.source, text: reply.why }),
    );
  }
  for (const [name, text] of Object.entries(algorithm.rules)) rules.push({ id: `${algorithm.id}/${name}`, source: algorithm.source, text });
  return new Map(rules.map((rule) => [rule.id, rule]));
}

/** The node's state now: what it shows, its columns by name, its links. */
export function inspectNode(
  world: GraphWorld,
  algorithm: Algorithm,
  topology: Topology,
  stage: Stage,
  kernel: Kernel,
  node: number,
): readonly Part[] {
  const reachedAt = kernel.reachedAt[node]!;
  const columns: Field[] = Object.entries(world.state).map(([name, column]) => ({
    key: name,
    label: name,
    value: String(column[node]),
    mono: true,
  }));
  const first = topology.first(node);
  const degree = topology.degree(node);
  const shown = Math.min(degree, MOST_PEERS);
  return [
    {
      type: 'fields',
      key: 'node',
      fields: [
        { key: 'state', label: 'state', value: algorithm.states[algorithm.shown(world.state, node)]!.label },
        { key: 'jid', label: 'address', value: stage.entities.jid[node]!, mono: true, help: 'Name escaped by XEP-0106' },
        { key: 'reached', label: 'reached', value: reachedAt < 0 ? 'not yet' : `at tick ${reachedAt.toLocaleString('en')}` },
        { key: 'degree', label: 'peers', value: degree.toLocaleString('en') },
      ],
    },
    { type: 'fields', key: 'columns', title: `State (${algorithm.id})`, fields: columns },
    {
      type: 'table',
      key: 'peers',
      title: shown < degree ? `Peers (first ${shown} of ${degree.toLocaleString('en')})` : 'Peers',
      columns: ['peer', 'ticks'],
      rows: Array.from({ length: shown }, (_, i) => {
        const peer = topology.target(first + i);
        const cells = [
          { text: stage.entities.name[peer]!, link: { type: 'entity', index: peer } as const },
          { text: topology.length(first + i).toLocaleString('en') },
        ];
        return { key: String(peer), cells };
      }),
      empty: 'This node has no outgoing link.',
    },
  ];
}
