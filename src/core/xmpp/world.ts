/** The XMPP world: parties with their modules and state, on the kernel. What changes is one table of immutable values for each party. */
import { renamespace } from '../../base/xml/element.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { XmppScenario } from '../../protocol/scenario.ts';
import { LinkKind, LinkState } from '../../protocol/scene.ts';
import type { Arrival, Host, StanzaModel } from '../kernel/model.ts';
import { deedsOf } from './actions/offer.ts';
import type { Deeds } from './actions/contract.ts';
import { AGENTS } from './agents/index.ts';
import { perform, programOf, type Step } from './client/program.ts';
import { receiveAtClient } from './client/receive.ts';
import { ownPresence } from './client/own-presence.ts';
import { clientStream, sendByHand } from './client/stream.ts';
import type { Values } from './client/templates.ts';
import { arrivesTooLate, breakConnection, keepAlive } from './connections.ts';
import { willComeBack } from './client/reconnect.ts';
import { createContext, type Surroundings } from './context.ts';
import { cutRules, cutsOf, type Cuts } from './cuts.ts';
import { firstState } from './first-state.ts';
import { groupsOf } from './groups.ts';
import { inspectLink, inspectParty } from './inspect.ts';
import type { Context, Module } from './module.ts';
import { MODULES } from './modules/index.ts';
import { checkModules } from './modules/known.ts';
import { NS } from './namespaces.ts';
import { buildNetwork, nsOfLink, type Network, type Party } from './network.ts';
import { createLinkWatch } from './link-states.ts';
import { join, leave, outageRules, setPower } from './outage.ts';
import { Router } from './router.ts';
import { receiveFromClient } from './server/c2s.ts';
import { power, receiveWhileDown } from './server/power.ts';
import { receiveFromHost } from './server/receive.ts';
import { cameBack } from './server/no-route.ts';
import { breakStreams } from './server/s2s.ts';
import { read, type Root, type State } from './slice.ts';
import { buildStage } from './stage.ts';
import { isStanza } from './stanza.ts';
import { Shown } from './states.ts';
import { FIRST_ACT, NETWORK_ACT, NO_ROUTE, timerCode, timerOf } from './timers.ts';

export interface XmppWorld extends StanzaModel {
  /** Whether it has crashed, or was stopped. */
  isDown(entity: number): boolean;
  /** What a link is of. */
  wayOf(link: number): Network['ways'][number];
  /** What spreads things to many now. @param flights what is under way. */
  groups(flights: Parameters<typeof groupsOf>[2]): ReturnType<typeof groupsOf>;
  /** What a client can be made to do now. @param done how much was done by hand before. */
  deeds(entity: number, done: number): readonly Deeds[];
  /** What a client's program may do outside of its hooks, such as when a timer of its own runs. */
  contextOf(host: Host, entity: number): Context;
  /** The same, where it may change how far streams are. */
  within(host: Host, entity: number, act: (context: Context) => void): void;
}

