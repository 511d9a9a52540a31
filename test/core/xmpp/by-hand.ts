/** One host that is spoken to by hand, item by item, as another server would: what it answers, and its timers. */
import { el, type Element } from '../../../src/base/xml/element.ts';
import type { Host } from '../../../src/core/kernel/model.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { headerItem, wireText } from '../../../src/core/xmpp/wire.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { LinkKind } from '../../../src/protocol/scene.ts';

export interface ByHand {
  /** On the connection that `from` opens to `to`. Answers what came back on it, as on the wire, and everything that was said elsewhere. */
  say(...items: readonly Element[]): { readonly back: readonly string[]; readonly elsewhere: readonly Element[] };
  /** So much time passes, in ticks: by default enough for a name to be looked up. */
  wait(ticks?: number): { readonly back: readonly string[]; readonly elsewhere: readonly Element[] };
  /** Items of the other direction: what `to` opened a connection to `from` for. */
  reply(...items: readonly Element[]): { readonly back: readonly string[]; readonly elsewhere: readonly Element[] };
  /** What a client of `to` sends. */
  client(jid: string, stanza: Element): void;
  readonly silences: readonly string[];
}

export function byHand(scenario: XmppScenario, from: string, to: string): ByHand {
  const model = createXmppWorld(scenario, {});
  const { stage } = model;
  const entity = (name: string): number => stage.entities.jid.indexOf(name);
  const linkFrom = (a: string, b: string): number =>
    stage.links.from.findIndex(
      (f, i) => f === entity(a) && stage.links.to[i] === entity(b) && stage.links.kind[i] === LinkKind.s2s && model.wayOf(i).opens,
    );
  const out = linkFrom(from, to);
  const reversed = model.wayOf(linkFrom(to, from)).reverse;
  const silences: string[] = [];
  let said: { link: number; stanza: Element }[] = [];
  let timers: { entity: number; at: number; code: number; argument: number }[] = [];
  let tick = 0;
  const host: Host = {
    get tick() {
      return tick;
    },
    send: ({ link, stanza }) => said.push({ link, stanza }),
    timer: (who, delay, code, argument) => void timers.push({ entity: who, at: tick + delay, code, argument }),
    silence: (who, rule) => void (who === entity(to) && silences.push(rule)),
    show: () => undefined,
    showLink: () => undefined,
    reached: () => undefined,
  };
  const told = (link: number): { back: readonly string[]; elsewhere: readonly Element[] } => {
    const back = said.filter((s) => s.link === model.wayOf(link).reverse).map((s) => wireText(s.stanza, NS.server) || s.stanza.name);
    const elsewhere = said.filter((s) => s.link !== model.wayOf(link).reverse).map((s) => s.stanza);
    said = [];
    return { back, elsewhere };
  };
  const arrive = (link: number, items: readonly Element[]) => {
    for (const stanza of items) model.arrive(host, { id: 0, from: entity(from), to: entity(to), link, kind: 0, stanza });
    return told(link);
  };
  return {
    say: (...items) => arrive(out, items),
    reply: (...items) => arrive(reversed, items),
    wait(ticks = 1000) {
      tick += ticks;
      const due = timers.filter((t) => t.at <= tick);
      timers = timers.filter((t) => t.at > tick);
      for (const t of due) model.timer(host, t.entity, t.code, t.argument);
      return told(out);
    },
    client(jid, stanza) {
      const [sender, server] = [entity(jid), entity(to)];
      const link = stage.links.from.findIndex((f, i) => f === sender && stage.links.to[i] === server);
      model.arrive(host, { id: 0, from: sender, to: server, link, kind: 0, stanza });
      said = [];
    },
    silences,
  };
}

export const header = (from: string, to: string, id = ''): Element =>
  headerItem(NS.server, { from, to, id, version: '1.0', 'xml:lang': 'en' });
export const db = (name: 'result' | 'verify', attrs: Record<string, string>, key = ''): Element =>
  el(name, NS.dialback, attrs, ...(key === '' ? [] : [key]));
