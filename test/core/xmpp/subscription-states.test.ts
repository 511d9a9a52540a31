/** RFC 6121 appendix A: all 72 rows of the tables, as pure steps and on a running server, in both directions. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseXml } from '../../../src/base/xml/codec.ts';
import type { Element } from '../../../src/base/xml/element.ts';
import { child, elements } from '../../../src/base/xml/element.ts';
import type { Host } from '../../../src/core/kernel/model.ts';
import { newItem, rosters, type Roster } from '../../../src/core/xmpp/modules/roster/rosters.ts';
import { inbound, outbound, subscriptionOf, type Ties, type TieType } from '../../../src/core/xmpp/modules/roster/ties.ts';
import { sessions, type Session } from '../../../src/core/xmpp/server/sessions.ts';
import type { Root } from '../../../src/core/xmpp/slice.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';

interface Row {
  readonly direction: 'inbound' | 'outbound';
  readonly type: TieType;
  readonly state: string;
  readonly route: 'MUST' | 'MUST NOT' | 'SHOULD NOT';
  readonly next: string;
  readonly rosterPush: boolean;
  readonly rosterItem: { readonly subscription: string; readonly ask?: string };
  readonly autoReply?: string;
  readonly preApproval?: boolean;
}

const FILE = ['../shared', '/work/shared'].map((dir) => `${dir}/conformance/vectors/subscription-states.json`).find(existsSync);
const rows = FILE === undefined ? [] : (JSON.parse(readFileSync(FILE, 'utf8')) as { rows: Row[] }).rows;
const named = rows.map((r) => [`RFC 6121 §A.${r.direction === 'outbound' ? 2 : 3} ${r.direction} ${r.type} in ${r.state}`, r] as const);

test.skipIf(FILE === undefined)('the shared vectors are there (skipped where ../shared is not): 72 rows', () =>
  expect(rows).toHaveLength(72),
);

/** `From + Pending Out` → its parts. */
function tiesFrom(state: string): Ties {
  const [name = ''] = state.split(' + ');
  return {
    to: name === 'To' || name === 'Both',
    from: name === 'From' || name === 'Both',
    ask: state.includes('Out'),
    pending: /Pending (Out\+)?In/.test(state),
  };
}

test.each(named)('%s, the step', (_name, row) => {
  const { next, goesOn } = (row.direction === 'inbound' ? inbound : outbound)(row.type, tiesFrom(row.state));
  expect(next).toEqual(tiesFrom(row.next));
  expect(goesOn).toBe(row.route === 'MUST');
  expect(subscriptionOf(next)).toBe(row.rosterItem.subscription);
  expect(next.ask).toBe(row.rosterItem.ask === 'subscribe');
});

const USER = 'alice@wonderland.lit';
const CONTACT = 'sister@realworld.lit';
const scenario = (profile: 'prosody' | 'rfc'): XmppScenario => ({
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  profile,
  id: 'states',
  title: '',
  summary: '',
  seed: '1',
  servers: [{ domain: 'wonderland.lit' }, { domain: 'realworld.lit' }],
  clients: [
    { jid: `${USER}/tea`, acts: [] },
    { jid: `${CONTACT}/bank`, acts: [] },
  ],
  latency: { client: 1, federation: 1, component: 1 },
});

interface Outcome {
  readonly roster: Roster;
  /** To the other server, as `type` or `available`. */
  readonly routed: readonly string[];
  readonly delivered: readonly string[];
  readonly pushed: readonly Element[];
}

