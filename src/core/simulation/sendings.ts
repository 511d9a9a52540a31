/**
 * What one entity can send to another: those of the sender's actions that take the receiver's address in one of their fields, with it filled in, and all that
 * is about a room which was pointed at. A module that declares such an action needs nothing here.
 */
import { bareOf, formatJid, tryParseJid } from '../../base/jid.ts';
import { InputError } from '../../base/result.ts';
import type { ActionField } from '../../protocol/actions.ts';
import { EntityKind, type Entities } from '../../protocol/scene.ts';
import type { Sending, SendingRequests } from '../../protocol/sendings.ts';
import type { Deed, Deeds } from '../xmpp/actions/contract.ts';
import { Filled } from '../xmpp/actions/contract.ts';
import { deedsAt } from './actions.ts';
import type { Run } from './run.ts';

/** Of fields that are open to any address. */
const FOR_ANYONE: ReadonlySet<string> = new Set(['to', 'jid']);

/** @throws InputError for who cannot send, or is not there. */
export function sendingsOf(run: Run, { from, to, group: pointed, ordinal }: SendingRequests['sendings']['args']): readonly Sending[] {
  const { entities } = run.world.stage;
  if (entities.name[to] === undefined) throw new InputError(`There is no entity ${to} in this scene.`);
  if (from === to) throw new InputError('Nothing is sent to oneself here: choose another one.');
  // A node stands behind the address of its service.
  const address = pointed?.split(' ', 1)[0];
  const wanted = address === undefined ? addressesOf(entities, to) : [address];
  const isHost = entities.kind[to] === EntityKind.component && address === undefined;
  const all = deedsAt(run, { entity: from, ordinal }).flatMap((group) => ofGroup(group, wanted, isHost, address));
  // What can be sent now comes first.
  return [...all.filter(({ refused }) => refused === undefined), ...all.filter(({ refused }) => refused !== undefined)];
}

/** The account's before that of the connection: that is what people write to. */
function addressesOf({ jid }: Entities, entity: number): readonly string[] {
  const full = jid[entity]!;
  const parsed = tryParseJid(full);
  return parsed && parsed.resource !== '' ? [bareOf(parsed), formatJid(parsed)] : [full];
}

function ofGroup(group: Deeds, wanted: readonly string[], isHost: boolean, address: string | undefined): readonly Sending[] {
  const about = address !== undefined && group.key === address;
  return group.actions.flatMap((deed) => {
    const values = about ? {} : filledFor(deed, wanted, isHost);
    if (!values) return [];
    const { id, title, source, refused } = deed;
    return [{ group: group.key, action: id, title, kind: kindOf(deed, values), source, refused, values }];
  });
}

function filledFor({ fields }: Deed, wanted: readonly string[], isHost: boolean): Record<string, readonly string[]> | undefined {
  for (const field of fields) {
    const value = offered(field, wanted) ?? (isHost ? within(field, wanted[0]!) : undefined) ?? written(field, wanted);
    if (value !== undefined) return { [field.name]: [value] };
  }
  return undefined;
}
const offered = ({ options }: ActionField, wanted: readonly string[]): string | undefined =>
  wanted.find((address) => options?.some(({ value, refused }) => value === address && refused === undefined) === true);
/** Something at that service: a room to join. */
const within = ({ options }: ActionField, host: string): string | undefined =>
  options?.find(({ value, refused }) => refused === undefined && value.endsWith(`@${host}`))?.value;
const written = ({ kind, name, required }: ActionField, wanted: readonly string[]): string | undefined =>
  kind === 'open' && required === true && FOR_ANYONE.has(name) ? wanted[0] : undefined;

/** As it would be written with what is filled in; what is not complete yet is told by where it comes from. */
function kindOf(deed: Deed, values: Record<string, readonly string[]>): Sending['kind'] {
  const { name } = deed.write(new Filled(deed.fields, values));
  return name === 'message' || name === 'presence' ? name : 'iq';
}
