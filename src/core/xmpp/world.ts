/** The XMPP world: parties with their modules and state, on the kernel. Everything that changes is one immutable root for each party. */
import { bareOf, formatJid } from '../../base/jid.ts';
import { renamespace } from '../../base/xml/element.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { XmppScenario } from '../../protocol/scenario.ts';
import { LinkKind } from '../../protocol/scene.ts';
import type { Arrival, Host, StanzaModel } from '../kernel/model.ts';
import { perform, programOf, stepOf, timerOf, type Step } from './client/program.ts';
import { receiveAtClient } from './client/receive.ts';
import { createContext, type Surroundings } from './context.ts';
import { inspectLink, inspectParty } from './inspect.ts';
import type { Context } from './module.ts';
import { MODULES } from './modules/index.ts';
import { rooms, seededRooms } from './modules/muc/room.ts';
import { NS } from './namespaces.ts';
import { buildNetwork, type Network, type Party } from './network.ts';
import { Router } from './router.ts';
import { receiveFromHost, receiveFromSession } from './server/receive.ts';
import { boundSession, sessions } from './server/sessions.ts';
import type { Root } from './slice.ts';
import { buildStage } from './stage.ts';
import { Shown } from './states.ts';

export function createXmppWorld(scenario: XmppScenario, values: ParamValues): StanzaModel {
  const network = buildNetwork(scenario, values);
  const programs = network.parties.map((p) => programOf(p.name, p.acts));
  const roots: Root[] = network.parties.map(firstRoot);
  const around = network.parties.map((party) => surround(network, party, roots));
  const contextOf = (host: Host, entity: number, row: number): Context => createContext(host, around[entity]!, row);

  return {
    stage: buildStage(scenario, network, programs),
    start(host) {
      for (const party of network.parties) {
        if (party.place !== 'client') host.show(party.index, Shown.online);
        schedule(host, party.index, programs[party.index]!, 0);
      }
    },
    arrive(host, message) {
      const { to: entity } = message;
      const party = network.parties[entity]!;
      receive(contextOf(host, entity, message.id), network.parties[message.from]!, message);
      if (party.place === 'client' && isFollowed(scenario, message)) host.reached(entity);
    },
    timer(host, entity, code) {
      const found = stepOf(programs[entity]!, code);
      if (!found) return;
      perform(contextOf(host, entity, -1), found.step);
      schedule(host, entity, programs[entity]!, found.index + 1);
    },
    save: () => [...roots],
    load(saved) {
      // What `save` made: one root for each party.
      (saved as readonly Root[]).forEach((root, i) => (roots[i] = root));
    },
    inspect: (entity) => inspectParty(network, around[entity]!, roots[entity]!),
    inspectLink: (link) => inspectLink(network, link),
  };
}

function receive(context: Context, sender: Party, message: Arrival): void {
  // Inside a party all stanzas are in one namespace; the links put them in the other.
  const stanza = renamespace(message.stanza, NS.server, NS.client);
  if (context.party.place === 'client') receiveAtClient(context, stanza);
  else if (sender.place === 'client') receiveFromSession(context, stanza, sender.jid);
  else receiveFromHost(context, stanza, sender.name);
}

function schedule(host: Host, entity: number, steps: readonly Step[], index: number): void {
  const next = timerOf(steps, index, host.tick);
  if (next) host.timer(entity, next.delay, next.code, 0);
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

function firstRoot(party: Party): Root {
  if (party.place === 'server') return { [sessions.key]: party.sessions.map((jid) => boundSession(formatJid(jid), bareOf(jid))) };
  return party.place === 'muc' ? { [rooms.key]: seededRooms(party) } : {};
}

function surround(network: Network, party: Party, roots: Root[]): Surroundings {
  const modules = MODULES.filter((m) => m.places.includes(party.place));
  return {
    party,
    modules,
    router: new Router(modules),
    streamNs: (link) => (network.links.kind[link] === LinkKind.s2s ? NS.server : NS.client),
    root: () => roots[party.index]!,
    keep(root) {
      roots[party.index] = root;
    },
  };
}