/** One stanza, at the user's server, in a given state; the user is available and has asked for the roster. */
function happen(profile: 'prosody' | 'rfc', { direction, type, state }: Pick<Row, 'direction' | 'type' | 'state'>): Outcome {
  const model = createXmppWorld(scenario(profile), {});
  const { entities, links } = model.stage;
  const at = (jid: string): number => entities.jid.indexOf(jid);
  const link = (from: string, to: string): number => links.from.findIndex((f, i) => f === at(from) && links.to[i] === at(to));
  const { pending, ask, ...ties } = tiesFrom(state);
  const item = { ...newItem(CONTACT), ask, subscription: subscriptionOf(ties) };
  const request = parseXml(`<presence xmlns='jabber:client' type='subscribe' from='${CONTACT}' to='${USER}'/>`);
  const before: Roster = { version: 1, items: { [CONTACT]: item }, pending: pending ? { [CONTACT]: request } : {} };
  const roots = [...(model.save() as Root[])];
  const server = at('wonderland.lit');
  const own = (roots[server]![sessions.place] as Record<string, Session[]>)[USER]!;
  const presence = parseXml(`<presence xmlns='jabber:client' from='${USER}/tea'/>`);
  const given = [...roots[server]!];
  given[rosters.place] = { [USER]: before };
  given[sessions.place] = { [USER]: own.map((s) => ({ ...s, presence, interested: true })) };
  roots[server] = given;
  model.load(roots);
  const sent: { to: string; stanza: Element }[] = [];
  const host: Host = {
    tick: 5,
    send: (m) => sent.push({ to: entities.jid[links.to[m.link]!]!, stanza: m.stanza! }),
    timer: () => undefined,
    silence: () => undefined,
    show: () => undefined,
    showLink: () => undefined,
    reached: () => undefined,
  };
  const out = direction === 'outbound';
  const stanza = out
    ? parseXml(`<presence xmlns='jabber:client' type='${type}' to='${CONTACT}/cut-off'/>`)
    : parseXml(`<presence xmlns='jabber:server' type='${type}' from='${CONTACT}' to='${USER}'/>`);
  const from = out ? `${USER}/tea` : 'realworld.lit';
  model.arrive(host, { id: 0, from: at(from), to: server, link: link(from, 'wonderland.lit'), kind: 0, stanza });
  const root = (model.save() as Root[])[server]!;
  const presences = (to: string): string[] =>
    sent.filter((s) => s.to === to && s.stanza.name === 'presence').map((s) => s.stanza.attrs['type'] ?? 'available');
  return {
    roster: (root[rosters.place] as Record<string, Roster>)[USER]!,
    routed: presences('realworld.lit'),
    delivered: presences(`${USER}/tea`),
    pushed: sent.filter((s) => s.stanza.name === 'iq').map((s) => elements(child(s.stanza, 'query', 'jabber:iq:roster')!)[0]!),
  };
}

function checkState({ roster }: Outcome, row: Row): void {
  const now = tiesFrom(row.next);
  expect(roster.items[CONTACT]).toMatchObject({ subscription: subscriptionOf(now), ask: now.ask });
  expect(CONTACT in roster.pending).toBe(now.pending);
}

test.each(named)('%s, on a server by the RFC', (_name, row) => {
  const happened = happen('rfc', row);
  checkState(happened, row);
  const { routed, delivered, pushed, roster } = happened;
  if (row.direction === 'outbound') expect(routed.includes(row.type)).toBe(row.route === 'MUST');
  else {
    expect(delivered).toEqual(row.route === 'MUST' ? [row.type] : []);
    if (row.autoReply !== undefined) expect(routed).toContain(row.autoReply);
  }
  expect(pushed).toHaveLength(row.rosterPush ? 1 : 0);
  if (row.rosterPush) {
    expect(pushed[0]!.attrs).toMatchObject({ jid: CONTACT, ...row.rosterItem });
    expect('ask' in pushed[0]!.attrs).toBe(row.rosterItem.ask === 'subscribe');
  }
  expect(roster.items[CONTACT]?.approved).toBe(row.preApproval === true);
  expect(pushed[0]?.attrs['approved']).toBe(row.preApproval === true ? 'true' : undefined);
});

test.each(named)('%s, on a server as Prosody: the same state, and what is routed where the RFC says MUST', (_name, row) => {
  const happened = happen('prosody', row);
  checkState(happened, row);
  if (row.direction === 'inbound') expect(happened.delivered).toEqual(row.route === 'MUST' ? [row.type] : []);
  else if (row.route === 'MUST') expect(happened.routed).toContain(row.type);
  // conflicts.ts, subscription-idle-push and subscription-approve-again: it says more than the tables, never less.
  if (row.rosterPush) expect(happened.pushed).toHaveLength(1);
});

test('RFC 6121 §3.2.2 (T28): unavailable before unsubscribed by the RFC, after it by Prosody', () => {
  const ends = { direction: 'outbound', type: 'unsubscribed', state: 'Both' } as const;
  expect(happen('rfc', ends).routed).toEqual(['unavailable', 'unsubscribed']);
  expect(happen('prosody', ends).routed).toEqual(['unsubscribed', 'unavailable']);
});

test('RFC 6121 §3.3.3 (T31): who unsubscribes is told that the user has gone, by the RFC; Prosody says nothing', () => {
  const ends = { direction: 'inbound', type: 'unsubscribe', state: 'From' } as const;
  expect(happen('rfc', ends).routed).toEqual(['unavailable', 'unsubscribed']);
  expect(happen('prosody', ends).routed).toEqual([]);
});
