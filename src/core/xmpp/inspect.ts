/** Parties and links in view-neutral parts; what a module keeps, the module describes. */
import type { Field, Part } from '../../protocol/parts.ts';
import { LINK_KINDS, LinkKind } from '../../protocol/scene.ts';
import type { Surroundings } from './context.ts';
import { NS } from './namespaces.ts';
import type { Network, Party } from './network.ts';
import { read, type Root } from './slice.ts';

const PLACES = { server: 'XMPP server', muc: 'room service', client: 'client', pubsub: 'PubSub service', upload: 'file service' } as const;

export function inspectParty(network: Network, around: Surroundings, root: Root): readonly Part[] {
  const { party, modules } = around;
  const fields: Field[] = [
    { key: 'jid', label: 'Address', value: party.name, mono: true },
    { key: 'place', label: 'Is', value: PLACES[party.place] },
  ];
  if (party.server !== party.index)
    fields.push({
      key: 'server',
      label: 'Server',
      value: nameOf(network, party.server),
      link: { type: 'entity', index: party.server },
      mono: true,
    });
  const parts: Part[] = [{ type: 'fields', key: 'identity', fields }];
  for (const module of modules) parts.push(...(module.inspect?.({ party, get: (slice) => read(root, slice) }) ?? []));
  if (party.place !== 'client') parts.push(streams(network, party));
  return parts;
}

function streams(network: Network, party: Party): Part {
  const { from, to, kind } = network.links;
  const rows = [...from.keys()].filter((i) => from[i] === party.index && kind[i] !== LinkKind.c2s);
  return {
    type: 'table',
    key: 'streams',
    title: 'Streams to other domains',
    columns: ['To', 'Kind', 'Namespace'],
    rows: rows.map((i) => ({
      key: String(i),
      cells: [
        { text: nameOf(network, to[i]!), link: { type: 'link', index: i } },
        { text: LINK_KINDS[kind[i]!] ?? '' },
        { text: nsOf(network, i) },
      ],
    })),
    empty: 'None.',
  };
}

/** What the general answer does not know of a link: what kind of stream it is. */
export function inspectLink(network: Network, link: number): readonly Part[] {
  const isInternal = network.links.kind[link] === LinkKind.component;
  const value = isInternal ? 'inside the server' : 'a stream of its own';
  const help = isInternal ? 'The service is part of its server: this is the way inside it.' : 'It was up before the scene began.';
  const fields: Field[] = [
    { key: 'stream', label: 'stream', value, help },
    { key: 'ns', label: 'namespace', value: nsOf(network, link), mono: true },
  ];
  return [{ type: 'fields', key: 'stream', fields }];
}

const nameOf = (network: Network, index: number): string => network.entities.jid[index] ?? '';
const nsOf = (network: Network, link: number): string => (network.links.kind[link] === LinkKind.s2s ? NS.server : NS.client);
