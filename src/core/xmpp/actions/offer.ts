/** The actions of a client at one moment, from all of its modules: on one thing they stand together, whichever module they come from. */
import { InputError } from '../../../base/result.ts';
import { formatXml } from '../../../base/xml/format.ts';
import { formatJid } from '../../../base/jid.ts';
import type { ActionGroup, ActionValues, Composed } from '../../../protocol/actions.ts';
import { clientStream } from '../client/stream.ts';
import type { Surroundings } from '../context.ts';
import { NS } from '../namespaces.ts';
import { read, type Root } from '../slice.ts';
import { Filled, type ActionView, type Deed, type Deeds } from './contract.ts';

/** @param done how much was done by hand before: ids must not repeat. */
export function deedsOf(around: readonly Surroundings[], roots: readonly Root[], entity: number, done: number): readonly Deeds[] {
  const { party, modules } = around[entity]!;
  if (party.place !== 'client') return [];
  const root = roots[entity]!;
  const bare = formatJid({ ...party.jid, resource: '' });
  const { full, phase } = read(root, clientStream);
  const others = around.filter(({ party: p }) => p.place === 'client').map(({ party: p }) => formatJid({ ...p.jid, resource: '' }));
  const view: ActionView = {
    full,
    bare,
    id: `hand${done + 1}`,
    get: (slice) => read(root, slice),
    services: (place) =>
      around
        .filter(({ party: p }) => p.place === place)
        .toSorted((a, b) => Number(b.party.server === party.server) - Number(a.party.server === party.server))
        .map(({ party: p }) => ({ name: p.name, get: (slice) => read(roots[p.index]!, slice) })),
    people: [...new Set(others)].filter((jid) => jid !== bare),
    clients: around
      .filter(({ party: p }) => p.place === 'client' && p.index !== entity)
      .map(({ party: p }) => read(roots[p.index]!, clientStream).full)
      .filter((jid) => jid !== ''),
  };
  const merged = new Map<string, Deeds>();
  for (const module of modules)
    for (const group of module.actions?.(view) ?? []) {
      const before = merged.get(group.key);
      merged.set(group.key, before ? { ...before, actions: [...before.actions, ...group.actions] } : group);
    }
  const refused = phase === 'bound' ? undefined : 'This client has no stream: it can send nothing.';
  return [...merged.values()].map((group) =>
    refused === undefined ? group : { ...group, actions: group.actions.map((a) => ({ ...a, refused })) },
  );
}

/** Without what writes: the rest is data. */
export const described = (groups: readonly Deeds[]): readonly ActionGroup[] =>
  groups.map((group) => ({
    ...group,
    actions: group.actions.map(({ id, title, source, help, refused, fields }) => ({ id, title, source, help, refused, fields })),
  }));

export function compose(groups: readonly Deeds[], id: string, values: ActionValues): Composed {
  const deed = groups.flatMap((g) => g.actions).find((a) => a.id === id);
  if (!deed) throw new InputError({ message: `There is no action “${id}” for this client at this moment.`, hint: 'Choose another one.' });
  return written(deed, values);
}

function written(deed: Deed, values: ActionValues): Composed {
  const form = new Filled(deed.fields, values);
  if (form.faults.length > 0) return { xml: '', faults: form.faults };
  const stanza = deed.write(form);
  if (form.faults.length > 0) return { xml: '', faults: form.faults };
  const lines = formatXml(stanza, NS.client).map(
    ({ indent, pieces }) =>
      '  '.repeat(indent) +
      pieces
        .map((p) => p.text)
        .join('')
        .trimStart(),
  );
  return { xml: lines.join('\n'), faults: [] };
}