/** @param agents of this scenario alone, beside those that there always are. @param second in ticks. */
export function createXmppWorld(
  scenario: XmppScenario,
  values: ParamValues,
  agents: readonly Module[] = [],
  second = MICROSECONDS,
): XmppWorld {
  checkModules(scenario);
  const network = buildNetwork(
    scenario,
    values,
    [...AGENTS, ...agents].map((a) => a.id),
  );
  const programs = network.parties.map((p) => programOf(p.name, p.acts));
  const saves = programs.some((steps) => steps.some((s) => s.act.do === 'save'));
  const states = network.parties.map(firstState);
  const rootsNow = (): readonly Root[] => states.map((state) => state.now);
  const cuts = cutsOf(scenario, network);
  const around = network.parties.map((party) => surround(scenario, network, party, states[party.index]!, agents, cuts, second));
  const showLinks = createLinkWatch(network, states);
  const contextOf = (host: Host, entity: number, row: number): Context => createContext(host, around[entity]!, row);

  return {
    isDown: (entity) => states[entity]!.get(power) === 'down',
    wayOf: (link) => network.ways[link]!,
    groups: (flights) => groupsOf(around, rootsNow(), flights),
    deeds: (entity, done) => deedsOf(around, rootsNow(), entity, done),
    contextOf: (host, entity) => contextOf(host, entity, -1),
    within(host, entity, act) {
      act(contextOf(host, entity, -1));
      showLinks(host, entity);
    },
    stage: buildStage(scenario, network, programs, second),
    start(host) {
      for (const party of network.parties) {
        if (party.place !== 'client') openUp(host, party);
        schedule(host, party.index, programs[party.index]!, 0);
      }
      cuts?.acts.forEach((act, i) => {
        for (const party of network.parties)
          if (party.place !== 'client' && cuts.beyond(i, party).length > 0) host.timer(party.index, act.at, NETWORK_ACT, i);
      });
      for (const { index } of network.parties) showLinks(host, index);
    },
    arrive(host, message) {
      const { to: entity } = message;
      const party = network.parties[entity]!;
      // Sent as long ago as the link is long.
      if (cuts?.wasCut(message.link, host.tick - network.links.latency[message.link]!, host.tick)) {
        host.silence(entity, cutRules.lost.id, true);
        return;
      }
      const context = contextOf(host, entity, message.id);
      const { reverse } = network.ways[message.link]!;
      if (!arrivesTooLate(context, host, network, message.stanza, reverse)) receive(context, message);
      showLinks(host, entity);
      if (party.place !== 'client') return;
      const there = scenario.follow ? isFollowed(scenario, message) : states[entity]!.get(ownPresence).available;
      if (there) host.reached(entity);
    },
    timer(host, entity, code, argument) {
      const context = contextOf(host, entity, -1);
      if (code === NETWORK_ACT) {
        networkAct(host, entity, context, argument);
        return;
      }
      if (code === NO_ROUTE && context.get(power) !== 'down') {
        cameBack(context);
        return;
      }
      const step = programs[entity]![code - FIRST_ACT];
      if (!step) {
        const named = timerOf(code);
        // What a host had set itself to do is lost when it goes down.
        if (named && (named.always === true || context.get(power) !== 'down')) named.run(context, argument);
        showLinks(host, entity);
        return;
      }
      if (context.get(power) === 'down') context.decline(outageRules.away);
      else perform(context, step, valuesAt(host.tick));
      showLinks(host, entity);
      schedule(host, entity, programs[entity]!, code - FIRST_ACT + 1);
    },
    typed(host, entity, text) {
      const context = contextOf(host, entity, -1);
      if (context.get(power) === 'down') context.decline(outageRules.untyped);
      else sendByHand(context, text);
      showLinks(host, entity);
    },
    power(host, entity, on) {
      const changed = setPower(contextOf(host, entity, -1), on);
      // Those of a server that dies by hand find their way back.
      for (const { index, place, server } of network.parties)
        if (changed && !on && place === 'client' && server === entity) willComeBack(contextOf(host, index, -1));
      showLinks(host, entity);
      return changed;
    },
    leave(host, entity, orderly) {
      const gone = network.parties[entity]!.place === 'client' && leave(contextOf(host, entity, -1), orderly);
      showLinks(host, entity);
      return gone;
    },
    join(host, entity) {
      join(contextOf(host, entity, -1));
      showLinks(host, entity);
    },
    idle: (host, link) => keepAlive(contextOf(host, network.links.from[link]!, -1), network, link, () => broken(host, link)),
    broken,
    get stateBytes() {
      return states.reduce((sum, state) => sum + state.bytes, 0);
    },
    save: () => states.map((state) => state.hold()),
    load(saved) {
      // What `save` made: one root for each party.
      (saved as readonly Root[]).forEach((root, i) => states[i]!.load(root));
    },
    inspect: (entity) => inspectParty(network, around[entity]!, states[entity]!.now),
    inspectLink: (link) => inspectLink(network, link, rootsNow()),
  };

  function broken(host: Host, link: number): void {
    const [entity, sender] = [network.links.from[link]!, network.links.to[link]!];
    const context = contextOf(host, entity, -1);
    const kind = LinkKind.c2s;
    // A client at the other end hears of it by a reset, sooner or later.
    for (const end of [entity, sender]) if (network.parties[end]!.place === 'client') willComeBack(contextOf(host, end, -1));
    breakConnection(context, host, network, link, (stanza) =>
      receive(context, { id: -1, from: sender, to: entity, link: network.ways[link]!.reverse, kind, stanza }),
    );
    showLinks(host, entity);
  }

  function networkAct(host: Host, entity: number, context: Context, act: number): void {
    if (!cuts) return;
    const isCut = cuts.acts[act]!.do === 'cut';
    if (!isCut) context.decline(cutRules.mended);
    else if (context.party.routes.size > 0) breakStreams(context, cuts.beyond(act, context.party));
    else context.decline(cutRules.broken);
    // Streams that are up without negotiation are not otherwise watched.
    if (network.up.servers)
      for (const link of cuts.linksOf(act))
        if (network.links.from[link] === entity) host.showLink(link, isCut ? LinkState.down : LinkState.up);
    showLinks(host, entity);
  }

  function openUp(host: Host, party: Party): void {
    host.show(party.index, Shown.online);
    // A service stops after its server, so that it learns who has left.
    const own = party.links.get(network.parties[party.server]!.name);
    const later = own === undefined ? 0 : network.links.latency[own]! + 1;
    if (party.place !== 'server' && party.host.secrets[party.name] !== undefined)
      host.timer(party.index, 0, timerCode('component-connect'), 0);
    party.host.acts.forEach((act, i) => host.timer(party.index, act.at + (act.do === 'stop' ? later : 0), timerCode('host-act'), i));
  }

  function receive(context: Context, message: Arrival): void {
    const sender = network.parties[message.from]!;
    // Inside a party all stanzas are in one namespace; the links put them in the other. A client's in another stream's namespace is none.
    const { stanza } = message;
    const isOwn = isStanza(stanza) && (sender.place !== 'client' || stanza.ns === NS.client);
    const item = isOwn ? renamespace(stanza, stanza.ns, NS.client) : stanza;
    const { reverse, transport, opens, external } = network.ways[message.link]!;
    if (context.get(power) === 'down') receiveWhileDown(context, item, reverse);
    else if (context.party.place === 'client') receiveAtClient(context, item, saves);
    else if (sender.place === 'client') receiveFromClient(context, item, reverse, transport);
    else if (network.links.kind[message.link] === LinkKind.s2s && context.party.routes.size > 0) {
      context.fire(opens ? OPENED : TAKEN, { stanza: item, to: context.party.jid, from: sender.jid, link: reverse });
    } else if (external === true) {
      context.fire(['component/item'], { stanza: item, to: context.party.jid, from: sender.jid, link: reverse });
    } else receiveFromHost(context, item, sender.name);
  }

  /** What scripts can know of each other: clients of one name are one person's connections, and the latest counts. */
  function valuesAt(tick: number): Values {
    const clients = () =>
      network.parties.filter((p) => p.place === 'client').map((party) => ({ party, ...read(states[party.index]!.now, clientStream) }));
    return {
      tick,
      full: (name) => clients().findLast((c) => c.party.name.split('#', 1)[0] === name && c.full !== '')?.full,
      saved: (name) => clients().findLast((c) => name in c.variables)?.variables[name],
    };
  }
}

