/** Rosters as a scenario gives them: RFC 6121 §2.1.2. Each account's own; the other side of a friendship is an entry of its own. */
import { formatJid, parseJid, tryParseJid } from '../../../../base/jid.ts';
import { InputError } from '../../../../base/result.ts';
import type { Account, RosterEntry } from '../../../../protocol/scenario.ts';
import { newItem, type Roster, type RosterItem } from './rosters.ts';

export function seededRosters(
  domain: string,
  accounts: readonly Account[],
  entries: readonly RosterEntry[] = [],
): ReadonlyMap<string, Roster> {
  const byAccount = new Map<string, Record<string, RosterItem>>();
  const names = new Set(accounts.map((a) => a.name));
  for (const entry of entries) {
    const { account, contact, subscription, name = '', groups = [] } = entry;
    const bare = formatJid(parseJid(`${account}@${domain}`));
    const wrong = (message: string, hint: string): InputError =>
      new InputError({ message: `${domain}: roster of "${account}": ${message}`, hint });
    if (!names.has(account)) throw wrong('there is no such account.', 'List it under "accounts" of this server, or give it a client.');
    const jid = tryParseJid(contact);
    if (!jid || jid.resource !== '') throw wrong(`"${contact}" is no bare address.`, 'Write name@domain.');
    const known = formatJid(jid);
    const items = byAccount.get(bare) ?? {};
    if (known === bare) throw wrong('it lists the account itself.', 'Nobody is a contact of their own.');
    if (known in items) throw wrong(`"${known}" is there twice.`, 'Keep one of the entries.');
    items[known] = { ...newItem(known), subscription, name, groups };
    byAccount.set(bare, items);
  }
  return new Map([...byAccount].map(([bare, items]) => [bare, { version: 1, items, pending: {} }]));
}
