/** Archives of accounts, and who wants what in theirs. XEP-0313 §3, §5. */
import { bareOf, tryParseJid } from '../../../../base/jid.ts';
import { child, el, elements, textOf, withChildren, type Element } from '../../../../base/xml/element.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { store } from '../../slice.ts';
import { rosterOf } from '../roster/rosters.ts';

export const MAM = 'urn:xmpp:mam:2';
export const STANZA_ID = 'urn:xmpp:sid:0';
const HINTS = 'urn:xmpp:hints';
const CHAT_STATES = 'http://jabber.org/protocol/chatstates';
const CALLS: ReadonlySet<string> = new Set(['urn:xmpp:jingle-message:0', 'urn:xmpp:jingle-message:1']);

export interface Archived {
  readonly id: string;
  /** The account that the user talked with. */
  readonly with: string;
  /** Second of simulated time: archives know no finer one. */
  readonly when: number;
  readonly stanza: Element;
}

/** By account, in order of time. */
export const archives = store<Readonly<Record<string, readonly Archived[]>>>('archive', {});

export interface Preferences {
  readonly default: string | undefined;
  readonly always: readonly string[];
  readonly never: readonly string[];
}
export const preferences = store<Readonly<Record<string, Preferences>>>('archive-preferences', {});
const USUAL: Preferences = { default: 'always', always: [], never: [] };

export const preferencesOf = (context: Context, bare: string): Preferences => context.get(preferences)[bare] ?? USUAL;

export function readPreferences(prefs: Element): Preferences {
  const jids = (name: string): readonly string[] =>
    elements(child(prefs, name) ?? el(name, MAM))
      .filter((c) => c.name === 'jid')
      .flatMap((c) => (tryParseJid(textOf(c)) ? [textOf(c)] : []));
  const given = prefs.attrs['default'];
  const never = jids('never');
  return {
    default: given === 'always' || given === 'never' || given === 'roster' ? given : undefined,
    always: jids('always').filter((jid) => !never.includes(jid)),
    never,
  };
}

export function writePreferences({ default: usual, always, never }: Preferences): Element {
  const list = (name: string, jids: readonly string[]): Element => el(name, MAM, {}, ...jids.map((jid) => el('jid', MAM, {}, jid)));
  return el('prefs', MAM, { default: usual }, list('always', always), list('never', never));
}

function wants(context: Context, bare: string, other: string): boolean {
  const { default: usual, always, never } = preferencesOf(context, bare);
  if (never.includes(other)) return false;
  if (always.includes(other)) return true;
  return usual === 'always' || (usual === 'roster' && rosterOf(context, bare).items[other] !== undefined);
}

/** What is worth keeping, as Prosody sees it (§5.1.3 leaves much to the server). */
function isArchivable(stanza: Element): boolean {
  const type = stanza.attrs['type'] ?? 'normal';
  if (type === 'headline' || type === 'groupchat') return false;
  if (type === 'error') return (tryParseJid(stanza.attrs['to'] ?? '')?.resource ?? '') !== '';
  if (child(stanza, 'no-store', HINTS) || child(stanza, 'no-permanent-store', HINTS)) return false;
  if (child(stanza, 'store', HINTS) || child(stanza, 'body') || child(stanza, 'subject')) return true;
  const invites = child(stanza, 'x', NS.mucUser);
  return elements(stanza).some(
    ({ name, ns }) =>
      (name === 'encryption' && ns === 'urn:xmpp:eme:0') ||
      ns === 'urn:xmpp:receipts' ||
      ns === 'urn:xmpp:chat-markers:0' ||
      (name === 'x' && (ns === 'jabber:x:conference' || (ns === NS.mucUser && invites !== undefined && child(invites, 'invite')))) ||
      CALLS.has(ns),
  );
}

/** Keeps a message in the archive of an account of this server; answers its id there, or `undefined` where it is not kept. */
export function archive(context: Context, local: string, other: string, stanza: Element): string | undefined {
  if (!isArchivable(stanza) || !context.party.host.accounts.some((a) => a.name === local)) return undefined;
  const bare = bareOf({ local, domain: context.party.name, resource: '' });
  const kept = withChildren(
    stanza,
    stanza.children.filter((c) => typeof c === 'string' || c.ns !== CHAT_STATES),
  );
  if (elements(kept).length === 0 || !wants(context, bare, other)) return undefined;
  const id = context.makeId('archive');
  const all = context.get(archives);
  const item: Archived = { id, with: other, when: Math.floor(context.tick / 1_000_000), stanza: kept };
  context.set(archives, { ...all, [bare]: [...(all[bare] ?? []), item] });
  return id;
}

/** XEP-0359 §6: an id that claims to be this account’s was not made by it. */
export function withoutIdsOf(bare: string, stanza: Element): Element {
  const kept = stanza.children.filter(
    (c) => typeof c === 'string' || c.name !== 'stanza-id' || c.ns !== STANZA_ID || c.attrs['by'] !== bare,
  );
  return kept.length === stanza.children.length ? stanza : withChildren(stanza, kept);
}