/** In a second. */
const MICROSECONDS = 1_000_000;

const OPENED = ['s2s/in'];
const TAKEN = ['s2s/out'];

function schedule(host: Host, entity: number, steps: readonly Step[], index: number): void {
  const next = steps[index];
  // Of an entity that was paused or slow, it may be late.
  if (next) host.timer(entity, Math.max(0, next.at - host.tick), FIRST_ACT + index, 0);
}

/** A copy that was refused is an error with the same id, and reaches nobody. */
function isFollowed(scenario: XmppScenario, { stanza }: Arrival): boolean {
  return (
    stanza.name === 'message' &&
    stanza.attrs['type'] !== 'error' &&
    stanza.attrs['id'] !== undefined &&
    stanza.attrs['id'] === scenario.follow?.id
  );
}

function surround(
  scenario: XmppScenario,
  network: Network,
  party: Party,
  state: State,
  agents: readonly Module[],
  cuts: Cuts | undefined,
  second: number,
): Surroundings {
  const loaded = MODULES.filter((m) => m.places.includes(party.place) && (m.optional !== true || party.host.modules.includes(m.id)));
  const modules = [...loaded, ...[...AGENTS, ...agents].filter((a) => party.client.agents.includes(a.id))];
  return {
    party,
    seed: scenario.seed,
    second,
    profile: scenario.profile ?? 'prosody',
    modules,
    cuts,
    router: new Router(modules),
    timerCode,
    way: (link) => network.ways[link]!,
    streamNs: (link) => nsOfLink(network, link),
    state,
  };
}
