/** A world to which clients are added that ask and try things when it has come to its end: what they say is sent, and everything that comes of it is waited for. */
import { elements, type Element } from '../../../src/base/xml/element.ts';
import { parseXml } from '../../../src/base/xml/codec.ts';
import type { Host } from '../../../src/core/kernel/model.ts';
import { AGENTS } from '../../../src/core/xmpp/agents/index.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { SECOND } from '../../../src/scenarios/xmpp/parts.ts';

/** One client of a server. */
export interface Voice {
  readonly bare: string;
  readonly full: string;
  /** Sends this, and waits until all has come of it. */
  say(xml: string): void;
  /** What has come to it since anybody said something last. */
  heard(): readonly Element[];
  /** Sends a request and answers the answer to it. `to` empty: of the own account. */
  ask(type: 'get' | 'set', to: string, payload: string): Element;
}

export interface Probe {
  /** Two clients of one account; it owns the rooms of the scene, and is admin of its services. */
  readonly one: Voice;
  readonly same: Voice;
  /** Of an account that sees the presence of the first and is seen by it. */
  readonly other: Voice;
  /** Of one that knows nobody. */
  readonly stranger: Voice;
  /** Nobody else's: for what must not be named twice. */
  fresh(): string;
}

interface Pending {
  readonly tick: number;
  readonly turn: number;
  run(host: Host): void;
}

/** Long enough for what is asked of a service of another server. */
const PATIENCE = 5 * SECOND;

const withProbes = (scenario: XmppScenario): XmppScenario => ({
  ...scenario,
  servers: scenario.servers.map((s) => ({
    ...s,
    ...(s.accounts && { accounts: [...s.accounts, ...['probe', 'friend', 'stranger'].map((name) => ({ name, password: `pw-${name}` }))] }),
    ...(s.components && {
      components: s.components.map((c) => ({
        ...c,
        admins: [...(c.admins ?? []), `probe@${s.domain}`],
        ...(c.rooms && { rooms: c.rooms.map((room) => ({ ...room, owner: `probe@${s.domain}` })) }),
      })),
    }),
    rosters: [
      ...(s.rosters ?? []),
      { account: 'probe', contact: `friend@${s.domain}`, subscription: 'both' },
      { account: 'friend', contact: `probe@${s.domain}`, subscription: 'both' },
    ],
  })),
  clients: [
    // Those who watch a comparison are not needed.
    ...scenario.clients.map((c) => ({ ...c, agents: c.agents?.filter((id) => AGENTS.some((a) => a.id === id)) })),
    ...scenario.servers.flatMap((s) =>
      ['probe@D/one', 'probe@D/same', 'friend@D/other', 'stranger@D/far'].map((jid) => {
        const at = Math.max(0, (scenario.until ?? 60 * SECOND) - SECOND);
        return { jid: jid.replace('D', s.domain), passive: true, acts: [{ at, do: 'connect', roster: true, presence: '' } as const] };
      }),
    ),
  ],
});

export interface Ended {
  readonly scenario: XmppScenario;
  /** Addresses of servers and services, and of the rooms that there are. */
  readonly hosts: readonly string[];
  probe(domain: string): Probe;
}

/** Plays a scenario to its end. */
export function ended(given: XmppScenario): Ended {
  const scenario = withProbes(given);
  const model = createXmppWorld(scenario, {});
  const { stage } = model;
  const queue: Pending[] = [];
  const inboxes = new Map<number, Element[]>();
  let now = 0;
  let turn = 0;
  const plan = (tick: number, run: Pending['run']): void => {
    // In its place among what is pending: most comes last.
    let at = queue.length;
    while (at > 0 && queue[at - 1]!.tick > tick) at--;
    queue.splice(at, 0, { tick, turn: turn++, run });
  };
  let messages = 0;
  const hostAt = (tick: number): Host => ({
    tick,
    send(m) {
      const [from, to] = [stage.links.from[m.link]!, stage.links.to[m.link]!];
      const id = messages++;
      plan(tick + stage.links.latency[m.link]!, (host) => {
        inboxes.get(to)?.push(m.stanza);
        model.arrive(host, { id, from, to, link: m.link, kind: m.kind, stanza: m.stanza });
      });
      return id;
    },
    timer: (entity, delay, code, argument) => plan(tick + delay, (host) => model.timer(host, entity, code, argument)),
    silence() {},
    show() {},
    showLink() {},
    reached() {},
  });
  const until = (tick: number): void => {
    for (let next = queue[0]; next && next.tick <= tick; next = queue[0]) {
      queue.shift();
      now = next.tick;
      const { run } = next;
      run(hostAt(now));
    }
    now = Math.max(now, tick);
  };
  model.start(hostAt(0));
  until((scenario.until ?? 60 * SECOND) + PATIENCE);

  const voice = (jid: string): Voice => {
    const entity = stage.entities.jid.indexOf(jid);
    const inbox: Element[] = [];
    inboxes.set(entity, inbox);
    let count = 0;
    const say = (xml: string): void => {
      for (const other of inboxes.values()) other.length = 0;
      model.typed?.(hostAt(now), entity, xml);
      until(now + PATIENCE);
    };
    return {
      bare: jid.split('/', 1)[0]!,
      full: jid,
      say,
      heard: () => [...inbox],
      ask(type, to, payload) {
        const id = `try${count++}`;
        say(`<iq type='${type}' id='${id}'${to === '' ? '' : ` to='${to}'`}>${payload}</iq>`);
        const answer = inbox.find((s) => s.name === 'iq' && s.attrs['id'] === id && /result|error/.test(s.attrs['type'] ?? ''));
        // No answer is no success.
        return answer ?? parseXml(`<iq type='none' id='${id}'/>`, NS.client);
      },
    };
  };
  let made = 0;
  return {
    scenario,
    hosts: given.servers.flatMap((s) => [s.domain, ...(s.components ?? []).map((c) => c.domain)]),
    probe: (domain) => ({
      one: voice(`probe@${domain}/one`),
      same: voice(`probe@${domain}/same`),
      other: voice(`friend@${domain}/other`),
      stranger: voice(`stranger@${domain}/far`),
      fresh: () => `fresh${made++}`,
    }),
  };
}

export const isResult = (answer: Element): boolean => answer.attrs['type'] === 'result';
export const inside = (element: Element, name: string): Element | undefined => {
  for (const inner of elements(element)) {
    const found = inner.name === name ? inner : inside(inner, name);
    if (found) return found;
  }
  return undefined;
};
export const infoOf = (asker: Voice, to: string): Element => asker.ask('get', to, `<query xmlns='${NS.discoInfo}'/>`);
export const featuresIn = (answer: Element): readonly string[] =>
  elements(elements(answer)[0] ?? answer).flatMap((e) => (e.name === 'feature' ? [e.attrs['var'] ?? ''] : []));
