/** A run as a transcript of what its connections saw, in the format of the shared conformance README: JSON lines, for clients and between servers. */
import { LinkKind } from '../../protocol/scene.ts';
import { WHAT_NAMES } from '../kernel/journal.ts';
import { boundIn } from '../xmpp/client/login.ts';
import { clientStreamRules } from '../xmpp/client/stream.ts';
import { isWire, wireText } from '../xmpp/wire.ts';
import type { Conversation } from './conversation.ts';
import type { Run } from './run.ts';

export interface Transcript {
  readonly clients: readonly object[];
  readonly servers: readonly object[];
}
interface Entry {
  readonly tick: number;
  readonly order: number;
  readonly line: object;
}

/** Longer texts are cut, with their length beside them. */
const LONGEST = 20_000;

export function transcriptOf(run: Run, conversation: Conversation): Transcript {
  const { journal, world } = run;
  const { stage } = world;
  const { entities, links } = stage;
  const clients: Entry[] = [];
  const servers: Entry[] = [];
  const { scenario, steps } = conversation;
  const isClient = (entity: number): boolean => entity >= entities.name.length - scenario.clients.length;
  const specOf = (entity: number) => scenario.clients[entity - (entities.name.length - scenario.clients.length)]!;
  const bound = new Map<number, { readonly full: string; readonly since: number }>();
  const finished = new Map<number, number>();
  const rows = Array.from({ length: journal.messageCount }, (_, id) => id);
  for (const id of rows) {
    const to = journal.messages.to.get(id);
    const stanza = journal.stanzas.get(id);
    const full = stanza && isClient(to) ? boundIn(stanza) : undefined;
    const due = journal.messages.due.get(id);
    if (full !== undefined && !bound.has(to)) bound.set(to, { full, since: due });
    // A login by itself is over when its resource is bound.
    if (full !== undefined && !finished.has(to)) finished.set(to, due);
  }

  steps.forEach(({ at, note, op, domain }, i) => {
    if (note !== undefined) clients.push({ tick: at, order: -2, line: { step: i + 1, dir: 'event', event: 'note', text: note } });
    if (op === 'stop' || op === 'start')
      clients.push({ tick: at, order: -1, line: { step: i + 1, dir: 'event', event: `server-${op} ${domain ?? ''}` } });
  });
  const stepAt = (tick: number): number => steps.findLastIndex((s) => s.at <= tick) + 1;
  let connections = 0;
  const numbers = new Map<number, number>();
  /** Links of which the rest is hidden from a reader between the servers: under TLS, or after the other side has closed the connection. */
  const hidden = new Set<number>();

  for (const id of rows) {
    const { from, to, link, sent, due } = {
      from: journal.messages.from.get(id),
      to: journal.messages.to.get(id),
      link: journal.messages.link.get(id),
      sent: journal.messages.sent.get(id),
      due: journal.messages.due.get(id),
    };
    const stanza = journal.stanzas.get(id);
    if (!stanza) continue;
    if (links.kind[link] === LinkKind.c2s) {
      const up = isClient(from);
      const entity = up ? from : to;
      const spec = specOf(entity);
      const { name, byHand } = conversation.connections.get(spec.name ?? '') ?? { name: spec.jid, byHand: true };
      const tick = up ? sent : due;
      const who = bound.get(entity);
      const client = who && (up ? tick >= who.since : tick > who.since) ? who.full : `(${name})`;
      const line = (more: object): void =>
        void clients.push({ tick, order: id, line: { step: stepAt(tick), conn: name, client, ...more } });
      const login = !byHand && tick <= (finished.get(entity) ?? Infinity) && !(up && tick === finished.get(entity));
      const event = isWire(stanza, 'close') || isWire(stanza, 'reset') ? (up ? EVENTS[stanza.name] : 'server-closed-tcp') : undefined;
      const framed = spec.transport === 'websocket';
      if (framed && event === 'server-closed-tcp') line({ dir: 'event', event: 'ws-close', code: 1000 });
      if (framed && isWire(stanza, 'connect'))
        line(up ? { dir: 'send', phase: 'http', http: UPGRADE } : { dir: 'recv', phase: 'http', http: UPGRADED });
      if (event !== undefined) line({ dir: 'event', event });
      else {
        const text = wireText(stanza, 'jabber:client', spec.transport);
        if (text === '') continue;
        const cut = text.length > LONGEST ? { xml: `${text.slice(0, 200)}…${text.slice(-60)}`, truncated: text.length } : { xml: text };
        line({ dir: up ? 'send' : 'recv', ...(byHand ? { phase: 'raw' } : login ? { phase: 'login' } : {}), ...cut });
      }
    } else if (links.kind[link] === LinkKind.s2s) {
      const { opens, reverse } = world.wayOf!(link);
      if (isWire(stanza, 'connect') && opens) {
        numbers.set(link, ++connections);
        hidden.delete(link);
        hidden.delete(reverse);
      } else if (hidden.has(link)) continue;
      const conn = numbers.get(opens ? link : reverse) ?? 0;
      const listener = serverName(entities, opens ? to : from);
      const text = wireText(stanza, 'jabber:server');
      const at = { tick: sent, order: id };
      const line = (more: object): void => void servers.push({ ...at, line: { step: stepAt(sent), conn, listener, ...more } });
      if (isWire(stanza, 'connect')) {
        if (opens) line({ dir: 'event', event: 'tcp-open' });
      } else if (isWire(stanza, 'refused')) line({ dir: 'event', event: 'tcp-error ECONNREFUSED' });
      else if (isWire(stanza, 'tls')) {
        if (opens) line({ dir: 'event', event: 'tls-bytes-follow' });
        hidden.add(link).add(reverse);
      } else if (isWire(stanza, 'close') || isWire(stanza, 'reset')) {
        line({ dir: 'event', event: opens ? 'tcp-closed-by-initiator' : 'tcp-closed-by-receiver' });
        hidden.add(reverse);
      } else if (text.startsWith('<?xml')) {
        line({ dir: opens ? 'send' : 'recv', kind: 'decl', xml: "<?xml version='1.0'?>" });
        line({ dir: opens ? 'send' : 'recv', kind: 'header', xml: text.replace(/^<\?xml[^>]*\?>/, '') });
      } else if (text !== '') line({ dir: opens ? 'send' : 'recv', kind: 'stanza', xml: text });
    }
  }
  // What a client wrote on a connection that was closed already left a row of its own.
  for (let ordinal = 1; ordinal <= journal.eventCount; ordinal++) {
    const entity = journal.events.entity.get(ordinal - 1);
    if (WHAT_NAMES[journal.events.what.get(ordinal - 1)] !== 'nothing' || !isClient(entity)) continue;
    if (journal.ruleName(journal.events.rule.get(ordinal - 1)) !== clientStreamRules.closed.id) continue;
    const tick = journal.tickOf(ordinal);
    const name = conversation.connections.get(specOf(entity).name ?? '')?.name ?? '';
    clients.push({
      tick,
      order: Infinity,
      line: { step: stepAt(tick), conn: name, client: bound.get(entity)?.full ?? `(${name})`, dir: 'event', event: 'write-after-close' },
    });
  }
  return { clients: numbered(clients), servers: numbered(servers) };
}

/** RFC 7395 §3.1, the two lines that decide. */
const UPGRADE = 'GET /xmpp-websocket HTTP/1.1\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n';
const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n';

const EVENTS: Readonly<Record<string, string>> = { close: 'client-destroys-tcp', reset: 'client-resets-tcp' };

/** Services listen where their server does. */
function serverName(entities: { readonly name: readonly string[]; readonly parent: Int32Array }, entity: number): string {
  const parent = entities.parent[entity]!;
  return entities.name[parent < 0 ? entity : parent]!;
}

const numbered = (entries: readonly Entry[]): object[] =>
  [...entries].sort((a, b) => a.tick - b.tick || a.order - b.order).map((e, i) => ({ seq: i + 1, ...e.line }));
