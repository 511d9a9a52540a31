/** What a server keeps of a managed stream: counts of both directions, and what the client has not acknowledged yet. XEP-0198 §4. */
import { child, type Element } from '../../../../base/xml/element.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import type { Session } from '../../server/sessions.ts';
import { slice } from '../../slice.ts';
import { extended } from '../../stanza.ts';
import { delay } from '../xep0203.ts';

export interface Managed {
  /** The version that the client has chosen: `urn:xmpp:sm:2` or `:3`. */
  readonly ns: string;
  readonly full: string;
  /** Stanzas of the client that were handled; of the server that were sent; of those, that the client has said it has. */
  readonly handled: number;
  readonly sent: number;
  readonly acked: number;
  /** What was sent and not acknowledged, the latest 500. */
  readonly queue: readonly Waiting[];
  /** What the client may resume the session by; empty where it cannot. */
  readonly token: string;
  /** An answer to `<r/>` is due. */
  readonly awaiting: boolean;
  /** What was sent when `<r/>` was asked last: it is not asked twice about the same. */
  readonly requested: number;
  /** `<r/>` will be sent once what is being written is out. */
  readonly planned: boolean;
  /** Number of the hibernation that it is in; 0 while its stream is up. */
  readonly asleep: number;
}

export interface Waiting {
  readonly stanza: Element;
  /** The row that it carries on. */
  readonly relays: number;
}

/** By full address. */
export const managed = slice<Readonly<Record<string, Managed>>>('stream-management', {});

/** Prosody’s limit of what waits for one client. */
const QUEUE = 500;

export const newManaged = (ns: string, full: string, token: string): Managed => ({
  ns,
  full,
  handled: 0,
  sent: 0,
  acked: 0,
  queue: [],
  token,
  awaiting: false,
  requested: -1,
  planned: false,
  asleep: 0,
});

export const managedAt = (context: Pick<Context, 'get'>, full: string | undefined): Managed | undefined =>
  full === undefined ? undefined : context.get(managed)[full];

export function keepManaged(context: Context, full: string, change: Partial<Managed>): void {
  const all = context.get(managed);
  const now = all[full];
  if (now) context.set(managed, { ...all, [full]: { ...now, ...change } });
}

export function dropManaged(context: Context, full: string): void {
  const { [full]: gone, ...rest } = context.get(managed);
  if (gone) context.set(managed, rest);
}

/** What leaves is kept as it will be sent again: with the time, unless it has one already. */
export function enqueue(context: Context, m: Managed, stanza: Element, relays: number): void {
  const dated = stanza.name === 'iq' || child(stanza, 'delay', NS.delay);
  const kept = dated ? stanza : extended(stanza, delay(context.tick, m.full.slice(0, m.full.indexOf('/'))));
  keepManaged(context, m.full, { sent: m.sent + 1, queue: [...m.queue, { stanza: kept, relays }].slice(-QUEUE) });
}

/** §4: counters go round at 2³². */
export const COUNTER = 4_294_967_296;

/** @returns the state after the client has said how many it has, or why that cannot be. */
export function acknowledge(m: Managed, h: number): Managed | 'head' | 'tail' {
  if (h > m.sent) return 'head';
  if (h < m.acked) return 'tail';
  const left = m.sent - h;
  return { ...m, acked: h, queue: left >= m.queue.length ? m.queue : m.queue.slice(m.queue.length - left) };
}

/** More was sent than is kept: what is missing cannot be sent again. */
export const isOverfull = (m: Managed): boolean => m.queue.length < m.sent - m.acked;

/** A count in an attribute; `undefined` for what is none. */
export function countIn(element: Element): number | undefined {
  const text = element.attrs['h']?.trim() ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

export const describeManaged = (m: Managed, session: Session | undefined): readonly string[] => [
  m.full,
  m.asleep > 0 ? 'waits to be resumed' : session ? 'up' : 'gone',
  String(m.handled),
  `${m.sent} / ${m.acked}`,
  String(m.queue.length),
];
